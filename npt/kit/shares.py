"""Shares of a whole: exact percentages from integers, where a share of nothing is unknown and never 0."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Share:
    """`part` out of `whole`, two counts of the same thing. A whole of 0 means that the share is not
    known.

    ValueError when the whole is negative. The part may exceed the whole or be negative: that is a fault in
    the records, and hiding it here would only move it.
    """

    part: int
    whole: int

    def __post_init__(self) -> None:
        if self.whole < 0:
            raise ValueError(f"A share of {self.whole} has no meaning: the whole must be 0 or more.")

    @classmethod
    def total(cls, shares: Iterable["Share"]) -> "Share":
        """The share of the sums, which is how rates of groups combine; never a mean of shares."""
        part = whole = 0
        for share in shares:
            part += share.part
            whole += share.whole
        return cls(part, whole)

    @property
    def is_known(self) -> bool:
        """Whether there is a whole to have a share of."""
        return self.whole > 0

    @property
    def fraction(self) -> Fraction | None:
        """The exact share; None when not known."""
        return Fraction(self.part, self.whole) if self.is_known else None

    def percentage(self, places: int) -> str | None:
        """The percentage with `places` decimals, rounded half up: "12.4"; None when not known.

        As `rounded_half_up` rounds, by integers alone: a page words hundreds of shares.
        """
        if not self.is_known:
            return None
        scaled = self.part * 100 * 10**places
        digits = f"{(2 * abs(scaled) + self.whole) // (2 * self.whole):0{places + 1}}"
        sign = "-" if scaled < 0 and digits.strip("0") else ""
        return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits

    def exceeds(self, percent: int) -> bool | None:
        """Whether the share is over `percent` %; exactly on it is not over. None when not known."""
        return self.part * 100 > percent * self.whole if self.is_known else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.part + other.part, self.whole + other.whole)


def rounded_half_up(value: Fraction | Decimal | int, places: int) -> Decimal:
    """`value` with exactly `places` decimals, a half rounded away from zero, as people round by hand.

    Exact for any fraction: nothing passes through a float. ValueError when `places` is negative or the
    value is not finite. A result of zero has no minus sign.
    """
    if places < 0:
        raise ValueError("The number of decimals cannot be negative.")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"{value} cannot be rounded: it is not a number.")
    scaled = Fraction(value) * 10**places
    magnitude = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    digits = tuple(int(digit) for digit in str(magnitude))
    return Decimal((1 if scaled < 0 and magnitude else 0, digits, -places))
