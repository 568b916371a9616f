"""What a resident sees by the link that they were sent, and their answer. Opening it changes nothing."""

from collections.abc import Callable, Sequence
from typing import cast

from flask import Flask, current_app, url_for
from sqlalchemy.orm import Session

from npt.access.rules import Open
from npt.kit.clock import day_in_words
from npt.matters.models import Matter
from npt.organisation.rules import Level
from npt.partners import actions, queries
from npt.partners.forms import AnswerForm
from npt.partners.models import Share
from npt.partners.views.door import pages
from npt.partners.views.links import RESIDENTS_VIEW
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.signed_links import LinkAltered, secret_keys
from npt.webkit.visit import Visit, not_found

_TELLERS = "npt_tellers_for_residents"
#: What is done about a matter and may be told to residents: what, and how far it has come, in words.
ActionsTeller = Callable[[Session, Matter], Sequence[tuple[str, str]]]
#: How far a matter has come, in words for residents; "" for one that has no stages.
StageTeller = Callable[[Session, Matter], str]


def register(app: Flask, actions: ActionsTeller, stage: StageTeller) -> None:
    """Let `app` ask these: the factory hands over who knows of actions, and how far a problem is."""
    app.extensions[_TELLERS] = actions, stage


@pages.form(
    "/look/<link>",
    needs=Open(because="a resident has no account, and the signed link opens one matter until it ends"),
)
def resident(visit: Visit[None], link: str) -> Answer:
    """Title, neighbourhood, what it is and how it stands; and a place to answer."""
    share, form = _share_of(visit, link), AnswerForm()
    return form_page(
        visit,
        form,
        act=lambda: actions.answer(visit.session, share, text=form.text.value, now=visit.now),
        saved=lambda _: visit.saved(
            url_for("partners.resident", link=link), "Thank you. Your answer has reached the team."
        ),
        page=lambda: _shown(visit, _share_of(visit, link)),
    )


def _share_of(visit: Visit[None], link: str) -> Share:
    """The share of the link while it is open. Altered, ended or never ours: all not found."""
    try:
        share = queries.share_keyed(visit.session, RESIDENTS_VIEW.read(secret_keys(), link, visit.today))
    except LinkAltered:
        not_found()
    if share is None or share.agency_id is not None or not share.opens_at(visit.now):
        not_found()
    return share


def _shown(visit: Visit[None], share: Share) -> dict[str, object]:
    """What residents are shown of a matter: no more than this."""
    matter = share.matter
    closed = matter.closed_on
    actions_of, stage_of = cast(tuple[ActionsTeller, StageTeller], current_app.extensions[_TELLERS])
    return {
        "title": matter.title,
        "kind": matter.kind.wording,
        "unit_name": matter.unit.name,
        "is_neighbourhood": matter.unit.level is Level.NEIGHBOURHOOD,
        "state": "open" if closed is None else f"closed on {day_in_words(closed)}",
        "stage": stage_of(visit.session, matter),
        "until": share.until,
        "actions": actions_of(visit.session, matter),
    }
