"""Communities of a closed neighbourhood, carried over to those that took over from it."""

from npt.access.rules import Permission
from npt.communities.actions import Carried, carry_over
from npt.communities.forms import CarryForm, carry_form
from npt.communities.queries import left_behind
from npt.communities.views.communities import back_to_list
from npt.communities.views.door import pages
from npt.organisation.models import Unit
from npt.organisation.queries import last_successors
from npt.webkit.filters import plural
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form("/units/<code>/communities/carry-over", needs=Permission.KEEP_PROFILES, within="code")
def carry(visit: Visit[Unit]) -> Answer:
    """Say, line by line, where the communities of a closed neighbourhood live now."""
    if visit.place.closed_on is None:
        visit.found(None)
    waiting = left_behind(visit.session, visit.place)
    taking_over = [
        unit
        for unit in last_successors(visit.session, visit.place)
        if visit.may(Permission.KEEP_PROFILES, unit.path)
    ]
    form = carry_form(waiting, taking_over)
    return form_page(
        visit,
        form,
        act=lambda: _carry(visit, form),
        saved=_in_words,
        back_href=back_to_list(visit),
    )


def _carry(visit: Visit[Unit], form: CarryForm) -> Carried:
    to, ended = form.value()
    return carry_over(
        visit.session,
        closed=visit.place,
        to={int(key): codes for key, codes in to.items()},
        ended=[int(key) for key in ended],
        stamp=visit.stamp,
    )


def _in_words(done: Carried) -> str:
    parts = [
        f"{plural(len(done.made), 'community', 'communities')} carried over",
        *([f"{len(done.there)} recorded there already"] if done.there else []),
        *([f"{len(done.ended)} closed"] if done.ended else []),
    ]
    return f"{', '.join(parts)}."
