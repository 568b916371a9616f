"""Who works which pattern at a unit."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.people.models import Member
from npt.rostering.models import PatternAssignment
from npt.shifts.models import Pattern


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """A member works by a pattern from the first day to the last; on the first at `day_of_cycle`, from 1."""

    id: int
    version: int
    member_id: int
    member: str
    number: str
    pattern_id: int
    pattern: str
    first: date
    last: date
    day_of_cycle: int


def assignments_of(session: Session, unit: Unit, day: date) -> list[AssignmentLine]:
    """The assignments laid on `unit`'s roster that have not ended before `day`, by member. One statement."""
    return _lines(session, PatternAssignment.unit_id == unit.id, PatternAssignment.last_on >= day)


def assignment_in(session: Session, unit: Unit, assignment_id: int) -> AssignmentLine | None:
    """The assignment of this key if it was laid on `unit`'s roster; None otherwise. One statement."""
    found = _lines(session, PatternAssignment.unit_id == unit.id, PatternAssignment.id == assignment_id)
    return found[0] if found else None


def _lines(session: Session, *conditions: ColumnElement[bool]) -> list[AssignmentLine]:
    asked = (
        select(PatternAssignment, Member.name, Member.number, Pattern.name, Pattern.cycle_days)
        .join(Member, Member.id == PatternAssignment.member_id)
        .join(Pattern, Pattern.id == PatternAssignment.pattern_id)
        .where(*conditions)
        .order_by(Member.name, Member.number, PatternAssignment.first_on)
    )
    return [
        AssignmentLine(
            kept.id,
            kept.version,
            kept.member_id,
            member,
            number,
            kept.pattern_id,
            pattern,
            kept.first_on,
            kept.last_on,
            (kept.first_on - kept.anchor).days % cycle_days + 1,
        )
        for kept, member, number, pattern, cycle_days in session.execute(asked)
    ]
