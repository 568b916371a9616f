"""Questions about the register of actions."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, contains_eager

from npt.kit.paging import OWN_ORDER, Page, Part, Sorting
from npt.kit.search_words import Sought
from npt.matters.models import Matter
from npt.matters.rules import MatterKind
from npt.organisation.queries import within
from npt.partners.models import Agency
from npt.people.models import Member
from npt.store.paging import Sortable, paged, sorted_by
from npt.store.searching import may_fit
from npt.work.models import Action, Clock
from npt.work.queries.owners import OwnerAccount, is_without_owner, owner_name, with_owner
from npt.work.rules import DONE_LATELY, OPEN_STATES, ActionState, Owner


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action in a list, its unit and its matter loaded."""

    action: Action
    owner_name: str
    #: whether its owner has gone, and it is still to be done
    is_without_owner: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """Which actions are asked for; all of them unless something is said."""

    states: frozenset[ActionState] = frozenset(ActionState)
    owner: Owner | None = None
    #: due on a day from the first to the last
    due_from: date | None = None
    due_to: date | None = None
    is_overdue: bool = False
    is_without_owner: bool = False
    kind: MatterKind | None = None


#: Rows of a search that are in memory at the same time.
_READ_AT_ONCE = 1_000
#: What a list of actions may be sorted by.
SORTABLE: dict[str, Sortable] = {
    "what": Action.what,
    "owner": owner_name(),
    "due": Action.due_on,
    "state": Action.state,
    "cost": Action.cost_pence,
}


def lines_asked(today: date) -> Select[Action, str, bool]:
    """The statement that asks for actions as lines of a list."""
    is_open = Action.state.in_(OPEN_STATES)
    is_lost = case((is_open, is_without_owner(Action, today)), else_=False)
    asked = select(Action, owner_name(), is_lost).join(Action.unit).outerjoin(Action.matter)
    return with_owner(asked, Action).options(contains_eager(Action.unit), contains_eager(Action.matter))


def lines_of(rows: Sequence[Any]) -> list[ActionLine]:
    """The rows of such a statement, as lines."""
    return [ActionLine(action, name, bool(is_lost)) for action, name, is_lost in rows]


def _conditions(asked: Asked, today: date) -> Iterator[ColumnElement[bool]]:
    states = asked.states & OPEN_STATES if asked.is_overdue or asked.is_without_owner else asked.states
    if states != frozenset(ActionState):
        yield Action.state.in_(states)
    if asked.owner is not None:
        for name, key in asked.owner.columns.items():
            if key is not None:
                yield getattr(Action, name) == key
    if asked.due_from is not None:
        yield Action.due_on >= asked.due_from
    if asked.due_to is not None:
        yield Action.due_on <= asked.due_to
    if asked.is_overdue:
        yield Action.due_on < today
    if asked.kind is not None:
        yield Matter.kind == asked.kind
    if asked.is_without_owner:
        yield is_without_owner(Action, today)


def actions_under(
    session: Session, path: str, asked: Asked, *, today: date, page: Page, sorting: Sorting = OWN_ORDER
) -> Part[ActionLine]:
    """One page of the actions of the unit at `path` and under it: what is open comes first, by its due day.

    Two statements.
    """
    is_open = Action.state.in_(OPEN_STATES)
    statement = lines_asked(today).where(within(path), *_conditions(asked, today))
    statement = statement.order_by(
        *sorted_by(sorting, SORTABLE),
        case((is_open, 0), else_=1),
        case((is_open, Action.due_on)),
        Action.ended_on.desc(),
        Action.id,
    )
    part = paged(session, statement, page, sorting)
    return part.of(lines_of(part.rows))


def board_of(
    session: Session, path: str, *, today: date, most: int
) -> dict[ActionState, tuple[list[ActionLine], int]]:
    """By state, the first actions of the unit at `path` and under it, and how many there are in all.

    Of those done or dropped, only what ended in the last four weeks, the latest first. Eight statements.
    """
    found: dict[ActionState, tuple[list[ActionLine], int]] = {}
    for state in ActionState:
        of_state = [within(path), Action.state == state]
        if not state.is_open:
            of_state.append(Action.ended_on > today - DONE_LATELY)
        order = Action.due_on if state.is_open else Action.ended_on.desc()
        rows = session.execute(lines_asked(today).where(*of_state).order_by(order, Action.id).limit(most))
        total = session.scalar(select(func.count()).select_from(Action).join(Action.unit).where(*of_state))
        found[state] = lines_of(rows.all()), total or 0
    return found


def action_in(session: Session, path: str, action_id: int, *, today: date) -> ActionLine | None:
    """The action of this key, if it is of the unit at `path` or of one under it; None otherwise."""
    asked = lines_asked(today).where(Action.id == action_id, within(path))
    rows = session.execute(asked.execution_options(populate_existing=True)).all()
    return next(iter(lines_of(rows)), None)


def actions_of_matter(session: Session, matter: Matter, *, today: date) -> list[ActionLine]:
    """The actions of a matter, what is open first. One statement."""
    is_open = case((Action.state.in_(OPEN_STATES), 0), else_=1)
    asked = lines_asked(today).where(Action.matter_id == matter.id)
    return lines_of(session.execute(asked.order_by(is_open, Action.due_on, Action.id)).all())


def records_asked() -> Select[Action, str]:
    """The statement that asks for actions with what files call their owners; unit and matter are loaded."""
    asked = select(Action, func.coalesce(Member.number, OwnerAccount.email, Agency.code))
    asked = asked.join(Action.unit).outerjoin(Action.matter)
    return with_owner(asked, Action).options(contains_eager(Action.unit), contains_eager(Action.matter))


def actions_told(session: Session, path: str, *, page: Page) -> Part[tuple[Action, str]]:
    """One page of all actions of the unit at `path` and under it, with what files call their owners."""
    part = paged(session, records_asked().where(within(path)).order_by(Action.id), page)
    return part.of([(action, owner) for action, owner in part.rows])


@dataclass(frozen=True, slots=True)
class ActionWords:
    """An action as it is searched for."""

    id: int
    reference: str
    what: str
    state: ActionState


def actions_sought(session: Session, path: str, sought: Sought, *, since: date) -> Iterator[ActionWords]:
    """The actions of the unit at `path` and under it whose words and reference fit, and that are still to be
    done, or ended since a day; the latest first. One statement, which a thousand rows at a time are read of.
    """
    asked = select(Action.id, Action.reference, Action.what, Action.state).join(Action.unit)
    asked = asked.where(within(path), func.coalesce(Action.ended_on, since) >= since)
    asked = asked.where(may_fit(sought, Action.reference + " " + Action.what)).order_by(Action.id.desc())
    for row in session.execute(asked.execution_options(yield_per=_READ_AT_ONCE)):
        line = ActionWords(*row)
        if sought.fits(f"{line.reference} {line.what}"):
            yield line


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits at a unit and under it."""

    overdue: int
    without_owner: int


def waiting_at(session: Session, path: str, *, today: date) -> Waiting:
    """How many actions of the unit at `path` and under it are overdue, or have lost their owner."""
    is_open = Action.state.in_(OPEN_STATES)
    asked = select(func.count()).select_from(Action).join(Action.unit).where(within(path), is_open)
    overdue = session.scalar(asked.where(Action.due_on < today))
    lost = session.scalar(asked.where(is_without_owner(Action, today)))
    return Waiting(overdue or 0, lost or 0)


def actions_for_residents(session: Session, matter: Matter) -> list[Action]:
    """The actions of a matter that may be shown to residents, but for those dropped, the first due first."""
    asked = select(Action).where(
        Action.matter_id == matter.id,
        Action.is_for_residents.is_(True),
        Action.state != ActionState.DROPPED,
    )
    return list(session.scalars(asked.order_by(Action.due_on, Action.id)))


def matters_at_work(session: Session, unit_ids: Collection[int]) -> set[int]:
    """The matters of which something is still to be done, or runs, at these few units. Two statements."""
    actions = select(Action.matter_id).where(Action.unit_id.in_(unit_ids), Action.state.in_(OPEN_STATES))
    clocks = select(Clock.matter_id).where(Clock.unit_id.in_(unit_ids), Clock.ended_at.is_(None))
    found = {*session.scalars(actions), *session.scalars(clocks)}
    return {matter_id for matter_id in found if matter_id is not None}


def work_of_units(session: Session, unit_ids: Collection[int]) -> list[Action | Clock]:
    """What is still to be done, or runs, for these few units themselves and for no matter; the clocks of an
    action are its own. Actions, then clocks. Two statements.
    """
    actions = select(Action).where(
        Action.unit_id.in_(unit_ids), Action.matter_id.is_(None), Action.state.in_(OPEN_STATES)
    )
    clocks = select(Clock).where(
        Clock.unit_id.in_(unit_ids),
        Clock.matter_id.is_(None),
        Clock.action_id.is_(None),
        Clock.ended_at.is_(None),
    )
    return [
        *session.scalars(actions.order_by(Action.due_on, Action.id)),
        *session.scalars(clocks.order_by(Clock.id)),
    ]
