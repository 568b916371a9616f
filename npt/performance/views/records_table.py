"""The records behind a figure as lines of a table, and the sums that they add up to."""

from dataclasses import dataclass

from npt.kit.clock import clock_in_words
from npt.kit.intervals import Interval
from npt.people.rules import RoleGroup
from npt.performance.queries import FigureBehind, ShiftBehind, Shown
from npt.performance.rules import RateRow
from npt.performance.views.comparison import difference_in_words
from npt.shifts.queries import AwayRecord
from npt.shifts.rules import ReasonKind
from npt.webkit.addresses import address
from npt.webkit.filters import day_short, hours, percent, plural
from npt.webkit.parts import Column


@dataclass(frozen=True, slots=True)
class Line:
    """One record: when, where, who, what, how long."""

    day: str
    day_href: str
    unit: str
    member: str
    role: str
    when: str
    what: str
    minutes: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The list of a page of records, worded."""

    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    #: how many there are and how long they are together, over all pages
    count: str
    total: str
    #: what to say in place of an empty list
    nothing: str
    #: (name, words) of the sums that make the figure
    sums: tuple[tuple[str, str], ...]


_TITLES = {
    Shown.LOST: ("Time away that counts", "Nothing that counts is recorded."),
    Shown.ABSENCE: ("Absence from rostered shifts", "No absence is recorded."),
    Shown.SHIFTS: ("Rostered shifts", "No shift is rostered."),
}


def listed(behind: FigureBehind, *, names_absence: bool) -> Listed:
    """The page of records, worded. `names_absence`: whether the reader may know why a member was absent."""
    title, nothing = _TITLES[behind.shown]
    is_shifts = behind.shown is Shown.SHIFTS
    if behind.records is None:
        lines = tuple(_shift(each) for each in behind.duties)
        minutes, noun = behind.rostered, "shift"
    else:
        lines = tuple(_away(each, names_absence=names_absence) for each in behind.records.records)
        minutes, noun = behind.records.minutes, "record"
    return Listed(
        title=title,
        columns=(
            Column("Day"),
            Column("Unit"),
            Column("Member"),
            Column("Role"),
            Column("From, to"),
            Column("Absent" if is_shifts else "Reason"),
            Column("Length", is_number=True),
        ),
        lines=lines,
        count=f"{plural(behind.total, noun)}, {hours(minutes)} together.",
        total=hours(minutes),
        nothing=nothing,
        sums=_sums(behind),
    )


def _sums(behind: FigureBehind) -> tuple[tuple[str, str], ...]:
    counts = "Time that counts" if behind.reason is None else f"Time that counts: {behind.reason.name}"
    duty = behind.rostered - behind.absent
    return (
        *((f"Rate: {_of_whom(behind, row)}", _rate(row)) for row in behind.rows),
        *_beside(behind),
        (counts, hours(behind.lost)),
        ("Rostered", f"{hours(behind.rostered)} in {plural(behind.shifts, 'shift')}"),
        ("Absent", hours(behind.absent)),
        ("On duty", hours(duty)),
        ("The rate is over", hours(behind.denominator)),
        ("Way of counting", f"{behind.definition.name}: {behind.definition.explanation}"),
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
        words += f", {'within' if row.within else 'over'} {row.target} %"
    provisional = "provisional, " if row.is_provisional else ""
    return f"{words}; {provisional}confirmed for {percent(row.coverage)} of shifts"


def _hours(interval: Interval) -> str:
    """From when to when; in the hour that happens twice, which of the two is meant."""
    return f"{clock_in_words(interval.starts)}–{clock_in_words(interval.ends)}"


def _member(name: str, number_of_member: str) -> str:
    return f"{name} ({number_of_member})"


def _away(record: AwayRecord, *, names_absence: bool) -> Line:
    is_hidden = record.kind is ReasonKind.ABSENCE and not names_absence
    note = "" if is_hidden or not record.note else f": {record.note}"
    return Line(
        day=day_short(record.on_date),
        day_href=address("duty.day", code=record.unit_code, on=record.on_date),
        unit=record.unit_code,
        member=_member(record.name, record.number),
        role=record.role.wording,
        when=_hours(record.interval),
        what="absent" if is_hidden else f"{record.reason_name}{note}",
        minutes=hours(record.minutes),
    )


def _shift(shift: ShiftBehind) -> Line:
    return Line(
        day=day_short(shift.on_date),
        day_href=address("duty.day", code=shift.unit_code, on=shift.on_date),
        unit=shift.unit_code,
        member=_member(shift.name, shift.number),
        role=shift.role.wording,
        when=_hours(shift.interval),
        what=hours(shift.absent) if shift.absent else "no absence",
        minutes=hours(shift.minutes),
    )
