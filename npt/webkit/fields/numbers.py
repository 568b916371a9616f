"""Fields that hold a number: counts, decimals such as FTE, and money."""

from decimal import Decimal
from typing import Any

from npt.kit.money import pounds_in_words, read_pounds
from npt.kit.numbers import TwoReadings, read_decimal, read_whole
from npt.webkit.fields.control import Control
from npt.webkit.filters import number as number_in_words


class IntegerField(Control[int]):
    """A whole number from ``lowest`` to ``highest``, both included. "1,200" is read as 1200."""

    def __init__(self, label: str, *, lowest: int, highest: int, **control: Any) -> None:
        super().__init__(label, **{"classes": "govuk-input--width-5", **control})
        self.lowest = lowest
        self.highest = highest

    def parse(self, typed: list[str]) -> int:
        """The number. ValueError when it is not whole or out of range."""
        try:
            number = read_whole(typed[0])
        except ValueError:
            raise ValueError(f"{self.noun} must be a whole number, like 12.") from None
        if not self.lowest <= number <= self.highest:
            raise ValueError(f"{self.noun} must be from {self.lowest:,} to {self.highest:,}.")
        return number

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        return {**super().parameters(), "inputmode": "numeric", "spellcheck": False}


class DecimalField(Control[Decimal]):
    """A number with at most ``places`` decimals, from ``lowest`` to ``highest``, both included.

    "0,5" is read as a half.
    """

    def __init__(self, label: str, *, places: int, lowest: Decimal, highest: Decimal, **control: Any) -> None:
        super().__init__(label, **{"classes": "govuk-input--width-5", **control})
        self.places = places
        self.lowest = lowest
        self.highest = highest

    def parse(self, typed: list[str]) -> Decimal:
        """The number. ValueError when it is no plain decimal, has too many decimals or is out of range."""
        try:
            number = read_decimal(typed[0])
        except TwoReadings as doubt:
            raise ValueError(f"{self.noun}: {doubt}.") from None
        except ValueError:
            raise ValueError(f"{self.noun} must be a number, like 0.5.") from None
        if number != round(number, self.places):
            places = "decimal place" if self.places == 1 else "decimal places"
            raise ValueError(f"{self.noun} must have at most {self.places} {places}.")
        if not self.lowest <= number <= self.highest:
            raise ValueError(f"{self.noun} must be from {self.lowest:,} to {self.highest:,}.")
        return number

    def reading(self, value: Decimal) -> str:
        """The number without decimals that say nothing."""
        return number_in_words(value)

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        return {**super().parameters(), "inputmode": "decimal", "spellcheck": False}


class MoneyField(Control[int]):
    """Pence from ``lowest`` to ``highest``, both included, typed in pounds: "250", "£1,250.50"."""

    def __init__(self, label: str, *, lowest: int, highest: int, **control: Any) -> None:
        super().__init__(label, **{"classes": "govuk-input--width-10", **control})
        self.lowest = lowest
        self.highest = highest

    def parse(self, typed: list[str]) -> int:
        """The pence. ValueError when it is no amount of money or out of range."""
        try:
            pence = read_pounds(typed[0])
        except ValueError:
            raise ValueError(f"{self.noun} must be in pounds and pence, like £250 or £1,250.50.") from None
        if not self.lowest <= pence <= self.highest:
            raise ValueError(
                f"{self.noun} must be from {pounds_in_words(self.lowest)} to {pounds_in_words(self.highest)}."
            )
        return pence

    def wording(self, value: int) -> str:
        """The pounds, whose sign stands before the box."""
        return pounds_in_words(value).removeprefix("£")

    def reading(self, value: int) -> str:
        """The amount with its sign."""
        return pounds_in_words(value)

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        return {**super().parameters(), "prefix": {"text": "£"}, "inputmode": "decimal", "spellcheck": False}
