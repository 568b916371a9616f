"""The structure of a force: levels, codes, paths, opening and closing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.spans import EndsBeforeItStarts, Span
from npt.organisation.rules import (
    AlreadyClosed,
    BadCode,
    Level,
    Lineage,
    OutsideParentDates,
    PriorityClassOutOfPlace,
    StillHasOpenUnits,
    WrongParent,
    WrongSuccessor,
    check_closing,
    check_code,
    check_parent,
    check_priority_class,
    check_successor,
    check_within,
    subtree_bounds,
)

SINCE_APRIL = Span(date(2026, 4, 1))
TO_MAY = Span(date(2026, 4, 1), date(2026, 5, 31))

# Few characters, so that one code is often the beginning of another, and those that sort next to "/".
codes = st.text("A0.-_z", min_size=1, max_size=3).filter(lambda code: code.strip("._-") != "")
lineages = st.lists(codes, min_size=1, max_size=5).map(lambda several: Lineage(tuple(several)))


def test_the_levels_go_from_the_force_down_to_the_neighbourhood() -> None:
    assert [level.value for level in sorted(Level)] == ["force", "bcu", "area", "team", "neighbourhood"]


def test_a_level_lies_between_the_one_above_and_the_one_below() -> None:
    assert (Level.TEAM.above, Level.TEAM.below) == (Level.AREA, Level.NEIGHBOURHOOD)


def test_nothing_lies_above_a_force_or_below_a_neighbourhood() -> None:
    assert (Level.FORCE.above, Level.NEIGHBOURHOOD.below) == (None, None)


@pytest.mark.parametrize("level", Level)
def test_a_level_reads_differently_for_one_and_for_several(level: Level) -> None:
    assert level.plural == level.wording + "s"


@pytest.mark.parametrize("code", ["C", "c1", "LU-01.a_b", "x" * 20])
def test_a_code_of_letters_digits_dots_underscores_and_hyphens_is_accepted(code: str) -> None:
    check_code(code)


@pytest.mark.parametrize("code", ["", "x" * 21, "C/1", "C 1", "Ä", "C\n", "..", ".", "-", "=1", "C١"])
def test_any_other_code_is_refused(code: str) -> None:
    with pytest.raises(BadCode):
        check_code(code)


def test_a_refused_code_belongs_to_its_column() -> None:
    with pytest.raises(BadCode) as refused:
        check_code("C 1")
    assert refused.value.field == "code"


def test_a_path_is_the_codes_from_the_force_down_each_followed_by_a_slash() -> None:
    assert Lineage(("BEDS", "C", "C1")).path == "BEDS/C/C1/"


@given(lineages)
def test_a_path_reads_back_as_it_is_written(lineage: Lineage) -> None:
    assert Lineage.parse(lineage.path) == lineage


@pytest.mark.parametrize("path", ["BEDS", "", "/", "A/B/C/D/E/F/", "A//B/"])
def test_what_is_not_a_path_is_refused(path: str) -> None:
    with pytest.raises((ValueError, BadCode)):
        Lineage.parse(path)


def test_the_depth_of_a_path_tells_the_level() -> None:
    assert Lineage(("BEDS", "C", "C1", "C11")).level is Level.TEAM


def test_a_force_has_no_parent_and_no_ancestors() -> None:
    force = Lineage(("BEDS",))
    assert (force.parent, force.ancestors) == (None, ())


def test_the_ancestors_of_a_unit_come_force_first() -> None:
    assert [above.code for above in Lineage(("BEDS", "C", "C1")).ancestors] == ["BEDS", "C"]


@given(lineages.filter(lambda lineage: lineage.level is not Level.NEIGHBOURHOOD), codes)
def test_a_unit_is_the_parent_of_its_child_and_holds_it(lineage: Lineage, code: str) -> None:
    child = lineage.child(code)
    assert child.parent == lineage
    assert lineage.holds(child)
    assert not child.holds(lineage)


@given(lineages, lineages)
def test_the_bounds_of_a_subtree_hold_exactly_the_unit_and_what_lies_under_it(
    one: Lineage, other: Lineage
) -> None:
    lower, upper = subtree_bounds(one.path)
    assert (lower.encode() <= other.path.encode() < upper.encode()) == one.holds(other)


@pytest.mark.parametrize(
    "neighbour", ["BEDS/C10/", "BEDS/C-1/", "BEDS/C.1/", "BEDS/C0/", "BEDS/C_/", "BEDS/c/"]
)
def test_a_code_that_only_begins_alike_is_outside_the_subtree(neighbour: str) -> None:
    lower, upper = subtree_bounds("BEDS/C/")
    assert not lower <= neighbour < upper


def test_the_bounds_of_half_a_path_are_refused() -> None:
    with pytest.raises(ValueError, match="does not end with"):
        subtree_bounds("BEDS/C")


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("parent", [None, *Level])
def test_a_unit_lies_directly_under_the_level_above_and_nowhere_else(
    level: Level, parent: Level | None
) -> None:
    if parent is level.above:
        check_parent(level, parent)
    else:
        with pytest.raises(WrongParent):
            check_parent(level, parent)


def test_a_wrong_parent_says_which_level_to_name() -> None:
    with pytest.raises(WrongParent, match="name its area"):
        check_parent(Level.TEAM, Level.BCU)


@pytest.mark.parametrize("priority_class", [None, 1, 4])
def test_a_neighbourhood_may_have_a_priority_class_from_1_to_4(priority_class: int | None) -> None:
    check_priority_class(Level.NEIGHBOURHOOD, priority_class)


@pytest.mark.parametrize("priority_class", [0, 5])
def test_a_priority_class_outside_1_to_4_is_refused(priority_class: int) -> None:
    with pytest.raises(PriorityClassOutOfPlace):
        check_priority_class(Level.NEIGHBOURHOOD, priority_class)


def test_a_team_has_no_priority_class() -> None:
    with pytest.raises(PriorityClassOutOfPlace):
        check_priority_class(Level.TEAM, 1)


def test_a_unit_may_stand_exactly_as_long_as_its_parent() -> None:
    check_within(TO_MAY, "C1", TO_MAY, OutsideParentDates)


@pytest.mark.parametrize(
    ("span", "field"),
    [
        (Span(date(2026, 3, 31), date(2026, 5, 31)), "opened_on"),
        (Span(date(2026, 6, 1)), "parent"),
        (Span(date(2026, 4, 1)), "closed_on"),
        (Span(date(2026, 4, 1), date(2026, 6, 1)), "closed_on"),
    ],
)
def test_a_unit_that_stands_on_a_day_without_its_parent_is_refused(span: Span, field: str) -> None:
    with pytest.raises(OutsideParentDates) as refused:
        check_within(span, "C1", TO_MAY, OutsideParentDates)
    assert refused.value.field == field


def test_a_unit_may_close_on_the_day_it_opened() -> None:
    check_closing("C1", SINCE_APRIL, date(2026, 4, 1), [])


def test_a_unit_closes_once() -> None:
    with pytest.raises(AlreadyClosed, match="closed on 31 May 2026"):
        check_closing("C1", TO_MAY, date(2026, 6, 30), [])


def test_a_unit_does_not_close_before_it_opened() -> None:
    with pytest.raises(EndsBeforeItStarts):
        check_closing("C1", SINCE_APRIL, date(2026, 3, 31), [])


def test_a_unit_does_not_close_while_units_under_it_stand_longer() -> None:
    with pytest.raises(StillHasOpenUnits, match="close C12, C13 on or before"):
        check_closing(
            "C1",
            SINCE_APRIL,
            date(2026, 5, 31),
            [("C13", SINCE_APRIL), ("C11", TO_MAY), ("C12", SINCE_APRIL)],
        )


def test_a_successor_may_open_on_the_day_after() -> None:
    check_successor("C1", Level.AREA, date(2026, 5, 31), "C2", Level.AREA, Span(date(2026, 6, 1)))


def test_a_unit_that_has_long_stood_may_take_over() -> None:
    check_successor("C1", Level.AREA, date(2026, 5, 31), "C2", Level.AREA, SINCE_APRIL)


@pytest.mark.parametrize(
    ("successor", "level", "stands"),
    [
        ("C1", Level.AREA, SINCE_APRIL),
        ("C2", Level.TEAM, SINCE_APRIL),
        ("C2", Level.AREA, Span(date(2026, 6, 2))),
        ("C2", Level.AREA, TO_MAY),
    ],
)
def test_a_successor_is_another_unit_of_the_level_that_is_open_the_day_after(
    successor: str, level: Level, stands: Span
) -> None:
    with pytest.raises(WrongSuccessor):
        check_successor("C1", Level.AREA, date(2026, 5, 31), successor, level, stands)
