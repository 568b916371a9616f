"""One operation: what it asks, who is chosen, what that does to each team; and the list of who musters."""

from collections.abc import Iterable, Sequence
from typing import Any

from npt.access.rules import Permission
from npt.counting.queries import default_definition
from npt.kit.clock import local_day
from npt.kit.intervals import Interval
from npt.operations.forms import DecideForm
from npt.operations.models import Ask, Operation
from npt.operations.queries import ChosenLine, chosen, operation_in
from npt.operations.rules import OperationDay, OperationStatus
from npt.operations.views.door import (
    ONE,
    OPERATION,
    breadcrumbs,
    check_place,
    operation_address,
    pages,
    when_of,
)
from npt.operations.views.effect import Effect, effect_table, takes_of
from npt.operations.views.operations_list import TONES
from npt.organisation.models import Unit
from npt.webkit.filters import plural
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.parts import Heading
from npt.webkit.visit import Visit


def times_in_words(interval: Interval | None) -> str:
    """The local times of an interval of at most a day: "12:00 to 18:00", "18:00 to 02:00 the next day".

    None is a shift that is no more.
    """
    if interval is None:
        return "not rostered any more"
    words = interval.times_in_words
    is_one_day = local_day(interval.starts) == local_day(interval.ends)
    return words if is_one_day else f"{words} the next day"


_CHOSEN_HEADINGS = tuple(map(Heading, ("Member", "Team", "Shift", "Taken", "Record")))
_ASK_HEADINGS = (
    Heading("Unit"),
    Heading("Role"),
    Heading("Asked per day", is_number=True),
    Heading("Chosen"),
)


#: By what the template words what it shows, whoever looks at it.
_WORDS: dict[str, Any] = {
    "ask_columns": _ASK_HEADINGS,
    "chosen_columns": _CHOSEN_HEADINGS,
    "times": times_in_words,
}
_MUSTER: Columns[ChosenLine] = (
    Column("Member", lambda line: line.name, holds_words=True, below=lambda line: line.number),
    Column("Role", lambda line: line.role),
    Column("Team", lambda line: line.unit_name, holds_words=True),
    Column("Shift", lambda line: times_in_words(line.shift)),
    Column("Needed", lambda line: times_in_words(line.taken)),
    # Left empty, to be signed on paper.
    Column("Signed on", lambda _: ""),
    Column("Signed off", lambda _: ""),
)


@pages.read(ONE, needs=Permission.SEE_DUTY, within="code", shows_personal=OPERATION)
def operation(visit: Visit[Unit], operation_id: int) -> Answer:
    """An operation, as far as it concerns the unit of the address."""
    found, is_whole, lines = _seen_here(visit, operation_id)
    may_plan = is_whole and visit.may(Permission.PLAN_OPERATIONS, found.unit.path)
    is_draft, definition = found.status is OperationStatus.DRAFT, default_definition(visit.session)
    return visit.render(
        **_head(visit, found),
        tone=TONES[found.status],
        is_draft=is_draft,
        is_whole=is_whole,
        may_plan=may_plan and found.status is not OperationStatus.CANCELLED,
        asks=[_ask(found, ask, lines) for ask in found.asks] if is_whole else [],
        days=by_day(found, lines),
        problems=sum(bool(line.problem) for line in lines),
        effects=_effects(visit, found, lines, is_whole=is_whole),
        definition=definition,
        form=_decision(found, lines),
        **_WORDS,
        planner_href=operation_address(found) if visit.may(Permission.SEE_DUTY, found.unit.path) else "",
    )


def _effects(
    visit: Visit[Unit], found: Operation, lines: Sequence[ChosenLine], *, is_whole: bool
) -> Table[Effect]:
    """What it does to each team; nothing of one that is committed or cancelled: its records say it."""
    takes = takes_of(lines) if found.status is OperationStatus.DRAFT else []
    path = found.unit.path if is_whole else visit.place.path
    return effect_table(visit, found, takes, path=path, definition=default_definition(visit.session))


@pages.read(f"{ONE}/muster", needs=Permission.SEE_DUTY, within="code", shows_personal=OPERATION)
def muster(visit: Visit[Unit], operation_id: int) -> Answer:
    """Who has to be where and when: a list to print and sign."""
    found, _, lines = _seen_here(visit, operation_id)
    return visit.render(
        **_head(visit, found),
        days=[
            (day, Table(f"Needed {day.interval.in_words}: {plural(len(there), 'member')}", _MUSTER, there))
            for day, there in by_day(found, [line for line in lines if not line.problem])
        ],
        operation_href=operation_address(found, visit.place.code),
    )


def _seen_here(visit: Visit[Unit], operation_id: int) -> tuple[Operation, bool, tuple[ChosenLine, ...]]:
    """The operation if it concerns the unit of the address, whether all of it does, and who is chosen there.

    Else the request ends with "not found".
    """
    check_place(visit)
    found = visit.found(operation_in(visit.session, visit.place.path, operation_id))
    visit.personal_record_id = found.id
    is_whole = found.unit.path.startswith(visit.place.path)
    return found, is_whole, chosen(visit.session, found, path=None if is_whole else visit.place.path)


def _head(visit: Visit[Unit], operation: Operation) -> dict[str, Any]:
    return {
        "operation": operation,
        "when": when_of(operation),
        "is_committed": operation.status is OperationStatus.COMMITTED,
        "above": breadcrumbs(visit),
    }


def _decision(operation: Operation, lines: Iterable[ChosenLine]) -> DecideForm:
    """What the buttons carry: the operation and the shifts as they are shown."""
    form = DecideForm(formdata=None, version=str(operation.version))
    form.shown.show({line.shift_id: line.shift_version or 0 for line in lines if line.shift_id is not None})
    return form


def _ask(operation: Operation, ask: Ask, lines: Iterable[ChosenLine]) -> dict[str, Any]:
    """What a unit is asked for, how many are chosen of each day, and whether they are as many as asked."""
    of_ask = [line for line in lines if line.ask_id == ask.id]
    counts = {day.on: len({line.member_id for line in of_ask if line.on == day.on}) for day in operation.days}
    is_complete = all(count == ask.number for count in counts.values())
    return {"ask": ask, "chosen": counts, "is_complete": is_complete}


def by_day(operation: Operation, lines: Iterable[ChosenLine]) -> list[tuple[OperationDay, list[ChosenLine]]]:
    """Who is chosen, day by day."""
    return [(day, [line for line in lines if line.on == day.on]) for day in operation.days]
