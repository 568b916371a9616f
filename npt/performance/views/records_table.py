"""The records behind a figure as lines of a table, and the sums that they add up to."""

from collections.abc import Sequence

from npt.access.rules import Permission
from npt.kit.clock import clock_in_words
from npt.kit.intervals import Interval
from npt.kit.months import Month
from npt.kit.paging import Page, Part
from npt.organisation.models import Unit
from npt.people.rules import RoleGroup
from npt.performance.queries import FigureBehind, ShiftBehind, Shown
from npt.performance.rules import RateRow
from npt.performance.views.comparison import difference_in_words
from npt.performance.views.signed import all_restated, restated_in_words
from npt.shifts.queries import AwayRecord
from npt.shifts.rules import ReasonKind
from npt.webkit.addresses import address
from npt.webkit.filters import day_short, hours, number, percent, plural
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.visit import Visit

Behind = AwayRecord | ShiftBehind


_TITLES = {
    Shown.LOST: "Time away that counts",
    Shown.ABSENCE: "Absence from rostered shifts",
    Shown.SHIFTS: "Rostered shifts",
}


def listed(visit: Visit[Unit], behind: FigureBehind, page: Page, month: Month) -> Table[Behind]:
    """The page of records; why a member was absent only for whoever may know it."""
    names_absence = visit.may(Permission.RECORD_DUTY, visit.place.path)

    def what(row: Behind) -> str:
        if isinstance(row, ShiftBehind):
            return hours(row.absent) if row.absent else "no absence"
        if row.kind is ReasonKind.ABSENCE and not names_absence:
            return "absent"
        return f"{row.reason_name}: {row.note}" if row.note else row.reason_name

    def plain(row: Behind) -> int | str:
        return row.absent if isinstance(row, ShiftBehind) else what(row)

    # A file is read without the page around it: each line says that its figure was restated.
    restated = all_restated(behind.rows)
    since = Column[Behind]("Restated since sign-off", lambda _row: restated, is_on_page=False)
    is_shifts = behind.records is None
    last = Column("Absent" if is_shifts else "Reason", what, in_file=plain)
    rows: Sequence[Behind] = behind.duties if behind.records is None else behind.records.records
    return Table(
        _TITLES[behind.shown],
        (*_COLUMNS, last, _LENGTH, *([since] if restated else [])),
        Part(rows, behind.total, page),
        href=lambda row: address("duty.day", code=row.unit_code, on=row.on_date),
        noun="shifts" if is_shifts else "records",
        sums=(f"All {number(behind.total)}", "", "", "", "", "", behind.minutes),
        file=f"records-{visit.place.code}-{month}",
    )


#: When, where, who: what both lists begin with.
_COLUMNS: Columns[Behind] = (
    Column("Day", lambda row: row.on_date, words=day_short),
    Column("Unit", lambda row: row.unit_code),
    Column(
        "Member",
        lambda row: f"{row.name} ({row.number})",
        holds_words=True,
        in_file=lambda row: row.number,
    ),
    Column("Name", lambda row: row.name, is_on_page=False),
    Column("Role", lambda row: row.role),
    Column("From, to", lambda row: times_in_words(row.interval), is_in_file=False),
    Column("starts", lambda row: row.interval.starts, is_on_page=False),
    Column("ends", lambda row: row.interval.ends, is_on_page=False),
)
_LENGTH = Column[Behind]("Length", lambda row: row.minutes, is_number=True, words=hours, name="minutes")


def sums_in_words(behind: FigureBehind) -> tuple[tuple[str, str], ...]:
    """The sums that make the figure, each with its name."""
    counts = "Time that counts" if behind.reason is None else f"Time that counts: {behind.reason.name}"
    return (
        *((f"Rate: {_of_whom(behind, row)}", _rate(row)) for row in behind.rows),
        *(
            (f"Restated since sign-off: {_of_whom(behind, row)}", restated_in_words(row))
            for row in behind.rows
            if row.signed is not None
        ),
        *_beside(behind),
        (counts, hours(behind.lost)),
        ("Rostered", f"{hours(behind.rostered)} in {plural(behind.shifts, 'shift')}"),
        ("Absent", hours(behind.absent)),
        ("On duty", hours(behind.rostered - behind.absent)),
        ("Divided by", hours(behind.denominator)),
        ("Definition", f"{behind.definition.name}: {behind.definition.explanation}"),
    )


def _beside(behind: FigureBehind) -> list[tuple[str, str]]:
    """The same figure under the definition that stands beside, with what it is made of and what differs."""
    if behind.beside is None:
        return []
    definition, rows = behind.beside
    return [
        (
            f"Under {definition.name}: {_of_whom(behind, row)}",
            f"{_rate(row)}; {hours(row.abstracted)} of {hours(row.denominator)}."
            f" {difference_in_words(own, row, definition.name)}.",
        )
        for own, row in zip(behind.rows, rows, strict=True)
    ]


def _of_whom(behind: FigureBehind, row: RateRow) -> str:
    return behind.asked.role.plural if behind.asked.role else RoleGroup(row.group).wording


def _rate(row: RateRow) -> str:
    """The rate with its meaning; that of one reason has no target, since the ceiling is on the sum."""
    if not row.rate.is_known:
        return "not known: no duty recorded"
    words = percent(row.rate)
    if row.target is not None:
        words += f", {'within' if row.within else 'over'} {row.target}%"
    provisional = "provisional, " if row.is_provisional else ""
    return f"{words}; {provisional}confirmed for {percent(row.coverage)} of shifts"


def times_in_words(interval: Interval) -> str:
    """From when to when; in the hour that happens twice, which of the two is meant."""
    return f"{clock_in_words(interval.starts)}–{clock_in_words(interval.ends)}"
