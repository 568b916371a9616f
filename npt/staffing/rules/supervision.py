"""How many people one sergeant may supervise: the ratio against the limit that a force has set.

HMIC 2008 prints one sergeant to 9 and to 11 and says that the board watches it; it names no limit. That a
force sets one, from a date, is ours; so is that a team without a sergeant of its own is not judged, since 19
sergeants supervised 35 teams.
"""

from decimal import Decimal
from enum import Enum

from npt.organisation.rules import Level

LOWEST_LIMIT = Decimal(1)
HIGHEST_LIMIT = Decimal(99)


class Supervision(Enum):
    """How the people of a unit stand against the limit on people to a sergeant."""

    WITHIN = "within"
    OVER = "over"
    NOBODY = "nobody"
    ELSEWHERE = "elsewhere"
    NO_LIMIT = "no-limit"
    NOT_KNOWN = "not-known"

    @property
    def is_breach(self) -> bool:
        """Whether the limit is broken."""
        return self in BREACHES


BREACHES = frozenset({Supervision.OVER, Supervision.NOBODY})


def supervision(
    level: Level,
    constables: Decimal | None,
    pcsos: Decimal | None,
    sergeants: Decimal | None,
    limit: Decimal | None,
) -> Supervision:
    """How constables and PCSOs (FTE) to the sergeants stand against `limit`, the most to each sergeant.

    Exactly on the limit is within it; the figures are compared, never the rounded ratio. People of a team
    without a sergeant are supervised from another team; those of any wider unit by nobody.
    """
    if limit is None:
        return Supervision.NO_LIMIT
    if constables is None or pcsos is None or sergeants is None:
        return Supervision.NOT_KNOWN
    people = constables + pcsos
    if not sergeants and people:
        return Supervision.ELSEWHERE if level is Level.TEAM else Supervision.NOBODY
    return Supervision.OVER if people > limit * sergeants else Supervision.WITHIN
