"""One community: what is known of it, its flags with who set them, when and why; adding and correcting it."""

from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.communities import queries
from npt.communities.actions import add_community, change_community, record_share
from npt.communities.forms import CommunityForm, CorrectCommunityForm, ShareForm
from npt.communities.models import Community, CommunityFlag, CommunityShare
from npt.communities.views.communities import back_to_list
from npt.communities.views.door import may_keep, pages
from npt.communities.wording import who_set
from npt.kit.clock import local_day
from npt.organisation.models import Unit
from npt.webkit.converters import KEY
from npt.webkit.filters import last_day
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_HERE = f"/units/<code>/communities/<{KEY}:community_id>"

_FLAGS: Columns[CommunityFlag] = (
    Column("Flag", lambda each: each.flag.heading),
    Column("From", lambda each: each.starts_on),
    Column("To", lambda each: each.ends_on, words=last_day),
    Column("Why", lambda each: each.reason, holds_words=True),
    Column("Why it ended", lambda each: each.end_reason, holds_words=True, unknown="it has not"),
    Column("Set by", who_set, holds_words=True, below=lambda each: f"on {_set_on(each)}"),
)
_SHARES: Columns[CommunityShare] = (
    Column("As at", lambda each: each.as_at),
    Column("Share", lambda each: each.percent, is_number=True, note="percent"),
    Column("Source", lambda each: each.source, holds_words=True, unknown="not given"),
)


def _set_on(flag: CommunityFlag) -> str:
    return last_day(local_day(flag.set_at))


@pages.read(_HERE, needs=Permission.SEE_PROFILES, within="code")
def community(visit: Visit[Unit], community_id: int) -> Answer:
    """Everything about one community."""
    record = visit.found(queries.community_in(visit.session, visit.place, community_id))
    contacts = queries.specialists_at(visit.session, visit.place, as_at=visit.today)
    keeps = may_keep(visit)
    carried = queries.carried_over(visit.session, [record]).get(record.id, [])

    def flag_address(flag: CommunityFlag) -> str:
        return url_for("communities.correct_flag", code=visit.place.code, flag_id=flag.id) if keeps else ""

    return visit.render(
        record=record,
        share=record.share_on(visit.today),
        flags=Table("Flags", _FLAGS, record.flags[::-1], href=flag_address),
        shares=Table("Share of the population", _SHARES, record.shares[::-1]),
        called=queries.called_for(contacts, record, visit.today),
        carried=[each for each in carried if visit.may(Permission.SEE_PROFILES, each.unit.path)],
        may_keep=keeps,
        back_href=back_to_list(visit),
    )


@pages.form("/units/<code>/communities/new", needs=Permission.KEEP_PROFILES, within="code")
def new_community(visit: Visit[Unit]) -> Answer:
    """Add a community to the neighbourhood."""
    form = CommunityForm()
    return form_page(
        visit,
        form,
        act=lambda: add_community(
            visit.session,
            neighbourhood=visit.place,
            **form.value(),
            stamp=visit.stamp,
            today=visit.today,
        ),
        saved=lambda made: visit.saved(_address(visit, made), f"{made.name} is added."),
        back_href=back_to_list(visit),
    )


@pages.form(f"{_HERE}/correct", needs=Permission.KEEP_PROFILES, within="code")
def correct_community(visit: Visit[Unit], community_id: int) -> Answer:
    """Correct a community, or close it."""
    return correction_page(
        visit,
        CorrectCommunityForm,
        lambda: queries.community_in(visit.session, visit.place, community_id),
        act=lambda record, form: change_community(visit.session, record, **form.value(), today=visit.today),
        saved="The community is saved.",
        back_href=address_of(visit, community_id),
    )


@pages.form(f"{_HERE}/share", needs=Permission.KEEP_PROFILES, within="code")
def new_share(visit: Visit[Unit], community_id: int) -> Answer:
    """Record a community’s share of the population."""
    record = visit.found(queries.community_in(visit.session, visit.place, community_id))
    form = ShareForm(as_at=visit.today)
    return form_page(
        visit,
        form,
        act=lambda: record_share(visit.session, record, **form.value(), today=visit.today),
        saved="The share is saved.",
        back_href=address_of(visit, community_id),
        page=lambda: _named(visit, community_id),
    )


def _named(visit: Visit[Unit], community_id: int) -> dict[str, Any]:
    return {"record": visit.found(queries.community_in(visit.session, visit.place, community_id))}


def _address(visit: Visit[Unit], record: Community) -> str:
    return address_of(visit, record.id)


def address_of(visit: Visit[Unit], community_id: int) -> str:
    """The page of a community of the place."""
    return url_for("communities.community", code=visit.place.code, community_id=community_id)
