"""The law of staffing: strength against establishment, and people to a supervisor.

The figures are in full-time equivalents (FTE) with two decimals. The tests reproduce the tables of the HMIC
report on Bedfordshire of September 2008.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from npt.kit.shares import rounded_half_up
from npt.kit.spans import Span
from npt.people.rules import PolicingRole, PostingKind


@dataclass(frozen=True, slots=True)
class RoleStaffing:
    """One role in one unit on one day: FTE held and FTE funded.

    An establishment of None was never recorded.
    """

    role: PolicingRole
    strength: Decimal
    establishment: Decimal | None

    @property
    def vacancy(self) -> Decimal | None:
        """Funded FTE without a person; negative when over establishment; None when that is not known."""
        return None if self.establishment is None else self.establishment - self.strength

    @property
    def fill(self) -> Decimal | None:
        """Strength as a percentage of establishment, one decimal, rounded half up.

        None when there is no post to fill or the establishment is not known.
        """
        if not self.establishment:
            return None
        return rounded_half_up(Fraction(self.strength) * 100 / Fraction(self.establishment), 1)


def supervisory_ratio(
    constables: Decimal | None, pcsos: Decimal | None, sergeants: Decimal | None
) -> Decimal | None:
    """Constables and PCSOs to each sergeant, one decimal, rounded half up: 11.3 means 1 to 11.3.

    None when a figure is not known or there is no sergeant. HMIC 2008 prints the ratio of the establishments,
    1:11 and 1:9; show that of the strengths beside it.
    """
    if constables is None or pcsos is None or not sergeants:
        return None
    return rounded_half_up(Fraction(constables + pcsos) / Fraction(sergeants), 1)


def days_in_strength(kind: PostingKind, span: Span, rules: Sequence[tuple[date, bool]]) -> Iterable[Span]:
    """On which of its days a posting that counts is in strength: on all, unless it is a student officer's.

    `rules` say from which day on student officers of the force count, or no longer do, the earliest first;
    before the first they do not. HMIC 2008 has student officers beside the strength that it prints.
    """
    if kind is not PostingKind.STUDENT:
        yield span
        return
    for place, (first, is_counted) in enumerate(rules):
        until = rules[place + 1][0] - timedelta(days=1) if place + 1 < len(rules) else None
        held = span.intersection(Span(first, until)) if is_counted else None
        if held is not None:
            yield held
