"""What is said of a problem at each stage, as the rules look at it, and what is missing there."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.problems.models import Problem
from npt.problems.rules import (
    Analysis,
    Assessment,
    Counted,
    Involvement,
    Lack,
    Response,
    Scanning,
    Stage,
    Triangle,
    Window,
    lacks_of,
)
from npt.work.models import Action
from npt.work.rules import ActionState, MatterStage


def lacks_at(session: Session, problem: Problem, stage: Stage) -> list[Lack]:
    """What is missing before the problem may leave the stage. A statement at most."""
    actions = response_actions(session, [problem]) if stage is Stage.RESPONSE else {}
    return lacks_with(problem, stage, actions.get(problem.matter_id, 0))


def lacks_with(problem: Problem, stage: Stage, actions: int) -> list[Lack]:
    """The same of a problem whose response has so many actions."""
    match stage:
        case Stage.SCANNING:
            return lacks_of(scanning_of(problem))
        case Stage.ANALYSIS:
            return lacks_of(analysis_of(problem))
        case Stage.RESPONSE:
            return lacks_of(response_of(problem, actions))
        case Stage.ASSESSMENT:
            return lacks_of(assessment_of(problem))
        case Stage.CLOSED:
            return []


def response_actions(session: Session, problems: Collection[Problem]) -> dict[int, int]:
    """How many actions the response of each has that were not dropped, by matter; none are left out."""
    asked = select(Action.matter_id, func.count()).where(
        Action.matter_id.in_([each.matter_id for each in problems]),
        Action.stage == MatterStage.RESPONSE,
        Action.state != ActionState.DROPPED,
    )
    rows = session.execute(asked.group_by(Action.matter_id))
    return {matter_id: count for matter_id, count in rows if matter_id is not None}


def scanning_of(problem: Problem) -> Scanning:
    """What is said while scanning."""
    said = problem.scanning
    return Scanning(
        problem.title,
        problem.place,
        problem.harmed,
        [each.source for each in problem.sources],
        None if said is None else said.one_source_reason,
        None if said is None else said.why_this_one,
        Involvement() if said is None else said.involvement,
    )


def analysis_of(problem: Problem) -> Analysis:
    """What the analysis has found."""
    said = problem.analysis
    return Analysis(
        Triangle() if said is None else said.triangle,
        [each.hypothesis for each in problem.hypotheses],
        None if said is None else said.tried_before,
        None if said is None else said.similar_seen_on,
        Involvement() if said is None else said.involvement,
    )


def response_of(problem: Problem, actions: int) -> Response:
    """What is to be reached, and how one will know."""
    said = problem.response
    if said is None:
        return Response(actions=actions)
    return Response(
        said.objective,
        said.measure,
        said.measure_words,
        _baseline(problem),
        said.use,
        said.elsewhere_unit_id is not None or bool(said.elsewhere_words),
        actions,
        said.involvement,
    )


def _baseline(problem: Problem) -> Counted | None:
    """The count before, as far as a stage asks for it: incidents are counted where they are shown."""
    said = problem.response
    return None if said is None else _counted(said.baseline, said.baseline_count, is_counted=said.is_counted)


def _after(problem: Problem) -> Counted | None:
    """The count after, as far as the stage asks for it; see `_baseline`."""
    said, response = problem.assessment, problem.response
    is_counted = response is not None and response.is_counted
    return None if said is None else _counted(said.after, said.after_count, is_counted=is_counted)


def _counted(window: Window | None, entered: int | None, *, is_counted: bool) -> Counted | None:
    if window is None or (entered is None and not is_counted):
        return None
    return window.counted(entered or 0)


def assessment_of(problem: Problem) -> Assessment:
    """What came of it."""
    said = problem.assessment
    if said is None:
        return Assessment(outcome=problem.outcome)
    return Assessment(
        said.was_done,
        _after(problem),
        said.not_measured_why,
        said.displacement,
        said.cost_words,
        said.lessons,
        problem.outcome,
        said.involvement,
    )
