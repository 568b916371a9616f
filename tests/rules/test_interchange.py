"""How times that another system wrote are read."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from npt.interchange.rules import check_date_format, check_time_zone, moment_reader
from npt.kit.clock import LONDON

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


@pytest.mark.parametrize(
    "pattern", ["%d/%m/%Y", "%d %H:%M", "%d/%m/%y %H:%M", "%d/%d/%m/%Y %H:%M", "day", "%c", "%"]
)
def test_a_format_that_tells_no_whole_minute_is_refused_with_an_example(pattern: str) -> None:
    with pytest.raises(ValueError, match="like %d/%m/%Y %H:%M"):
        check_date_format(pattern)


@pytest.mark.parametrize("pattern", [BRITISH, "%Y-%m-%dT%H:%M", "%d-%b-%Y %H:%M:%S", "%Y%m%d%H%M%z"])
def test_a_format_that_tells_a_minute_is_fine(pattern: str) -> None:
    check_date_format(pattern)


@pytest.mark.parametrize("name", ["GMT+1 or so", "Europe/Bedford", "", "../etc/passwd"])
def test_a_zone_that_nobody_knows_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        check_time_zone(name)
