"""Problems that may be the same as one, and those like it with what came of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from npt.kit.search_terms import terms_of
from npt.matters.models import Matter
from npt.organisation.queries import within
from npt.places.rules import Point
from npt.problem_search.rules import first_day_of_same, is_nearby, likeness
from npt.problem_search.search_index import TERMS_KEPT, terms_meant
from npt.problems.models import Problem, ProblemAssessment
from npt.problems.queries.lines import ProblemLine, lines_asked
from npt.problems.rules import Bearing, Outcome, Stage

#: Problems that are shown of each sort.
MOST_SHOWN = 4
#: The latest so many that are looked through.
_LOOKED_THROUGH = 300
#: What came of a problem that was not solved, whatever was done.
_FAILED = frozenset({Outcome.NO_CHANGE, Outcome.WORSE})


@dataclass(frozen=True, slots=True)
class Like:
    """A problem like another, and what others can learn from it."""

    line: ProblemLine
    lessons: str | None


@dataclass(frozen=True, slots=True)
class Similar:
    """What may be the same problem; and of those like it, what worked and what did not."""

    same: Sequence[ProblemLine]
    worked: Sequence[Like]
    failed: Sequence[Like]


def similar_to(session: Session, problem: Problem, paths: Collection[str], *, today: date) -> Similar:
    """What is like a problem, loaded with its matter, at and under the paths that a reader may see.

    The same: of its category, within 250 m or in the same street, open or closed in the last six months.
    Like it: closed, of its category or with words of its sentence; first whatever shares most words, then the
    latest. Two statements, each of which looks at the latest few hundred.
    """
    if not paths:
        return Similar((), (), ())
    like = _like(session, problem, paths)
    return Similar(
        _same(session, problem, paths, today),
        [each for each in like if not _has_failed(each.line)][:MOST_SHOWN],
        [each for each in like if _has_failed(each.line)][:MOST_SHOWN],
    )


def _has_failed(line: ProblemLine) -> bool:
    """Whether a problem was not solved, or nobody can show that it was."""
    return line.outcome in _FAILED or line.bearing is Bearing.NOT_SHOWN


def _same(session: Session, problem: Problem, paths: Collection[str], today: date) -> list[ProblemLine]:
    asked = lines_asked().add_columns(Problem.lat, Problem.lng)
    asked = asked.where(
        or_(*map(within, paths)),
        Problem.category_id == problem.category_id,
        Problem.id != problem.id,
        or_(Problem.stage != Stage.CLOSED, Matter.closed_on >= first_day_of_same(today)),
    )
    rows = session.execute(asked.order_by(Problem.id.desc()).limit(_LOOKED_THROUGH))
    here = (problem.place, problem.point)
    found = []
    for *cells, lat, lng in rows:
        line = ProblemLine(*cells)
        point = None if lat is None or lng is None else Point(lat, lng)
        if is_nearby(here, (line.place, point)):
            found.append(line)
    return found[:MOST_SHOWN]


def _like(session: Session, problem: Problem, paths: Collection[str]) -> list[Like]:
    terms = terms_of(problem.title)
    of_sort = Problem.category_id == problem.category_id
    if terms:
        ways = (tuple((term,) for term in sorted(terms)),)
        meant = terms_meant(session.get_bind().dialect.name, ways, is_whole=True)
        of_sort = or_(of_sort, Problem.id.in_(select(TERMS_KEPT.c.rowid).where(meant)))
    asked = lines_asked().add_columns(ProblemAssessment.lessons)
    asked = asked.outerjoin(ProblemAssessment, ProblemAssessment.problem_id == Problem.id).where(
        or_(*map(within, paths)),
        Problem.stage == Stage.CLOSED,
        Problem.outcome.is_not(None),
        Problem.id != problem.id,
        of_sort,
    )
    rows = session.execute(asked.order_by(Problem.id.desc()).limit(_LOOKED_THROUGH)).all()
    found = [Like(ProblemLine(*cells), lessons) for *cells, lessons in rows]
    return sorted(found, key=lambda each: -likeness(terms, terms_of(each.line.title)))
