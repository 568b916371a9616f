"""Fields that hold a number: counts, and decimals such as FTE."""

import re
from decimal import Decimal
from typing import Any

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
        digits = typed[0].strip().replace(",", "").replace("\u2212", "-")
        # Length first: Python takes seconds over a number of a million digits.
        if len(digits) > 15 or not re.fullmatch("[+-]?[0-9]+", digits):
            raise ValueError(f"{self.noun} must be a whole number, like 12.")
        number = int(digits)
        if not self.lowest <= number <= self.highest:
            raise ValueError(f"{self.noun} must be from {self.lowest:,} to {self.highest:,}.")
        return number

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        return {**super().parameters(), "inputmode": "numeric", "spellcheck": False}


class DecimalField(Control[Decimal]):
    """A number with at most ``places`` decimals, from ``lowest`` to ``highest``, both included."""

    def __init__(self, label: str, *, places: int, lowest: Decimal, highest: Decimal, **control: Any) -> None:
        super().__init__(label, **{"classes": "govuk-input--width-5", **control})
        self.places = places
        self.lowest = lowest
        self.highest = highest

    def parse(self, typed: list[str]) -> Decimal:
        """The number. ValueError when it is no plain decimal, has too many decimals or is out of range."""
        digits = typed[0].strip().replace(",", "").replace("\u2212", "-")
        # A plain decimal only: Decimal itself would also take "1e309", "NaN" and "Infinity".
        if len(digits) > 15 or not re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", digits):
            raise ValueError(f"{self.noun} must be a number, like 0.5.")
        number = Decimal(digits)
        if number != round(number, self.places):
            raise ValueError(f"{self.noun} must have at most {self.places} decimals.")
        if not self.lowest <= number <= self.highest:
            raise ValueError(f"{self.noun} must be from {self.lowest} to {self.highest}.")
        return number

    def reading(self, value: Decimal) -> str:
        """The number without decimals that say nothing."""
        return number_in_words(value)

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        return {**super().parameters(), "inputmode": "decimal", "spellcheck": False}
