"""The grid of a day in words and shapes: a line for each shift, and who is on now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import url_for

from npt.duty.views.origins import Origin, Recorded, recorded
from npt.kit.clock import clock_in_words, local_midnight
from npt.kit.intervals import Interval, union_minutes
from npt.shifts.queries import DayGrid, GridAway, GridRow, GridShift
from npt.shifts.rules import ReasonKind, is_running
from npt.shifts.wording import clock_change_in_words, so_far, span_in_words, span_on
from npt.webkit.charts import Away, DayStrip, HourAxis, across, hour_axis
from npt.webkit.filters import hours
from npt.webkit.parts import Version


@dataclass(frozen=True, slots=True)
class AwayShown:
    """Time away in words; `href` leads to its correction, or is empty."""

    words: str
    note: str
    is_absence: bool
    href: str
    #: what recorded it, where that was not somebody at this day
    origin: Origin | None
    #: it runs without a known end, and this button ends it
    back_href: str = ""


@dataclass(frozen=True, slots=True)
class LineShown:
    """One shift of a member, or a member without a shift (`shift_id` None)."""

    member_id: int
    member: str
    number: str
    role: str
    shift_id: int | None = None
    #: absent for the whole shift, so that there is nobody to take away
    is_off: bool = False
    #: how the member stands at this moment: "on now", "away now", or empty
    now: str = ""
    strip: DayStrip | None = None
    times: str = ""
    #: why it is longer or shorter than its times
    length: str = ""
    #: what was just saved is about it
    is_changed: bool = False
    href: str = ""
    away: tuple[AwayShown, ...] = ()
    #: what is left of the shift for the neighbourhood
    left: str = ""


@dataclass(frozen=True, slots=True)
class GridShown:
    """All lines of a day on one axis of hours. `now_x` is where the present moment lies, or empty."""

    axis: HourAxis
    now_x: str
    lines: tuple[LineShown, ...]

    @property
    def on_duty(self) -> tuple[LineShown, ...]:
        """The shifts whose members are not off for all of it: what “the whole team” means."""
        return tuple(line for line in self.lines if line.shift_id is not None and not line.is_off)

    @property
    def has_changes(self) -> bool:
        """Whether what was just saved is about a line."""
        return any(line.is_changed for line in self.lines)

    @property
    def rostered(self) -> tuple[LineShown, ...]:
        """The shifts, one line each."""
        return tuple(line for line in self.lines if line.shift_id is not None)

    @property
    def without_shift(self) -> tuple[LineShown, ...]:
        """The members who are not rostered."""
        return tuple(line for line in self.lines if line.shift_id is None)


def grid_shown(
    grid: DayGrid,
    now: datetime,
    *,
    may_record: bool,
    origins: Mapping[Recorded, Origin],
    changed: Collection[int] = (),
) -> GridShown:
    """The lines of `grid`; `origins` says what recorded some of the time away.

    `changed`: the shifts, by key, that what was just saved is about.

    Those who may not record see that a member is absent, never why.
    """
    midnight = local_midnight(grid.day)
    whole_day = Interval(midnight, local_midnight(grid.day + timedelta(days=1)))
    axis = hour_axis([whole_day, *(shift.interval for shift in grid.shifts)])
    is_now = any(shift.interval.starts <= now < shift.interval.ends for shift in grid.shifts)
    now_x = across(axis.at(now)) if is_now or whole_day.starts <= now < whole_day.ends else ""
    lines: list[LineShown] = []
    for row in grid.rows:
        lines += [
            replace(_line(grid, row, shift, axis, now, may_record, origins), is_changed=shift.id in changed)
            for shift in row.shifts
        ]
        if not row.shifts:
            lines.append(LineShown(row.member_id, row.name, row.number, row.role.wording))
    return GridShown(axis, now_x, tuple(lines))


def seen_versions(rows: Iterable[GridRow]) -> str:
    """Which shifts a day shows, and the version of each: another text once anything of it has changed."""
    seen = {shift.id: shift.version for row in rows for shift in row.shifts}
    return " ".join(f"{key}:{seen[key]}" for key in sorted(seen)) or "none"


def runs(shift: GridShift, away: GridAway, now: datetime) -> bool:
    """Whether it is an abstraction that goes on and has no end yet."""
    return away.kind is ReasonKind.ABSTRACTION and is_running(
        shift.interval, away.interval, is_end_open=away.is_end_open, now=now
    )


def _away_shown(
    grid: DayGrid, shift: GridShift, away: GridAway, now: datetime, origin: Origin | None, *, may_record: bool
) -> AwayShown:
    code, on = grid.unit_code, grid.day
    reason = reason_in_words(away, may_record=may_record)
    runs_now = runs(shift, away, now)
    times = span_on(away.interval, on)
    if runs_now:
        times = (
            f"from {clock_in_words(away.interval.starts)}, end not known yet, {so_far(away.interval, now)}:"
        )
    return AwayShown(
        words=f"{times} {reason}",
        note=(away.note or "") if may_record else "",
        is_absence=away.kind is ReasonKind.ABSENCE,
        href=url_for("duty.correct", code=code, on=on, away_id=away.id) if may_record else "",
        origin=origin,
        back_href=url_for("duty.back", code=code, on=on, away_id=away.id) if may_record and runs_now else "",
    )


def is_off(shift: GridShift) -> bool:
    """Whether the member is absent for the whole of the shift."""
    return union_minutes(_absences(shift)) == shift.minutes


def reason_in_words(away: GridAway, *, may_record: bool) -> str:
    """Why somebody is away, as far as this person may know: an absence is personal."""
    return away.reason_name if may_record or away.kind is ReasonKind.ABSTRACTION else "Absent"


def _absences(shift: GridShift) -> list[Interval]:
    return [away.interval for away in shift.away if away.kind is ReasonKind.ABSENCE]


def _line(
    grid: DayGrid,
    row: GridRow,
    shift: GridShift,
    axis: HourAxis,
    now: datetime,
    may_record: bool,
    origins: Mapping[Recorded, Origin],
) -> LineShown:
    strip = axis.strip(
        shift.interval,
        [
            Away(
                away.interval,
                reason_in_words(away, may_record=may_record),
                is_absence=away.kind is ReasonKind.ABSENCE,
            )
            for away in shift.away
        ],
    )
    code, on = grid.unit_code, grid.day
    return LineShown(
        member_id=row.member_id,
        member=row.name,
        number=row.number,
        role=shift.role.wording,
        shift_id=shift.id,
        is_off=is_off(shift),
        now=_now(shift, now),
        strip=strip,
        times=span_in_words(shift.interval),
        length=clock_change_in_words(shift.interval),
        href=url_for("duty.change_shift", code=code, on=on, shift_id=shift.id) if may_record else "",
        away=tuple(
            _away_shown(grid, shift, away, now, origins.get(recorded(shift.id, away)), may_record=may_record)
            for away in shift.away
        ),
        left=hours(shift.minutes - union_minutes(away.interval for away in shift.away)),
    )


def _now(shift: GridShift, now: datetime) -> str:
    if not shift.interval.starts <= now < shift.interval.ends:
        return ""
    for away in shift.away:
        if away.interval.starts <= now < away.interval.ends:
            if runs(shift, away, now):
                return "away, end not known"
            until = clock_in_words(away.interval.ends)
            return f"off duty until {until}" if away.kind is ReasonKind.ABSENCE else f"away until {until}"
    return "on now"


def now_in_words(grid: DayGrid, now: datetime) -> str:
    """Who of the day is on at this moment: "3 on now, 1 away, 1 absent"; empty when nobody's shift is on."""
    states = [_now(shift, now) for shift in grid.shifts]
    on = sum(state == "on now" for state in states)
    away = sum(state.startswith("away") for state in states)
    off = sum(state.startswith("off") for state in states)
    if not on + away + off:
        return ""
    parts = [f"{on} on now"]
    parts += [f"{away} away from the neighbourhood"] if away else []
    parts += [f"{off} off duty"] if off else []
    return ", ".join(parts)


def day_version(
    grid: DayGrid, shift_ids: Collection[int], title: str, note: str, *, may_record: bool
) -> Version:
    """What is recorded for some shifts, as one side of two versions."""
    fields = []
    for row in grid.rows:
        for shift in row.shifts:
            if shift.id in shift_ids:
                away = [
                    f"{span_on(each.interval, grid.day)} {reason_in_words(each, may_record=may_record)}"
                    for each in shift.away
                ]
                words = "\n".join(away) or "Nothing recorded"
                fields.append((f"{row.name}, {span_in_words(shift.interval)}", words, False))
    return Version(title, note, tuple(fields))
