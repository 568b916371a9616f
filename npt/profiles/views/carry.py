"""The written parts of a closed neighbourhood, carried over to those that took over from it."""

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.queries import last_successors
from npt.profiles.actions import Carried, carry_over
from npt.profiles.forms import CarryForm, carry_form
from npt.profiles.queries import left_behind
from npt.profiles.rules import Part
from npt.profiles.views.door import pages, profile_address
from npt.webkit.filters import plural
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form("/units/<code>/profile/carry-over", needs=Permission.KEEP_PROFILES, within="code")
def carry(visit: Visit[Unit]) -> Answer:
    """Say, part by part, to which neighbourhoods the words of a closed one go."""
    if visit.place.closed_on is None:
        visit.found(None)
    waiting = left_behind(visit.session, visit.place)
    taking_over = [
        unit
        for unit in last_successors(visit.session, visit.place)
        if unit.stands_on(visit.today) and visit.may(Permission.KEEP_PROFILES, unit.path)
    ]
    form = carry_form(waiting, taking_over)
    words = {f"part_{each.part.value}": each.words for each in waiting}
    return form_page(
        visit,
        form,
        act=lambda: _carry(visit, form),
        saved=_in_words,
        back_href=profile_address(visit.place),
        page=lambda: {"words": words},
    )


def _carry(visit: Visit[Unit], form: CarryForm) -> Carried:
    to, left = form.value()
    return carry_over(
        visit.session,
        closed=visit.place,
        to={Part(key): codes for key, codes in to.items()},
        left=[Part(key) for key in left],
        stamp=visit.stamp,
        today=visit.today,
    )


def _in_words(done: Carried) -> str:
    parts = [
        f"{plural(len(done.made), 'part')} carried over",
        *([f"{len(done.left)} left with the closed neighbourhood"] if done.left else []),
    ]
    return f"{', '.join(parts)}."
