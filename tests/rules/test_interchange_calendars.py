"""Rosters that other systems give as calendars."""

from datetime import UTC, date, datetime

import pytest

from npt.interchange.exchange import is_calendar, read_calendar
from npt.kit.clock import Reading
from npt.sheets.reading import Table

TODAY = date(2026, 11, 16)
LATE = "UID:late\nSUMMARY:Late\n"


def read(*events: str, above: str = "") -> Table:
    """The table of a calendar with these events; the first begins on its fourth line, without more above."""
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//roster//EN\n{above}{body}END:VCALENDAR\n"
    return read_calendar(text.replace("\n", "\r\n").encode(), "roster.ics", number="4471", today=TODAY)


def times(table: Table) -> list[str]:
    """The shifts, in UTC."""
    assert table.problems == []
    found: list[str] = []
    for row in table.rows:
        starts, ends = row.values["starts"], row.values["ends"]
        assert isinstance(starts, Reading)
        assert isinstance(ends, Reading)
        found.append(f"{starts.instant:%Y-%m-%d %H:%M} {ends.instant:%Y-%m-%d %H:%M}")
    return found


def test_a_shift_is_read_for_the_member_whose_number_is_given() -> None:
    table = read(LATE + "DTSTART:20261116T140000Z\nDTEND:20261116T220000Z")
    (row,) = table.rows
    assert row.line == 4
    assert row.values == {
        "number": "4471",
        "starts": Reading(datetime(2026, 11, 16, 14, tzinfo=UTC), is_ambiguous=False),
        "ends": Reading(datetime(2026, 11, 16, 22, tzinfo=UTC), is_ambiguous=False),
        "team": None,
    }


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("DTSTART:20260716T130000Z", "DTEND:20260716T210000Z"),
        ("DTSTART:20260716T140000", "DTEND:20260716T220000"),
        ("DTSTART;TZID=Europe/London:20260716T140000", "DTEND;TZID=Europe/London:20260716T220000"),
        ("DTSTART;TZID=GMT Standard Time:20260716T140000", "DTEND:20260716T210000Z"),
        ("DTSTART;TZID=Europe/Paris:20260716T150000", "DURATION:PT8H"),
    ],
)
def test_a_time_is_in_its_zone_or_in_utc_or_by_our_clocks(start: str, end: str) -> None:
    assert times(read(f"{LATE}{start}\n{end}")) == ["2026-07-16 13:00 2026-07-16 21:00"]


def test_a_zone_that_the_calendar_describes_itself_is_read() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Duty\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:+0200\nTZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    event = LATE + "DTSTART;TZID=Duty:20261116T140000\nDTEND;TZID=Duty:20261116T220000"
    assert times(read(event, above=zone)) == ["2026-11-16 12:00 2026-11-16 20:00"]


def test_a_night_across_the_october_change_lasts_ten_hours() -> None:
    table = read(
        "UID:n\nDTSTART;TZID=Europe/London:20261024T220000\nDTEND;TZID=Europe/London:20261025T070000"
    )
    assert times(table) == ["2026-10-24 21:00 2026-10-25 07:00"]


def test_nine_hours_of_a_night_are_nine_hours_when_the_clocks_go_back() -> None:
    """The library itself makes ten of them (findings/nine_hours_of_a_calendar_are_ten.sh)."""
    table = read("UID:n\nDTSTART;TZID=Europe/London:20261024T220000\nDURATION:PT9H")
    assert times(table) == ["2026-10-24 21:00 2026-10-25 06:00"]


def test_a_time_that_happens_twice_is_a_warning() -> None:
    table = read(LATE + "DTSTART;TZID=Europe/London:20261025T013000\nDTEND:20261025T090000Z")
    assert times(table) == ["2026-10-25 00:30 2026-10-25 09:00"]
    assert [(each.line, each.column) for each in table.warnings] == [(4, "starts")]


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("DTSTART;VALUE=DATE:20261116", "“Late” is a whole-day event and was skipped: a shift has times"),
        (
            "DTSTART:20261116T140000Z\nDTEND:20261116T220000Z\nSTATUS:CANCELLED",
            "“Late” is cancelled and was skipped",
        ),
        (
            "DTSTART;VALUE=DATE:20261116\nRRULE:FREQ=DAILY;COUNT=9",
            "“Late” is a whole-day event and was skipped",
        ),
    ],
)
def test_what_is_no_shift_is_skipped_and_told_once(event: str, words: str) -> None:
    table = read(LATE + event)
    assert times(table) == []
    (warning,) = table.warnings
    assert str(warning).startswith(f"roster.ics:4: row: {words}")


@pytest.mark.parametrize(
    ("event", "column", "words"),
    [
        ("DTSTART:20261116T140000Z", "ends", "on 16 November 2026 it has no end"),
        ("DTEND:20261116T140000Z", "starts", "its start cannot be read"),
        ("DTSTART:20261116T140030Z\nDTEND:20261116T220000Z", "starts", "14:00:30 is not a whole minute"),
        ("DTSTART:20260329T013000\nDTEND:20260329T090000Z", "starts", "never happens: clocks go forward"),
        ("DTSTART;TZID=Europe/London:20260329T013000\nDURATION:PT8H", "starts", "never happens"),
        ("DTSTART:22500101T013000Z\nDTEND:22500101T090000Z", "starts", "The year 2250 is out of range"),
        (
            "DTSTART;TZID=Nowhere:20261116T140000\nDURATION:PT8H",
            "row",
            "the time zone “Nowhere” cannot be read",
        ),
        ("DTSTART:soon\nDTEND:20261116T140000Z", "row", "DTSTART cannot be read"),
        ("DTSTART:20261116T140000Z\nDURATION:PT8H\nRRULE:FREQ=OFTEN", "row", "cannot be read"),
        (
            "DTSTART:20261116T140000Z\nDURATION:PT8H\nRRULE:FREQ=MINUTELY",
            "row",
            "repeats more than once a day",
        ),
        (
            "DTSTART:20261116T140000Z\nDURATION:PT8H\nRRULE:FREQ=DAILY;BYHOUR=1,2",
            "row",
            "have the other system write each shift as a separate event",
        ),
        (
            "DTSTART:20261116T140000Z\nDURATION:PT8H\nRRULE:FREQ=DAILY;INTERVAL=-1",
            "row",
            "repeats every -1 days, weeks or months: correct it",
        ),
        (
            "DTSTART:20261116T140000Z\nDURATION:PT8H\nRRULE:FREQ=DAILY;BYMONTHDAY=1,2",
            "row",
            "repeats on some days of some weeks or months only",
        ),
        (
            "DTSTART:20261116T140000Z\nDURATION:PT8H\nRRULE:FREQ=DAILY;INTERVAL=2;BYDAY=TU",
            "row",
            "repeats on some days of some weeks or months only",
        ),
        (
            "DTSTART:18990101T140000Z\nDURATION:PT8H\nRRULE:FREQ=DAILY",
            "starts",
            "repeats since the year 1899: correct it",
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line_and_cure(event: str, column: str, words: str) -> None:
    table = read("UID:x\nDTSTART:20261101T080000Z\nDURATION:PT8H", LATE + event)
    (problem,) = table.problems
    assert (problem.line, problem.column) == (9, column)
    assert words in problem.message


def test_what_repeats_is_taken_with_its_exceptions_and_what_was_moved_or_cancelled() -> None:
    zone = "TZID=Europe/London"
    table = read(
        f"{LATE}DTSTART;{zone}:20261023T140000\nDTEND;{zone}:20261023T220000\nRRULE:FREQ=DAILY;COUNT=5\n"
        f"EXDATE;{zone}:20261024T140000",
        f"{LATE}RECURRENCE-ID;{zone}:20261025T140000\nDTSTART;{zone}:20261025T150000\n"
        f"DTEND;{zone}:20261025T230000",
        f"{LATE}RECURRENCE-ID;{zone}:20261026T140000\nDTSTART;{zone}:20261026T140000\n"
        f"DTEND;{zone}:20261026T220000\nSTATUS:CANCELLED",
    )
    assert times(table) == [
        "2026-10-23 13:00 2026-10-23 21:00",
        "2026-10-27 14:00 2026-10-27 22:00",
        "2026-10-25 15:00 2026-10-25 23:00",
    ]
    assert [row.line for row in table.rows] == [4, 4, 12]
    assert [each.line for each in table.warnings] == [19]


def test_what_repeats_without_end_is_taken_for_a_year_back_and_a_little_more_ahead() -> None:
    table = read(f"{LATE}DTSTART:20200106T080000\nDTEND:20200106T160000\nRRULE:FREQ=WEEKLY")
    assert times(table)[0] == "2025-11-17 08:00 2025-11-17 16:00"
    assert times(table)[-1] == "2027-12-20 08:00 2027-12-20 16:00"


def test_more_repeated_events_than_a_roster_has_are_refused() -> None:
    table = read(*(f"UID:{n}\nDTSTART:20261116T080000\nDURATION:PT8H\nRRULE:FREQ=DAILY" for n in range(51)))
    assert table.rows == []
    assert "51 repeated events are more than 50" in str(table.problems)


def test_few_events_repeat_by_the_month_or_year() -> None:
    often = [f"UID:{n}\nDTSTART:20261116T080000\nDURATION:PT8H\nRRULE:FREQ=YEARLY" for n in range(6)]
    assert "6 events that repeat by the month or year are more than 5" in str(read(*often).problems)
    assert [row.line for row in read(*often[:5]).rows] == [4, 4, 10, 10, 16, 16, 22, 22, 28, 28]


@pytest.mark.parametrize(
    "content",
    [b"", b"BEGIN:VCALENDAR", b"number,starts\n", b"\xff\xfe", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", b"\0" * 9],
)
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    table = read_calendar(content, "roster.ics", number="1", today=TODAY)
    assert table.rows == []
    assert table.problems or not table.warnings


def test_a_calendar_is_known_by_its_first_line() -> None:
    assert is_calendar(b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n")
    assert is_calendar(b"\r\nbegin:vcalendar\n")
    assert not is_calendar(b"number,starts,ends\n")
