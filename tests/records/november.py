"""A month of duty, for the tests of sums, headroom and the records behind a figure."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.counting.models import Definition, DefinitionReason
from npt.counting.queries import DatedDefinition, definition_coded
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.shifts.models import Reason
from tests import make

NOVEMBER = Month(2026, 11)


def eight_hours(
    session: Session, member: Member, day: str, reason: str | None = None, hours: int = 0
) -> None:
    """A shift from 8 to 16 on a day, away for some hours from its start."""
    made = make.shift(session, member=member, starts=f"{day}T08:00", ends=f"{day}T16:00")
    if reason is not None:
        make.away(session, shift=made, ends=f"{day}T{8 + hours:02}:00", reason=reason)


def defined(session: Session, code: str = "local-2008") -> DatedDefinition:
    found = definition_coded(session, code)
    assert found is not None
    return found


def counts_from(session: Session, definition: str, reason: str, day: date, counts: bool) -> None:
    session.add(
        DefinitionReason(
            definition_id=session.scalars(select(Definition.id).where(Definition.code == definition)).one(),
            reason_id=session.scalars(select(Reason.id).where(Reason.code == reason)).one(),
            starts_on=day,
            counts=counts,
        )
    )
    session.flush()


def busy_team(session: Session) -> Unit:
    """A constable on duty on the 2nd, 16th and 23rd of November, eight hours each; a PCSO on the 2nd."""
    team = make.team(session)
    constable = make.member(session, team=team)
    eight_hours(session, constable, "2026-11-02", "response", 1)
    eight_hours(session, constable, "2026-11-16")
    eight_hours(session, constable, "2026-11-23", "event", 2)
    eight_hours(session, make.member(session, team=team, role=PolicingRole.PCSO), "2026-11-02")
    eight_hours(session, make.member(session, team=team, role=PolicingRole.SPECIAL), "2026-11-02", "event", 8)
    return team
