"""Questions of somebody about what is theirs to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from npt.access.rules import Role, Scope, Viewer
from npt.kit.paging import Page, Part
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.partners.queries import barred_among, latest_membership
from npt.partners.rules import barrier
from npt.people.queries import member_of_account, scopes_of
from npt.store.loading import loaded_with
from npt.store.paging import paged
from npt.work.models import Action
from npt.work.queries.register import ActionLine, lines_asked, lines_of
from npt.work.rules import OPEN_STATES


@dataclass(frozen=True, slots=True)
class Mine:
    """As whom somebody owns work: by their account, as a member, for an agency."""

    account_id: int
    member_id: int | None = None
    agency_id: int | None = None
    #: where the account is a partner: what its agency owns elsewhere is for others who act for it
    paths: tuple[str, ...] = ()

    @property
    def condition(self) -> ColumnElement[bool]:
        """The condition that an action is theirs."""
        mine = [Action.owner_account_id == self.account_id]
        if self.member_id is not None:
            mine.append(Action.owner_member_id == self.member_id)
        if self.agency_id is not None:
            here = select(Unit.id).where(or_(false(), *map(within, self.paths)))
            mine.append(and_(Action.owner_agency_id == self.agency_id, Action.unit_id.in_(here)))
        return or_(*mine)


def mine(session: Session, viewer: Viewer) -> Mine:
    """As whom somebody, who may act for an agency, owns work. One statement."""
    return _mine(session, viewer.account_id, viewer.agency_id, viewer.scopes)


def _mine(session: Session, account_id: int, agency_id: int | None, scopes: Iterable[Scope]) -> Mine:
    member = member_of_account(session, account_id)
    paths = tuple(scope.path for scope in scopes if scope.role is Role.PARTNER)
    return Mine(account_id, None if member is None else member.id, agency_id, paths)


def mine_beyond_door(session: Session, account_id: int, today: date) -> Mine | None:
    """As whom the account owns work, where a secret address is shown and nobody has signed in.

    None for a partner who has no agency, has left it, or whose vetting has run out: what their account does
    not open, it does not either. Whoever has another role keeps what is theirs. Five statements at most.
    """
    if barred_among(session, [account_id], today):
        return None
    latest = latest_membership(session, account_id)
    if latest is None or barrier(latest.membership, today) is not None:
        return _mine(session, account_id, None, ())
    return _mine(session, account_id, latest.agency_id, scopes_of(session, account_id))


def dated_actions(session: Session, whose: Mine, *, last: date) -> list[Action]:
    """What is theirs, still to be done, and due by a day, the first first; units loaded. One statement."""
    asked = loaded_with(Action, Action.unit).where(whose.condition, Action.state.in_(OPEN_STATES))
    return list(session.scalars(asked.where(Action.due_on <= last).order_by(Action.due_on, Action.id)))


def own_actions(session: Session, whose: Mine, *, today: date, page: Page) -> Part[ActionLine]:
    """One page of what is theirs and still to be done, the first due first. Two statements."""
    asked = lines_asked(today).where(whose.condition, Action.state.in_(OPEN_STATES))
    part = paged(session, asked.order_by(Action.due_on, Action.id), page)
    return part.of(lines_of(part.rows))


def open_count(session: Session, whose: Mine, *, due_before: date) -> int:
    """How many of theirs are still to be done and were due before a day. One statement."""
    asked = select(func.count()).select_from(Action).where(whose.condition, Action.state.in_(OPEN_STATES))
    return session.scalar(asked.where(Action.due_on < due_before)) or 0


def action_of(session: Session, whose: Mine, action_id: int, *, today: date) -> ActionLine | None:
    """The action of this key, if it is theirs; None otherwise."""
    asked = lines_asked(today).where(Action.id == action_id, whose.condition)
    rows = session.execute(asked.execution_options(populate_existing=True)).all()
    return next(iter(lines_of(rows)), None)
