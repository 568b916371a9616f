"""The cover of a unit over a week: gaps first, then every minimum with who is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.duty.views.door import day_address, roster_address
from npt.kit.clock import monday_of
from npt.kit.months import EARLIEST_YEAR, LATEST_YEAR
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.organisation.views import above
from npt.rostering.queries import Cover, CoverLine, Gap, Presence, cover_rules_of, cover_under
from npt.rostering.rules import CoverPart, Days
from npt.rostering.views.door import DayHead, pages, when_in_words
from npt.shifts.rules import ReasonKind
from npt.shifts.wording import span_in_words
from npt.webkit.asked import asked_day
from npt.webkit.converters import KEY
from npt.webkit.filters import clock, day_short, hours, last_day, plural
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, not_found

RULES: Columns[CoverLine] = (
    Column("At least", lambda line: line.minimum.counted),
    Column("When", lambda line: line.minimum.words),
    Column("From", lambda line: line.minimum.span.first),
    Column("To", lambda line: line.minimum.span.last, words=last_day),
)
PRESENCES: Columns[Presence] = (
    Column(
        "Member",
        lambda each: each.member,
        holds_words=True,
        below=lambda each: f"{each.role.wording} {each.number}, {each.unit_name}",
    ),
    Column(
        "Shift",
        lambda each: f"{day_short(each.on_date)}, {span_in_words(each.shift)}",
        href=lambda each: day_address(each.unit_code, each.on_date),
    ),
    Column(
        "On neighbourhood duty",
        lambda each: ", ".join(map(span_in_words, each.there)) or "none of it",
    ),
    Column("Away", lambda each: _away_in_words(each)),
)


def _part_columns(number: int) -> Columns[CoverPart]:
    return (
        Column("From", lambda part: clock(part.interval.starts)),
        Column("To", lambda part: clock(part.interval.ends)),
        Column("On duty", lambda part: part.count, is_number=True),
        Column("Against the minimum", lambda part: _against(part, number)),
    )


@dataclass(frozen=True, slots=True)
class Band:
    """A band of a minimum on a day."""

    parts: Sequence[CoverPart]
    number: int

    @property
    def lowest(self) -> int:
        """The fewest there at any time of it."""
        return min(part.count for part in self.parts)

    @property
    def short(self) -> int:
        """For how many minutes they are too few."""
        return sum(part.interval.minutes for part in self.parts if part.count < self.number)


def cover_address(code: str, first: date) -> str:
    """The address of a unit's cover, a week from a day on."""
    asked: dict[str, Any] = {"from": first.isoformat()}
    return url_for("rostering.cover", code=code, **asked)


def check_cover_place(visit: Visit[Unit], on: date) -> None:
    """End the request with "not found" for a neighbourhood, and at the edges of the calendar."""
    if visit.place.level is Level.NEIGHBOURHOOD or not EARLIEST_YEAR < on.year < LATEST_YEAR:
        not_found()


@pages.read("/teams/<code>/cover", needs=Permission.SEE_DUTY, within="code")
def cover(visit: Visit[Unit]) -> Answer:
    """The week from the day that the address names (`from`); without one, this week."""
    first, code = asked_day("from") or monday_of(visit.today), visit.place.code
    check_cover_place(visit, first)
    days = Days(first, first + timedelta(days=6))
    found = cover_under(visit.session, visit.place.path, days)
    return visit.render(
        first=first,
        days=[DayHead(day, visit.today) for day in days],
        gaps=[(gap, when_in_words(gap.interval)) for gap in found.gaps(visit.place.id)],
        minimums=[(line, _bands(found, line)) for line in found.lines if _is_shown(visit, found, line)],
        units=_units(found, visit.place),
        ahead=_ahead(found.gaps_after(visit.now), visit.place),
        rules=_rules(visit, min(first, visit.today)),
        may_set=visit.may(Permission.SET_COVER, visit.place.path),
        above=above(visit, Permission.SEE_DUTY, lambda unit: cover_address(unit.code, first)),
        roster_href=roster_address(code, first) if visit.place.level in (Level.AREA, Level.TEAM) else "",
        before_href=cover_address(code, first - timedelta(days=7)),
        now_href=cover_address(code, monday_of(visit.today)),
        after_href=cover_address(code, first + timedelta(days=7)),
    )


@pages.read(f"/teams/<code>/cover/<{KEY}:cover_rule_id>/<day:on>", needs=Permission.SEE_DUTY, within="code")
def cover_shifts(visit: Visit[Unit], cover_rule_id: int, on: date) -> Answer:
    """The shifts behind the numbers of one minimum on one day."""
    check_cover_place(visit, on)
    found = cover_under(visit.session, visit.place.path, Days(on, on))
    own = (each for each in found.lines if each.unit_id == visit.place.id)
    line = visit.found(next((each for each in own if each.id == cover_rule_id), None))
    parts, band = visit.found(found.bands.get((line.id, on))), visit.found(line.minimum.band(on))
    return visit.render(
        line=line,
        on=on,
        parts=Table("How many are on duty, hour by hour", _part_columns(line.minimum.number), parts),
        shifts=Table("Shifts in this period", PRESENCES, found.behind(line, band)),
        back_href=cover_address(visit.place.code, monday_of(on)),
    )


def _ahead(gaps: Sequence[Gap], place: Unit) -> str:
    """How many gaps are to come in the week, and in which units; "" where there are none."""
    codes = {gap.line.unit_id for gap in gaps}
    where = f"{place.name} and the units below" if codes - {place.id} else place.name
    return f"{plural(len(gaps), 'gap')} from now on in {where}." if gaps else ""


def _is_shown(visit: Visit[Unit], found: Cover, line: CoverLine) -> bool:
    return line.unit_id == visit.place.id and found.asks(line)


def _bands(found: Cover, line: CoverLine) -> list[tuple[date, Band | None]]:
    """The bands of a minimum day by day; None where it does not ask."""
    bands = ((day, found.bands.get((line.id, day))) for day in found.days)
    return [(day, None if parts is None else Band(parts, line.minimum.number)) for day, parts in bands]


def _rules(visit: Visit[Unit], day: date) -> Table[CoverLine]:
    may_set = visit.may(Permission.SET_COVER, visit.place.path)

    def address(line: CoverLine) -> str:
        if not may_set:
            return ""
        return url_for("rostering.change_cover", code=line.unit_code, cover_rule_id=line.id)

    found = cover_rules_of(visit.session, visit.place, day)
    return Table("Minimums, now and to come", RULES, found, href=address)


def _units(found: Cover, place: Unit) -> list[tuple[CoverLine, list[int | None], int]]:
    """The units under this one that ask for anything on these days, with their own gaps: of each day, of all.

    Each by one of its minimums; None where nothing is asked.
    """
    of_line = {line.id: line.unit_id for line in found.lines}
    counts = {(of_line[line_id], day): 0 for line_id, day in found.bands}
    for gap in found.gaps():
        counts[gap.line.unit_id, gap.day] += 1
    under = {line.unit_id: line for line in found.lines if line.unit_id != place.id}
    gaps = {key: [counts.get((key, day)) for day in found.days] for key in under}
    return [
        (line, gaps[line.unit_id], sum(count or 0 for count in gaps[line.unit_id]))
        for line in sorted(under.values(), key=lambda line: line.unit_path)
    ]


def _against(part: CoverPart, number: int) -> str:
    missing = number - part.count
    if missing > 0:
        return f"{missing} short for {hours(part.interval.minutes)}"
    return "met" if missing == 0 else f"met, {-missing} more"


def _away_in_words(presence: Presence) -> str:
    words = []
    for kind, verb in ((ReasonKind.ABSENCE, "absent"), (ReasonKind.ABSTRACTION, "taken off")):
        spans = [span_in_words(away.interval) for away in presence.away if away.kind is kind]
        words += [f"{verb} {', '.join(spans)}"] if spans else []
    return "; ".join(words) or "no"
