"""October of a BCU with one team: what tests of seals sign off, and then correct."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.seals.actions import seal_month
from npt.seals.models import Seal
from npt.shifts.models import Shift
from tests import make

OCTOBER = Month(2026, 10)
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 10, tzinfo=UTC)


@dataclass
class SealedMonth:
    """A BCU whose team has three late shifts in October, all confirmed, one with two hours of response."""

    session: Session
    force: Unit
    bcu: Unit
    team: Unit
    by: int
    shifts: list[Shift]

    @property
    def stamp(self) -> Stamp:
        return Stamp(self.by, NOW)

    def sign(self, reason: str | None = None, *, unit: Unit | None = None, month: Month = OCTOBER) -> Seal:
        return seal_month(self.session, unit=unit or self.bcu, month=month, stamp=self.stamp, reason=reason)

    def correct(self, number: int = 1) -> None:
        """More time away comes to light: two hours of a shift that had none."""
        day = self.shifts[number].on_date
        make.away(
            self.session,
            shift=self.shifts[number],
            starts=f"{day}T16:00",
            ends=f"{day}T18:00",
            reason="response",
        )


def sealed_month(session: Session) -> SealedMonth:
    """The month before anybody has signed it."""
    force = make.force(session, code="F")
    bcu = make.bcu(session, under=force, code="C")
    team = make.team(session, under=make.area(session, under=bcu, code="C1"), code="C11")
    member = make.member(session, role=PolicingRole.CONSTABLE, team=team)
    shifts = []
    for day in (5, 6, 7):
        shifts.append(
            make.shift(session, member=member, starts=f"2026-10-0{day}T14:00", ends=f"2026-10-0{day}T22:00")
        )
        make.confirmation(session, unit=team, day=date(2026, 10, day))
    found = SealedMonth(
        session, force, bcu, team, make.account(session, role=Role.MANAGER, unit=bcu).id, shifts
    )
    found.correct(0)
    session.flush()
    return found
