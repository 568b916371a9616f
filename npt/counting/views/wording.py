"""What counts under a definition, in words: reasons, dates, changes, and what a change restates."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.counting.models import DefinitionChange
from npt.counting.queries import DatedDefinition
from npt.counting.rules import SINCE, MonthMoved, Restatement, counts_on
from npt.kit.months import Month
from npt.organisation.rules import Level, Lineage
from npt.shifts.queries import ReasonLine
from npt.webkit.errors import DoorClosed
from npt.webkit.fields import Choice
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import hours, moment, plural
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.visit import Visit

RESTATED_COLUMNS: Columns[MonthMoved] = (
    Column("Month", lambda each: each.month.title),
    Column("Group", lambda each: each.group),
    Column("Records", lambda each: each.records, is_number=True),
    Column("Time", lambda each: each.minutes, is_number=True, words=hours),
    Column("Effect", lambda each: "start to count" if each.counts else "stop counting"),
)
_DAY = timedelta(days=1)


def may_manage(visit: Visit[None]) -> bool:
    """Whether the person may manage reasons and definitions, which hold for a whole force."""
    return any(
        Lineage.parse(path).level is Level.FORCE for path in visit.person.reach(Permission.MANAGE_DEFINITIONS)
    )


def check_may_manage(visit: Visit[None]) -> None:
    """End the request for whoever holds the permission only somewhere under a force."""
    if not may_manage(visit):
        raise DoorClosed(Permission.MANAGE_DEFINITIONS)


def choices_of(known: Iterable[DatedDefinition | ReasonLine]) -> tuple[Choice, ...]:
    """Definitions or reasons as a form offers them."""
    return tuple(Choice(each.code, each.name) for each in known)


def counts_in_words(counts: bool) -> str:
    """ "counts", "does not count"."""
    return "counts" if counts else "does not count"


def marks_in_words(marks: Sequence[tuple[date, bool]]) -> str:
    """When a reason counts: "counts to 15 November 2026, does not count from 16 November 2026"."""
    spans = [(SINCE, counts_on(marks, SINCE))]
    spans += [mark for mark in marks if counts_on(marks, mark[0] - _DAY) is not mark[1] and mark[0] > SINCE]
    if len(spans) == 1:
        return "counts on every day" if spans[0][1] else "does not count on any day"
    ends = [*(starts_on - _DAY for starts_on, _ in spans[1:]), None]
    return ", ".join(
        counts_in_words(counts)
        + (f" from {day_in_words(starts_on)}" if starts_on > SINCE else "")
        + (f" to {day_in_words(last)}" if last else "")
        for (starts_on, counts), last in zip(spans, ends, strict=True)
    )


def table_changed(definition: DatedDefinition) -> str:
    """When what counts was last changed: "4 May 2026 22:00", or that it is as installed."""
    return "as installed" if definition.changed_at is None else moment(definition.changed_at)


def over_in_words(definition: DatedDefinition) -> str:
    """What the rate is over."""
    return "rostered time, absence counted as lost" if definition.puts_absence_back else "time on duty"


def change_in_words(change: DefinitionChange, names: Mapping[int, str]) -> str:
    """What a change, whose lines are loaded, does to which reasons; `names` are those of reasons by key."""
    lines = ((line.counts, names[line.reason_id]) for line in change.lines)
    wordings = {True: "Counts", False: "Does not count", None: "As before"}
    what = ". ".join(_reasons_by_effect(lines, wordings))
    return what if change.puts_back_id is None else f"Reversed: {what}"


def _reasons_by_effect(
    lines: Iterable[tuple[bool | None, str]], wordings: Mapping[bool | None, str]
) -> list[str]:
    """The names of reasons behind what becomes of them: "Does not count: Event, Training"."""
    of: dict[bool | None, list[str]] = {}
    for counts, name in lines:
        of.setdefault(counts, []).append(name)
    return [f"{wordings[counts]}: {', '.join(names)}" for counts, names in of.items()]


def restatement_shown(
    visit: Visit[None], definition: DatedDefinition, found: Restatement, known: Iterable[ReasonLine]
) -> dict[str, Any]:
    """What the change does, and which months of which figures it moves."""
    names = {reason.code: reason.name for reason in known}
    since = day_in_words(found.changes[0].starts_on)
    wordings = {
        True: f"Counts from {since}",
        False: f"Does not count from {since}",
        None: f"From {since} as before",
    }
    return {
        "changes": _reasons_by_effect(
            ((change.counts, names[change.reason]) for change in found.changes), wordings
        ),
        "sentence": _sentence(found, definition),
        "stays": f"Figures for days before {since} do not "
        f"change. Printed pages keep their old figures; their codes no longer match months that "
        "have changed.",
        "months": Table(
            "Figures that change, by month and group",
            RESTATED_COLUMNS,
            found.months,
            href=lambda each: _month_address(visit, definition, each.month),
            sums=("All", "", found.records, found.minutes, ""),
        ),
    }


def _sentence(found: Restatement, definition: DatedDefinition) -> str:
    if not found.months:
        return f"Nothing is recorded for it on those days: no figure under {definition.name} changes."
    months = len({each.month for each in found.months})
    return (
        f"It restates {plural(months, 'month')} under {definition.name}: {plural(found.records, 'record')} of"
        f" {hours(found.minutes)} in total, across all units."
    )


def _month_address(visit: Visit[None], definition: DatedDefinition, month: Month) -> str:
    """The month of the person's force under the definition, as it stands now."""
    code = Lineage.parse(visit.person.reach(Permission.MANAGE_DEFINITIONS)[0]).code
    return url_for("performance.month", code=code, month=month, definition=definition.code)
