"""The law of problem records."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.statistics import Windows, count_change, fall_needed
from npt.problems.rules import (
    Analysis,
    Assessment,
    BadMark,
    Bearing,
    Counted,
    Hypothesis,
    Involvement,
    Marks,
    MeasureKind,
    Outcome,
    Response,
    Scanning,
    Source,
    SourceKind,
    Stage,
    Triangle,
    Use,
    WasDone,
    bearing_of,
    lacks_of,
    noticed_by_default,
)

DAY = date(2026, 11, 30)
NOT_INVOLVED = Involvement(False)
SCANNING = Scanning(
    "Mopeds race around the precinct",
    "Precinct car park",
    "Shoppers, and those who live above the shops",
    (Source(SourceKind.CALLS, "Fourteen calls"), Source(SourceKind.PATROL, "Seen on nine evenings")),
    why_this_one="It is the first thing that people name",
    involvement=NOT_INVOLVED,
)
ANALYSIS = Analysis(
    Triangle("a", "b", "c", "d", "e", "nobody"),
    (Hypothesis("The barrier stands open", "It has no lock", "They also come on foot"),),
    "A dispersal order",
    DAY,
    NOT_INVOLVED,
)
RESPONSE = Response(
    "Half as many calls",
    MeasureKind.INCIDENTS,
    baseline=Counted(DAY, DAY, 12),
    use=Use.CONTINUE,
    actions=1,
    involvement=NOT_INVOLVED,
)
ASSESSMENT = Assessment(
    WasDone.PARTLY,
    Counted(DAY, DAY, 4),
    displacement="None was seen",
    cost_words="40 hours",
    lessons="Ask the shops first",
    outcome=Outcome.REDUCED,
    involvement=NOT_INVOLVED,
)


def fields_lacking(part: Scanning | Analysis | Response | Assessment) -> list[str]:
    """The controls in which something is missing."""
    return [lack.field for lack in lacks_of(part)]


@pytest.mark.parametrize("part", [SCANNING, ANALYSIS, RESPONSE, ASSESSMENT])
def test_a_stage_that_is_complete_lacks_nothing(part: Scanning | Analysis | Response | Assessment) -> None:
    assert fields_lacking(part) == []


@pytest.mark.parametrize(
    ("part", "field"),
    [
        (replace(SCANNING, place=""), "place"),
        (replace(SCANNING, harmed=""), "harmed"),
        (replace(SCANNING, sources=()), "sources"),
        (replace(SCANNING, why_this_one=None), "why_this_one"),
        (replace(SCANNING, involvement=Involvement()), "is_involved"),
        (replace(SCANNING, involvement=Involvement(True)), "involved_how"),
        (replace(ANALYSIS, triangle=replace(ANALYSIS.triangle, handler=None)), "handler"),
        (replace(ANALYSIS, hypotheses=()), "hypotheses"),
        (replace(ANALYSIS, hypotheses=(Hypothesis("So", "this"),)), "hypotheses"),
        (replace(ANALYSIS, tried_before=None), "tried_before"),
        (replace(ANALYSIS, similar_seen_on=None), "similar"),
        (replace(RESPONSE, objective=None), "objective"),
        (replace(RESPONSE, measure=None), "measure"),
        (replace(RESPONSE, measure=MeasureKind.COUNTS), "measure_words"),
        (replace(RESPONSE, baseline=None), "baseline"),
        (replace(RESPONSE, use=None), "use"),
        (replace(RESPONSE, use=Use.USE_ELSEWHERE), "elsewhere"),
        (replace(RESPONSE, actions=0), "actions"),
        (replace(ASSESSMENT, was_done=None), "was_done"),
        (replace(ASSESSMENT, after=None), "after"),
        (replace(ASSESSMENT, displacement=None), "displacement"),
        (replace(ASSESSMENT, cost_words=None), "cost_words"),
        (replace(ASSESSMENT, lessons=None), "lessons"),
        (replace(ASSESSMENT, outcome=None), "outcome"),
    ],
)
def test_a_stage_says_what_it_lacks(part: Scanning | Analysis | Response | Assessment, field: str) -> None:
    assert fields_lacking(part) == [field]


def test_two_calls_are_one_kind_of_source_and_need_a_reason() -> None:
    calls = (Source(SourceKind.CALLS, "Fourteen calls"), Source(SourceKind.CALLS, "Three more"))
    assert fields_lacking(replace(SCANNING, sources=calls)) == ["one_source_reason"]
    assert not fields_lacking(replace(SCANNING, sources=calls, one_source_reason="Nobody else is there"))


def test_an_assessment_without_a_count_says_why_there_is_none() -> None:
    assert not fields_lacking(replace(ASSESSMENT, after=None, not_measured_why="The shop moved away"))


def test_stages_follow_each_other_until_a_problem_is_closed() -> None:
    assert [stage.next for stage in Stage] == [*list(Stage)[1:], None]
    assert [stage.is_open for stage in Stage] == [True, True, True, True, False]


def test_the_four_weeks_before_a_problem_was_raised_made_somebody_notice_it() -> None:
    assert noticed_by_default(DAY) == (date(2026, 11, 2), date(2026, 11, 29))
    assert Counted(*noticed_by_default(DAY), 0).days == 28


@pytest.mark.parametrize(
    ("before", "needed"), [(0, None), (5, None), (6, 0), (10, 2), (20, 8), (50, 31), (100, 73), (200, 161)]
)
def test_so_few_may_follow_that_a_fall_is_shown_in_equal_windows(before: int, needed: int | None) -> None:
    assert fall_needed(before, before_days=92, after_days=92) == needed


@given(before=st.integers(0, 150), before_days=st.integers(1, 400), after_days=st.integers(1, 400))
def test_one_more_than_the_fall_that_is_needed_shows_none(
    before: int, before_days: int, after_days: int
) -> None:
    needed = fall_needed(before, before_days=before_days, after_days=after_days)

    def shown(after: int) -> Bearing:
        change = count_change(Windows(before, after), before_days=before_days, after_days=after_days)
        return bearing_of(Outcome.REDUCED, change)

    assert shown(0 if needed is None else needed + 1) is Bearing.NOT_SHOWN
    assert needed is None or shown(needed) is Bearing.SHOWN


@pytest.mark.parametrize(
    ("outcome", "before", "after", "words"),
    [
        (Outcome.REDUCED, 25, 12, "Fewer incidents"),
        (Outcome.REDUCED, 9, 3, "Fewer incidents, not shown by the figures"),
        (Outcome.ELIMINATED, 5, 0, "Gone, not shown by the figures"),
        (Outcome.ELIMINATED, 9, 0, "Gone"),
        (Outcome.NO_CHANGE, 9, 3, "No detectable change"),
        (Outcome.NO_CHANGE, 25, 12, "No change, not shown by the figures"),
        (Outcome.WORSE, 12, 25, "Worse"),
        (Outcome.WORSE, 3, 9, "Worse, not shown by the figures"),
        (Outcome.REDUCED, 0, 0, "Fewer incidents, not shown by the figures"),
        (Outcome.PASSED_ON, 25, 12, "Passed to the right owner"),
    ],
)
def test_an_outcome_is_said_as_far_as_the_figures_bear_it(
    outcome: Outcome, before: int, after: int, words: str
) -> None:
    change = count_change(Windows(before, after), before_days=92, after_days=92)
    assert bearing_of(outcome, change).wording(outcome) == words


def test_without_a_test_fewer_is_not_shown() -> None:
    assert bearing_of(Outcome.REDUCED, None) is Bearing.NOT_SHOWN
    assert bearing_of(Outcome.LESS_SERIOUS, None) is Bearing.NOT_JUDGED


def test_analysis_and_assessment_count_double() -> None:
    assert Marks(1, 2, 3, 4).total == 1 + 4 + 3 + 8
    assert Marks(5, 5, 5, 5).total == Marks.BEST == 30


@pytest.mark.parametrize("mark", [-1, 6])
def test_a_mark_is_from_0_to_5(mark: int) -> None:
    with pytest.raises(BadMark) as refused:
        Marks(0, 0, mark, 0)
    assert refused.value.field == "response"
