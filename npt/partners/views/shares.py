"""What is shared of a matter, and of a unit: sharing, inviting a resident, extending, confirming, ending."""

from flask import url_for

from npt.access.rules import Permission, ShareLevel
from npt.matters.models import Matter
from npt.matters.queries import matter_referred
from npt.matters.wording import link_to
from npt.organisation.models import Unit
from npt.organisation.views import above
from npt.outbox.actions import queue
from npt.outbox.queries import stopped_addresses, unsubscribed
from npt.outbox.rules import Topic
from npt.partners import actions, queries
from npt.partners.forms import ExtendForm, InviteForm, ShareForm, SharesForm, SoughtShares
from npt.partners.forms.accounts import agency_choices
from npt.partners.models import Share
from npt.partners.rules import ShareTerms
from npt.partners.views.door import MATTER, check_seen, pages
from npt.partners.views.links import resident_address
from npt.partners.wording import invitation, level_in_words, shared_with, state_in_words, state_tone
from npt.webkit.converters import KEY
from npt.webkit.filters import day as day_in_words
from npt.webkit.form_flow import button, correction_page, form_page
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_ONE = f"{MATTER}/shares/<{KEY}:share_id>"
#: What the journal calls a page that names the residents with whom a matter is shared.
SHARES = "shares of matter"
_SENT = "They are sent the link by email."


@pages.read(f"{MATTER}/shares", needs=Permission.SHARE, within_matter="reference", shows_personal=SHARES)
def shares(visit: Visit[Matter]) -> Answer:
    """With whom the matter is shared, or was: until when, why, on what basis; and what residents answered."""
    check_seen(visit)
    found = queries.shares_of(visit.session, visit.place)
    visit.personal_record_id = visit.place.id
    visit.shows_personal = any(each.agency_id is None for each in found)
    return visit.render(
        matter=visit.place,
        open_shares=[each for each in found if each.opens_at(visit.now)],
        ended_shares=[each for each in found if not each.opens_at(visit.now)],
        answers=queries.answers_to(visit.session, found),
        shared_with=shared_with,
        level_in_words=level_in_words,
        state_in_words=lambda share: state_in_words(share, visit.now),
        state_tone=lambda share: state_tone(share, visit.now),
        resident_address=lambda share: resident_address(share, visit.today),
        page_href=link_to(visit.place).href,
    )


@pages.form(f"{MATTER}/share", needs=Permission.SHARE, within_matter="reference")
def share(visit: Visit[Matter]) -> Answer:
    """Share the matter with an agency."""
    check_seen(visit)
    form, matter = ShareForm(), visit.place
    form.agency.choices = agency_choices(queries.agencies_standing(visit.session, visit.today))
    return form_page(
        visit,
        form,
        act=lambda: _share(visit, *form.value()),
        saved=lambda made: _said(matter, made),
        back_href=shares_address(matter),
        page=lambda: {"matter": _as_it_is(visit)},
    )


def _as_it_is(visit: Visit[Matter]) -> Matter:
    """The matter, also after a refusal has undone what was read."""
    return visit.found(matter_referred(visit.session, visit.place.reference))


def _said(matter: Matter, made: Share) -> str:
    return f"{matter.title} is shared with {shared_with(made)} until {day_in_words(made.until)}."


def _share(visit: Visit[Matter], code: str, level: ShareLevel, terms: ShareTerms) -> Share:
    (agency,) = actions.named_agencies(visit.session, [code], "agency")
    return actions.share_with_agency(
        visit.session, matter=visit.place, agency=agency, level=level, terms=terms, stamp=visit.stamp
    )


@pages.form(f"{MATTER}/invite", needs=Permission.SHARE, within_matter="reference")
def invite(visit: Visit[Matter]) -> Answer:
    """Invite a resident to look at the matter by a link."""
    check_seen(visit)
    form, matter = InviteForm(), visit.place
    return form_page(
        visit,
        form,
        act=lambda: _invite(visit, *form.value()),
        saved=lambda made: f"{_said(matter, made)} {_how_told(visit, made)}",
        back_href=shares_address(matter),
        page=lambda: {"matter": _as_it_is(visit)},
    )


def _how_told(visit: Visit[Matter], made: Share) -> str:
    address = "" if made.resident is None else made.resident.email
    why = ""
    if (address, Topic.INVITATION) in unsubscribed(visit.session, [address]):
        why = "they want no such emails"
    elif address in stopped_addresses(visit.session, [address]):
        why = "emails to this address came back"
    return f"They are sent no email, because {why}: give them the link." if why else _SENT


def _invite(visit: Visit[Matter], name: str, email: str, terms: ShareTerms) -> Share:
    made = actions.invite_resident(
        visit.session, matter=visit.place, name=name, email=email, terms=terms, stamp=visit.stamp
    )
    queue(visit.session, invitation(made, resident_address(made, visit.today)), now=visit.now)
    return made


@pages.write(f"{_ONE}/withdraw", needs=Permission.SHARE, within_matter="reference")
def withdraw(visit: Visit[Matter], share_id: int) -> Answer:
    """End the share: the next request is refused."""
    found = _shared(visit, share_id)
    return button(
        visit,
        act=lambda: actions.withdraw(visit.session, found, stamp=visit.stamp),
        saved=f"The share with {shared_with(found)} is withdrawn.",
        back_href=shares_address(visit.place),
    )


@pages.write(f"{_ONE}/confirm", needs=Permission.SHARE, within_matter="reference")
def confirm(visit: Visit[Matter], share_id: int) -> Answer:
    """Confirm the share after the matter came to this unit."""
    found = _shared(visit, share_id)
    return button(
        visit,
        act=lambda: actions.confirm(visit.session, found, stamp=visit.stamp),
        saved=f"The share with {shared_with(found)} is confirmed.",
        back_href=shares_address(visit.place),
    )


@pages.form(f"{_ONE}/extend", needs=Permission.SHARE, within_matter="reference")
def extend(visit: Visit[Matter], share_id: int) -> Answer:
    """Let the share last longer."""
    check_seen(visit)
    return correction_page(
        visit,
        ExtendForm,
        lambda: queries.share_of(visit.session, visit.place, share_id),
        act=lambda found, form: actions.extend(visit.session, found, stamp=visit.stamp, **form.value()),
        saved="The share is extended.",
        back_href=shares_address(visit.place),
        page=lambda found: {"matter": found.matter, "whom": shared_with(found)},
    )


def _shared(visit: Visit[Matter], share_id: int) -> Share:
    check_seen(visit)
    return visit.found(queries.share_of(visit.session, visit.place, share_id))


def shares_address(matter: Matter) -> str:
    """Where it is told with whom a matter is shared."""
    return url_for("partners.shares", reference=matter.reference)


@pages.read("/units/<code>/shares", needs=Permission.SHARE, within="code", shows_personal="shares at unit")
def unit_shares(visit: Visit[Unit]) -> Answer:
    """What is shared of the unit and of all under it, what ends first first."""
    form = SharesForm()
    form.validate()
    found = [
        each
        for each in queries.shares_under(visit.session, [visit.place.path], visit.now)
        if visit.may(each.matter.kind.needs, each.matter.path) and _is_sought(each, form.show.data, visit)
    ]
    visit.personal_record_id = visit.place.id
    visit.shows_personal = any(each.agency_id is None for each in found)
    return visit.render(
        form=form,
        table=Table(
            f"Shared by {visit.place.name} and units under it",
            _columns(visit),
            found,
            href=lambda each: shares_address(each.matter),
            noun="shares",
            file=f"shares-{visit.place.code}-{visit.today}",
        ),
        clear_href=_unit_shares(visit.place),
        above=above(visit, Permission.SHARE, _unit_shares),
    )


def _unit_shares(unit: Unit) -> str:
    return url_for("partners.unit_shares", code=unit.code)


def _is_sought(share: Share, sought: str | None, visit: Visit[Unit]) -> bool:
    if sought == SoughtShares.TO_CONFIRM.value:
        return share.is_to_confirm
    return sought != SoughtShares.ENDING.value or share.ends_soon(visit.today)


def _columns(visit: Visit[Unit]) -> Columns[Share]:
    return (
        Column("Record", lambda each: each.matter.title, holds_words=True),
        Column("Reference", lambda each: each.matter.reference),
        Column("Unit", lambda each: each.matter.unit.name, holds_words=True),
        Column("With", shared_with, holds_words=True),
        Column("How much", level_in_words),
        Column("Last day", lambda each: each.until),
        Column(
            "State",
            lambda each: state_in_words(each, visit.now),
            tone=lambda each: state_tone(each, visit.now),
        ),
    )
