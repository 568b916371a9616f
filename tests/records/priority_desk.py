"""What tests of priorities do again and again."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from npt.categories.queries import category_coded
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.priorities.actions import NewRecord, OriginatorFacts, agree, ask, propose, record
from npt.priorities.models import Closing, Originator, Priority
from npt.priorities.rules import AgreedHow, OriginatorKind, Recorded, Way
from tests import make

DAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
FILE = Stamp(None, NOW)
ANN = OriginatorFacts(
    OriginatorKind.RESIDENT, name="Ann Example", phone="01632 960123", email="ann@home.example"
)


def after(days: int) -> Stamp:
    """So many days later."""
    return Stamp(None, NOW + timedelta(days=days))


def lead_of(session: Session, team: Unit) -> Member:
    """A constable of the team."""
    return make.posting(session, unit=team, role=PolicingRole.CONSTABLE, starts_on=date(2026, 1, 1)).member


def proposed(session: Session, team: Unit, **given: Any) -> Priority:
    wanted = {"title": "Racing in Mill Lane", "originator": ANN, "raised_on": DAY, **given}
    return propose(session, team=team, stamp=FILE, today=DAY, **wanted)


def agreed(session: Session, team: Unit, lead: Member, **given: Any) -> Priority:
    """A priority of the team with a lead and a record."""
    category = category_coded(session, "asb")
    return agree(
        session,
        proposed(session, team, **given),
        agreed_on=DAY,
        agreed_how=AgreedHow.TEAM,
        lead=lead,
        problem=NewRecord(category, "Mill Lane", "Residents"),
        stamp=FILE,
        today=DAY,
    )


def asked(session: Session, priority: Priority, stamp: Stamp = FILE) -> Closing:
    """The team calls it solved."""
    return ask(session, priority, done="Barriers.", stamp=stamp, today=DAY, expected_version=None)


def told(
    session: Session, priority: Priority, recorded: Recorded, *, days: int = 0, **given: Any
) -> Priority:
    """What came of asking whoever raised it, so many days later."""
    first = priority.first
    assert first is not None
    wanted = {"way": Way.PHONE, "reason": "They still race.", "originator_id": first.id, **given}
    return record(session, priority, recorded=recorded, stamp=after(days), **wanted)


def first_of(priority: Priority) -> Originator:
    """Whoever raised it."""
    found = priority.first
    assert found is not None
    return found
