"""One operation: what it asks, who is chosen, what that does to each team; and the list of who musters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from npt.access.rules import Permission
from npt.kit.clock import clock_in_words, local_day
from npt.kit.intervals import Interval
from npt.operations.forms import DecideForm
from npt.operations.models import Ask, Operation
from npt.operations.queries import ChosenLine, chosen, effects, operation_in, standing_definition
from npt.operations.rules import OperationStatus
from npt.operations.views.door import (
    ONE,
    OPERATION,
    breadcrumbs,
    check_place,
    operation_address,
    pages,
    when_in_words,
)
from npt.operations.views.effect import Effect, effect_table, takes_of
from npt.operations.views.operations_list import TONES
from npt.organisation.models import Unit
from npt.webkit.filters import day_short, plural
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.parts import Heading
from npt.webkit.visit import Visit

_CHOSEN_HEADINGS = tuple(map(Heading, ("Member", "Team", "Shift", "Taken", "Record")))
_ASK_HEADINGS = (Heading("Unit"), Heading("Role"), Heading("Asked a day", is_number=True), Heading("Chosen"))


@dataclass(frozen=True, slots=True)
class AskShown:
    """What a unit is asked for, and how far the choice has come."""

    ask: Ask
    #: of each day, how many are chosen: "21 November 2026: 2 of 3"
    days: tuple[str, ...]
    is_complete: bool
    choose_href: str
    drop_href: str


@dataclass(frozen=True, slots=True)
class ChosenShown:
    """A member who is chosen, worded."""

    line: ChosenLine
    role: str
    shift: str
    taken: str
    day_href: str


_MUSTER: Columns[ChosenShown] = (
    Column("Member", lambda each: each.line.name, holds_words=True, below=lambda each: each.line.number),
    Column("Role", lambda each: each.role),
    Column("Team", lambda each: each.line.unit_name, holds_words=True),
    Column("Shift", lambda each: each.shift),
    Column("Needed", lambda each: each.taken),
    # Left empty, to be signed on paper.
    Column("Signed on", lambda _: ""),
    Column("Signed off", lambda _: ""),
)


@dataclass(frozen=True, slots=True)
class DayShown:
    """Who is chosen for one day of the operation."""

    on: date
    when: str
    lines: tuple[ChosenShown, ...]


@pages.read(
    ONE,
    needs=Permission.SEE_DUTY,
    within="code",
    shows_personal=OPERATION,
)
def operation(visit: Visit[Unit], operation_id: int) -> Answer:
    """An operation, as far as it concerns the unit of the address."""
    found = _seen_here(visit, operation_id)
    is_whole = found.unit.path.startswith(visit.place.path)
    lines = chosen(visit.session, found, path=None if is_whole else visit.place.path)
    is_planner = is_whole and visit.may(Permission.PLAN_OPERATIONS, found.unit.path)
    form = DecideForm(formdata=None, version=str(found.version))
    form.shown.show({line.shift_id: line.shift_version or 0 for line in lines if line.shift_id is not None})
    return visit.render(
        operation=found,
        when=when_in_words(found.first_on, found.last_on, found.starts, found.ends),
        tone=TONES[found.status],
        is_draft=found.status is OperationStatus.DRAFT,
        is_committed=found.status is OperationStatus.COMMITTED,
        is_whole=is_whole,
        may_plan=is_planner and found.status is not OperationStatus.CANCELLED,
        asks=[_ask(found, ask, lines) for ask in found.asks] if is_whole else [],
        days=days_shown(visit, found, lines),
        problems=sum(bool(line.problem) for line in lines),
        effects=_effects(visit, found, lines, is_whole),
        definition=standing_definition(visit.session),
        form=form,
        ask_href=url_for("operations.ask", code=found.unit.code, operation_id=found.id),
        correct_href=url_for("operations.correct", code=found.unit.code, operation_id=found.id),
        commit_href=url_for("operations.commit", code=found.unit.code, operation_id=found.id),
        cancel_href=url_for("operations.cancel", code=found.unit.code, operation_id=found.id),
        muster_href=url_for("operations.muster", code=visit.place.code, operation_id=found.id),
        ask_columns=_ASK_HEADINGS,
        chosen_columns=_CHOSEN_HEADINGS,
        above=breadcrumbs(visit),
        planner_href=operation_address(found) if visit.may(Permission.SEE_DUTY, found.unit.path) else "",
    )


@pages.read(
    f"{ONE}/muster",
    needs=Permission.SEE_DUTY,
    within="code",
    shows_personal=OPERATION,
)
def muster(visit: Visit[Unit], operation_id: int) -> Answer:
    """Who has to be where and when: a list to print and sign."""
    found = _seen_here(visit, operation_id)
    is_whole = found.unit.path.startswith(visit.place.path)
    lines = chosen(visit.session, found, path=None if is_whole else visit.place.path)
    return visit.render(
        operation=found,
        when=when_in_words(found.first_on, found.last_on, found.starts, found.ends),
        is_committed=found.status is OperationStatus.COMMITTED,
        days=[
            (day, Table(f"Needed {day.when}: {plural(len(day.lines), 'member')}", _MUSTER, day.lines))
            for day in days_shown(visit, found, [line for line in lines if not line.problem])
        ],
        above=breadcrumbs(visit),
        operation_href=operation_address(found, visit.place.code),
    )


def _seen_here(visit: Visit[Unit], operation_id: int) -> Operation:
    """The operation if it concerns the unit of the address; else the request ends with "not found"."""
    check_place(visit)
    found = visit.found(operation_in(visit.session, visit.place.path, operation_id))
    visit.personal_record_id = found.id
    return found


def _ask(operation: Operation, ask: Ask, lines: Iterable[ChosenLine]) -> AskShown:
    of_ask = [line for line in lines if line.ask_id == ask.id]
    there = {day.on: len({line.member_id for line in of_ask if line.on == day.on}) for day in operation.days}
    return AskShown(
        ask=ask,
        days=tuple(f"{day_short(on)}: {count} of {ask.number}" for on, count in there.items()),
        is_complete=all(count == ask.number for count in there.values()),
        choose_href=ask_address(operation, ask, "operations.choose"),
        drop_href=ask_address(operation, ask, "operations.drop"),
    )


def ask_address(operation: Operation, ask: Ask, endpoint: str) -> str:
    """The address of a page or a button about one of the asks."""
    return url_for(endpoint, code=operation.unit.code, operation_id=operation.id, ask_id=ask.id)


def days_shown(visit: Visit[Unit], operation: Operation, lines: Sequence[ChosenLine]) -> tuple[DayShown, ...]:
    """Who is chosen, day by day."""
    return tuple(
        DayShown(
            on=day.on,
            when=day.interval.in_words,
            lines=tuple(_chosen(visit, line) for line in lines if line.on == day.on),
        )
        for day in operation.days
    )


def _chosen(visit: Visit[Unit], line: ChosenLine) -> ChosenShown:
    href = ""
    if line.shift_on is not None:
        href = url_for("duty.day", code=line.unit_code, on=line.shift_on)
    return ChosenShown(
        line=line,
        role=line.role.wording,
        shift="not rostered any more" if line.shift is None else times_in_words(line.shift),
        taken=times_in_words(line.taken),
        day_href=href,
    )


def times_in_words(interval: Interval) -> str:
    """The local times of an interval of at most a day: "12:00 to 18:00", "18:00 to 02:00 the next day"."""
    words = f"{clock_in_words(interval.starts)} to {clock_in_words(interval.ends)}"
    is_one_day = local_day(interval.starts) == local_day(interval.ends)
    return words if is_one_day else f"{words} the next day"


def _effects(
    visit: Visit[Unit], operation: Operation, lines: Iterable[ChosenLine], is_whole: bool
) -> Table[Effect]:
    """What committing the draft would do; nothing to show for one that is committed or cancelled."""
    if operation.status is not OperationStatus.DRAFT:
        return effect_table(())
    found = effects(
        visit.session,
        operation.unit.path if is_whole else visit.place.path,
        takes_of(lines),
        reason=operation.reason.code,
        today=visit.today,
        definition=standing_definition(visit.session),
    )
    return effect_table(found)
