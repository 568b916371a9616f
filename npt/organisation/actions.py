"""Opening, changing and closing units. Nothing here commits; every refusal is named and says what to do."""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from npt.kit.clock import day_in_words, local_day
from npt.kit.limits import check_name
from npt.kit.refusals import Refusal
from npt.kit.spans import Span, checked_span
from npt.kit.stamps import Stamp
from npt.organisation.models import PriorityReview, Succession, Unit
from npt.organisation.queries import spans_under, successors
from npt.organisation.rules import (
    AlreadyClosed,
    Level,
    Lineage,
    OutsideParentDates,
    UnitFacts,
    WrongSuccessor,
    check_closing,
    check_code,
    check_parent,
    check_priority_class,
    check_reason,
    check_successor,
    check_within,
)
from npt.store.batches import batches
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version


class CodeTaken(Refusal):
    """A unit was to be opened under a code that another unit has, or had."""


class UnknownUnit(Refusal):
    """A code was given that no unit has."""


def _code_taken() -> CodeTaken:
    return CodeTaken("Another unit has or had this code: give one that has never been used.", field="code")


name_violation("uq_unit_code", _code_taken)
name_violation("ix_unit_path", _code_taken)

#: Refuses when something in the unit would stand outside the unit's new days.
SpanCheck = Callable[[Session, Unit, Span], None]
_SPAN_CHECKS: list[SpanCheck] = []


def check_span_by(check: SpanCheck) -> None:
    """Let a floor above, which this one does not know, refuse a unit's new days.

    Postings are the case: nobody may be left posted to a unit that has closed. Asked once for each.
    """
    if check not in _SPAN_CHECKS:
        _SPAN_CHECKS.append(check)


#: Told which units have, or have no longer, taken over from another.
Follower = Callable[[Session, Collection[Unit]], None]
_FOLLOWERS: list[Follower] = []


def follow_successions_by(follower: Follower) -> None:
    """Let a floor above, which this one does not know, do what follows when a unit takes over from another.

    Boundaries are the case: neighbourhoods that become one leave it their ground. Asked once for each.
    """
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)


def lock_units(session: Session, unit_ids: Collection[int], *, for_closing: bool = False) -> None:
    """Hold these units as they are until the transaction ends, and read again what they are now.

    Whoever places something in a unit shares the lock; whoever changes the unit's days has it alone, so that
    neither passes the other. In the order of keys: two who lock several cannot wait for each other in a ring.
    """
    for some in batches(sorted(set(unit_ids))):
        asked = select(Unit).where(Unit.id.in_(some)).order_by(Unit.id).with_for_update(read=not for_closing)
        session.scalars(asked.execution_options(populate_existing=True)).all()


def open_unit(
    session: Session,
    *,
    code: str,
    level: Level,
    parent: Unit | None,
    facts: UnitFacts,
) -> Unit:
    """Open a unit under `parent` (None for a force), and send it to the database.

    BadCode, BadName, DayOutOfRange, EndsBeforeItStarts, WrongParent, OutsideParentDates (the parent is not
    open then), PriorityClassOutOfPlace, CodeTaken.
    """
    if parent is not None:
        lock_units(session, [parent.id])
    with refusing(session):
        return place_unit(session, code=code, level=level, parent=parent, facts=facts)


def place_unit(session: Session, *, code: str, level: Level, parent: Unit | None, facts: UnitFacts) -> Unit:
    """`open_unit` for many at once: the caller has locked the parents, and sends them all together."""
    check_code(code)
    check_parent(level, parent.level if parent is not None else None)
    span = _checked(level, facts)
    lineage = Lineage((code,))
    if parent is not None:
        check_within(span, parent.code, parent.span, OutsideParentDates)
        lineage = Lineage.parse(parent.path).child(code)
    unit = Unit(
        code=code,
        name=facts.name,
        level=level,
        parent=parent,
        path=lineage.path,
        opened_on=facts.opened_on,
        closed_on=facts.closed_on,
        priority_class=facts.priority_class,
    )
    session.add(unit)
    return unit


def change_unit(
    session: Session, unit: Unit, *, facts: UnitFacts, expected_version: int | None = None
) -> None:
    """Correct what is recorded of a unit. Its code, level and place never change.

    StaleRecord, and what `open_unit` refuses; StillHasOpenUnits when a unit under it stands longer,
    OutsideParentDates when one opened earlier; what other floors refuse.
    """
    span = _checked(unit.level, facts)
    if unit.parent_id is not None:
        lock_units(session, [unit.parent_id])
        parent = session.get_one(Unit, unit.parent_id)
        check_within(span, parent.code, parent.span, OutsideParentDates)
    lock_units(session, [unit.id], for_closing=True)
    check_version(unit, expected_version)
    if span != unit.span:
        _check_what_it_holds(session, unit, span)
    unit.name, unit.priority_class = facts.name, facts.priority_class
    unit.opened_on, unit.closed_on = facts.opened_on, facts.closed_on


def review_priority_class(
    session: Session,
    unit: Unit,
    *,
    priority_class: int,
    reason: str,
    stamp: Stamp,
    expected_version: int | None = None,
) -> PriorityReview:
    """Say that the priority class of a neighbourhood was looked at: what it is from today, and why.

    StaleRecord, PriorityClassOutOfPlace, ReasonMissing, AlreadyClosed.
    """
    check_priority_class(unit.level, priority_class)
    check_reason(reason)
    lock_units(session, [unit.id], for_closing=True)
    check_version(unit, expected_version)
    today = local_day(stamp.now)
    if unit.closed_on is not None and unit.closed_on < today:
        raise AlreadyClosed(
            f"{unit.code} closed on {day_in_words(unit.closed_on)}: nothing is to be reviewed."
        )
    unit.priority_class = priority_class
    review = PriorityReview(
        unit_id=unit.id,
        priority_class=priority_class,
        reason=reason.strip(),
        reviewed_on=today,
        reviewed_by_id=stamp.account_id,
        reviewed_at=stamp.now,
    )
    with refusing(session):
        session.add(review)
    return review


def close_unit(
    session: Session,
    unit: Unit,
    *,
    on: date,
    taken_over_by: Sequence[Unit] = (),
    expected_version: int | None = None,
) -> None:
    """Close `unit` with `on` as its last day, and say which units take over from it.

    StaleRecord, AlreadyClosed, DayOutOfRange, EndsBeforeItStarts, StillHasOpenUnits (names them),
    WrongSuccessor; what other floors refuse.
    """
    lock_units(session, [unit.id], for_closing=True)
    check_version(unit, expected_version)
    check_closing(unit.code, unit.span, on, spans_under(session, unit))
    _check_what_it_holds(session, unit, Span(unit.opened_on, on))
    unit.closed_on = on
    succeed(session, unit, taken_over_by)


def succeed(session: Session, unit: Unit, taken_over_by: Sequence[Unit]) -> None:
    """Say which units took over from the closed `unit`; those already named stay.

    WrongSuccessor for a unit that is still open, or a successor of another level or not open the day after.
    """
    if not taken_over_by:
        return
    if unit.closed_on is None:
        raise WrongSuccessor(
            f"{unit.code} is open: close it, then name the units that took over from it.", field="successors"
        )
    session.flush()
    # Before they are named, which holds them too: two that wait for each other would both be turned away.
    lock_units(session, [successor.id for successor in taken_over_by], for_closing=True)
    named = {successor.id for successor in successors(session, unit)}
    for successor in taken_over_by:
        check_successor(
            unit.code, unit.level, unit.closed_on, successor.code, successor.level, successor.span
        )
        if successor.id not in named:
            session.add(Succession(predecessor_id=unit.id, successor_id=successor.id))
            named.add(successor.id)
    # Also what others had taken over may be theirs no longer alone.
    _follow(session, unit)


def forget_successors(session: Session, unit: Unit) -> None:
    """Take back which units took over from `unit`, so that others can be named."""
    session.flush()
    left = successors(session, unit)
    session.execute(delete(Succession).where(Succession.predecessor_id == unit.id))
    for follower in _FOLLOWERS:
        follower(session, left)


def _follow(session: Session, unit: Unit) -> None:
    session.flush()
    taken_over_by = successors(session, unit)
    for follower in _FOLLOWERS:
        follower(session, taken_over_by)


def _checked(level: Level, facts: UnitFacts) -> Span:
    check_name(facts.name)
    check_priority_class(level, facts.priority_class)
    return checked_span(facts.opened_on, facts.closed_on, first_field="opened_on", last_field="closed_on")


def _check_what_it_holds(session: Session, unit: Unit, span: Span) -> None:
    """Refuse new days for `unit` outside which something in it would be left standing."""
    under = spans_under(session, unit)
    if span.last is not None:
        check_closing(unit.code, Span(span.first), span.last, under)
    earlier = sorted(code for code, stands in under if stands.first < span.first)
    if earlier:
        raise OutsideParentDates(
            f"{earlier[0]} under {unit.code} opened before {day_in_words(span.first)}:"
            f" give {unit.code} a first day on or before that of the units under it.",
            field="opened_on",
        )
    for check in _SPAN_CHECKS:
        check(session, unit, span)
