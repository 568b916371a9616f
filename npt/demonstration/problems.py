"""Problem records of the demonstration: three a team, one early, one at work, one closed."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from npt.categories.models import Category
from npt.categories.queries import categories
from npt.demonstration.calendar import at
from npt.demonstration.chance import stream
from npt.demonstration.everyday_problems import STORIES
from npt.demonstration.ground import sites
from npt.demonstration.places import FORCE_CODE, SHOWN_TEAM
from npt.demonstration.places import teams as planned
from npt.demonstration.problem_stories import ESTATE, OPERATION, Story
from npt.exemplars.models import Exemplar
from npt.exemplars.rules import LONGEST_TITLE, Focus, Scale
from npt.kit.statistics import Windows, count_change
from npt.matters.models import Matter
from npt.matters.rules import MatterKind
from npt.organisation.models import Unit
from npt.organisation.queries import units_under
from npt.organisation.rules import Level
from npt.people.queries import members_of
from npt.problems.models import (
    Problem,
    ProblemAnalysis,
    ProblemAssessment,
    ProblemHypothesis,
    ProblemMove,
    ProblemResponse,
    ProblemScanning,
    ProblemSource,
)
from npt.problems.rules import Bearing, MeasureKind, Stage, Use, WasDone, bearing_of, noticed_by_default
from npt.work.models import Action
from npt.work.rules import ActionState, MatterStage, Owner, OwnerKind

#: Days before and after a response that are counted.
_WINDOW = 84
#: The team of the operation: the estates of its town had most burglaries.
_OPERATION_TEAM = "J64"
#: By stage, how many days ago such a problem was raised.
_AGES = {
    Stage.SCANNING: (2, 20),
    Stage.ANALYSIS: (20, 60),
    Stage.RESPONSE: (60, 150),
    Stage.ASSESSMENT: (200, 260),
    Stage.CLOSED: (260, 400),
}
#: Days from one stage to the next.
_STEPS = {Stage.ANALYSIS: 14, Stage.RESPONSE: 35, Stage.ASSESSMENT: 150, Stage.CLOSED: 170}


def record_problems(session: Session, seed: int, today: date) -> None:
    """Record three problems of every team, with their actions."""
    known = {each.code: each for each in categories(session)}
    places = {team.code: [(each.code, each.name) for each in team.neighbourhoods] for team in planned()}
    told: list[tuple[Story, Problem, Random]] = []
    for team in units_under(session, f"{FORCE_CODE}/", as_at=today, level=Level.TEAM):
        chance = stream(seed, "problems", team.code)
        owners = [each.member.id for each in members_of(session, team.path, today)]
        if not owners:
            continue
        for story, stage in _chosen(chance, team.code):
            neighbourhood = chance.choice(places[team.code])  # code and name
            told.append(
                (story, _problem(chance, team, owners, neighbourhood, story, stage, known, today), chance)
            )
    problems = [problem for _, problem, _ in told]
    session.add_all(problems)
    session.flush()
    for problem in problems:
        problem.matter.reference = MatterKind.PROBLEM.reference(problem.matter.id)
    session.flush()
    session.add_all(
        _exemplar(story, problem) for story, problem, chance in told if _is_told(chance, story, problem)
    )
    rows = [row for story, problem, chance in told for row in _actions(chance, story, problem, today)]
    session.execute(insert(Action), rows)


def _chosen(chance: Random, team: str) -> Iterator[tuple[Story, Stage]]:
    """What a team's three problems are, and how far each has come."""
    early, working, closed = chance.sample(STORIES, 3)
    yield early, chance.choice((Stage.SCANNING, Stage.ANALYSIS))
    yield working, chance.choice((Stage.RESPONSE, Stage.ASSESSMENT))
    yield {SHOWN_TEAM: ESTATE, _OPERATION_TEAM: OPERATION}.get(team, closed), Stage.CLOSED


def _problem(
    chance: Random,
    team: Unit,
    owners: Sequence[int],
    neighbourhood: tuple[str, str],
    story: Story,
    stage: Stage,
    known: dict[str, Category],
    today: date,
) -> Problem:
    raised = today - timedelta(days=chance.randint(*_AGES[stage]))
    code, name = neighbourhood
    point = sites()[code]
    problem = Problem(
        matter=Matter(
            kind=MatterKind.PROBLEM,
            title=f"{story.title}, {name}",
            unit=team,
            opened_on=raised,
            reference=f"~{uuid4().hex}",
        ),
        category=known[story.category],
        stage=stage,
        place=f"{story.place}, {name}",
        place_kind=story.place_kind,
        # Somewhere near the middle of the neighbourhood, within its bounds.
        lat=point.lat + chance.randint(-9_000, 9_000),
        lng=point.lng + chance.randint(-9_000, 9_000),
        radius=500,
        noticed=story.noticed,
        harmed=story.harmed,
        recorded_at=at(raised, 14),
        sources=[ProblemSource(kind=kind, words=words) for kind, words in story.sources],
        scanning=ProblemScanning(
            why_this_one="It harms more people than anything else raised this quarter.",
            is_involved=True,
            involved_how=story.community,
        ),
    )
    problem.owner = Owner(OwnerKind.MEMBER, chance.choice(owners))
    _say(problem, story, raised)
    return problem


def _say(problem: Problem, story: Story, raised: date) -> None:
    """What is said at the stages that the problem has come to, and that it came to them."""
    stage = problem.stage
    problem.moves = [
        ProblemMove(stage_before=before, stage_after=after, at=at(raised + timedelta(days=_STEPS[after]), 10))
        for before, after in zip(list(Stage), list(Stage)[1:], strict=False)
        if after.number <= stage.number
    ]
    if stage.number > Stage.SCANNING.number:
        _analyse(problem, story, raised)
    if stage.number > Stage.ANALYSIS.number:
        _respond(problem, story, raised)
    if stage.number > Stage.ASSESSMENT.number:
        _assess(problem, story, raised)


def _analyse(problem: Problem, story: Story, raised: date) -> None:
    names = ("victim", "guardian", "offender", "handler", "location", "manager")
    sides: dict[str, Any] = dict(zip(names, story.sides, strict=True))
    problem.analysis = ProblemAnalysis(
        **sides,
        tried_before="Extra patrols for two weeks, after which it came back.",
        similar_seen_on=raised + timedelta(days=_STEPS[Stage.ANALYSIS]),
        is_involved=True,
        involved_how=story.community,
    )
    words, supports, weakens = story.why
    problem.hypotheses = [ProblemHypothesis(words=words, supports=supports, weakens=weakens)]


def _respond(problem: Problem, story: Story, raised: date) -> None:
    first, last = noticed_by_default(raised)
    problem.response = ProblemResponse(
        objective=story.objective,
        measure=MeasureKind.COUNTS,
        measure_words=story.counted,
        noticed_from=first,
        noticed_to=last,
        baseline_from=first - timedelta(days=_WINDOW),
        baseline_to=first - timedelta(days=1),
        baseline_count=story.before,
        use=Use.CONTINUE,
        is_involved=False,
    )


def _assess(problem: Problem, story: Story, raised: date) -> None:
    ended = raised + timedelta(days=_STEPS[Stage.ASSESSMENT])
    problem.assessment = ProblemAssessment(
        was_done=WasDone.AS_PLANNED,
        was_done_how="Each action by its day, or a week after it.",
        after_from=ended - timedelta(days=_WINDOW),
        after_to=ended - timedelta(days=1),
        after_count=story.after,
        displacement=story.displacement,
        cost_words=story.cost,
        lessons=story.lessons,
        is_involved=True,
        involved_how=story.community,
    )
    change = count_change(Windows(story.before, story.after), before_days=_WINDOW, after_days=_WINDOW)
    problem.outcome = story.outcome
    problem.bearing = bearing_of(story.outcome, change) if story.outcome.is_of_figures else Bearing.NOT_JUDGED
    problem.matter.closed_on = raised + timedelta(days=_STEPS[Stage.CLOSED])


def _is_told(chance: Random, story: Story, problem: Problem) -> bool:
    """Whether the library has it: the two that were published, and one closed problem in four."""
    return problem.stage is Stage.CLOSED and (story in (ESTATE, OPERATION) or chance.random() < 0.25)


#: What most was done for, by category.
_FOCUS = {
    "asb": Focus.PLACE,
    "burglary": Focus.PARTNERSHIP,
    "noise": Focus.ENFORCEMENT,
    "other": Focus.SUPPORT,
    "parking": Focus.PARTNERSHIP,
}


def _exemplar(story: Story, problem: Problem) -> Exemplar:
    return Exemplar(
        problem_id=problem.id,
        title=story.title[:LONGEST_TITLE],
        problem_words=f"{story.harmed}. {story.why[0]}.",
        solution=". ".join(what for what, _ in story.actions) + ".",
        outcomes=f"{story.counted}: {story.before} before, {story.after} after. {story.lessons}",
        contact=f"Neighbourhood team, {problem.matter.unit.name}",
        focus=_FOCUS.get(story.category, Focus.PREVENTION),
        partners=None,
        starts_on=problem.raised_on,
        scale=Scale.TEAM if story is OPERATION else Scale.PLACE,
        marked_at=problem.recorded_at,
    )


def _actions(chance: Random, story: Story, problem: Problem, today: date) -> Iterator[dict[str, Any]]:
    """The actions of a response: done where it was assessed, else some of them."""
    if problem.stage.number <= Stage.ANALYSIS.number:
        return
    start = problem.matter.opened_on + timedelta(days=_STEPS[Stage.RESPONSE])
    is_over = problem.stage is not Stage.RESPONSE
    for number, (what, pounds) in enumerate(story.actions, start=1):
        is_done = is_over or chance.random() < 0.4
        day = start + timedelta(days=10 * number)
        due_on = day if is_done else today + timedelta(days=chance.randint(-9, 30))
        yield {
            "unit_id": problem.matter.unit_id,
            "matter_id": problem.matter.id,
            "reference": str(number),
            "what": what,
            "due_on": due_on,
            "state": ActionState.DONE if is_done else ActionState.UNDER_WAY,
            "ended_on": min(day, today) if is_done else None,
            "result": "Done as agreed." if is_done else None,
            "cost_pence": None if pounds is None else pounds * 100,
            "stage": MatterStage.RESPONSE,
            "set_at": at(start, 11),
            **problem.owner.columns,
        }
