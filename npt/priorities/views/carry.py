"""Priorities of a closed team, carried over to those that took over from it."""

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.queries import last_successors
from npt.priorities.actions import Carried, carry_over
from npt.priorities.forms import CarryForm, carry_form
from npt.priorities.queries import left_behind
from npt.priorities.views.door import LIST, list_address, pages
from npt.priorities.views.letters import tell_no_longer
from npt.webkit.filters import plural
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form(f"{LIST}/carry-over", needs=Permission.KEEP_PROBLEMS, within="code")
def carry(visit: Visit[Unit]) -> Answer:
    """Say, line by line, which team solves what a closed one was to solve."""
    if visit.place.closed_on is None or visit.place.stands_on(visit.today):
        visit.found(None)
    taking_over = [
        unit
        for unit in last_successors(visit.session, visit.place)
        if unit.stands_on(visit.today) and visit.may(Permission.KEEP_PROBLEMS, unit.path)
    ]
    form = carry_form(left_behind(visit.session, visit.place, as_at=visit.today), taking_over)
    return form_page(
        visit,
        form,
        act=lambda: _carry(visit, form),
        saved=_in_words,
        back_href=list_address(visit.place.code),
        page=dict,
    )


def _carry(visit: Visit[Unit], form: CarryForm) -> tuple[Carried, str]:
    """What was done, and whether those whose priorities end were told."""
    to, stopped = form.value()
    done = carry_over(
        visit.session,
        closed=visit.place,
        to={int(key): codes[0] for key, codes in to.items()},
        stopped=[int(key) for key in stopped],
        stamp=visit.stamp,
        today=visit.today,
    )
    return done, " ".join(tell_no_longer(visit, each) for each in done.stopped)


def _in_words(told: tuple[Carried, str]) -> str:
    done, letters = told
    parts = [
        f"{plural(len(each), 'priority', 'priorities')} {how}"
        for each, how in ((done.moved, "carried over"), (done.stopped, "no longer chosen"))
        if each
    ]
    return f"{', '.join(parts)}. {letters}".rstrip()
