"""How times that another system wrote are read."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from npt.interchange.rules import (
    check_date_format,
    check_time_zone,
    date_reader,
    moment_reader,
    split_format,
    time_reader,
)
from npt.kit.clock import LONDON, parse_instant

BRITISH = "%d/%m/%Y %H:%M"


def test_a_time_is_read_in_the_format_and_zone_of_the_system() -> None:
    read = moment_reader(BRITISH, LONDON)
    assert read("16/07/2026 14:00").instant == datetime(2026, 7, 16, 13, 0, tzinfo=UTC)
    assert moment_reader(BRITISH, ZoneInfo("UTC"))("16/07/2026 14:00").instant.hour == 14


def test_a_workbooks_own_date_is_read_whatever_the_format() -> None:
    read = moment_reader(BRITISH, ZoneInfo("UTC"))
    assert read("2026-07-16T14:00").instant == datetime(2026, 7, 16, 14, 0, tzinfo=UTC)


def test_an_offset_in_the_text_goes_before_the_zone() -> None:
    read = moment_reader("%d/%m/%Y %H:%M%z", LONDON)
    assert read("16/11/2026 14:00+0100").instant == datetime(2026, 11, 16, 13, 0, tzinfo=UTC)


def test_a_time_that_happens_twice_is_taken_as_the_first_and_says_so() -> None:
    reading = moment_reader(BRITISH, LONDON)("25/10/2026 01:30")
    assert reading.is_ambiguous
    assert reading.instant == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_no_time_happens_twice_in_utc() -> None:
    assert not moment_reader(BRITISH, ZoneInfo("UTC"))("25/10/2026 01:30").is_ambiguous


@pytest.mark.parametrize(
    ("zone", "text", "words"),
    [
        ("Europe/London", "29/03/2026 01:30", "clocks go forward from 01:00 to 02:00"),
        ("Europe/Paris", "29/03/2026 02:30", "clocks go forward from 02:00 to 03:00"),
        ("Europe/London", "11/16/2026 14:00", "write it like 16/11/2026 14:30"),
        ("Europe/London", "tomorrow", "write it like 16/11/2026 14:30"),
        ("Europe/London", "", "write it like 16/11/2026 14:30"),
        ("Europe/London", "01/01/0001 00:00", "out of range"),
    ],
)
def test_a_time_that_cannot_be_says_what_to_do(zone: str, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        moment_reader(BRITISH, ZoneInfo(zone))(text)


def test_seconds_have_to_be_nothing() -> None:
    read = moment_reader("%d/%m/%Y %H:%M:%S", LONDON)
    assert read("16/11/2026 14:00:00").instant.hour == 14
    with pytest.raises(ValueError, match="not a whole minute"):
        read("16/11/2026 14:00:30")


@pytest.mark.parametrize("pattern", ["%d/%m/%Y", "%d %H:%M", "%d/%d/%m/%Y %H:%M", "day", "%c", "%"])
def test_a_format_that_tells_no_whole_minute_is_refused_with_an_example(pattern: str) -> None:
    with pytest.raises(ValueError, match="like %d/%m/%Y %H:%M"):
        check_date_format(pattern)


@pytest.mark.parametrize(
    "pattern", [BRITISH, "%d/%m/%y %I:%M %p", "%Y-%m-%dT%H:%M", "%d-%b-%Y %H:%M:%S", "%Y%m%d%H%M%z"]
)
def test_a_format_that_tells_a_minute_is_fine(pattern: str) -> None:
    check_date_format(pattern)


@pytest.mark.parametrize("pattern", ["%d/%m/%Y %I:%M", "%d/%m/%Y %H:%M %p"])
def test_half_of_the_twelve_hour_clock_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="the 12-hour clock needs both"):
        check_date_format(pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "local"),
    [
        ("%d/%m/%Y %I:%M %p", "1/12/2026 12:05 am", "2026-12-01T00:05"),
        ("%d/%m/%Y %I:%M %p", "01/12/2026 2:30 PM", "2026-12-01T14:30"),
        ("%d/%m/%y %H:%M", "01/12/68 14:30", "2068-12-01T14:30"),
        ("%d/%m/%y %H:%M", "01/12/69 14:30", "1969-12-01T14:30"),
        ("%d%m%Y %H%M", "01112026 0730", "2026-11-01T07:30"),
        ("%d%b%Y %H:%M", "1nov2026 7:30", "2026-11-01T07:30"),
        ("%Y%m%d%H%M", "202611010730", "2026-11-01T07:30"),
    ],
)
def test_a_time_is_read_however_it_is_written(pattern: str, text: str, local: str) -> None:
    check_date_format(pattern)
    assert moment_reader(pattern, LONDON)(text) == parse_instant(local)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("%d%m%Y %H:%M", "1112026 14:30"),
        ("%d%m%y %H:%M", "11126 14:30"),
        ("%d/%m/%Y %H%M", "01/11/2026 730"),
        ("%Y%m%d%H%M", "20261101730"),
        ("%Y%m%dT%H%M", "2026111T0730"),
        ("%d/%m/%y %H:%M", "01/11/2026 14:30"),
        ("%d/%m/%Y %H:%M", "٠١/11/2026 14:30"),
    ],
)
def test_a_digit_left_out_of_a_packed_time_is_refused_not_guessed(pattern: str, text: str) -> None:
    with pytest.raises(ValueError, match="is not a date and time: write it like"):
        moment_reader(pattern, LONDON)(text)


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        (BRITISH, ("%d/%m/%Y", "%H:%M")),
        ("%I:%M %p, %d%b%y", ("%d%b%y", "%I:%M %p")),
        ("%Y-%m-%dT%H:%M%z", ("%Y-%m-%d", "%H:%M%z")),
    ],
)
def test_a_format_is_split_for_two_columns(pattern: str, parts: tuple[str, str]) -> None:
    assert split_format(pattern) == parts


def test_a_format_with_the_time_inside_the_date_cannot_be_split() -> None:
    with pytest.raises(ValueError, match="for two columns write one after the other"):
        split_format("%d/%m %H:%M %Y")


def test_the_date_and_the_time_of_a_workbook_are_read_whatever_the_format() -> None:
    assert date_reader("%d/%m/%Y")("2026-11-16") == date(2026, 11, 16)
    assert time_reader("%I:%M %p")("14:30:00") == time(14, 30)
    assert time_reader("%H%M")("0730") == time(7, 30)
    with pytest.raises(ValueError, match="is not a date: write it like 16/11/2026"):
        date_reader("%d/%m/%Y")("16/13/2026")
    with pytest.raises(ValueError, match="is not a time of day: write it like 14:30"):
        time_reader("%H:%M")("25:00")


@pytest.mark.parametrize("name", ["GMT+1 or so", "Europe/Bedford", "", "../etc/passwd"])
def test_a_zone_that_nobody_knows_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a time zone"):
        check_time_zone(name)
