"""Accounts of a unit: who holds a role at it or under it; opening, granting, revoking, closing.

An administrator sees and changes only what lies within their own reach, and grants nothing to themselves.
"""

from collections.abc import Callable
from typing import Any

from flask import url_for
from markupsafe import Markup

from npt.access.rules import Permission, Role
from npt.accounts.actions import close_account, existing_account, open_account, set_password
from npt.accounts.models import Account
from npt.organisation.models import Unit
from npt.organisation.views import above
from npt.outbox.actions import let_address_be
from npt.outbox.queries import returned_address
from npt.people import actions, forms, queries
from npt.people.queries import HolderOfRoles
from npt.people.views.door import pages
from npt.webkit.asked import asked_page
from npt.webkit.converters import KEY
from npt.webkit.form_flow import form_page
from npt.webkit.forms import Form
from npt.webkit.listing import Column, Columns, Table, sorting_asked_of
from npt.webkit.pages import Answer
from npt.webkit.parts import Heading
from npt.webkit.visit import Visit

#: Where the pages about one account stand.
_ACCOUNT = f"/units/<code>/accounts/<{KEY}:account_id>"

COLUMNS: Columns[HolderOfRoles] = (
    Column("Name", lambda each: each.account.name, holds_words=True, is_sortable=True),
    Column(
        "Email address",
        lambda each: each.account.email,
        holds_words=True,
        is_sortable=True,
        name="email",
    ),
    Column(
        "Roles",
        lambda each: Markup("<br>").join(_roles(each)),
        in_file=lambda each: "; ".join(role.striptags() for role in _roles(each)),
    ),
    Column(
        "State",
        lambda each: "closed" if each.account.closed_at else "open",
        tone=lambda each: "quiet" if each.account.closed_at else "good",
        is_sortable=True,
    ),
)
GRANT_COLUMNS = tuple(Heading(heading) for heading in ("Role", "Unit", "Change"))


@pages.read(
    "/units/<code>/accounts",
    needs=Permission.MANAGE_ACCOUNTS,
    within="code",
    shows_personal="accounts at unit",
)
def accounts(visit: Visit[Unit]) -> Answer:
    """The accounts that hold a role at the unit or under it."""
    visit.personal_record_id = visit.place.id
    return visit.render(
        table=Table(
            f"Accounts with a role at {visit.place.name} or under it",
            COLUMNS,
            queries.holders_under(
                visit.session, visit.place.path, asked_page(100), sorting_asked_of(COLUMNS)
            ),
            href=lambda each: _address(visit, each.account),
            noun="accounts",
            file=f"accounts-{visit.place.code}",
        ),
        may_read_journal=visit.may(Permission.READ_JOURNAL, visit.place.path),
        above=above(
            visit, Permission.MANAGE_ACCOUNTS, lambda unit: url_for("people.accounts", code=unit.code)
        ),
    )


def _roles(holder: HolderOfRoles) -> list[Markup]:
    """What an account holds where: "Sergeant, Luton Town (C1)"."""
    return [
        Markup("{}, <bdi>{}</bdi> ({})").format(grant.role.wording, grant.unit.name, grant.unit.code)
        for grant in holder.grants
    ]


@pages.read(_ACCOUNT, needs=Permission.MANAGE_ACCOUNTS, within="code")
def account(visit: Visit[Unit], account_id: int) -> Answer:
    """One account: its roles at the unit and under it, whose it is, and what may be done with it."""
    found = _account(visit, account_id)
    held = queries.grants_of(visit.session, found.id)
    here = [grant for grant in held if grant.unit.path.startswith(visit.place.path)]
    return visit.render(
        account=found,
        grants=here,
        elsewhere=len(held) - len(here),
        columns=GRANT_COLUMNS,
        member=queries.member_of_account(visit.session, found.id),
        returned=returned_address(visit.session, found.email),
        is_partner=any(grant.role is Role.PARTNER for grant in here)
        and visit.may(Permission.MANAGE_PARTNERS, visit.place.path),
        may_revoke=lambda grant: grant.role in actions.grantable_roles(visit.person.scopes, grant.unit.path),
    )


@pages.write(f"{_ACCOUNT}/address-works", needs=Permission.MANAGE_ACCOUNTS, within="code")
def address_works(visit: Visit[Unit], account_id: int) -> Answer:
    """Write again to an address from which emails came back; pressed twice it is the same."""
    found = _account(visit, account_id)
    let_address_be(visit.session, found.email)
    return visit.saved(_address(visit, found), "Emails go to this address again.")


@pages.form("/units/<code>/new-account", needs=Permission.MANAGE_ACCOUNTS, within="code")
def new_account(visit: Visit[Unit]) -> Answer:
    """Open an account with a first role on this unit."""
    form = forms.NewAccountForm()
    form.role.choices = forms.role_choices(actions.grantable_roles(visit.person.scopes, visit.place.path))
    return form_page(
        visit,
        form,
        act=lambda: _open(visit, **form.value()),
        saved=lambda opened: visit.saved(_address(visit, opened), f"{opened.name} can now sign in."),
    )


def _open(visit: Visit[Unit], role: Role, number: str | None, **typed: Any) -> Account:
    opened = _grant(visit, open_account(visit.session, **typed), role)
    if number:
        _link(visit, opened, number)
    return opened


def _grant(visit: Visit[Unit], account: Account, role: Role) -> Account:
    actions.grant_role(visit.session, account=account, unit=visit.place, role=role, granter=visit.person)
    return account


@pages.form("/units/<code>/new-grant", needs=Permission.MANAGE_ACCOUNTS, within="code")
def new_grant(visit: Visit[Unit]) -> Answer:
    """Give somebody who has an account a role on this unit."""
    form = forms.NewGrantForm()
    form.role.choices = forms.role_choices(actions.grantable_roles(visit.person.scopes, visit.place.path))
    return form_page(
        visit,
        form,
        act=lambda: _grant(visit, existing_account(visit.session, form.email.value), Role(form.role.value)),
        saved=lambda found: visit.saved(_address(visit, found), "The role is granted."),
    )


@pages.write(f"{_ACCOUNT}/grants/<{KEY}:grant_id>/revoke", needs=Permission.MANAGE_ACCOUNTS, within="code")
def revoke(visit: Visit[Unit], account_id: int, grant_id: int) -> Answer:
    """Take a role from an account."""
    grant = visit.found(queries.grant_in(visit.session, visit.place.path, account_id, grant_id))
    actions.revoke_role(visit.session, grant, granter=visit.person)
    visit.session.flush()
    # Without its last role here the account is no longer seen from here.
    left = queries.account_in(visit.session, visit.place.path, account_id)
    return visit.saved(
        url_for("people.accounts", code=visit.place.code) if left is None else _address(visit, left),
        "The role is revoked.",
    )


@pages.form(f"{_ACCOUNT}/password", needs=Permission.MANAGE_ACCOUNTS, within="code")
def new_password(visit: Visit[Unit], account_id: int) -> Answer:
    """Give the account a new password and end its sessions."""
    form = forms.NewPasswordForm()
    return _change_page(
        visit,
        account_id,
        form,
        act=lambda found: set_password(visit.session, account=found, password=form.value(), now=visit.now),
        message="The new password is set, and they are signed out everywhere.",
    )


@pages.form(f"{_ACCOUNT}/member", needs=Permission.MANAGE_ACCOUNTS, within="code")
def account_member(visit: Visit[Unit], account_id: int) -> Answer:
    """Say which member the account belongs to."""
    form = forms.AccountMemberForm()
    return _change_page(
        visit,
        account_id,
        form,
        act=lambda found: _link(visit, found, form.value()),
        message="The account is linked to the member.",
    )


def _change_page(
    visit: Visit[Unit], account_id: int, form: Form[Any], *, act: Callable[[Account], None], message: str
) -> Answer:
    """A change of an account by somebody who may do all that it may: it could be used to sign in."""
    found = _account(visit, account_id)

    def checked() -> None:
        actions.check_may_revoke_all(visit.session, found, visit.person.scopes)
        act(found)

    return form_page(
        visit,
        form,
        act=checked,
        saved=lambda _: visit.saved(_address(visit, found), message),
        page=lambda: {"account": _account(visit, account_id)},
    )


@pages.write(f"{_ACCOUNT}/close", needs=Permission.MANAGE_ACCOUNTS, within="code")
def close(visit: Visit[Unit], account_id: int) -> Answer:
    """Close the account: its next request is refused."""
    found = _account(visit, account_id)
    actions.check_may_revoke_all(visit.session, found, visit.person.scopes)
    close_account(visit.session, account=found, now=visit.now)
    return visit.saved(
        url_for("people.accounts", code=visit.place.code), f"{found.name}'s account is closed."
    )


def _account(visit: Visit[Unit], account_id: int) -> Account:
    return visit.found(queries.account_in(visit.session, visit.place.path, account_id))


def _address(visit: Visit[Unit], account: Account) -> str:
    return url_for("people.account", code=visit.place.code, account_id=account.id)


def _link(visit: Visit[Unit], account: Account, number: str) -> None:
    member = queries.member_for_posting(visit.session, visit.place, number)
    if member is None:
        raise actions.unknown_member(number)
    actions.link_account_to_member(visit.session, account, member)
