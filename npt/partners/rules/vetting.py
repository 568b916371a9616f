"""Whether a partner's account opens anything today: its agency, its membership, its vetting.

The levels are those of non-police personnel vetting (NPPV) in the police's vetting code of practice. That an
account opens nothing once its vetting has ended is ours. For whom none is needed the force decides, and
“Not vetted” says that it did.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from npt.kit.clock import day_in_words, local_day
from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.kit.spans import Span

#: How long before it ends whoever manages partner accounts is told of it. Ours: a renewal takes some weeks.
WARNED_BEFORE = timedelta(days=42)


class Vetting(Enum):
    """How somebody who is no police employee was vetted, the least first."""

    NONE = "none"
    NPPV1 = "nppv1"
    NPPV2_ABBREVIATED = "nppv2-abbreviated"
    NPPV2_FULL = "nppv2-full"
    NPPV3 = "nppv3"

    @property
    def wording(self) -> str:
        """The level as a person reads it."""
        return _WORDING[self]


_WORDING = {
    Vetting.NONE: "Not vetted",
    Vetting.NPPV1: "NPPV level 1 (basic)",
    Vetting.NPPV2_ABBREVIATED: "NPPV level 2 (abbreviated)",
    Vetting.NPPV2_FULL: "NPPV level 2 (full)",
    Vetting.NPPV3: "NPPV level 3",
}


class VettedUntilWrong(Refusal):
    """Vetting without a last day, with one that has passed, or a last day without vetting."""


class Barrier(Enum):
    """Why a partner's account opens nothing."""

    NO_AGENCY = "no agency"
    LEFT = "left the agency"
    AGENCY_CLOSED = "agency closed"
    VETTING_ENDED = "vetting ended"


@dataclass(frozen=True, slots=True)
class Membership:
    """The latest belonging of an account to an agency."""

    agency: str
    stands: Span
    vetted_until: date | None
    ended_at: datetime | None


def ends_soon(vetted_until: date | None, today: date) -> bool:
    """Whether vetting has ended, or ends so soon that somebody is told of it."""
    return vetted_until is not None and vetted_until <= today + WARNED_BEFORE


def check_vetting(vetting: Vetting, until: date | None, today: date) -> None:
    """Refuse (VettedUntilWrong) vetting that ended before today or never ends, and an end of none."""
    check_day(until, "vetted_until")
    if vetting is Vetting.NONE:
        why = None if until is None else "Without vetting there is no last day of it: leave the day blank."
    elif until is None:
        why = "Vetting ends: enter the last day on which it holds."
    elif until < today:
        why = f"Vetting that ended on {day_in_words(until)} does not count: enter the last day of the new."
    else:
        why = None
    if why is not None:
        raise VettedUntilWrong(why, field="vetted_until")


def barrier(membership: Membership | None, today: date) -> tuple[Barrier, str] | None:
    """Why an account with this latest membership opens nothing today, also in words; None where it does."""
    if membership is None:
        return Barrier.NO_AGENCY, "Your account does not belong to an agency yet."
    name, stands = membership.agency, membership.stands
    if membership.ended_at is not None:
        left = day_in_words(local_day(membership.ended_at))
        return Barrier.LEFT, f"You have not acted for {name} since {left}."
    if not stands.covers(today):
        if today < stands.first:
            return Barrier.AGENCY_CLOSED, f"{name} opens on {day_in_words(stands.first)}."
        closed = stands.last or today
        return Barrier.AGENCY_CLOSED, f"{name} closed on {day_in_words(closed)}."
    if membership.vetted_until is not None and membership.vetted_until < today:
        ended = day_in_words(membership.vetted_until)
        return Barrier.VETTING_ENDED, f"Your vetting ended on {ended}, and has to be renewed."
    return None
