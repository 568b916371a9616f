"""A roster that another system gives as a calendar (iCalendar, RFC 5545), read for one member.

Every event with times is a shift. What repeats is taken for a year back and a little more than a year ahead;
all other events are taken whenever they are. What the libraries pass over is looked at again here: a time
that the clocks skip, a zone or a rule that cannot be read, and a repetition that was cancelled.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from npt.kit.clock import LONDON, Reading, day_in_words, local_day, parse_instant, to_instant
from npt.kit.months import EARLIEST_YEAR
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.sheets.columns import doubt, shown
from npt.sheets.reading import Problem, Row, Table
from npt.shifts.actions import Places, Rostering, WantedShift
from npt.shifts.exchange import DUTY
from npt.store.exchange import ImportOrder, Outcome, RowProblem, Saved, Tell

if TYPE_CHECKING:
    from icalendar import Event, vRecur

LOOK_BACK, LOOK_AHEAD = timedelta(days=366), timedelta(days=400)
#: Repeated events of a calendar: a roster has a few, and thousands would keep the machine busy.
MOST_REPEATED = 50
#: Of these by the month or year: where the days that they name never come, each takes most of a second.
MOST_SELDOM = 5
#: Problems that a page lists; of the others it says how many there are.
MOST_LISTED = 10
_REPEATS = ("RRULE", "RDATE")
_NEEDED = {"DTSTART", "DTEND", "DURATION", "EXDATE", "RECURRENCE-ID", *_REPEATS}
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_SELDOM = {"MONTHLY", "YEARLY"}
#: What a rule by the day or week may say, so that its next day is never far.
_OF_A_WEEK = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY"}
_WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_NO_CALENDAR = "is not a calendar that can be read (iCalendar, .ics, in UTF-8): export it again"
_SINGLE = "have the other system write each shift as a separate event"


@dataclass(frozen=True, slots=True)
class TakenCalendar:
    """What became of a calendar, and the day of its first shift; None without any."""

    outcome: Outcome
    first_on: date | None


class CalendarRefused(Refusal):
    """Something in a calendar is to be mended; nothing of it was saved."""


class _Refused(ValueError):
    """An event cannot be a shift. ``column`` is one of a file of shifts, or "row"."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message.rstrip("."))
        self.column = column


class _Skipped(Exception):
    """An event is no shift."""


def is_calendar(head: bytes) -> bool:
    """Whether a file that begins so is a calendar."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().upper().startswith(b"BEGIN:VCALENDAR")


def read_calendar(content: bytes, name: str, *, number: str, today: date) -> Table:
    """The shifts of a member in a calendar, as rows of a file of duty; `name` is the file's.

    What cannot be read is told in problems, what is no shift in warnings, by the line where the event begins.
    """
    # Here, since only this needs it: it takes a fifth of a second of the start of everything else.
    from icalendar import Calendar, Event

    try:
        text = content.decode("utf-8-sig")
        events = [each for each in Calendar.from_ical(text).walk("VEVENT") if isinstance(each, Event)]
    except (ValueError, IndexError, KeyError):
        return Table(problems=[Problem(name, 1, "file", _NO_CALENDAR)], is_unreadable=True)
    begins = (
        line for line, words in enumerate(text.splitlines(), start=1) if words.strip() == "BEGIN:VEVENT"
    )
    return _Reader(name, number).table_of(list(zip(begins, events, strict=False)), today)


def take_calendar(
    session: Session, content: bytes, name: str, *, number: str, place: Unit, order: ImportOrder
) -> TakenCalendar:
    """Save the shifts of a member in a calendar, which have to count at `place`; never commits.

    CalendarRefused, with the first problems by their lines, when anything is to be corrected: the caller
    rolls back.
    """
    table = read_calendar(content, name, number=number, today=order.today)

    def start(session: Session, order: ImportOrder) -> Callable[[Sequence[WantedShift], Tell], Saved]:
        return Rostering(session, Places(session, place), may_update=order.may_update).take

    outcome = replace(DUTY, start=start).save(session, [table.rows], order)
    found = [(problem.line, problem.message) for problem in table.problems]
    found += [(problem.line, problem.message) for problem in outcome.problems]
    if found:
        raise CalendarRefused(_to_mend(sorted(found)), field="calendar")
    outcome.warnings[:0] = [RowProblem(each.line, each.column, each.message) for each in table.warnings]
    days = [local_day(cast(Reading, row.values["starts"]).instant) for row in table.rows]
    return TakenCalendar(outcome, min(days, default=None))


def _to_mend(found: Sequence[tuple[int, str]]) -> str:
    listed = [f"Line {line}: {message.rstrip('.')}." for line, message in found[:MOST_LISTED]]
    if len(found) > MOST_LISTED:
        listed.append(f"{len(found) - MOST_LISTED} more are not listed.")
    return " ".join([f"{'1 thing' if len(found) == 1 else f'{len(found)} things'} to correct.", *listed])


@dataclass
class _Reader:
    """Puts the events of a calendar, each with its line, into a table."""

    name: str
    number: str
    table: Table = field(default_factory=Table)

    def table_of(self, events: Sequence[tuple[int, "Event"]], today: date) -> Table:
        sound = [(line, event) for line, event in events if self._is_sound(line, event)]
        repeated = {_uid(event) for _, event in sound if any(name in event for name in _REPEATS)}
        for line, event in sound:
            if _uid(event) not in repeated:
                self._take(line, event)
        series = [(line, event) for line, event in sound if _uid(event) in repeated]
        if series:
            self._take_series(series, today)
        self.table.rows.sort(key=lambda row: row.line)
        return self.table

    def _is_sound(self, line: int, event: "Event") -> bool:
        """Whether all of the event was read; what was not is told."""
        unread = [str(name) for name, _ in event.errors if str(name).upper() in _NEEDED]
        for name in ("DTSTART", "DTEND") if not unread else ():
            value = event.get(name)
            moment = getattr(value, "dt", None)
            if isinstance(moment, datetime) and moment.tzinfo is None and "TZID" in value.params:
                unread.append(f"the time zone {shown(value.params['TZID'])}")
        if unread:
            what = " and ".join(unread)
            self._tell(line, "row", f"{shown(_summary(event))}: {what} cannot be read: correct it")
        return not unread

    def _take_series(self, series: Sequence[tuple[int, "Event"]], today: date) -> None:
        first_line = series[0][0]
        lines = {_key(event): line for line, event in reversed(series)}
        try:
            for line, event in series:
                _check_rules(event, line)
            seldom = sum(bool(_frequencies(rule) & _SELDOM) for _, event in series for rule in _rules(event))
            if seldom > MOST_SELDOM:
                raise _Refused(
                    "row",
                    f"{seldom} events that repeat by the month or year are more than {MOST_SELDOM}:"
                    f" {_SINGLE}",
                )
            if len(series) > MOST_REPEATED:
                raise _Refused(
                    "row", f"{len(series)} repeated events are more than {MOST_REPEATED}: {_SINGLE}"
                )
            occurrences = _occurrences([event for _, event in series], today - LOOK_BACK, today + LOOK_AHEAD)
        except _Refused as refusal:
            self._tell(first_line, refusal.column, str(refusal))
            return
        for event in occurrences:
            line = lines.get(_key(event)) or lines.get((_uid(event), None)) or first_line
            self._take(line, event)

    def _take(self, line: int, event: "Event") -> None:
        try:
            starts, ends = _shift(event)
        except _Skipped as why:
            warning = Problem(self.name, line, "row", f"{shown(_summary(event))} {why}")
            if warning not in self.table.warnings:  # once for all repetitions
                self.table.warnings.append(warning)
            return
        except _Refused as refusal:
            self._tell(line, refusal.column, f"{shown(_summary(event))}: {refusal}")
            return
        for column, reading in (("starts", starts), ("ends", ends)):
            words = doubt(reading)
            if words is not None:
                self.table.warnings.append(Problem(self.name, line, column, words))
        values: dict[str, object] = {"number": self.number, "starts": starts, "ends": ends, "team": None}
        self.table.rows.append(Row(line, values))

    def _tell(self, line: int, column: str, message: str) -> None:
        self.table.problems.append(Problem(self.name, line, column, message))


def _uid(event: "Event") -> str:
    return str(event.get("UID"))


def _key(event: "Event") -> tuple[str, object]:
    """What tells an event of a series, or one that replaces one of its repetitions, from the others."""
    return _uid(event), getattr(event.get("RECURRENCE-ID"), "dt", None)


def _summary(event: "Event") -> str:
    return str(event.get("SUMMARY") or "The event")


def _rules(event: "Event") -> list["vRecur"]:
    rules = event.get("RRULE", [])
    return rules if isinstance(rules, list) else [rules]


def _frequencies(rule: "vRecur") -> set[str]:
    return {str(each).upper() for each in rule.get("FREQ", [])}


def _check_rules(event: "Event", line: int) -> None:
    """_Refused for a rule that no roster has, and that would take long to follow, or for ever.

    The library follows a rule to the year 9999 where it names days that never come.
    """
    start = getattr(event.get("DTSTART"), "dt", None)
    if isinstance(start, date) and start.year < EARLIEST_YEAR:
        raise _Refused("starts", f"line {line} repeats since the year {start.year}: correct it")
    for rule in _rules(event):
        frequencies, steps = _frequencies(rule), rule.get("INTERVAL", [])
        if not frequencies <= _FREQUENCIES or any(part in rule for part in _WITHIN_A_DAY):
            raise _Refused("row", f"line {line} repeats more than once a day: {_SINGLE}")
        if any(step < 1 for step in steps):
            raise _Refused("row", f"line {line} repeats every {steps[0]} days, weeks or months: correct it")
        is_stepping = "DAILY" in frequencies and "BYDAY" in rule and any(step > 1 for step in steps)
        if not frequencies & _SELDOM and (is_stepping or not set(rule) <= _OF_A_WEEK):
            raise _Refused("row", f"line {line} repeats on some days of some weeks or months only: {_SINGLE}")


def _occurrences(series: Sequence["Event"], first: date, last: date) -> list["Event"]:
    """The events of all series from the first to the last day, in the order of time."""
    import recurring_ical_events
    from icalendar import Calendar

    calendar = Calendar()
    for event in series:
        calendar.add_component(event)
    try:
        found: list[Event] = recurring_ical_events.of(calendar).between(first, last + timedelta(days=1))
    except Exception as error:
        # What is wrong with a rule comes out as errors of any kind: nobody could list them all.
        raise _Refused("row", f"an event repeats in a way that cannot be read: {_SINGLE}") from error
    return found


def _shift(event: "Event") -> tuple[Reading, Reading]:
    """When the shift starts and ends. _Skipped for what is none, _Refused for what cannot be read."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        raise _Skipped("is cancelled and was skipped")
    start = getattr(event.get("DTSTART"), "dt", None)
    if start is None:
        raise _Refused("starts", "its start cannot be read: give it one")
    if not isinstance(start, datetime):
        raise _Skipped("is a whole-day event and was skipped: a shift has times")
    starts = _reading(start, "starts")
    end = getattr(event.get("DTEND"), "dt", None)
    length = getattr(event.get("DURATION"), "dt", None)
    if isinstance(length, timedelta):
        return starts, _checked(starts.instant + length)
    if not isinstance(end, datetime):
        raise _Refused("ends", f"on {day_in_words(start.date())} it has no end: give it one")
    return starts, _reading(end, "ends")


def _checked(instant: datetime) -> Reading:
    """The instant, in a year that we keep."""
    try:
        return parse_instant(instant.isoformat(timespec="seconds"))
    except ValueError as error:
        raise _Refused("ends", str(error)) from None


def _reading(moment: datetime, column: str) -> Reading:
    """The instant of a moment: in its zone, in UTC, or, without one, by our clocks."""
    if moment.second:
        raise _Refused(column, f"{moment:%H:%M:%S} is not a whole minute")
    zone = LONDON if moment.tzinfo is None else moment.tzinfo
    try:
        if isinstance(zone, ZoneInfo):
            return to_instant(moment.replace(tzinfo=None, fold=0), zone)
        return parse_instant(moment.isoformat(timespec="minutes"))
    except ValueError as error:
        raise _Refused(column, str(error)) from None
