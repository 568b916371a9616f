"""Questions about grants: which account holds which role where."""

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from npt.access.rules import Scope
from npt.accounts.models import Account
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Grant


def scopes_of(session: Session, account_id: int) -> tuple[Scope, ...]:
    """What the account may do where, in the order of units. One statement.

    A grant on a unit that has closed still counts: its past remains to be read and corrected.
    """
    asked = (
        select(Grant.role, Unit.path)
        .join(Unit, Grant.unit_id == Unit.id)
        .where(Grant.account_id == account_id)
        .order_by(Unit.path, Grant.role)
    )
    return tuple(Scope(role, path) for role, path in session.execute(asked))


def grants_under(session: Session, path: str) -> list[Grant]:
    """The grants on the unit at `path` and under it, accounts and units loaded; by account, then by unit."""
    asked = (
        select(Grant)
        .join(Grant.account)
        .join(Grant.unit)
        .options(contains_eager(Grant.account), contains_eager(Grant.unit))
        .where(within(path))
        .order_by(Account.name, Account.id, Unit.path, Grant.role)
    )
    return list(session.scalars(asked))


def grants_of(session: Session, account_id: int) -> list[Grant]:
    """All grants of an account with their units, in the order of units."""
    asked = select(Grant).join(Grant.unit).options(contains_eager(Grant.unit))
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
    asked = select(Grant).join(Grant.unit).options(contains_eager(Grant.unit))
    return session.scalar(asked.where(Grant.id == grant_id, Grant.account_id == account_id, within(path)))
