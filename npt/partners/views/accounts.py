"""Partner accounts of a unit: for which agency each acts, how its holder is vetted, and ending that."""

from datetime import date
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.accounts.models import Account
from npt.organisation.models import Unit
from npt.organisation.views import above
from npt.partners import actions, queries
from npt.partners.forms import ActForForm, PartnersForm, RenewVettingForm, SoughtAccounts
from npt.partners.forms.accounts import agency_choices
from npt.partners.models import PartnerAccount
from npt.partners.queries import PartnerLine
from npt.partners.rules import barrier
from npt.partners.views.door import pages
from npt.partners.wording import vetting_in_words, vetting_tone
from npt.webkit.converters import KEY
from npt.webkit.form_flow import button, correction_page, form_page
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_PARTNERS = "/units/<code>/partners"
_ONE = f"{_PARTNERS}/<{KEY}:partner_id>"
#: What the journal calls a page that lists partner accounts of a unit.
PARTNERS_AT_UNIT = "partner accounts at unit"


@pages.read(_PARTNERS, needs=Permission.MANAGE_PARTNERS, within="code", shows_personal=PARTNERS_AT_UNIT)
def partner_accounts(visit: Visit[Unit]) -> Answer:
    """The accounts that are partners at the unit or under it, with their agencies and vetting."""
    visit.personal_record_id = visit.place.id
    lines, form = queries.partners_at(visit.session, visit.place.path), PartnersForm()
    form.validate()
    return visit.render(
        form=form,
        table=Table(
            f"Partner accounts of {visit.place.name}",
            _columns(visit),
            [each for each in lines if _is_sought(each, form.show.data, visit.today)],
            href=lambda each: _address(visit, each.account.id),
            noun="partner accounts",
            file=f"partners-{visit.place.code}",
        ),
        may_manage_accounts=visit.may(Permission.MANAGE_ACCOUNTS, visit.place.path),
        clear_href=_list_address(visit.place),
        above=above(visit, Permission.MANAGE_PARTNERS, _list_address),
    )


def _is_sought(line: PartnerLine, sought: str | None, today: date) -> bool:
    if sought == SoughtAccounts.VETTING.value:
        return line.has_vetting_ending(today)
    return sought != SoughtAccounts.WITHOUT_AGENCY.value or line.lacks_agency(today)


def _columns(visit: Visit[Unit]) -> Columns[PartnerLine]:
    return (
        Column("Name", lambda each: each.account.name, holds_words=True),
        Column("Agency", lambda each: each.agency_name, unknown="none", holds_words=True),
        Column(
            "Vetting",
            lambda each: None if each.acting is None else vetting_in_words(each.acting, visit.today),
            unknown="none",
        ),
        Column(
            "State",
            lambda each: _state(each, visit),
            tone=lambda each: "bad" if _why(each, visit) else "good",
        ),
    )


def _why(line: PartnerLine, visit: Visit[Unit]) -> str:
    """Why the account opens nothing today; "" where it does."""
    found = barrier(None if line.member is None else line.member.membership, visit.today)
    return "" if found is None else found[0].value


def _state(line: PartnerLine, visit: Visit[Unit]) -> str:
    why = _why(line, visit)
    return f"refused: {why}" if why else "open"


HISTORY: Columns[PartnerAccount] = (
    Column("Agency", lambda each: each.agency.name, holds_words=True),
    Column("Since", lambda each: each.began_at),
    Column("Until", lambda each: each.ended_at, unknown="now"),
)


@pages.read(_ONE, needs=Permission.MANAGE_PARTNERS, within="code")
def partner_account(visit: Visit[Unit], partner_id: int) -> Answer:
    """One partner account: agency, vetting, whether it opens anything today, and for whom it acted."""
    found = _partner(visit, partner_id)
    held = queries.memberships_of(visit.session, found.id)
    line = PartnerLine(found, held[0] if held else None)
    return visit.render(
        account=found,
        line=line,
        why=_why(line, visit),
        vetting="" if line.acting is None else vetting_in_words(line.acting, visit.today),
        tone="" if line.acting is None else vetting_tone(line.acting, visit.today),
        history=Table(f"Agencies for which {found.name} acted", HISTORY, held),
        may_manage_accounts=visit.may(Permission.MANAGE_ACCOUNTS, visit.place.path),
        **_trail(visit),
    )


@pages.form(f"{_ONE}/agency", needs=Permission.MANAGE_PARTNERS, within="code")
def act_for(visit: Visit[Unit], partner_id: int) -> Answer:
    """Say for which agency the account acts from now on, and how its holder is vetted."""
    found, form = _partner(visit, partner_id), ActForForm()
    form.agency.choices = agency_choices(queries.agencies_standing(visit.session, visit.today))
    return form_page(
        visit,
        form,
        act=lambda: _act_for(visit, found, **form.value()),
        saved=lambda made: f"{found.name} now acts for {made}.",
        back_href=_address(visit, partner_id),
        page=lambda: {
            "account": _partner(visit, partner_id),
            "latest": queries.latest_membership(visit.session, partner_id),
            **_trail(visit),
        },
    )


def _act_for(visit: Visit[Unit], account: Account, agency: str, **typed: Any) -> str:
    """The name of the agency for which the account acts now."""
    (found,) = actions.named_agencies(visit.session, [agency], "agency")
    actions.act_for(visit.session, account, agency=found, stamp=visit.stamp, **typed)
    return found.name


@pages.form(f"{_ONE}/vetting", needs=Permission.MANAGE_PARTNERS, within="code")
def renew_vetting(visit: Visit[Unit], partner_id: int) -> Answer:
    """Record how the holder of the account is vetted now."""
    found = _partner(visit, partner_id)
    return correction_page(
        visit,
        RenewVettingForm,
        lambda: _acting(visit, partner_id),
        act=lambda member, form: actions.renew_vetting(
            visit.session, member, stamp=visit.stamp, **form.value()
        ),
        saved="The vetting is saved.",
        back_href=_address(visit, partner_id),
        page=lambda member: {"account": _partner(visit, found.id), "agency": member.agency, **_trail(visit)},
    )


@pages.write(f"{_ONE}/leave", needs=Permission.MANAGE_PARTNERS, within="code")
def leave(visit: Visit[Unit], partner_id: int) -> Answer:
    """Let the account act for its agency no more: its next request is refused."""
    member = visit.found(queries.latest_membership(visit.session, _partner(visit, partner_id).id))
    return button(
        visit,
        act=lambda: actions.leave(visit.session, member, stamp=visit.stamp),
        saved="The account acts for no agency any more: its next request is refused.",
        back_href=_address(visit, partner_id),
    )


def _partner(visit: Visit[Unit], partner_id: int) -> Account:
    return visit.found(queries.partner_at(visit.session, visit.place.path, partner_id))


def _acting(visit: Visit[Unit], partner_id: int) -> PartnerAccount | None:
    """For whom the account acts now."""
    latest = queries.latest_membership(visit.session, partner_id)
    return None if latest is None or latest.ended_at is not None else latest


def _address(visit: Visit[Unit], partner_id: int) -> str:
    return url_for("partners.partner_account", code=visit.place.code, partner_id=partner_id)


def _list_address(unit: Unit) -> str:
    return url_for("partners.partner_accounts", code=unit.code)


def _trail(visit: Visit[Unit]) -> dict[str, Any]:
    """The way back to the list of the unit."""
    return {"trail": [(f"Partner accounts of {visit.place.name}", _list_address(visit.place))]}
