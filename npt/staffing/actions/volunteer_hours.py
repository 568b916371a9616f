"""What is done to the time that special constables and volunteers give, and to the plan for their number."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import insert
from sqlalchemy.orm import Session

from npt.kit.clock import day_in_words
from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.queries import PostingBook
from npt.people.rules import PolicingRole, posting_in_force
from npt.staffing.models import GivenTime, HeadsTarget
from npt.staffing.rules import GIVING_ROLES, LONGEST_DAY, GivenWork
from npt.store.batches import batches
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version

#: More people than any force has.
MOST_HEADS = 100_000


class NobodyWhoGives(Refusal):
    """Time was given by somebody who is no special constable or volunteer that day."""


class MinutesOutOfRange(Refusal):
    """Time of no minute at all, or of more than a day has."""


class NotGivenYet(Refusal):
    """Time was recorded for a day that has not come."""


class TargetOutOfRange(Refusal):
    """A plan for a negative or absurd number of people, or for a role that has posts instead."""


class TargetThere(Refusal):
    """The unit has a target of that role for that day already."""


def _target_there() -> Refusal:
    return TargetThere(
        "There is a target of this role for that day already: open the page again and correct that one.",
        field="due_on",
    )


name_violation("uq_heads_target_unit_id_role_due_on", _target_there)


class WantedTime(NamedTuple):
    """Time to be recorded."""

    member_id: int
    on_date: date
    work: GivenWork
    minutes: int


def check_time(
    book: PostingBook, member_id: int, number: str, day: date, minutes: int, *, today: date
) -> None:
    """Refuse time that cannot be: MinutesOutOfRange, NotGivenYet, NobodyWhoGives.

    `minutes` are those of the whole day, of every kind of work. The book holds the day.
    """
    if not 1 <= minutes <= LONGEST_DAY:
        raise MinutesOutOfRange(
            f"{minutes:,} minutes on {day_in_words(day)} are not possible: give from 1 to "
            f"{LONGEST_DAY:,} for all the day’s work.",
            field="minutes",
        )
    if day > today:
        raise NotGivenYet(
            f"{day_in_words(day)} is still to come: record time once it has been given.", field="on_date"
        )
    postings = posting_in_force(book.held.get(member_id, ()), day)
    if not any(posting.role in GIVING_ROLES for posting in postings):
        raise NobodyWhoGives(
            f"{number} is not a special constable or volunteer on {day_in_words(day)}: correct the number or "
            f"the date. Everybody else’s time is recorded as duty.",
            field="number",
        )


def set_target(session: Session, *, unit: Unit, role: PolicingRole, due_on: date, heads: int) -> HeadsTarget:
    """Plan `heads` people of `role` at `unit` and under it for the day `due_on`.

    TargetOutOfRange, DayOutOfRange, TargetThere.
    """
    _check_target(role, heads)
    check_day(due_on, "due_on")
    target = HeadsTarget(unit=unit, role=role, due_on=due_on, heads=heads)
    with refusing(session):
        session.add(target)
    return target


def change_target(
    session: Session, target: HeadsTarget, *, heads: int, expected_version: int | None = None
) -> HeadsTarget:
    """Correct the number of a target. TargetOutOfRange; StaleRecord for an older `expected_version`."""
    check_version(target, expected_version)
    _check_target(target.role, heads)
    target.heads = heads
    with refusing(session):
        return target


def remove_target(session: Session, target: HeadsTarget, *, expected_version: int | None = None) -> None:
    """Take a target out of the plan. StaleRecord for an older `expected_version`."""
    check_version(target, expected_version)
    session.delete(target)
    session.flush()


def _check_target(role: PolicingRole, heads: int) -> None:
    if role not in GIVING_ROLES:
        raise TargetOutOfRange(
            f"A plan is for special constables and volunteers: {role.plural} have an establishment.",
            field="role",
        )
    if not 0 <= heads <= MOST_HEADS:
        raise TargetOutOfRange(f"The number of people must be from 0 to {MOST_HEADS:,}.", field="heads")


def record_time(session: Session, wanted: Sequence[WantedTime]) -> None:
    """Record time that `check_time` has let pass and that is not there yet, by statements of many rows."""
    for some in batches(wanted):
        session.execute(insert(GivenTime), [each._asdict() for each in some])
