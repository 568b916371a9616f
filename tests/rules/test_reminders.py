"""What a reminder says: each day with its link, or each team where there are too many days."""

from datetime import date, timedelta

import pytest

from npt.kit.spans import Span
from npt.reminders.rules import (
    MOST_DAYS,
    MOST_UNITS,
    Addresses,
    Digest,
    OpenDay,
    days_asked_about,
    subject,
    text,
)

ADDRESSES = Addresses(
    day=lambda code, on: f"https://npt.example/teams/{code}/day/{on}",
    week=lambda code, on: f"https://npt.example/units/{code}/confirmations?week={on}",
)


def digest(days_of: dict[str, int]) -> Digest:
    """A digest of so many days of each team, by its code."""
    days = [
        OpenDay(
            code, f"Team {code}", f"F/B/A/{code}/", date(2026, 11, 2) + timedelta(days=number), number + 1
        )
        for code, count in days_of.items()
        for number in range(count)
    ]
    return Digest(1, "F/B/A/", ("A",), tuple(days))


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 11, 16), date(2026, 10, 1), date(2026, 11, 15)),
        (date(2026, 11, 1), date(2026, 10, 1), date(2026, 10, 31)),
        (date(2027, 1, 1), date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_the_days_gone_by_of_this_month_and_the_last_are_asked_about(
    today: date, first: date, last: date
) -> None:
    assert days_asked_about(today) == Span(first, last)


def test_a_few_days_are_named_each_with_its_link() -> None:
    written = text(digest({"T1": 2, "T2": 1}), ADDRESSES)
    assert "3 days have duty that no one has confirmed." in written
    assert (
        "Team T1 (T1)\n"
        "- Monday 2 November 2026, 1 shift: https://npt.example/teams/T1/day/2026-11-02\n"
        "- Tuesday 3 November 2026, 2 shifts: https://npt.example/teams/T1/day/2026-11-03\n"
    ) in written


def test_the_subject_names_the_unit_or_counts_the_units() -> None:
    assert subject(digest({"T1": 1})) == "1 day of Team T1 to confirm"
    assert subject(digest({"T1": 2, "T2": 1})) == "3 days of 2 units to confirm"


def test_many_days_are_counted_by_team_with_the_oldest() -> None:
    written = text(digest({"T1": MOST_DAYS, "T2": 1}), ADDRESSES)
    assert (
        f"- Team T1 (T1): {MOST_DAYS} days, the oldest 2 November 2026:"
        " https://npt.example/units/T1/confirmations?week=2026-11-02\n"
    ) in written
    assert "/day/" not in written


def test_more_teams_than_a_letter_holds_are_counted() -> None:
    written = text(digest({f"T{number}": 1 for number in range(MOST_UNITS + 2)}), ADDRESSES)
    assert "- and 2 more units\n" in written
    assert written.count("- Team ") == MOST_UNITS
