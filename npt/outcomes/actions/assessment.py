"""What is said of what came of a response."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.kit.clock import local_day
from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.kit.statistics import Windows
from npt.outcomes.queries.figures_shown import Shown, shown_of
from npt.outcomes.rules import check_after
from npt.problems.actions.holding import hold_problem
from npt.problems.actions.kept import PAIRS, counted_pairs
from npt.problems.actions.stages import send_said, tell_involved
from npt.problems.models import Problem, ProblemAssessment
from npt.problems.rules import (
    LONGEST_TEXT,
    LONGEST_WORDS,
    BadWindows,
    Bearing,
    Involvement,
    Outcome,
    StageRefused,
    WasDone,
    Window,
    bearing_of,
    words_of,
)
from npt.store.constraints import refusing
from npt.store.versions import check_version
from npt.work.rules import check_cost


class BadCounts(Refusal):
    """One of two counts was given, or counts of an area that nobody named."""


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """What is said of what came of it. Counts None where nobody knows them, or incidents are counted."""

    was_done: WasDone | None
    was_done_how: str | None
    after_from: date | None
    after_to: date | None
    after_count: int | None
    not_measured_why: str | None
    #: before and after, by the names of `PAIRS`
    pairs: dict[str, tuple[int | None, int | None]]
    displacement: str | None
    cost_pence: int | None
    cost_words: str | None
    lessons: str | None
    outcome: Outcome | None
    involvement: Involvement


def say_assessment(
    session: Session, problem: Problem, *, facts: AssessmentFacts, stamp: Stamp, expected_version: int
) -> None:
    """Say what came of the response; whether the figures bear it is found out.

    StaleRecord, StageRefused for a closed problem, BadWindows, BadCounts, BadCost, BadProblemText.
    """
    hold_problem(session, problem)
    said = problem.assessment or ProblemAssessment(version=0)
    check_version(said, expected_version)
    if not problem.stage.is_open:
        raise StageRefused("It is closed: change its stage first, and say why it is opened again.")
    _take_windows(problem, said, facts, local_day(stamp.now))
    _take_counts(problem, said, facts)
    said.was_done = facts.was_done
    said.was_done_how = words_of(facts.was_done_how, LONGEST_TEXT, "was_done_how")
    said.displacement = words_of(facts.displacement, LONGEST_TEXT, "displacement")
    check_cost(facts.cost_pence)
    said.cost_pence = facts.cost_pence
    said.cost_words = words_of(facts.cost_words, LONGEST_WORDS, "cost_words")
    said.lessons = words_of(facts.lessons, LONGEST_TEXT, "lessons")
    tell_involved(said, facts.involvement)
    problem.assessment = said
    send_said(session, said, "lessons")
    judge(problem, facts.outcome, shown_of(session, problem))
    with refusing(session):
        session.flush()


def judge(problem: Problem, outcome: Outcome | None, shown: Shown) -> None:
    """Say what came of a problem, and whether the figures, as they are now, bear it."""
    problem.outcome, problem.bearing = outcome, outcome and borne(outcome, shown)


def borne(outcome: Outcome, shown: Shown) -> Bearing:
    """Whether the figures, as they are now, bear an outcome."""
    return bearing_of(outcome, None if shown.figures is None else shown.figures.change)


def _take_windows(problem: Problem, said: ProblemAssessment, facts: AssessmentFacts, today: date) -> None:
    first, last = facts.after_from, facts.after_to
    check_day(first, "after_from")
    check_day(last, "after_to")
    if first is None or last is None:
        if first != last:
            missing = "after_from" if first is None else "after_to"
            raise BadWindows("Give the first day and the last, or neither.", field=missing)
    else:
        baseline = None if problem.response is None else problem.response.baseline
        check_after(Window(first, last), baseline, today)
    said.after_from, said.after_to = first, last
    said.not_measured_why = words_of(facts.not_measured_why, LONGEST_WORDS, "not_measured_why")


def _take_counts(problem: Problem, said: ProblemAssessment, facts: AssessmentFacts) -> None:
    response, counted = problem.response, counted_pairs(problem)
    is_counted = response is not None and response.is_counted
    said.after_count = None if is_counted else facts.after_count
    for name in PAIRS:
        before, after = (None, None) if name in counted else facts.pairs[name]
        if (before is None) != (after is None):
            raise BadCounts(
                "Give both counts, before and after, or neither.",
                field=f"{name}_{'before' if before is None else 'after'}",
            )
        if before is not None and after is not None:
            Windows(before, after).check(f"{name}_")
            _check_named(problem, name)
        setattr(said, f"{name}_before", before)
        setattr(said, f"{name}_after", after)


def _check_named(problem: Problem, name: str) -> None:
    response = problem.response
    named = response is not None and (response.elsewhere_unit_id is not None or response.elsewhere_words)
    if name == "elsewhere" and not named:
        raise BadCounts(
            "The response names no area to compare with: name it there first.", field="elsewhere_before"
        )
