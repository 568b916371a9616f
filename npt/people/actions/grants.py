"""Grants: which account holds which role where, and who may say so.

A role is granted and revoked by whoever manages accounts on that unit. They hold less than they hand out, on
purpose: an administrator reads nothing that is only a team's. So nobody grants anything to themselves.
"""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Permission, Role, Scope, Viewer, may
from npt.accounts.models import Account
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.models import Grant
from npt.people.queries import grants_of
from npt.store.constraints import name_violation, refusing


class MayNotGrant(Refusal):
    """A role was to be granted or revoked by somebody who does not manage accounts there, or to oneself."""


class RoleHeldAlready(Refusal):
    """Somebody else granted the same role at the same moment."""


class AccountClosed(Refusal):
    """A role was to be granted to a closed account."""


name_violation(
    "uq_role_grant_account_id_unit_id_role",
    lambda: RoleHeldAlready("The account already has this role on this unit.", field="role"),
)


def grantable_roles(scopes: Collection[Scope], path: str) -> tuple[Role, ...]:
    """The roles that somebody holding `scopes` may grant and revoke on the unit at `path`."""
    return tuple(Role) if may(scopes, Permission.MANAGE_ACCOUNTS, path) else ()


def grant_role(
    session: Session,
    *,
    account: Account,
    unit: Unit,
    role: Role,
    granter: Viewer | None = None,
) -> Grant:
    """Grant `role` on `unit` to the account, and send it to the database; granting it again changes nothing.

    `granter` is the person who grants; None for the command line, which may grant everything to everybody.
    MayNotGrant, AccountClosed.
    """
    _check_may_grant(granter, role, unit)
    if granter is not None and granter.account_id == account.id:
        raise MayNotGrant("You cannot give a role to yourself: ask another administrator.", field="email")
    if account.closed_at is not None:
        raise AccountClosed("The account is closed: open a new one.", field="email")
    held = session.scalar(
        select(Grant).where(Grant.account_id == account.id, Grant.unit_id == unit.id, Grant.role == role)
    )
    if held is not None:
        return held
    grant = Grant(account_id=account.id, unit_id=unit.id, role=role)
    with refusing(session):
        session.add(grant)
    return grant


def revoke_role(session: Session, grant: Grant, *, granter: Viewer | None) -> None:
    """Take a role from the account that holds it. `granter` as in `grant_role`. MayNotGrant."""
    _check_may_grant(granter, grant.role, session.get_one(Unit, grant.unit_id))
    session.delete(grant)


def check_may_revoke_all(session: Session, account: Account, scopes: Collection[Scope]) -> None:
    """Refuse (MayNotGrant) to close an account that holds a role which `scopes` could not revoke.

    An administrator of one unit does not shut out somebody who also answers for another.
    """
    for grant in grants_of(session, account.id):
        if grant.role not in grantable_roles(scopes, grant.unit.path):
            raise MayNotGrant(
                "The account also has a role that you cannot revoke: "
                "revoke those you can, or ask an administrator of the whole force."
            )


def _check_may_grant(granter: Viewer | None, role: Role, unit: Unit) -> None:
    if granter is not None and role not in grantable_roles(granter.scopes, unit.path):
        raise MayNotGrant(
            f"You cannot give or revoke the role “{role.wording}” on {unit.code}: ask an "
            f"administrator whose role there allows as much.",
            field="role",
        )
