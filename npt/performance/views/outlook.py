"""Headroom and forecasts in words and shapes, ready for the template to display."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from npt.counting.rules import Forecast, Outlook, expected_by, is_provisional
from npt.counting.views.headroom import HeadroomShown, rooms_shown
from npt.kit.shares import Share
from npt.people.rules import RoleGroup
from npt.performance.queries import Effect, HeadroomPage, Room
from npt.performance.views.door import headroom_address, records_address
from npt.webkit.filters import NOT_KNOWN, day, day_short, hours, percent
from npt.webkit.line_charts import LineChart, LineKind, Mark, Series, line_chart
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.parts import Heading

_DAY = timedelta(days=1)
COLUMNS = (
    Heading("Unit"),
    Heading("Duty so far", is_number=True),
    Heading("Still rostered", is_number=True),
    Heading("Allowed", is_number=True),
    Heading("Used", is_number=True),
    Heading("Planned", is_number=True),
    Heading("Left", is_number=True),
    Heading("Pace", is_number=True, note="of duty so far"),
    Heading("Confirmed", is_number=True, note="of shifts so far"),
    Heading("Target broken"),
)
EFFECT_COLUMNS = (
    Heading("Unit"),
    Heading("Left now", is_number=True),
    Heading("Then", is_number=True),
    Heading("Month’s rate now", is_number=True),
    Heading("Then", is_number=True),
    Heading("Target broken now"),
    Heading("Then"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A number and where its records are; no address where it has none."""

    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's line in the table of a group."""

    name: str
    code: str
    href: str
    cells: tuple[Cell, ...]
    outlook: str
    is_broken: bool
    is_provisional: bool
    is_total: bool


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
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What something that is tried out does to a unit."""

    name: str
    code: str
    href: str
    cells: tuple[str, ...]
    outlook_before: str
    outlook_after: str
    breaks_target: bool


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
        lines=(
            *(_line(page, each) for each in page.under[group]),
            _line(page, room, is_total=bool(page.children)),
        ),
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


def _line(page: HeadroomPage, room: Room, *, is_total: bool = False) -> Line:
    return Line(
        name=f"All of {room.unit.name}" if is_total else room.unit.name,
        code=room.unit.code,
        href="" if room.unit is page.unit else headroom_address(room.unit.code, page.month, room.definition),
        cells=_cells(page, room),
        outlook=outlook_in_words(room.forecast, is_past=page.is_over),
        is_broken=room.forecast.broken_on is not None,
        is_provisional=is_provisional(room.coverage),
        is_total=is_total,
    )


def _cells(page: HeadroomPage, room: Room) -> tuple[Cell, ...]:
    """The numbers of a line, each with the way to its records. Without any duty nothing is known."""
    found = room.forecast
    if not found.room.denominator:
        return (Cell("none recorded"), *(Cell(NOT_KNOWN),) * (len(COLUMNS) - 3))
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


def shown_effects(effects: Iterable[Effect]) -> tuple[EffectLine, ...]:
    """What something that is tried out does, the unit it is taken from first."""
    return tuple(_effect(each) for each in reversed(tuple(effects)))


def _effect(effect: Effect) -> EffectLine:
    before, after = effect.before.forecast, effect.after
    return EffectLine(
        name=effect.before.unit.name,
        code=effect.before.unit.code,
        href=headroom_address(effect.before.unit.code, effect.before.month, effect.before.definition),
        cells=(
            hours(before.room.left),
            hours(after.room.left),
            percent(_rate(before)),
            percent(_rate(after)),
        ),
        outlook_before=outlook_in_words(before),
        outlook_after=outlook_in_words(after),
        breaks_target=after.room.is_over and not before.room.is_over,
    )


def _rate(found: Forecast) -> Share:
    """The rate of the month as it is recorded and planned."""
    return Share(found.room.used + found.room.planned, found.room.denominator)
