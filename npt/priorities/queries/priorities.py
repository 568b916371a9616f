"""The priorities of a unit, and one of them whole."""

from collections.abc import Collection
from datetime import date
from enum import Enum

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from npt.kit.months import Month
from npt.kit.paging import Page, Part
from npt.matters.models import Matter
from npt.organisation.models import Succession, Unit
from npt.organisation.queries import successors, within
from npt.organisation.rules import Level
from npt.priorities.models import Closing, Originator, Priority, PriorityAnswer, PriorityAttempt, PriorityLook
from npt.priorities.rules import REFUSALS_TO_OVERRULE, Ending, OriginatorKind
from npt.problems.models import Problem
from npt.store.batches import batches, found_by
from npt.store.paging import paged


class Sought(Enum):
    """Which priorities a list is of."""

    PRESENT = "present"
    PROPOSED = "proposed"
    WITHOUT_RECORD = "without-record"
    OVERDUE = "overdue"
    WAITING = "waiting"
    REFUSED = "refused"
    REFUSED_TWICE = "refused-twice"
    PROBLEM_CLOSED = "problem-closed"
    CLOSED = "closed"
    NOT_ACCEPTED = "not-accepted"

    @property
    def wording(self) -> str:
        """The list as people read it."""
        return _SOUGHT[self]


_SOUGHT = {
    Sought.PRESENT: "Present priorities",
    Sought.PROPOSED: "Proposed",
    Sought.WITHOUT_RECORD: "Without a problem record",
    Sought.OVERDUE: "Overdue for review",
    Sought.WAITING: "Waiting for an answer",
    Sought.REFUSED: "Refused: not solved",
    Sought.REFUSED_TWICE: "Refused twice",
    Sought.PROBLEM_CLOSED: "Problem closed",
    Sought.CLOSED: "Closed",
    Sought.NOT_ACCEPTED: "Closed without acceptance",
}


def is_present() -> ColumnElement[bool]:
    """The condition that a priority is agreed and not closed."""
    return and_(Priority.agreed_on.is_not(None), Priority.closed_on.is_(None))


def condition_of(sought: Sought, today: date) -> ColumnElement[bool]:
    """The condition that a priority is on a list."""
    present = is_present()
    closed_problem = (
        select(Problem.id)
        .join(Matter, Matter.id == Problem.matter_id)
        .where(Problem.id == Priority.problem_id, Matter.closed_on.is_not(None))
        .exists()
    )
    conditions = {
        Sought.PRESENT: present,
        Sought.PROPOSED: and_(Priority.agreed_on.is_(None), Priority.closed_on.is_(None)),
        Sought.WITHOUT_RECORD: and_(present, Priority.problem_id.is_(None)),
        Sought.OVERDUE: and_(present, Priority.review_due_on < today),
        Sought.WAITING: Priority.asked_on.is_not(None),
        Sought.REFUSED: and_(present, Priority.asked_on.is_(None), Priority.refusals > 0),
        Sought.REFUSED_TWICE: and_(present, Priority.refusals >= REFUSALS_TO_OVERRULE),
        Sought.PROBLEM_CLOSED: and_(present, Priority.asked_on.is_(None), closed_problem),
        Sought.CLOSED: Priority.closed_on.is_not(None),
        Sought.NOT_ACCEPTED: Priority.ending.in_([each for each in Ending if each.is_without_acceptance]),
    }
    return conditions[sought]


def _in_words() -> Select[Priority]:
    """Priorities with all that a line of a list says."""
    return (
        select(Priority)
        .join(Unit, Unit.id == Priority.unit_id)
        .options(
            contains_eager(Priority.unit),
            joinedload(Priority.neighbourhood),
            joinedload(Priority.lead),
            joinedload(Priority.problem).joinedload(Problem.matter).joinedload(Matter.unit),
        )
    )


def priorities_listed(
    session: Session,
    place: Unit,
    sought: Sought,
    page: Page,
    *,
    today: date,
    month: Month | None = None,
    ending: Ending | None = None,
) -> Part[Priority]:
    """The priorities at or under a unit, or of a neighbourhood, that are on a list: of the teams in order.

    `month`, `ending`: of those that closed, in which month and how.
    """
    asked = select(Priority.id).join(Unit, Unit.id == Priority.unit_id)
    asked = asked.where(of_place(place), condition_of(sought, today))
    if month is not None:
        asked = asked.where(Priority.closed_on.between(month.first, month.last))
    if ending is not None:
        asked = asked.where(Priority.ending == ending)
    last_first = sought in (Sought.CLOSED, Sought.NOT_ACCEPTED)
    order = (Priority.closed_on.desc(),) if last_first else (Unit.path, Priority.agreed_on)
    part = paged(session, asked.order_by(*order, Priority.id), page)
    keys = [key for (key,) in part.rows]
    found = {each.id: each for each in found_by(session, _in_words(), Priority.id, keys)}
    return part.of([found[key] for key in keys])


def of_place(place: Unit) -> ColumnElement[bool]:
    """The condition that a priority is of a unit: of a team at or under it, or of the neighbourhood.

    What is of its whole team is of a neighbourhood too.
    """
    if place.level is Level.NEIGHBOURHOOD:
        of_the_team = and_(Priority.neighbourhood_id.is_(None), Priority.unit_id == place.parent_id)
        return or_(Priority.neighbourhood_id == place.id, of_the_team)
    return within(place.path)


def agreed_of(session: Session, team: Unit) -> list[Priority]:
    """The priorities that a team has now, in the order in which they were agreed."""
    asked = _in_words().where(Priority.unit_id == team.id, is_present())
    return list(session.scalars(asked.order_by(Priority.agreed_on, Priority.id)))


def present_in(session: Session, neighbourhoods: Collection[Unit]) -> list[Priority]:
    """The priorities that the teams of these few neighbourhoods have now, team by team: of one of them, or of
    the whole team. One statement.
    """
    teams, places = {unit.parent_id for unit in neighbourhoods}, [unit.id for unit in neighbourhoods]
    here = or_(Priority.neighbourhood_id.is_(None), Priority.neighbourhood_id.in_(places))
    asked = _in_words().where(Priority.unit_id.in_(teams), here, is_present())
    return list(session.scalars(asked.order_by(Unit.path, Priority.agreed_on, Priority.id)))


def priorities_of(session: Session, problem: Problem) -> list[Priority]:
    """The priorities that a problem record stands behind, as a list shows them."""
    asked = _in_words().where(Priority.problem_id == problem.id)
    return list(session.scalars(asked.order_by(Priority.id)))


def priorities_referred(session: Session, references: Collection[str]) -> list[Priority]:
    """The priorities of these references, whole."""
    return list(found_by(session, whole(), Priority.reference, references))


def priorities_told(session: Session, path: str | None) -> list[Priority]:
    """The priorities at or under `path` (all, without one) with whoever raised them, as files have them."""
    asked = _in_words().options(selectinload(Priority.originators))
    if path is not None:
        asked = asked.where(within(path))
    return list(session.scalars(asked.order_by(Unit.path, Priority.id)))


def priorities_to_search(session: Session, path: str) -> list[Priority]:
    """The priorities at or under `path` by themselves, those that have not ended first."""
    asked = select(Priority).join(Unit, Unit.id == Priority.unit_id).where(within(path))
    return list(session.scalars(asked.order_by(Priority.closed_on.is_not(None), Priority.id.desc())))


def priorities_paged(session: Session, path: str, page: Page) -> Part[Priority]:
    """One page of the same. Four statements."""
    asked = select(Priority.id).join(Unit, Unit.id == Priority.unit_id).where(within(path))
    part = paged(session, asked.order_by(Unit.path, Priority.id), page)
    keys = [key for (key,) in part.rows]
    whole_ones = _in_words().options(selectinload(Priority.originators))
    found = {each.id: each for each in found_by(session, whole_ones, Priority.id, keys)}
    return part.of([found[key] for key in keys])


def open_in(session: Session, neighbourhood_ids: Collection[int]) -> list[Priority]:
    """The priorities of these neighbourhoods that have not ended."""
    asked = select(Priority).where(
        Priority.neighbourhood_id.in_(neighbourhood_ids), Priority.closed_on.is_(None)
    )
    return list(session.scalars(asked.order_by(Priority.id)))


def left_behind(session: Session, team: Unit, *, as_at: date) -> list[Priority]:
    """The priorities of a closed team that wait for somebody to say which team solves them now, in order.

    None until its last day has gone by, or where no team took over from it.
    """
    has_closed = team.closed_on is not None and team.closed_on < as_at
    if not has_closed or team.level is not Level.TEAM or not successors(session, team):
        return []
    asked = _in_words().where(Priority.unit_id == team.id, Priority.closed_on.is_(None))
    return list(session.scalars(asked.order_by(Priority.agreed_on, Priority.id)))


def teams_with_left_behind(session: Session, path: str, *, as_at: date) -> list[Unit]:
    """The teams at or under `path` that have closed, with priorities to carry over; see `left_behind`."""
    waiting = select(Priority.unit_id).where(Priority.closed_on.is_(None))
    succeeded = select(Succession.predecessor_id)
    asked = select(Unit).where(within(path), Unit.closed_on < as_at, Unit.id.in_(succeeded))
    return list(session.scalars(asked.where(Unit.id.in_(waiting)).order_by(Unit.path)))


def open_of_teams(session: Session, team_ids: Collection[int]) -> list[Priority]:
    """The priorities of these few teams that have not ended and are of no neighbourhood."""
    of_all = Priority.unit_id.in_(team_ids), Priority.neighbourhood_id.is_(None)
    asked = select(Priority).where(*of_all, Priority.closed_on.is_(None))
    return list(session.scalars(asked.order_by(Priority.id)))


def whole() -> Select[Priority]:
    """Priorities with all that belongs to them."""
    return _in_words().options(
        selectinload(Priority.originators).options(
            joinedload(Originator.individual), joinedload(Originator.agency)
        ),
        selectinload(Priority.rounds).options(
            joinedload(Closing.asked_by),
            joinedload(Closing.answered_by),
            selectinload(Closing.attempts).joinedload(PriorityAttempt.by),
            selectinload(Closing.answers).joinedload(PriorityAnswer.by),
        ),
        selectinload(Priority.looks).joinedload(PriorityLook.looked_by),
    )


def priority_in(session: Session, place: Unit, priority_id: int) -> Priority | None:
    """The priority of this key, whole, of a team at or under a unit; None where there is none."""
    return session.scalar(whole().where(Priority.id == priority_id, within(place.path)))


def load_again(session: Session, priority_id: int) -> Priority:
    """The priority of a key as it is now, whole, held until the transaction ends."""
    session.execute(select(Priority.id).where(Priority.id == priority_id).with_for_update())
    asked = whole().where(Priority.id == priority_id).execution_options(populate_existing=True)
    return session.scalars(asked).one()


def originator_of(priority: Priority, originator_id: int) -> Originator | None:
    """Somebody who raised a priority, which is whole, by their key."""
    return next((each for each in priority.originators if each.id == originator_id), None)


def first_kinds(session: Session, priorities: Collection[Priority]) -> dict[int, OriginatorKind]:
    """By priority, who raised it: the kind, which is all that a list says."""
    found: dict[int, OriginatorKind] = {}
    for some in batches(sorted(each.id for each in priorities)):
        asked = select(Originator.priority_id, Originator.kind)
        rows = session.execute(asked.where(Originator.priority_id.in_(some), Originator.is_first))
        found.update((row.priority_id, row.kind) for row in rows)
    return found
