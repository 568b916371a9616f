"""Money: whole pence, as people type it and read it."""

import re
from decimal import Decimal

from npt.kit.numbers import LONGEST

_AMOUNT = re.compile(
    r"(?P<sign>[+-]?£?|£[+-])(?:"
    r"(?P<pounds>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<pence>[0-9]{0,2}))?"
    # With two digits behind it a comma can part no thousands.
    r"|(?P<whole>[0-9]+),(?P<rest>[0-9]{2}))"
)


def read_pounds(text: str) -> int:
    """Pence of "250", "£250", "£1,250.50", "1,250", "12,50". ValueError for anything else.

    A comma before three digits parts thousands: no amount has three digits of pence.
    """
    typed = "".join(text.split()).replace("\u2212", "-")
    found = _AMOUNT.fullmatch(typed) if len(typed) <= LONGEST else None
    if found is None:
        raise ValueError(f"“{text.strip()[:LONGEST]}” is no amount of money: write it like £12.50")
    pounds, pence = found["pounds"] or found["whole"], found["pence"] or found["rest"] or ""
    amount = int(pounds.replace(",", "")) * 100 + int(pence.ljust(2, "0"))
    return -amount if "-" in found["sign"] else amount


def pence_of(pounds: Decimal | None) -> int | None:
    """Pounds with at most two decimals as whole pence; None stays None."""
    return None if pounds is None else int(pounds * 100)


def pounds_of(pence: int | None) -> Decimal | None:
    """Whole pence as pounds with two decimals; None stays None."""
    return None if pence is None else Decimal(pence).scaleb(-2)


def pounds_in_words(pence: int) -> str:
    """Money as people read it: "£1,250", "£12.50"."""
    pounds, rest = divmod(pence, 100)
    return f"£{pounds:,}.{rest:02d}" if rest else f"£{pounds:,}"
