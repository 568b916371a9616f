"""Strength against establishment.

The published figures are those of HMIC, Bedfordshire Police, September 2008.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.spans import Span
from npt.people.rules import PolicingRole, PostingKind
from npt.staffing.rules import RoleStaffing, days_in_strength, hours_to_type, read_hours, supervisory_ratio


def staffing(role: PolicingRole, strength: str, establishment: str | None) -> RoleStaffing:
    return RoleStaffing(role, Decimal(strength), None if establishment is None else Decimal(establishment))


@pytest.mark.parametrize(
    ("role", "strength", "establishment", "vacancy", "fill"),
    [
        pytest.param(PolicingRole.CONSTABLE, "22", "28", "6", "78.6", id="C constables"),
        pytest.param(PolicingRole.PCSO, "46", "54", "8", "85.2", id="C PCSOs"),
        pytest.param(PolicingRole.INSPECTOR, "3", "3", "0", "100.0", id="C inspectors"),
        pytest.param(PolicingRole.SERGEANT, "6", "7", "1", "85.7", id="C sergeants"),
        pytest.param(PolicingRole.CONSTABLE, "46", "48", "2", "95.8", id="J constables"),
        pytest.param(PolicingRole.PCSO, "60", "68", "8", "88.2", id="J PCSOs"),
        pytest.param(PolicingRole.INSPECTOR, "7", "7", "0", "100.0", id="J inspectors"),
        pytest.param(PolicingRole.SERGEANT, "13", "13", "0", "100.0", id="J sergeants"),
        pytest.param(PolicingRole.CONSTABLE, "68", "76", "8", "89.5", id="force constables"),
        pytest.param(PolicingRole.PCSO, "106", "122", "16", "86.9", id="force PCSOs"),
    ],
)
def test_the_published_tables_come_out_exactly(
    role: PolicingRole, strength: str, establishment: str, vacancy: str, fill: str
) -> None:
    found = staffing(role, strength, establishment)
    assert (found.vacancy, found.fill) == (Decimal(vacancy), Decimal(fill))


@pytest.mark.parametrize(
    ("constables", "pcsos", "sergeants", "ratio"),
    [
        pytest.param(22, 46, 6, "11.3", id="C on strength"),
        pytest.param(46, 60, 13, "8.2", id="J on strength"),
        pytest.param(28, 54, 7, "11.7", id="C on establishment"),
        pytest.param(48, 68, 13, "8.9", id="J on establishment"),
    ],
)
def test_the_published_supervisory_ratios_come_out(
    constables: int, pcsos: int, sergeants: int, ratio: str
) -> None:
    assert supervisory_ratio(Decimal(constables), Decimal(pcsos), Decimal(sergeants)) == Decimal(ratio)


def test_part_time_posts_are_counted_exactly() -> None:
    found = staffing(PolicingRole.CONSTABLE, "2.35", "3.50")
    assert (found.vacancy, found.fill) == (Decimal("1.15"), Decimal("67.1"))


def test_more_people_than_posts_is_a_negative_vacancy() -> None:
    assert staffing(PolicingRole.PCSO, "5", "4").vacancy == -1


def test_without_an_establishment_vacancy_and_fill_are_not_known() -> None:
    found = staffing(PolicingRole.SPECIAL, "130", None)
    assert (found.vacancy, found.fill) == (None, None)


def test_without_a_post_there_is_no_fill_but_a_vacancy() -> None:
    found = staffing(PolicingRole.VOLUNTEER, "78", "0")
    assert (found.vacancy, found.fill) == (Decimal(-78), None)


def test_without_a_sergeant_there_is_no_ratio() -> None:
    assert supervisory_ratio(Decimal(5), Decimal(5), Decimal(0)) is None


def test_a_ratio_with_an_unknown_figure_is_not_known() -> None:
    assert supervisory_ratio(Decimal(5), None, Decimal(1)) is None


def test_a_ratio_with_nobody_to_supervise_is_nought() -> None:
    assert supervisory_ratio(Decimal(0), Decimal(0), Decimal(1)) == 0


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("2", 120), ("2:30", 150), ("2.5", 150), ("2,25", 135), (" 0:05 ", 5), ("24", 1440), ("0.1", 6)],
)
def test_hours_are_read_as_people_write_them(typed: str, minutes: int) -> None:
    assert read_hours(typed) == minutes
    assert read_hours(hours_to_type(minutes)) == minutes


@pytest.mark.parametrize(
    "typed",
    ["", "two", "2:60", "24:01", "0", "0:00", "-1", "2.33", "2,33", "1,200", "2h", "1e1", "2:3", "100"],
)
def test_what_is_no_time_of_a_day_is_refused_with_what_to_write(typed: str) -> None:
    with pytest.raises(ValueError, match=r"write"):
        read_hours(typed)


# Student officers -------------------------------------------------------------------------------------------

OCTOBER = date(2026, 10, 1)
days = st.integers(0, 60).map(lambda number: OCTOBER + timedelta(days=number))


@given(days, st.none() | st.integers(0, 40), st.dictionaries(days, st.booleans(), max_size=5), days)
def test_a_student_officer_is_in_strength_on_the_days_whose_latest_rule_says_so(
    first: date, length: int | None, said: dict[date, bool], day: date
) -> None:
    span = Span(first, None if length is None else first + timedelta(days=length))
    rules = sorted(said.items())
    before = [is_counted for since, is_counted in rules if since <= day]
    is_in = [held for held in days_in_strength(PostingKind.STUDENT, span, rules) if held.covers(day)]
    assert len(is_in) == (span.covers(day) and bool(before) and before[-1])


@given(st.sampled_from([kind for kind in PostingKind if kind is not PostingKind.STUDENT]))
def test_every_other_posting_is_in_strength_on_all_of_its_days(kind: PostingKind) -> None:
    span = Span(OCTOBER)
    assert list(days_in_strength(kind, span, [(OCTOBER, False)])) == [span]
