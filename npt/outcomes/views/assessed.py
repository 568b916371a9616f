"""What the page of a problem says of what came of it, and of what went on meanwhile."""

from collections.abc import Iterator

from npt.kit.clock import days_in_words
from npt.kit.money import pounds_in_words
from npt.kit.shares import Share
from npt.matters.models import Matter
from npt.outcomes.queries.assessment import cost_of
from npt.outcomes.queries.cost import WhileOpen, while_open
from npt.outcomes.views.assessment import assessment_ways
from npt.outcomes.views.figures import figures_part
from npt.people.rules import RoleGroup
from npt.problems.models import Problem
from npt.problems.rules import MARK_WORDS, Stage
from npt.problems.views.parts import Part
from npt.webkit.filters import day, hours, percent, plural
from npt.webkit.visit import Visit


def came_of_it_part(visit: Visit[Matter], problem: Problem) -> Part:
    """What came of a problem, as far as it is known: the figures, and what its assessment says."""
    return Part(
        "outcomes/problem_part.html",
        {
            "stage": Stage.ASSESSMENT,
            "figures": figures_part(visit, problem),
            "ways": assessment_ways(visit, problem),
            "cost": cost_of(visit.session, problem),
            "pounds": pounds_in_words,
        },
    )


def scored_part(visit: Visit[Matter], problem: Problem) -> Part:
    """How to close a problem, how good its record is, and what went on while it was open."""
    return Part(
        "outcomes/after_part.html",
        {
            "ways": assessment_ways(visit, problem),
            "score": problem.scores[-1] if problem.scores else None,
            "score_marks": _marks(problem),
            "meanwhile": list(_meanwhile(while_open(visit.session, problem, today=visit.today), problem)),
        },
    )


def _marks(problem: Problem) -> list[tuple[str, int, str]]:
    """The latest marks, with what each means."""
    if not problem.scores:
        return []
    marks = problem.scores[-1].marks
    return [
        (stage.wording, getattr(marks, stage.value), MARK_WORDS[stage.value][getattr(marks, stage.value)])
        for stage in (Stage.SCANNING, Stage.ANALYSIS, Stage.RESPONSE, Stage.ASSESSMENT)
    ]


def _meanwhile(found: WhileOpen, problem: Problem) -> Iterator[str]:
    """What went on with its team while the problem was open, in sentences that name no cause."""
    unit = problem.matter.unit.name
    days = days_in_words(found.first, found.last)
    if not any(duty for _, duty in found.lost.values()):
        yield f"{days}: no duty of {unit} is recorded, so nobody knows what it lost to abstraction."
        return
    parts = ", ".join(
        f"{group.wording} {_rate(*found.lost[group])}" for group in RoleGroup if group in found.lost
    )
    yield (
        f"While it was open, {days}, {unit} lost {hours(found.minutes)} to abstraction ({parts})."
        f" Definition: {found.definition}."
    )
    if not found.slipped:
        yield "No action has slipped."
        return
    over = found.in_weeks_over
    late = "its day" if len(found.slipped) == 1 else "their days"
    yield (
        f"{plural(len(found.slipped), 'action')} slipped past {late},"
        f" {len(over):,} of them in a week in which abstraction was over target."
    )
    for each in over:
        groups = " and ".join(group.wording for group in each.over)
        ended = f"done on {day(each.ended_on)}" if each.ended_on else "not done yet"
        yield f"{each.what}: due {day(each.due_on)}, {ended}; {groups} over target that week."


def _rate(lost: int, duty: int) -> str:
    return f"{hours(lost)}, {percent(Share(lost, duty))}"
