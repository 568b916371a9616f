"""Public holidays of England and Wales, against the days that were kept and are published."""

from datetime import date, timedelta

import pytest

from npt.kit.holidays import holiday_on, public_holidays


def days(year: int) -> list[str]:
    return [f"{day:%m-%d}" for day in public_holidays(year)]


@pytest.mark.parametrize(
    ("year", "kept"),
    [
        (1995, "01-02 04-14 04-17 05-08 05-29 08-28 12-25 12-26"),
        (1999, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28 12-31"),
        (2002, "01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26"),
        (2008, "01-01 03-21 03-24 05-05 05-26 08-25 12-25 12-26"),
        (2010, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (2011, "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27"),
        (2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26"),
        (2016, "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27"),
        (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
        (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
    ],
)
def test_the_holidays_of_a_year_are_those_that_were_kept(year: int, kept: str) -> None:
    assert days(year) == kept.split()


#: The full moon before Easter, month and day, by golden number: the Book of Common Prayer for 1900 to 2199,
#: after the Calendar (New Style) Act 1750.
FULL_MOONS = (
    *("04-14", "04-03", "03-23", "04-11", "03-31", "04-18", "04-08", "03-28", "04-16", "04-05"),
    *("03-25", "04-13", "04-02", "03-22", "04-10", "03-30", "04-17", "04-07", "03-27"),
)


@pytest.mark.parametrize("year", range(1978, 2200))
def test_easter_is_the_sunday_after_the_full_moon_of_the_prayer_book(year: int) -> None:
    full_moon = date.fromisoformat(f"{year}-{FULL_MOONS[year % 19]}")
    easter = full_moon + timedelta(days=6 - full_moon.weekday() or 7)
    holidays = public_holidays(year)
    assert holidays[easter - timedelta(days=2)] == "Good Friday"
    assert holidays[easter + timedelta(days=1)] == "Easter Monday"


def test_a_christmas_on_a_sunday_is_kept_on_the_tuesday() -> None:
    assert holiday_on(date(2022, 12, 26)) == "Boxing Day"
    assert holiday_on(date(2022, 12, 27)) == "Christmas Day"


def test_an_ordinary_day_is_no_holiday() -> None:
    assert holiday_on(date(2026, 11, 16)) is None


def test_years_before_these_rules_have_no_holidays() -> None:
    assert public_holidays(1977) == {}


@pytest.mark.parametrize("year", range(1978, 2200))
def test_no_public_holiday_falls_on_a_weekend(year: int) -> None:
    assert all(day.weekday() < 5 for day in public_holidays(year))
