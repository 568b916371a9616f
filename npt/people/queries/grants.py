"""Questions about grants: which account holds which role where."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Scope
from npt.accounts.models import Account
from npt.kit.paging import Page, Part, Sorting
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Grant
from npt.store.batches import batches
from npt.store.loading import loaded_with
from npt.store.paging import paged, sorted_by


class HolderOfRoles(NamedTuple):
    """An account and its grants at a unit and under it, in the order of units."""

    account: Account
    grants: Sequence[Grant]


def scopes_of(session: Session, account_id: int) -> tuple[Scope, ...]:
    """What the account may do where, in the order of units. One statement.

    A grant on a unit that has closed still counts: its past remains to be read and corrected.
    """
    asked = (
        select(Grant.role, Unit.path, Unit.name)
        .join(Unit, Grant.unit_id == Unit.id)
        .where(Grant.account_id == account_id)
        .order_by(Unit.path, Grant.role)
    )
    return tuple(Scope(role, path, name) for role, path, name in session.execute(asked))


def grants_under(session: Session, path: str, account_ids: Collection[int] | None = None) -> list[Grant]:
    """The grants on the unit at `path` and under it, accounts and units loaded; by account, then by unit.

    Those of some accounts where they are given.
    """
    asked = (
        loaded_with(Grant, Grant.account, Grant.unit)
        .where(within(path))
        .order_by(Account.name, Account.id, Unit.path, Grant.role)
    )
    if account_ids is None:
        return list(session.scalars(asked))
    some = batches(account_ids)
    return [grant for ids in some for grant in session.scalars(asked.where(Account.id.in_(ids)))]


def holders_under(session: Session, path: str, page: Page, sorting: Sorting) -> Part[HolderOfRoles]:
    """The accounts that hold a role on the unit at `path` or under it, by name unless sorted otherwise.

    Three statements, and for a whole list one more for each few thousand accounts.
    """
    held = Account.id.in_(select(Grant.account_id).join(Unit, Grant.unit_id == Unit.id).where(within(path)))
    order = sorted_by(sorting, {"name": Account.name, "email": Account.email, "state": Account.closed_at})
    asked = select(Account).where(held).order_by(*order, Account.name, Account.id)
    part = paged(session, asked, page, sorting)
    grants: dict[int, list[Grant]] = {account.id: [] for (account,) in part.rows}
    for grant in grants_under(session, path, grants):
        grants[grant.account_id].append(grant)
    return part.of([HolderOfRoles(account, grants[account.id]) for (account,) in part.rows])


def grants_of(session: Session, account_id: int) -> list[Grant]:
    """All grants of an account with their units, in the order of units."""
    asked = loaded_with(Grant, Grant.unit)
    asked = asked.where(Grant.account_id == account_id).order_by(Unit.path, Grant.role)
    return list(session.scalars(asked))


def account_in(session: Session, path: str, account_id: int) -> Account | None:
    """The account, if it holds a role on the unit at `path` or under it; None otherwise."""
    return session.scalar(
        select(Account)
        .join(Grant, Grant.account_id == Account.id)
        .join(Unit, Grant.unit_id == Unit.id)
        .where(Account.id == account_id, within(path))
        .limit(1)
    )


def grant_in(session: Session, path: str, account_id: int, grant_id: int) -> Grant | None:
    """The grant of this account, if it is on the unit at `path` or under it; its unit is loaded."""
    asked = loaded_with(Grant, Grant.unit)
    return session.scalar(asked.where(Grant.id == grant_id, Grant.account_id == account_id, within(path)))
