"""What the methods that are not exact rest on: the normal deviate and a square root."""

from decimal import Decimal
from fractions import Fraction

#: The normal deviate of a 95% interval, as it is printed everywhere.
NORMAL = Fraction("1.96")


def root(square: Fraction) -> Fraction:
    """The square root to 28 digits."""
    return Fraction((Decimal(square.numerator) / Decimal(square.denominator)).sqrt())
