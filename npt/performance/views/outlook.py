"""Headroom and forecasts in words and shapes, ready for the template to display."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from npt.counting.rules import Forecast, Outlook, expected_by, is_provisional
from npt.counting.views.headroom import rooms_shown
from npt.kit.shares import Share
from npt.people.rules import RoleGroup
from npt.performance.queries import Effect, HeadroomPage, Room
from npt.performance.views.door import month_address
from npt.webkit.filters import NOT_KNOWN, day, day_short, hours, percent, tag
from npt.webkit.line_charts import LineKind, Mark, Series, line_chart
from npt.webkit.listing import Column, Columns, Table

_DAY = timedelta(days=1)

#: A day of the month, and the minutes taken or expected by its end.
Taken = tuple[date, Fraction | None]


def outlook_in_words(found: Forecast, *, is_past: bool = False) -> str:
    """When the month goes over target: "goes over on 21 November 2026 at this pace", "on course"."""
    if found.outlook is Outlook.NOT_KNOWN:
        return f"{NOT_KNOWN}: no duty yet" if found.room.denominator else f"{NOT_KNOWN}: no duty rostered"
    if found.outlook is Outlook.WITHIN:
        return "ended within target" if is_past else "on course"
    words = {
        Outlook.OVER: f"{'ended over' if is_past else 'already over'} since {day(found.broken_on)}",
        Outlook.BROKEN_BY_PLANS: f"goes over on {day(found.broken_on)} with what is planned",
        Outlook.BROKEN_AT_PACE: f"goes over on {day(found.broken_on)} at this pace",
    }
    return words[found.outlook]


def outlook_in_full(found: Forecast, *, is_past: bool = False) -> str:
    """The same as a sentence: "Abstraction goes over target on 21 November 2026 at this pace."."""
    words = outlook_in_words(found, is_past=is_past)
    if found.outlook is Outlook.WITHIN and not is_past:
        return "On course to stay within target."
    if found.outlook in {Outlook.BROKEN_BY_PLANS, Outlook.BROKEN_AT_PACE}:
        return f"Abstraction {words.replace('goes over', 'goes over target')}."
    if found.outlook is Outlook.OVER:
        words = words.replace("over since", "over target since")
    return f"{words[:1].upper()}{words[1:]}."


def group_shown(page: HeadroomPage, group: RoleGroup) -> dict[str, Any]:
    """A group's part of the page."""
    room = page.own[group]
    found = room.forecast
    shown = next(iter(rooms_shown({group: found.room})), None)
    if shown is not None and page.is_over and not found.room.is_over:
        unused = f"{hours(found.room.left)} under target"
        shown = replace(shown, sentence=unused)
    return {
        "group": group,
        # none without duty in the month
        "room": shown,
        "outlook": outlook_in_full(found, is_past=page.is_over),
        "pace": _pace(page, room),
        "provisional": f"confirmed for {percent(room.coverage)} of shifts so far"
        if is_provisional(room.coverage)
        else "",
        "days": _days(page, room) if page.is_current and found.room.denominator else None,
        "table": _table(page, group),
    }


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
            f" the target is {room.group.target}%."
        )
    return words


def _table(page: HeadroomPage, group: RoleGroup) -> Table[Room]:
    """The units under the unit, and all of them together."""
    own, is_total = page.own[group], bool(page.children)

    def name(room: Room) -> str:
        return f"All of {room.unit.name}" if room is own and is_total else room.unit.name

    return Table(
        f"{group.wording}: what the target of {group.target}% still allows",
        (
            Column("Unit", name, holds_words=True, below=lambda room: room.unit.code),
            *_numbers(page),
            Column(
                "Over target",
                lambda room: outlook_in_words(room.forecast, is_past=page.is_over),
                tone=lambda room: "bad" if room.forecast.broken_on is not None else "",
                below=lambda room: "provisional" if is_provisional(room.coverage) else "",
            ),
        ),
        page.under[group] if is_total else (own,),
        href=lambda room: "" if room is own else _address(room),
        total_row=own if is_total else None,
    )


def _numbers(page: HeadroomPage) -> Columns[Room]:
    """The numbers of a unit, each with the way to its records. Without any duty nothing is known."""
    month, today = page.month, page.today
    spans = {
        "gone": {} if month.last <= today else {"to": today.isoformat()},
        "ahead": {} if today < month.first else {"from": (today + _DAY).isoformat()},
        "all": {},
    }

    def number(
        heading: str,
        words: Callable[[Room, Forecast], str],
        days: str = "all",
        *,
        show: str = "",
        note: str = "",
        without: str = NOT_KNOWN,
    ) -> Column[Room]:
        def cell(room: Room) -> str:
            return words(room, room.forecast) if room.forecast.room.denominator else without

        def href(room: Room) -> str:
            found = room.forecast
            has = {"gone": found.denominator_gone > 0, "ahead": today < month.last, "all": True}
            if not found.room.denominator or not has[days]:
                return ""
            asked = {"group": room.group.value, "show": show, **spans[days]}
            return month_address(room.unit.code, month, room.definition, view="records", **asked)

        return Column(heading, cell, is_number=True, note=note, href=href)

    return (
        number(
            "Duty so far",
            lambda _, found: _so_far(found, found.denominator_gone),
            "gone",
            show="shifts",
            without="none recorded",
        ),
        number("Still rostered", lambda _, found: hours(found.denominator_ahead), "ahead", show="shifts"),
        number("Allowed", lambda _, found: hours(found.room.allowance), show="shifts"),
        number("Used", lambda _, found: _so_far(found, found.room.used), "gone"),
        number("Planned", lambda _, found: hours(found.room.planned), "ahead"),
        number("Left", lambda _, found: hours(found.room.left)),
        number("Pace", lambda _, found: percent(found.pace), "gone", note="of duty so far"),
        number(
            "Confirmed",
            lambda room, _: percent(room.coverage),
            "gone",
            show="shifts",
            note="of shifts so far",
        ),
    )


def _so_far(found: Forecast, minutes: int) -> str:
    return hours(minutes) if found.denominator_gone else "none yet"


def _days(page: HeadroomPage, room: Room) -> dict[str, Any]:
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
    return {
        "chart": line_chart([each for each in series if each.points], marks),
        "id": f"days-{room.group.value}",
        "title": f"{room.group.wording}: hours taken in {month.title}, day by day",
        "description": f"{hours(found.room.used)} are taken by {day(page.today)} of the"
        f" {hours(found.room.allowance)} allowed by the target in the month:"
        f" {outlook_in_words(found)}.",
        "table": Table(
            f"{room.group.wording}, day by day",
            (*_DAY_COLUMNS, Column("Meaning", lambda line: _meaning(*line, page, room))),
            line,
        ),
    }


def _place(on: date, count: int) -> Fraction:
    return Fraction(2 * on.day - 1, 2 * count)


def _in_hours(minutes: Fraction | None) -> Fraction | None:
    return None if minutes is None else minutes / 60


_DAY_COLUMNS: Columns[Taken] = (
    Column("Day", lambda line: line[0], words=day_short),
    Column("Taken so far", lambda line: line[1], is_number=True, words=lambda taken: hours(round(taken))),
)


def _meaning(on: date, minutes: Fraction | None, page: HeadroomPage, room: Room) -> str:
    if minutes is None:
        return "expected: no pace yet"
    stage = "recorded" if on <= page.today else "expected"
    is_over = minutes * 100 > room.group.target * room.forecast.room.denominator
    return f"{stage}, over what is allowed" if is_over else stage


def effects_table(effects: Sequence[Effect]) -> Table[Effect]:
    """What something that is tried out does to each unit, the one it is taken from first."""
    return Table("Effect", _EFFECTS, effects[::-1], href=lambda effect: _address(effect.before))


def _address(room: Room) -> str:
    return month_address(room.unit.code, room.month, room.definition, view="headroom")


def _outlook_after(effect: Effect) -> Markup | str:
    words = outlook_in_words(effect.after)
    if effect.after.room.is_over and not effect.before.forecast.room.is_over:
        return Markup("{} {}").format(words, tag("breaks the target", "bad"))
    return words


def _rate(found: Forecast) -> Share:
    """The rate of the month as it is recorded and planned."""
    return Share(found.room.used + found.room.planned, found.room.denominator)


_EFFECTS: Columns[Effect] = (
    Column(
        "Unit",
        lambda effect: effect.before.unit.name,
        holds_words=True,
        below=lambda effect: effect.before.unit.code,
    ),
    Column("Left now", lambda effect: effect.before.forecast.room.left, is_number=True, words=hours),
    Column("Then", lambda effect: effect.after.room.left, is_number=True, words=hours),
    Column("Month’s rate now", lambda effect: _rate(effect.before.forecast), is_number=True),
    Column("Then", lambda effect: _rate(effect.after), is_number=True),
    Column("Over target now", lambda effect: outlook_in_words(effect.before.forecast)),
    Column("Then", _outlook_after),
)
