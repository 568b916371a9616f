"""The cover of a unit over a week: gaps first, then every minimum with who is there."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import abort, request, url_for

from npt.access.rules import Permission
from npt.duty.views.door import day_address, roster_address
from npt.kit.clock import local_day, parse_day
from npt.kit.holidays import holiday_on
from npt.kit.months import EARLIEST_YEAR, LATEST_YEAR
from npt.organisation.models import Unit
from npt.organisation.queries import ancestors
from npt.organisation.rules import Level
from npt.rostering.queries import (
    Cover,
    CoverLine,
    Gap,
    Presence,
    cover_rules_of,
    cover_under,
)
from npt.rostering.rules import CoverPart, Days, monday_of
from npt.rostering.views.door import pages
from npt.shifts.rules import ReasonKind
from npt.shifts.wording import span_in_words
from npt.webkit.converters import KEY
from npt.webkit.filters import WEEKDAYS, day_long, day_short, hours
from npt.webkit.pages import Answer
from npt.webkit.parts import Column
from npt.webkit.visit import Visit

PART_COLUMNS = (
    Column("From"),
    Column("To"),
    Column("On duty", is_number=True),
    Column("Against the minimum"),
)
SHIFT_COLUMNS = (Column("Member"), Column("Shift"), Column("On neighbourhood duty"), Column("Away"))
RULE_COLUMNS = (Column("At least"), Column("When"), Column("From"), Column("To"))


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day at the head of a table; `holiday` is the public holiday on it, or empty."""

    weekday: str
    words: str
    is_today: bool
    is_weekend: bool
    holiday: str


@dataclass(frozen=True, slots=True)
class GapShown:
    """A gap in words: "Tue 17 Nov 18:00 to 22:00", "1 of 2 PCSOs", and the shifts behind the number."""

    when: str
    count: str
    href: str


@dataclass(frozen=True, slots=True)
class BandShown:
    """A band on a day: the fewest there at any time of it, and for how long they are too few."""

    lowest: int
    of: int
    short: str
    href: str
    name: str


@dataclass(frozen=True, slots=True)
class MinimumShown:
    """A minimum over the days; None where it does not ask."""

    title: str
    band: str
    bands: tuple[BandShown | None, ...]


@dataclass(frozen=True, slots=True)
class UnitShown:
    """A unit under this one: the gaps of each day, None where nothing is asked."""

    name: str
    code: str
    href: str
    gaps: tuple[int | None, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ShiftShown:
    """A shift behind a number."""

    member: str
    role: str
    unit: str
    times: str
    there: str
    away: str
    href: str


def cover_address(code: str, first: date) -> str:
    """The address of a unit's cover, a week from a day on."""
    asked: dict[str, Any] = {"from": first.isoformat()}
    return url_for("rostering.cover", code=code, **asked)


def check_cover_place(visit: Visit[Unit], on: date) -> None:
    """End the request with "not found" for a neighbourhood, and at the edges of the calendar."""
    if visit.place.level is Level.NEIGHBOURHOOD or not EARLIEST_YEAR < on.year < LATEST_YEAR:
        visit.missing()


def cover_breadcrumbs(visit: Visit[Unit], first: date) -> list[tuple[str, str]]:
    """The cover of the units above, as far as it may be seen."""
    return [
        (unit.name, cover_address(unit.code, first))
        for unit in ancestors(visit.session, visit.place)
        if visit.may(Permission.SEE_DUTY, unit.path)
    ]


@pages.read("/teams/<code>/cover", needs=Permission.SEE_DUTY, within="code")
def cover(visit: Visit[Unit]) -> Answer:
    """The week from the day that the address names (`from`); without one, this week."""
    first = _first(visit)
    check_cover_place(visit, first)
    days = Days(first, first + timedelta(days=6))
    found = cover_under(visit.session, visit.place.path, days)
    code = visit.place.code
    own = [line for line in found.lines if line.unit_id == visit.place.id and found.asks(line)]
    has_roster = visit.place.level in (Level.AREA, Level.TEAM)
    return visit.render(
        first=first,
        days=[_day(visit, day) for day in days],
        gaps=[gap_shown(gap) for gap in found.gaps(visit.place.id)],
        minimums=[_minimum(found, line) for line in own],
        units=_units(found, visit.place),
        rules=cover_rules_of(visit.session, visit.place, min(first, visit.today)),
        rule_columns=RULE_COLUMNS,
        may_set=visit.may(Permission.SET_COVER, visit.place.path),
        above=cover_breadcrumbs(visit, first),
        roster_href=roster_address(code, first) if has_roster else "",
        before_href=cover_address(code, first - timedelta(days=7)),
        now_href=cover_address(code, monday_of(visit.today)),
        after_href=cover_address(code, first + timedelta(days=7)),
    )


@pages.read(f"/teams/<code>/cover/<{KEY}:cover_rule_id>/<day:on>", needs=Permission.SEE_DUTY, within="code")
def cover_shifts(visit: Visit[Unit], cover_rule_id: int, on: date) -> Answer:
    """The shifts behind the numbers of one minimum on one day."""
    check_cover_place(visit, on)
    found = cover_under(visit.session, visit.place.path, Days(on, on))
    line = next((each for each in found.lines if each.id == cover_rule_id), None)
    band = None if line is None or line.unit_id != visit.place.id else line.minimum.band(on)
    if line is None or band is None or not line.minimum.asks_on(on):
        abort(404)
    return visit.render(
        line=line,
        on=on,
        parts=[_part(line, part) for part in found.bands[line.id, on]],
        part_columns=PART_COLUMNS,
        shifts=[_shift(presence) for presence in found.behind(line, band)],
        shift_columns=SHIFT_COLUMNS,
        back_href=cover_address(visit.place.code, monday_of(on)),
    )


def gap_shown(gap: Gap) -> GapShown:
    """A gap, with the way to the shifts behind its number."""
    return GapShown(
        when=f"{day_short(local_day(gap.interval.starts))} {span_in_words(gap.interval)}",
        count=f"{gap.count} of {gap.line.minimum.role.counted(gap.line.minimum.number)}",
        href=shifts_address(gap.line, gap.day),
    )


def shifts_address(line: CoverLine, day: date) -> str:
    """The shifts behind the numbers of a minimum on a day."""
    return url_for("rostering.cover_shifts", code=line.unit_code, cover_rule_id=line.id, on=day)


def _first(visit: Visit[Unit]) -> date:
    try:
        return parse_day(request.args.get("from", ""))
    except ValueError:
        return monday_of(visit.today)


def _day(visit: Visit[Unit], day: date) -> DayShown:
    return DayShown(
        weekday=WEEKDAYS[day.weekday()][:3],
        words=day_short(day)[4:],
        is_today=day == visit.today,
        is_weekend=day.weekday() >= 5,
        holiday=holiday_on(day) or "",
    )


def _minimum(found: Cover, line: CoverLine) -> MinimumShown:
    asked = line.minimum
    return MinimumShown(
        title=asked.role.counted(asked.number),
        band=asked.words,
        bands=tuple(_band(line, day, found.bands.get((line.id, day))) for day in found.days),
    )


def _band(line: CoverLine, day: date, parts: tuple[CoverPart, ...] | None) -> BandShown | None:
    if parts is None:
        return None
    number = line.minimum.number
    short = sum(part.interval.minutes for part in parts if part.count < number)
    return BandShown(
        lowest=min(part.count for part in parts),
        of=number,
        short=f"short {hours(short)}" if short else "",
        href=shifts_address(line, day),
        name=f"{line.minimum.role.plural}, {day_long(day)}, {line.minimum.band_words}",
    )


def _units(found: Cover, place: Unit) -> list[UnitShown]:
    """The units under this one that ask for anything on these days, with their own gaps."""
    of_line = {line.id: line.unit_id for line in found.lines}
    counts = {(of_line[line_id], day): 0 for line_id, day in found.bands}
    for gap in found.gaps():
        counts[gap.line.unit_id, gap.day] += 1
    under = {line.unit_id: line for line in found.lines if line.unit_id != place.id}
    shown = []
    for unit_id, line in sorted(under.items(), key=lambda each: each[1].unit_path):
        gaps = tuple(counts.get((unit_id, day)) for day in found.days)
        href = cover_address(line.unit_code, found.days.first)
        total = sum(count or 0 for count in gaps)
        shown.append(UnitShown(line.unit_name, line.unit_code, href, gaps, total))
    return shown


def _part(line: CoverLine, part: CoverPart) -> tuple[str, str, int, str]:
    missing = line.minimum.number - part.count
    starts, _, ends = span_in_words(part.interval).partition(" to ")
    if missing > 0:
        against = f"{missing} short for {hours(part.interval.minutes)}"
    else:
        against = "met" if missing == 0 else f"met, {-missing} more"
    return starts, ends, part.count, against


def _shift(presence: Presence) -> ShiftShown:
    absent = [span_in_words(a.interval) for a in presence.away if a.kind is ReasonKind.ABSENCE]
    taken = [span_in_words(a.interval) for a in presence.away if a.kind is ReasonKind.ABSTRACTION]
    words = [f"absent {', '.join(absent)}"] if absent else []
    words += [f"taken off {', '.join(taken)}"] if taken else []
    return ShiftShown(
        member=presence.member,
        role=f"{presence.role.wording} {presence.number}",
        unit=presence.unit_name,
        times=f"{day_short(presence.on_date)}, {span_in_words(presence.shift)}",
        there=", ".join(span_in_words(each) for each in presence.there) or "none of it",
        away="; ".join(words) or "no",
        href=day_address(presence.unit_code, presence.on_date),
    )
