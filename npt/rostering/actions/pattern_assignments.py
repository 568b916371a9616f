"""Who works which pattern: kept when a pattern is laid, changed from a date on, or ended."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from npt.kit.clock import day_in_words, local_day
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.rostering.actions.block_acts import Done, keep
from npt.rostering.actions.blocks import Block, StaleRoster
from npt.rostering.models import PatternAssignment
from npt.rostering.rules import Cell, Days
from npt.shifts.actions import AssignedPattern, Step, UnknownPattern, keep_assigned_by
from npt.shifts.queries import patterns_for
from npt.shifts.rules import PatternDay, pattern_shifts


class PatternOverlaps(Refusal):
    """A member was to work by two patterns on the same days."""


class DayOutsideAssignment(Refusal):
    """An assignment was to change on a day that it does not have."""


@dataclass(frozen=True, slots=True)
class Relaid:
    """What a change of an assignment did: the act, if any shift changed, and the days left as they are."""

    done: Done | None
    left: int


def register() -> None:
    """Have who works by which pattern kept whenever one is laid."""
    keep_assigned_by(keep_assigned)


def keep_assigned(session: Session, assigned: AssignedPattern) -> None:
    """Keep who works by the pattern. PatternOverlaps, naming the member and the other assignment.

    The same pattern at the same day of its cycle goes on: the two become one assignment.
    """
    asked = select(Member.id).where(Member.id.in_(assigned.member_ids)).order_by(Member.id)
    session.execute(asked.with_for_update())
    overlapping = session.scalars(
        select(PatternAssignment)
        .where(
            PatternAssignment.member_id.in_(assigned.member_ids),
            PatternAssignment.holding(assigned.first, assigned.last),
        )
        .options(joinedload(PatternAssignment.pattern), joinedload(PatternAssignment.member))
        .order_by(PatternAssignment.member_id, PatternAssignment.first_on)
    ).all()
    for each in overlapping:
        if not _goes_on(each, assigned):
            raise PatternOverlaps(
                f"{each.member.name} ({each.member.number}) works by “{each.pattern.name}”"
                f" {each.span.in_words}: choose days before or after it, or end that assignment first.",
                field="members",
            )
    for member_id in assigned.member_ids:
        same = [each for each in overlapping if each.member_id == member_id]
        first = min([assigned.first, *(each.first_on for each in same)])
        last = max([assigned.last, *(each.last_on for each in same)])
        for each in same[1:]:
            session.delete(each)
        if same:
            same[0].first_on, same[0].last_on = first, last
        else:
            session.add(
                PatternAssignment(
                    pattern_id=assigned.pattern_id,
                    member_id=member_id,
                    unit_id=assigned.unit.id,
                    anchor=assigned.anchor,
                    first_on=first,
                    last_on=last,
                )
            )
    session.flush()


def _goes_on(assignment: PatternAssignment, assigned: AssignedPattern) -> bool:
    is_same = (assignment.pattern_id, assignment.unit_id) == (assigned.pattern_id, assigned.unit.id)
    return is_same and (assignment.anchor - assigned.anchor).days % assignment.pattern.cycle_days == 0


def change_assignment(
    session: Session,
    *,
    stamp: Stamp,
    unit: Unit,
    assignment_id: int,
    expected_version: int,
    first: date,
    pattern_id: int | None,
    anchor: date,
) -> Relaid:
    """From `first` on, let the member work by another pattern (`anchor` is a day 1 of it), or by none.

    The shifts that the old pattern made are replaced up to the assignment's last day. A day that was changed
    by hand since, or with time away in it, stays as it is. StaleRoster, DayOutsideAssignment, UnknownPattern,
    PatternTimeNeverHappens; NotPosted, OutsidePlace, ShiftOverlaps.
    """
    assignment = _held_assignment(session, unit, assignment_id, expected_version)
    if not assignment.span.covers(first):
        raise DayOutsideAssignment(
            f"The assignment runs {assignment.span.in_words}: give a day of it.", field="first"
        )
    cycles = {each.id: each for each in patterns_for(session, unit)}
    if pattern_id is not None and pattern_id not in cycles:
        raise UnknownPattern(
            f"There is no such pattern for {unit.code}: choose one from the list.", field="pattern"
        )
    days = Days(first, assignment.last_on)
    old = cycles.get(assignment.pattern_id)
    made = _by_day(old.cycle if old is not None else (), assignment.anchor, days)
    new = _by_day(cycles[pattern_id].cycle if pattern_id is not None else (), anchor, days)
    block = Block.hold(session, unit, [Cell(assignment.member_id, day) for day in days])
    steps, left = _relaid(block, made, new)
    title = "Pattern ended" if pattern_id is None else f"Pattern {cycles[pattern_id].name}"
    title = f"{title} from {day_in_words(first)}"
    done = None
    if steps:
        done = keep(session, stamp=stamp, unit=unit, steps=steps, places=block.places, title=title)
    _move_on(session, assignment, first, pattern_id, anchor)
    return Relaid(done, left)


def _held_assignment(
    session: Session, unit: Unit, assignment_id: int, expected_version: int
) -> PatternAssignment:
    found = session.scalar(
        select(PatternAssignment)
        .where(PatternAssignment.id == assignment_id, PatternAssignment.unit_id == unit.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None or found.version != expected_version:
        raise StaleRoster(
            "Somebody else changed this assignment after you opened it: open the list again and look at it.",
            field="first",
        )
    return found


def _by_day(cycle: tuple[PatternDay, ...], anchor: date, days: Days) -> dict[date, Interval]:
    shifts = pattern_shifts(cycle, anchor, days.first, days.last) if cycle else ()
    return {local_day(each.starts): each for each in shifts}


def _relaid(block: Block, made: dict[date, Interval], new: dict[date, Interval]) -> tuple[list[Step], int]:
    """The steps from one pattern's shifts to another's, and how many days stay as somebody made them."""
    steps: list[Step] = []
    left = 0
    for cell, shifts in block.cells.items():
        expected = [made[cell.day]] if cell.day in made else []
        is_as_made = [shift.state.interval for shift in shifts] == expected
        if not is_as_made or any(shift.state.away for shift in shifts):
            left += 1
            continue
        wanted = [block.new(cell, new[cell.day])] if cell.day in new else []
        if [each.interval for each in wanted] != expected:
            steps += block.replaced(cell, wanted)
    return steps, left


def _move_on(
    session: Session, assignment: PatternAssignment, first: date, pattern_id: int | None, anchor: date
) -> None:
    if pattern_id is not None:
        session.add(
            PatternAssignment(
                pattern_id=pattern_id,
                member_id=assignment.member_id,
                unit_id=assignment.unit_id,
                anchor=anchor,
                first_on=first,
                last_on=assignment.last_on,
            )
        )
    if first == assignment.first_on:
        session.delete(assignment)
    else:
        assignment.last_on = first - timedelta(days=1)
    session.flush()
