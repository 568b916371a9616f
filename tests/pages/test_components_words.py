"""How values are worded, and what a figure says of itself."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from npt.kit.months import Month
from npt.kit.paging import Page
from npt.kit.shares import Share
from npt.webkit import filters, parts


def figure(part: int, whole: int) -> parts.Figure:
    return parts.Figure("PCSOs", Share(part, whole), 5, "basis", "local, 2008", "/records")


@pytest.mark.parametrize(
    ("page", "short"),
    [
        ("<p>4 PCSOs of the BCU", ["BCU", "PCSO"]),
        ("<p>A police community support officer (PCSO)", []),
        ("<p>Police Community Support Officers (PCSOs), 3 FTE", ["FTE"]),
        ('<a href="?group=pcsos">Officers</a>', []),
    ],
)
def test_a_page_spells_out_what_it_shortens_once(page: str, short: list[str]) -> None:
    assert [each for each, _ in filters.abbreviations(page)] == short


def test_days_are_worded_as_people_write_them() -> None:
    monday = date(2026, 5, 4)
    assert filters.day(monday) == "4 May 2026"
    assert filters.day_short(monday) == "Mon 4 May"
    assert filters.day_long(monday) == "Monday 4 May 2026"


def test_an_instant_is_shown_in_local_time() -> None:
    assert filters.clock(datetime(2026, 5, 4, 21, 5, tzinfo=UTC)) == "22:05"
    assert filters.moment(datetime(2026, 12, 4, 21, 5, tzinfo=UTC)) == "4 December 2026 21:05"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (450, "7 h 30 min"),
        (480, "8 h"),
        (45, "45 min"),
        (0, "0 min"),
        (-90, "−1 h 30 min"),
        (60000, "1,000 h"),
    ],
)
def test_minutes_are_worded_as_hours(minutes: int, words: str) -> None:
    assert filters.hours(minutes) == words


def test_a_share_is_worded_with_one_decimal_rounded_half_up() -> None:
    assert filters.percent(Share(1245, 10000)) == "12.5%"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1200, "1,200"),
        (Decimal("22.00"), "22"),
        (Decimal("22.50"), "22.5"),
        (Decimal(100), "100"),
        (-3, "−3"),
    ],
)
def test_numbers_have_no_more_digits_than_they_need(value: int | Decimal, words: str) -> None:
    assert filters.number(value) == words


def test_what_is_not_known_is_said_in_words() -> None:
    assert {
        filters.day(None),
        filters.day_short(None),
        filters.clock(None),
        filters.moment(None),
        filters.hours(None),
        filters.percent(None),
        filters.percent(Share(0, 0)),
        filters.number(None),
        filters.month_title(None),
    } == {"not known"}


def test_a_count_takes_the_right_noun() -> None:
    assert [filters.plural(count, "shift") for count in (0, 1, 2)] == ["0 shifts", "1 shift", "2 shifts"]
    assert filters.plural(3, "bus", "buses") == "3 buses"


def test_a_month_has_its_title() -> None:
    assert filters.month_title(Month(2026, 10)) == "October 2026"


def test_a_name_is_kept_from_turning_round_what_follows() -> None:
    assert filters.isolated("<مريم>") == "<bdi>&lt;مريم&gt;</bdi>"


def test_a_rate_exactly_on_target_is_within() -> None:
    assert figure(5, 100).words == "within 5%"


def test_a_rate_over_target_says_so() -> None:
    assert (figure(51, 1000).value, figure(51, 1000).words) == ("5.1%", "over 5%")


def test_a_rate_of_no_duty_is_not_known_and_not_zero() -> None:
    assert (figure(0, 0).value, figure(0, 0).words) == ("not known", "no duty recorded")


def test_a_long_list_shows_its_ends_and_the_pages_around_this_one() -> None:
    where = parts.pagination(Page(7, 100), 1240, "shifts", "/{}".format)
    assert [page.number for page in where.pages] == [1, None, 6, 7, 8, None, 13]
    assert (where.previous_href, where.next_href) == ("/6", "/8")
    assert where.words == "601 to 700 of 1,240 shifts"


def test_the_last_page_ends_with_the_last_thing_and_has_no_next() -> None:
    where = parts.pagination(Page(2, 100), 130, "shifts", "/{}".format)
    assert (where.words, where.next_href) == ("101 to 130 of 130 shifts", "")


def test_a_page_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no page 3"):
        parts.pagination(Page(3, 100), 130, "shifts", "/{}".format)


def test_a_coverage_just_under_what_is_asked_does_not_read_as_enough() -> None:
    assert filters.percent_beside(Share(8_996, 10_000), 90) == "89.96%"
    assert filters.percent_beside(Share(821, 1_000), 90) == "82.1%"


@pytest.mark.parametrize(
    ("abstracted", "denominator", "words"),
    [
        (124, 1000, "12.4%, within 20%"),
        (200, 1000, "20.0%, within 20%"),
        (210, 1000, "21.0%, over 20%"),
        (2_001, 10_000, "20.01%, over 20%"),
        (20_001, 100_000, "20.001%, over 20%"),
        (0, 1000, "0.0%, within 20%"),
        (0, 0, "not known, no duty recorded"),
    ],
)
def test_a_rate_in_words_says_number_and_meaning(abstracted: int, denominator: int, words: str) -> None:
    found = parts.Figure("PCSOs", Share(abstracted, denominator), 20, "basis", "local, 2008", "/records")
    assert f"{found.value}, {found.words}" == words
