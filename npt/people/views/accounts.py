"""Accounts of a unit: who holds a role at it or under it; opening, granting, revoking, closing.

An administrator sees and changes only what lies within their own reach, and hands out only what they hold.
"""

from itertools import groupby

from flask import abort, url_for

from npt.access.rules import Permission
from npt.accounts.actions import close_account, existing_account, open_account, set_password
from npt.accounts.models import Account
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.queries import ancestors
from npt.people.actions import (
    check_may_revoke_all,
    grant_role,
    grantable_roles,
    link_account_to_member,
    revoke_role,
    unknown_member,
)
from npt.people.forms import AccountMemberForm, NewAccountForm, NewGrantForm, NewPasswordForm, role_choices
from npt.people.queries import (
    account_in,
    grant_in,
    grants_of,
    grants_under,
    member_for_posting,
    member_of_account,
)
from npt.people.views.door import KEY, pages
from npt.webkit.pages import Answer
from npt.webkit.parts import Column
from npt.webkit.visit import Visit

COLUMNS = tuple(Column(heading) for heading in ("Name", "E-mail address", "Roles", "State"))
GRANT_COLUMNS = tuple(Column(heading) for heading in ("Role", "Unit", "Change"))


@pages.read("/units/<code>/accounts", needs=Permission.MANAGE_ACCOUNTS, within="code")
def accounts(visit: Visit[Unit]) -> Answer:
    """The accounts that hold a role at the unit or under it."""
    grants = grants_under(visit.session, visit.place.path)
    return visit.render(
        columns=COLUMNS,
        holders=[(account, list(held)) for account, held in groupby(grants, lambda grant: grant.account)],
        above=[
            (unit.name, url_for("people.accounts", code=unit.code))
            for unit in ancestors(visit.session, visit.place)
            if visit.may(Permission.MANAGE_ACCOUNTS, unit.path)
        ],
    )


@pages.read(f"/units/<code>/accounts/<{KEY}:account_id>", needs=Permission.MANAGE_ACCOUNTS, within="code")
def account(visit: Visit[Unit], account_id: int) -> Answer:
    """One account: its roles at the unit and under it, whose it is, and what may be done with it."""
    found = _account(visit, account_id)
    held = grants_of(visit.session, found.id)
    here = [grant for grant in held if grant.unit.path.startswith(visit.place.path)]
    return visit.render(
        account=found,
        grants=here,
        elsewhere=len(held) - len(here),
        columns=GRANT_COLUMNS,
        member=member_of_account(visit.session, found.id),
        may_revoke=lambda grant: grant.role in grantable_roles(visit.person.scopes, grant.unit.path),
    )


@pages.form("/units/<code>/new-account", needs=Permission.MANAGE_ACCOUNTS, within="code")
def new_account(visit: Visit[Unit]) -> Answer:
    """Open an account with a first role on this unit."""
    form = NewAccountForm()
    form.role.choices = role_choices(grantable_roles(visit.person.scopes, visit.place.path))
    if visit.is_sent and form.validate():
        typed = form.value()
        try:
            opened = open_account(visit.session, email=typed.email, name=typed.name, password=typed.password)
            grant_role(
                visit.session,
                account=opened,
                unit=visit.place,
                role=typed.role,
                scopes=visit.person.scopes,
            )
            if typed.number:
                _link(visit, opened, typed.number)
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
        else:
            return visit.saved(_address(visit, opened), f"{opened.name} can sign in.")
    return visit.render(form=form, status=422 if visit.is_sent else 200)


@pages.form("/units/<code>/new-grant", needs=Permission.MANAGE_ACCOUNTS, within="code")
def new_grant(visit: Visit[Unit]) -> Answer:
    """Give somebody who has an account a role on this unit."""
    form = NewGrantForm()
    form.role.choices = role_choices(grantable_roles(visit.person.scopes, visit.place.path))
    if visit.is_sent and form.validate():
        typed = form.value()
        try:
            found = existing_account(visit.session, typed.email)
            grant_role(
                visit.session, account=found, unit=visit.place, role=typed.role, scopes=visit.person.scopes
            )
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
        else:
            return visit.saved(_address(visit, found), "The role is granted.")
    return visit.render(form=form, status=422 if visit.is_sent else 200)


@pages.write(
    f"/units/<code>/accounts/<{KEY}:account_id>/grants/<{KEY}:grant_id>/revoke",
    needs=Permission.MANAGE_ACCOUNTS,
    within="code",
)
def revoke(visit: Visit[Unit], account_id: int, grant_id: int) -> Answer:
    """Take a role from an account."""
    grant = grant_in(visit.session, visit.place.path, account_id, grant_id)
    if grant is None:
        abort(404)
    revoke_role(visit.session, grant, scopes=visit.person.scopes)
    visit.session.flush()
    # Without its last role here the account is no longer seen from here.
    is_left = account_in(visit.session, visit.place.path, account_id) is not None
    if is_left:
        location = url_for("people.account", code=visit.place.code, account_id=account_id)
    else:
        location = url_for("people.accounts", code=visit.place.code)
    return visit.saved(location, "The role is revoked.")


@pages.form(
    f"/units/<code>/accounts/<{KEY}:account_id>/password", needs=Permission.MANAGE_ACCOUNTS, within="code"
)
def new_password(visit: Visit[Unit], account_id: int) -> Answer:
    """Give the account a new password and end its sessions."""
    form, found = NewPasswordForm(), _account(visit, account_id)
    if visit.is_sent and form.validate():
        try:
            # Whoever sets a password could sign in with it: never to an account that may do more than they.
            check_may_revoke_all(visit.session, found, visit.person.scopes)
            set_password(visit.session, account=found, password=form.value(), now=visit.now)
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
        else:
            return visit.saved(
                _address(visit, found), "The password is set, and all its sessions have ended."
            )
    return visit.render(form=form, account=found, status=422 if visit.is_sent else 200)


@pages.form(
    f"/units/<code>/accounts/<{KEY}:account_id>/member", needs=Permission.MANAGE_ACCOUNTS, within="code"
)
def account_member(visit: Visit[Unit], account_id: int) -> Answer:
    """Say which member the account belongs to."""
    form, found = AccountMemberForm(), _account(visit, account_id)
    if visit.is_sent and form.validate():
        try:
            check_may_revoke_all(visit.session, found, visit.person.scopes)
            _link(visit, found, form.value())
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
        else:
            return visit.saved(_address(visit, found), "The account is linked to the member.")
    return visit.render(form=form, account=found, status=422 if visit.is_sent else 200)


@pages.write(
    f"/units/<code>/accounts/<{KEY}:account_id>/close", needs=Permission.MANAGE_ACCOUNTS, within="code"
)
def close(visit: Visit[Unit], account_id: int) -> Answer:
    """Close the account: its next request is refused."""
    found = _account(visit, account_id)
    check_may_revoke_all(visit.session, found, visit.person.scopes)
    close_account(visit.session, account=found, now=visit.now)
    return visit.saved(
        url_for("people.accounts", code=visit.place.code), f"{found.name}'s account is closed."
    )


def _account(visit: Visit[Unit], account_id: int) -> Account:
    found = account_in(visit.session, visit.place.path, account_id)
    if found is None:
        abort(404)
    return found


def _address(visit: Visit[Unit], account: Account) -> str:
    return url_for("people.account", code=visit.place.code, account_id=account.id)


def _link(visit: Visit[Unit], account: Account, number: str) -> None:
    member = member_for_posting(visit.session, visit.place, number)
    if member is None:
        raise unknown_member(number)
    link_account_to_member(visit.session, account, member)
