"""The cover of a unit over a week: gaps first, then every minimum with who is there."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import abort, url_for

from npt.access.rules import Permission
from npt.duty.views.door import day_address, roster_address
from npt.kit.clock import clock_in_words, local_day, monday_of
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
from npt.rostering.rules import CoverPart, Days
from npt.rostering.views.door import pages
from npt.shifts.rules import ReasonKind
from npt.shifts.wording import span_in_words
from npt.webkit.asked import asked_day
from npt.webkit.converters import KEY
from npt.webkit.filters import WEEKDAYS, day_long, day_short, hours, last_day
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_SHIFTS: Columns[Presence] = (
    Column(
        "Member",
        lambda presence: presence.member,
        holds_words=True,
        below=lambda presence: f"{presence.role.wording} {presence.number}, {presence.unit_name}",
    ),
    Column(
        "Shift",
        lambda presence: f"{day_short(presence.on_date)}, {span_in_words(presence.shift)}",
        href=lambda presence: day_address(presence.unit_code, presence.on_date),
    ),
    Column(
        "On neighbourhood duty",
        lambda presence: ", ".join(span_in_words(each) for each in presence.there) or "none of it",
    ),
    Column("Away", lambda presence: _away(presence)),
)
_RULES: Columns[CoverLine] = (
    Column("At least", lambda rule: rule.minimum.role.counted(rule.minimum.number)),
    Column("When", lambda rule: rule.minimum.words),
    Column("From", lambda rule: rule.minimum.span.first),
    Column("To", lambda rule: rule.minimum.span.last, words=last_day),
)


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
        rules=Table(
            "Minimums, now and to come",
            _RULES,
            cover_rules_of(visit.session, visit.place, min(first, visit.today)),
            href=lambda rule: _rule_address(visit, rule),
        ),
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
        parts=Table("How many are there, from time to time", _part_columns(line), found.bands[line.id, on]),
        shifts=Table("The shifts behind it", _SHIFTS, found.behind(line, band)),
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
    return asked_day("from") or monday_of(visit.today)


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


def _rule_address(visit: Visit[Unit], rule: CoverLine) -> str:
    """Where a minimum is changed; "" for whoever may not."""
    if not visit.may(Permission.SET_COVER, visit.place.path):
        return ""
    return url_for("rostering.change_cover", code=visit.place.code, cover_rule_id=rule.id)


def _part_columns(line: CoverLine) -> Columns[CoverPart]:
    def against(part: CoverPart) -> str:
        missing = line.minimum.number - part.count
        if missing > 0:
            return f"{missing} short for {hours(part.interval.minutes)}"
        return "met" if missing == 0 else f"met, {-missing} more"

    return (
        Column("From", lambda part: clock_in_words(part.interval.starts)),
        Column("To", lambda part: clock_in_words(part.interval.ends)),
        Column("On duty", lambda part: part.count, is_number=True),
        Column("Against the minimum", against),
    )


def _away(presence: Presence) -> str:
    """What of the shift was spent away: "absent 14:00 to 22:00", "no"."""
    absent = [span_in_words(a.interval) for a in presence.away if a.kind is ReasonKind.ABSENCE]
    taken = [span_in_words(a.interval) for a in presence.away if a.kind is ReasonKind.ABSTRACTION]
    words = [f"absent {', '.join(absent)}"] if absent else []
    words += [f"taken off {', '.join(taken)}"] if taken else []
    return "; ".join(words) or "no"
