"""The law of key individuals: status, not seen, kept; telephone numbers; quarters."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kin.rules import (
    Basis,
    KinFacts,
    NoBasis,
    Sector,
    Stage,
    Status,
    check_facts,
    is_not_seen,
    keep_until,
    kept_email,
    kept_phone,
    quiet_since,
    review_from,
    status_of,
)
from npt.kit.limits import BadName
from npt.kit.quarters import Quarter
from npt.kit.telephones import BadTelephone, telephone, telephone_in_words

DAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("days", "status"), [(0, Status.ACTIVE), (180, Status.ACTIVE), (181, Status.DORMANT)]
)
def test_somebody_is_dormant_once_nobody_has_met_them_for_more_than_180_days(
    days: int, status: Status
) -> None:
    assert status_of(Stage.ACTIVE, DAY - timedelta(days=days), DAY) is status


def test_who_is_proposed_or_has_left_is_neither_dormant_nor_not_seen() -> None:
    long_ago = date(2020, 1, 1)
    assert status_of(Stage.PROPOSED, long_ago, DAY) is Status.PROPOSED
    assert status_of(Stage.LEFT, long_ago, DAY) is Status.LEFT
    assert not is_not_seen(Stage.PROPOSED, long_ago, DAY)
    assert not is_not_seen(Stage.LEFT, long_ago, DAY)


@pytest.mark.parametrize(("days", "is_so"), [(90, False), (91, True)])
def test_somebody_is_not_seen_after_90_days(days: int, is_so: bool) -> None:
    assert is_not_seen(Stage.ACTIVE, DAY - timedelta(days=days), DAY) is is_so


def test_who_joined_counts_as_met_on_that_day() -> None:
    assert quiet_since(recorded_on=date(2026, 1, 1), active_on=DAY, last_met=None) == DAY
    assert quiet_since(recorded_on=date(2026, 1, 1), active_on=None, last_met=DAY) == DAY


def test_a_record_is_looked_at_again_after_twelve_months() -> None:
    assert keep_until(date(2024, 2, 29)) == date(2025, 2, 28)
    assert review_from(date(2026, 11, 30)) == date(2025, 11, 30)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_what_is_to_be_kept_or_ended_today_is_on_the_list_of_today(reviewed_on: date) -> None:
    assert reviewed_on <= review_from(keep_until(reviewed_on)) or reviewed_on.day > 28


@pytest.mark.parametrize("name", ["", "   "])
def test_somebody_has_a_name(name: str) -> None:
    with pytest.raises(BadName):
        check_facts(KinFacts(name, Sector.FAITH, Basis.CONSENT, DAY), DAY)


def test_consent_is_never_of_a_day_to_come() -> None:
    with pytest.raises(NoBasis):
        check_facts(KinFacts("Ann", Sector.FAITH, Basis.CONSENT, DAY + timedelta(days=1)), DAY)


def test_an_email_is_compared_in_small_letters_and_blanks_are_none() -> None:
    assert (kept_email(" Ann@Example.org "), kept_email("  "), kept_email(None)) == (
        "ann@example.org",
        None,
        None,
    )
    assert kept_phone("") is None


# Telephone numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept", "words"),
    [
        ("(01632) 960 123", "+441632960123", "01632 960123"),
        ("07700 900123", "+447700900123", "07700 900123"),
        ("+44 (0)20 7946 0018", "+442079460018", "020 7946 0018"),
        ("0044 1582 401212", "+441582401212", "01582 401212"),
        ("+48 22 123 45 67", "+48221234567", "+48 22 123 45 67"),
    ],
)
def test_a_number_is_kept_in_one_form_and_shown_as_people_write_it(typed: str, kept: str, words: str) -> None:
    assert telephone(typed) == kept
    assert telephone_in_words(kept) == words


@pytest.mark.parametrize(
    "typed",
    [
        "hello",
        "999",
        "101",
        "01582",
        "07700 900123 / 07700 900124",
        "0" * 60,
        "07700 900123" + " " * 40,
        "+999 12345678",
        "none yet",
    ],
)
def test_what_is_no_telephone_number_is_told_with_the_cure(typed: str) -> None:
    with pytest.raises(BadTelephone, match="with its area code"):
        telephone(typed)


def test_an_extension_is_never_dropped_without_a_word() -> None:
    with pytest.raises(BadTelephone, match="extension"):
        telephone("01582 401212 ext 12")


# Quarters ---------------------------------------------------------------------------------------------------


def test_a_quarter_has_its_days_and_its_words() -> None:
    quarter = Quarter.of(date(2026, 11, 16))
    assert (str(quarter), quarter.title) == ("2026-Q4", "October to December 2026")
    assert (quarter.first, quarter.last) == (date(2026, 10, 1), date(2026, 12, 31))
    assert Quarter.of(date(2026, 1, 1)).previous == Quarter(2025, 4)


@given(st.dates(date(1901, 1, 1), date(2198, 12, 31)))
def test_every_day_lies_in_its_quarter_and_quarters_follow_each_other(day: date) -> None:
    quarter = Quarter.of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.previous.last == quarter.first - timedelta(days=1)
    assert Quarter.parse(str(quarter)) == quarter


@pytest.mark.parametrize("text", ["2026-Q5", "2026", "Q4", "2026-Q4 "])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Give a quarter like 2026-Q4"):
        Quarter.parse(text)


def test_a_year_beyond_the_calendar_has_no_quarters() -> None:
    with pytest.raises(ValueError, match="out of range"):
        Quarter.parse("1026-Q1")
