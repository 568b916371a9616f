"""Headroom and forecasts in words and shapes, ready for the template to display."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from markupsafe import Markup, escape

from npt.counting.rules import Forecast, Outlook, expected_by, is_provisional
from npt.counting.views.headroom import HeadroomShown, rooms_shown
from npt.kit.shares import Share
from npt.people.rules import RoleGroup
from npt.performance.queries import Effect, HeadroomPage, Room
from npt.performance.views.door import headroom_address, records_address
from npt.webkit.filters import NOT_KNOWN, day, day_short, hours, percent, tag
from npt.webkit.line_charts import LineChart, LineKind, Mark, Series, line_chart
from npt.webkit.listing import Column, Columns, Table, coded

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cell:
    """A number and where its records are; no address where it has none."""

    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's line in the table of a group."""

    room: Room
    name: str
    cells: tuple[Cell, ...]
    outlook: str


def _number(heading: str, place: int, note: str = "") -> Column[Line]:
    return Column(
        heading,
        lambda line: line.cells[place].words,
        is_number=True,
        note=note,
        href=lambda line: line.cells[place].href,
    )


_LINES: Columns[Line] = (
    Column("Unit", lambda line: line.name, holds_words=True, below=lambda line: line.room.unit.code),
    _number("Duty so far", 0),
    _number("Still rostered", 1),
    _number("Allowed", 2),
    _number("Used", 3),
    _number("Planned", 4),
    _number("Left", 5),
    _number("Pace", 6, "of duty so far"),
    _number("Confirmed", 7, "of shifts so far"),
    Column(
        "Target broken",
        lambda line: line.outlook,
        tone=lambda line: "" if line.room.forecast.broken_on is None else "bad",
        below=lambda line: "provisional" if is_provisional(line.room.coverage) else "",
    ),
)
#: What the numbers of a line are where there is no duty.
_NO_DUTY = (Cell("none recorded"), *(Cell(NOT_KNOWN),) * 7)
_EFFECTS: Columns[Effect] = (
    coded("Unit", lambda effect: effect.before.unit, is_below=True),
    Column("Left now", lambda effect: effect.before.forecast.room.left, is_number=True, words=hours),
    Column("Then", lambda effect: effect.after.room.left, is_number=True, words=hours),
    Column("Month’s rate now", lambda effect: _rate(effect.before.forecast), is_number=True),
    Column("Then", lambda effect: _rate(effect.after), is_number=True),
    Column("Target broken now", lambda effect: outlook_in_words(effect.before.forecast)),
    Column("Then", lambda effect: _then(effect)),
)


#: A day of the month, and the minutes taken or expected by its end.
Taken = tuple[date, Fraction | None]


@dataclass(frozen=True, slots=True)
class Days:
    """The days of the month as a chart, and the same as rows of a table."""

    chart: LineChart
    title: str
    description: str
    table: Table[Taken]


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group's part of the page."""

    group: RoleGroup
    #: None without duty in the month
    room: HeadroomShown | None
    outlook: str
    is_broken: bool
    pace: str
    provisional: str
    days: Days | None
    lines: Table[Line]


def outlook_in_words(found: Forecast, *, is_past: bool = False) -> str:
    """When the target is broken: "broken on 21 November 2026 at this pace", "not at this pace"."""
    if found.outlook is Outlook.NOT_KNOWN:
        return f"{NOT_KNOWN}: no duty yet" if found.room.denominator else f"{NOT_KNOWN}: no duty rostered"
    if found.outlook is Outlook.WITHIN:
        return "ended within target" if is_past else "not at this pace"
    words = {
        Outlook.OVER: f"{'ended over' if is_past else 'already over'} since {day(found.broken_on)}",
        Outlook.BROKEN_BY_PLANS: f"broken on {day(found.broken_on)} by what is planned",
        Outlook.BROKEN_AT_PACE: f"broken on {day(found.broken_on)} at this pace",
    }
    return words[found.outlook]


def outlook_in_full(found: Forecast, *, is_past: bool = False) -> str:
    """The same as a sentence: "The target is broken on 21 November 2026 at this pace."."""
    words = outlook_in_words(found, is_past=is_past)
    if found.outlook is Outlook.WITHIN and not is_past:
        return "The target is not broken at this pace."
    if found.outlook in {Outlook.BROKEN_BY_PLANS, Outlook.BROKEN_AT_PACE}:
        return f"The target is {words}."
    if found.outlook is Outlook.OVER:
        words = words.replace("over since", "over target since")
    return f"{words[:1].upper()}{words[1:]}."


def shown_groups(page: HeadroomPage) -> tuple[GroupShown, ...]:
    """The groups of the page."""
    return tuple(_group(page, group) for group in RoleGroup)


def _group(page: HeadroomPage, group: RoleGroup) -> GroupShown:
    room = page.own[group]
    found = room.forecast
    shown = rooms_shown({group: found.room})
    return GroupShown(
        group=group,
        room=_as_it_ended(shown[0], found) if shown and page.is_over else shown[0] if shown else None,
        outlook=outlook_in_full(found, is_past=page.is_over),
        is_broken=found.broken_on is not None,
        pace=_pace(page, room),
        provisional=f"confirmed for {percent(room.coverage)} of shifts so far"
        if is_provisional(room.coverage)
        else "",
        days=_days(page, room) if page.is_current and found.room.denominator else None,
        lines=_lines(page, group),
    )


def _as_it_ended(shown: HeadroomShown, found: Forecast) -> HeadroomShown:
    if found.room.is_over:
        return shown
    words = f"{hours(found.room.left)} of {hours(found.room.allowance)} were not used"
    return replace(shown, sentence=words)


def _pace(page: HeadroomPage, room: Room) -> str:
    """What has been taken so far, and where that leads."""
    found = room.forecast
    if not found.pace.is_known:
        return ""
    taken = f"{hours(found.room.used)} of {hours(found.denominator_gone)}"
    if page.is_over:
        return f"{taken} on duty were taken: {percent(found.pace)}."
    words = f"The pace is {percent(found.pace)}: {taken} on duty so far."
    if found.denominator_ahead:
        words += (
            f" At this pace, and with what is planned, the month ends at {percent(found.expected_rate)};"
            f" the target is {room.group.target} %."
        )
    return words


def _lines(page: HeadroomPage, group: RoleGroup) -> Table[Line]:
    """The units right under the unit, and the unit as a whole."""

    def line(room: Room, name: str) -> Line:
        return Line(room, name, _cells(page, room), outlook_in_words(room.forecast, is_past=page.is_over))

    def address(line: Line) -> str:
        unit = line.room.unit
        return "" if unit is page.unit else headroom_address(unit.code, page.month, line.room.definition)

    whole, parts = page.own[group], [line(each, each.unit.name) for each in page.under[group]]
    name = page.unit.name
    return Table(
        f"{group.wording}: what the target of {group.target} % still allows",
        _LINES,
        parts if page.children else [*parts, line(whole, name)],
        href=address,
        total_row=line(whole, f"All of {name}") if page.children else None,
    )


def _cells(page: HeadroomPage, room: Room) -> tuple[Cell, ...]:
    """The numbers of a line, each with the way to its records. Without any duty nothing is known."""
    found = room.forecast
    if not found.room.denominator:
        return _NO_DUTY
    month, today = page.month, page.today
    gone = {} if month.last <= today else {"to": today.isoformat()}
    ahead = {} if today < month.first else {"from": (today + _DAY).isoformat()}
    has_gone, has_ahead = found.denominator_gone > 0, today < month.last

    def cell(words: str, *, is_there: bool = True, **asked: str) -> Cell:
        address = records_address(
            room.unit.code, month, room.definition, **{"group": room.group.value, **asked}
        )
        return Cell(words, address if is_there else "")

    return (
        cell(_so_far(found, found.denominator_gone), is_there=has_gone, show="shifts", **gone),
        cell(hours(found.denominator_ahead), is_there=has_ahead, show="shifts", **ahead),
        cell(hours(found.room.allowance), show="shifts"),
        cell(_so_far(found, found.room.used), is_there=has_gone, **gone),
        cell(hours(found.room.planned), is_there=has_ahead, **ahead),
        cell(hours(found.room.left)),
        cell(percent(found.pace), is_there=has_gone, **gone),
        cell(percent(room.coverage), is_there=has_gone, show="shifts", **gone),
    )


def _so_far(found: Forecast, minutes: int) -> str:
    return hours(minutes) if found.denominator_gone else "none yet"


def _days(page: HeadroomPage, room: Room) -> Days:
    """How the month goes on: what is taken by each day, what the pace adds, and what is allowed."""
    month, found = page.month, room.forecast
    count = month.last.day
    line = expected_by(room.days, page.today)
    gone = [(_place(on, count), _in_hours(minutes)) for on, minutes in line if on <= page.today]
    ahead = [(_place(on, count), _in_hours(minutes)) for on, minutes in line if on > page.today]
    allowed = Fraction(found.room.allowance, 60)
    series = [
        Series("Allowed", LineKind.PLAN, [(Fraction(0), allowed), (Fraction(1), allowed)]),
        Series("Expected at this pace, with what is planned", LineKind.EXPECTED, gone[-1:] + ahead),
        Series("Taken so far", LineKind.ACTUAL, gone),
    ]
    marks = [
        Mark(_place(on, count), str(on.day), is_minor=on.day % 10 != 1)
        for on in month.days()
        if on.day % 5 == 1 and on.day < 31
    ]
    return Days(
        chart=line_chart([each for each in series if each.points], marks),
        title=f"{room.group.wording}: hours taken in {month.title}, day by day",
        description=f"{hours(found.room.used)} are taken by {day(page.today)} of the"
        f" {hours(found.room.allowance)} that the target allows in the month:"
        f" {outlook_in_words(found)}.",
        table=Table(f"{room.group.wording}, day by day", _day_columns(page, room), line),
    )


def _place(on: date, count: int) -> Fraction:
    return Fraction(2 * on.day - 1, 2 * count)


def _in_hours(minutes: Fraction | None) -> Fraction | None:
    return None if minutes is None else minutes / 60


def _day_columns(page: HeadroomPage, room: Room) -> Columns[Taken]:
    return (
        Column("Day", lambda line: line[0], words=day_short),
        Column("Taken so far", lambda line: line[1], is_number=True, words=lambda taken: hours(round(taken))),
        Column("Meaning", lambda line: _meaning(*line, page, room)),
    )


def _meaning(on: date, minutes: Fraction | None, page: HeadroomPage, room: Room) -> str:
    if minutes is None:
        return "expected: no pace yet"
    stage = "recorded" if on <= page.today else "expected"
    is_over = minutes * 100 > room.group.target * room.forecast.room.denominator
    return f"{stage}, over what is allowed" if is_over else stage


def effects_table(effects: Iterable[Effect]) -> Table[Effect]:
    """What something that is tried out does, the unit it is taken from first."""
    return Table(
        "What it does",
        _EFFECTS,
        tuple(effects)[::-1],
        href=lambda effect: headroom_address(
            effect.before.unit.code, effect.before.month, effect.before.definition
        ),
    )


def _then(effect: Effect) -> Markup:
    words = escape(outlook_in_words(effect.after))
    is_new = effect.after.room.is_over and not effect.before.forecast.room.is_over
    return Markup("{} {}").format(words, tag("breaks the target", "bad")) if is_new else words


def _rate(found: Forecast) -> Share:
    """The rate of the month as it is recorded and planned."""
    return Share(found.room.used + found.room.planned, found.room.denominator)
