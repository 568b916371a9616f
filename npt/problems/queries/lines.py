"""Problems as lines of a list, as many as anybody looks through; what else there is has to be asked for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, select
from sqlalchemy.orm import Session

from npt.categories.models import Category
from npt.kit.paging import OWN_ORDER, Page, Part, Sorting
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Lineage, subtree_bounds
from npt.problems.models import Problem, ProblemAssessment
from npt.problems.queries.waits import WaitsOn, waits
from npt.problems.rules import Bearing, Outcome, PlaceKind, Stage
from npt.store.batches import batches
from npt.store.paging import Sortable, paged_up_to, sorted_by
from npt.work.models import Action
from npt.work.queries import OwnerLine, owner_name, owner_names, with_owner
from npt.work.rules import OPEN_STATES, Owner

#: The most problems that one list goes through, page by page; a file has all.
MOST_LISTED = 1_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Which problems are asked for; all of them unless something is said."""

    stages: frozenset[Stage] = frozenset(Stage)
    #: the code of the category
    category: str | None = None
    owner: Owner | None = None
    outcome: Outcome | None = None
    bearing: Bearing | None = None
    #: raised on a day from the first to the last
    raised_from: date | None = None
    raised_to: date | None = None
    waits_on: WaitsOn | None = None
    place_kind: PlaceKind | None = None
    #: costs at least so many pence, and at most
    least_pence: int | None = None
    most_pence: int | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is said."""
        return self == Asked()


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem in a list."""

    id: int
    reference: str
    title: str
    unit_code: str
    unit_name: str
    category: str
    stage: Stage
    is_unproved: bool
    place: str
    raised_on: date
    closed_on: date | None
    owner_name: str
    outcome: Outcome | None
    bearing: Bearing | None
    #: how many of its actions are still to be done, and how many of those are overdue
    to_do: int = 0
    overdue: int = 0

    @property
    def outcome_words(self) -> str | None:
        """What came of it, as it may be said; None until somebody says."""
        if self.outcome is None or self.bearing is None:
            return None
        return self.bearing.wording(self.outcome)

    def age(self, today: date) -> int:
        """The days that it has been open, or was."""
        return ((self.closed_on or today) - self.raised_on).days


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list, and whether there are more than the list goes through."""

    part: Part[ProblemLine]
    has_more: bool


NEVER = false()
#: A force and a BCU, by the units in their paths.
_WIDE = 2
#: What a list of problems may be sorted by.
SORTABLE: dict[str, Sortable] = {
    "title": Matter.title,
    "category": Category.position,
    "raised": Matter.opened_on,
    "closed": Matter.closed_on,
    "owner": owner_name(),
}


def lines_asked() -> Select[*tuple[Any, ...]]:
    """The statement that asks for problems as lines of a list."""
    asked = (
        select(
            Problem.id,
            Matter.reference,
            Matter.title,
            Unit.code,
            Unit.name,
            Category.name,
            Problem.stage,
            Problem.is_unproved,
            Problem.place,
            Matter.opened_on,
            Matter.closed_on,
            owner_name(),
            Problem.outcome,
            Problem.bearing,
        )
        .select_from(Problem)
        .join(Problem.matter)
        .join(Matter.unit)
        .join(Problem.category)
    )
    return with_owner(asked, Problem)


def problems_at(
    session: Session,
    path: str,
    asked: Asked,
    *,
    today: date,
    page: Page,
    sorting: Sorting = OWN_ORDER,
    sign_off_asked: ColumnElement[bool] = NEVER,
) -> Listed:
    """One page of the problems of the unit at `path` and under it, the latest first. Three statements.

    `sign_off_asked`: the condition that whoever raised it has been asked whether a problem is solved.
    """
    here = at_unit(session, path)
    fitting = tuple(conditions(asked, today, sign_off_asked))
    found = listed(session, lambda each: each.where(here, *fitting), page, sorting)
    return Listed(found.part.of(with_actions(session, found.part.rows, today)), found.has_more)


def at_unit(session: Session, path: str) -> ColumnElement[bool]:
    """The condition that a problem, joined with its unit, is of the unit at `path` or of one under it.

    SQLite has no notion of how much lies under a path, and would gather all of a force's problems before it
    takes the first few of them: of a force or BCU it is kept from looking for units by their paths.
    """
    is_wide = len(Lineage.parse(path).codes) <= _WIDE
    if session.get_bind().dialect.name != "sqlite" or not is_wide:
        return within(path)
    lower, upper = subtree_bounds(path)
    spelt = Unit.path.concat("")
    return and_(spelt >= lower, spelt < upper)


def keys_asked() -> Select[int]:
    """The statement that asks for the same problems by their keys alone, as whoever counts them does."""
    return (
        select(Problem.id).select_from(Problem).join(Problem.matter).join(Matter.unit).join(Problem.category)
    )


def listed(
    session: Session,
    restricted: Callable[[Select[*tuple[Any, ...]]], Select[*tuple[Any, ...]]],
    page: Page,
    sorting: Sorting = OWN_ORDER,
) -> Listed:
    """A page of the problems to which `restricted` restricts a question, the latest first unless sorted."""
    asked = restricted(lines_asked()).order_by(*sorted_by(sorting, SORTABLE), Problem.id.desc())
    counted = restricted(keys_asked()).order_by(Problem.id.desc())
    part, has_more = paged_up_to(session, asked, page, sorting, most=MOST_LISTED, counted=counted)
    return Listed(part.of([ProblemLine(*row) for row in part.rows]), has_more)


def with_actions(session: Session, lines: Sequence[ProblemLine], today: date) -> list[ProblemLine]:
    """The lines with what is still to be done for them. A statement for a few thousand."""
    counted: dict[int, tuple[int, int]] = {}
    for some in batches(line.id for line in lines):
        overdue = func.sum(case((Action.due_on < today, 1), else_=0))
        asked = (
            select(Problem.id, func.count(), overdue)
            .join(Action, Action.matter_id == Problem.matter_id)
            .where(Problem.id.in_(some), Action.state.in_(OPEN_STATES))
            .group_by(Problem.id)
        )
        counted |= {key: (to_do, late) for key, to_do, late in session.execute(asked)}
    return [
        replace(line, to_do=counted[line.id][0], overdue=counted[line.id][1]) if line.id in counted else line
        for line in lines
    ]


def problem_owners_under(session: Session, path: str) -> list[OwnerLine]:
    """Who owns open problems of the unit at `path` or under it, by name. Four statements."""
    columns = (Problem.owner_member_id, Problem.owner_account_id, Problem.owner_agency_id)
    asked = select(*columns).join(Problem.matter).join(Matter.unit)
    rows = session.execute(asked.where(within(path), Problem.stage != Stage.CLOSED).distinct())
    names = owner_names(session, {Owner.of(*row) for row in rows})
    lines = (OwnerLine(owner, name, "") for owner, name in names.items())
    return sorted(lines, key=lambda line: (line.name, line.owner.text))


def conditions(
    asked: Asked, today: date, sign_off_asked: ColumnElement[bool] = NEVER
) -> Iterator[ColumnElement[bool]]:
    """The conditions that a problem is one of those asked for."""
    if asked.stages != frozenset(Stage):
        yield Problem.stage.in_(sorted(asked.stages, key=lambda stage: stage.number))
    if asked.category is not None:
        yield Category.code == asked.category
    if asked.place_kind is not None:
        yield Problem.place_kind == asked.place_kind
    if asked.owner is not None:
        for name, key in asked.owner.columns.items():
            if key is not None:
                yield getattr(Problem, name) == key
    if asked.outcome is not None:
        yield Problem.outcome == asked.outcome
    if asked.bearing is not None:
        yield Problem.bearing == asked.bearing
    if asked.raised_from is not None:
        yield Matter.opened_on >= asked.raised_from
    if asked.raised_to is not None:
        yield Matter.opened_on <= asked.raised_to
    if asked.waits_on is not None:
        yield waits(asked.waits_on, today, sign_off_asked)
    if asked.least_pence is not None:
        yield _cost() >= asked.least_pence
    if asked.most_pence is not None:
        yield _cost() <= asked.most_pence


def _cost() -> ColumnElement[int]:
    """What a problem cost in pence, with its actions; NULL where nobody has said any of it."""
    own = select(ProblemAssessment.cost_pence).where(ProblemAssessment.problem_id == Problem.id)
    actions = select(func.sum(Action.cost_pence)).where(Action.matter_id == Problem.matter_id)
    of_own, of_actions = (each.correlate(Problem).scalar_subquery() for each in (own, actions))
    return func.coalesce(of_own + of_actions, of_own, of_actions)
