"""Flags of a community: set, corrected or ended, and removed where one was set by mistake."""

from datetime import timedelta

from flask import url_for

from npt.access.rules import Permission
from npt.communities import actions, queries
from npt.communities.actions import change_flag, set_flag
from npt.communities.forms import CorrectFlagForm, FlagForm
from npt.communities.models import CommunityFlag
from npt.communities.views.communities import back_to_list
from npt.communities.views.community import address_of
from npt.communities.views.door import pages
from npt.organisation.models import Unit
from npt.webkit.converters import KEY
from npt.webkit.form_flow import button, correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_FLAG = f"/units/<code>/communities/flags/<{KEY}:flag_id>"


@pages.form(
    f"/units/<code>/communities/<{KEY}:community_id>/flag", needs=Permission.KEEP_PROFILES, within="code"
)
def new_flag(visit: Visit[Unit], community_id: int) -> Answer:
    """Flag a community."""
    record = visit.found(queries.community_in(visit.session, visit.place, community_id))
    form = FlagForm(starts_on=visit.today)
    return form_page(
        visit,
        form,
        act=lambda: set_flag(visit.session, record, **form.value(), stamp=visit.stamp, today=visit.today),
        saved="The flag is set.",
        back_href=address_of(visit, community_id),
        page=lambda: {"record": visit.found(queries.community_in(visit.session, visit.place, community_id))},
    )


@pages.form(_FLAG, needs=Permission.KEEP_PROFILES, within="code")
def correct_flag(visit: Visit[Unit], flag_id: int) -> Answer:
    """Correct why a community is flagged, or end the flag."""
    flag = queries.flag_in(visit.session, visit.place, flag_id)
    return correction_page(
        visit,
        CorrectFlagForm,
        lambda: queries.flag_in(visit.session, visit.place, flag_id),
        act=lambda record, form: change_flag(
            visit.session, record, neighbourhood=visit.place, **form.value(), today=visit.today
        ),
        saved="The flag is saved.",
        back_href=back_to_list(visit) if flag is None else address_of(visit, flag.community_id),
        page=lambda record: {
            "yesterday": visit.today - timedelta(days=1),
            "remove_href": url_for("communities.remove_flag", code=visit.place.code, flag_id=record.id),
        },
    )


@pages.write(f"{_FLAG}/remove", needs=Permission.KEEP_PROFILES, within="code")
def remove_flag(visit: Visit[Unit], flag_id: int) -> Answer:
    """Remove a flag that was set by mistake."""
    flag = visit.found(queries.flag_in(visit.session, visit.place, flag_id))
    return button(
        visit,
        act=lambda: _remove(visit, flag),
        saved="The flag is removed.",
        back_href=address_of(visit, flag.community_id),
    )


def _remove(visit: Visit[Unit], flag: CommunityFlag) -> None:
    actions.remove_flag(visit.session, flag, neighbourhood=visit.place, expected_version=visit.sent_version)
