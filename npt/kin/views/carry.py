"""Key individuals of a closed neighbourhood, carried over to those that took over from it."""

from npt.access.rules import Permission
from npt.communities.queries import left_behind as communities_left
from npt.kin.actions import Carried, carry_over
from npt.kin.forms import CarryForm, carry_form
from npt.kin.queries import left_behind
from npt.kin.views.door import LISTED, NETWORK, list_address, pages
from npt.organisation.models import Unit
from npt.organisation.queries import last_successors
from npt.webkit.filters import plural
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form(f"{NETWORK}/carry-over", needs=Permission.KEEP_KIN, within="code", shows_personal=LISTED)
def carry(visit: Visit[Unit]) -> Answer:
    """Say, line by line, where the key individuals of a closed neighbourhood belong now."""
    if visit.place.closed_on is None:
        visit.found(None)
    visit.personal_record_id = visit.place.id
    taking_over = [
        unit
        for unit in last_successors(visit.session, visit.place)
        if visit.may(Permission.KEEP_KIN, unit.path)
    ]
    form = carry_form(left_behind(visit.session, visit.place), taking_over)
    return form_page(
        visit,
        form,
        act=lambda: _carry(visit, form),
        saved=_in_words,
        back_href=list_address(visit.place.code),
        page=lambda: {"communities_left": len(communities_left(visit.session, visit.place))},
    )


def _carry(visit: Visit[Unit], form: CarryForm) -> Carried:
    to, left = form.value()
    return carry_over(
        visit.session,
        closed=visit.place,
        to={int(key): codes[0] for key, codes in to.items()},
        left=[int(key) for key in left],
    )


def _in_words(done: Carried) -> str:
    left = f", {plural(len(done.left), 'person', 'people')} no longer in the network" if done.left else ""
    return f"{plural(len(done.moved), 'person', 'people')} carried over{left}."
