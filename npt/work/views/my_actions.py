"""What the person, or their agency, has to do."""

from typing import Any

from flask import request, url_for

from npt.webkit.asked import asked_page
from npt.webkit.converters import KEY
from npt.webkit.form_flow import button, correction_page
from npt.webkit.listing import where_in
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, not_found
from npt.work.actions import move_action
from npt.work.forms import ProgressForm
from npt.work.models import Action
from npt.work.queries import action_of, clocks_of_action, history_of, open_count, own_actions
from npt.work.rules import ActionState
from npt.work.views.action import SAID, told
from npt.work.views.door import OWN, pages, whose
from npt.work.wording import TONES, due_in_words, matter_shown, own_address

#: Actions on one page.
SIZE = 50


@pages.read("/my/actions", needs=OWN)
def my_actions(visit: Visit[None]) -> Answer:
    """What is theirs and still to be done, the first due first, so that what is overdue stands on top."""
    mine = whose(visit)
    part = own_actions(visit.session, mine, today=visit.today, page=asked_page(SIZE))
    return visit.render(
        lines=part.rows,
        where=where_in(part.page, part.total, "actions"),
        overdue=open_count(visit.session, mine, due_before=visit.today),
        due=lambda action: due_in_words(action, visit.today),
        matter=lambda action: matter_shown(visit.person, action.matter),
        tones=TONES,
        states=ActionState,
        address=own_address,
    )


@pages.form(f"/my/actions/<{KEY}:action_id>", needs=OWN)
def my_action(visit: Visit[None], action_id: int) -> Answer:
    """One action of theirs: what it is, how far it has come, and what happened to it."""
    return correction_page(
        visit,
        ProgressForm,
        lambda: _own(visit, action_id),
        act=lambda action, form: move_action(
            visit.session, action, stamp=visit.stamp, today=visit.today, **form.value()
        ),
        saved=lambda changed: SAID[changed],
        page=lambda action: {
            **told(visit, action),
            "clocks": clocks_of_action(visit.session, action, today=visit.today),
            "history": history_of(visit.session, action),
        },
        back_href=url_for("work.my_actions"),
    )


@pages.write(f"/my/actions/<{KEY}:action_id>/move", needs=OWN)
def move_mine(visit: Visit[None], action_id: int) -> Answer:
    """Begin an action of theirs, or say that it is done, by one tap."""
    action = visit.found(_own(visit, action_id))
    return pressed(visit, action, visit.back_to(url_for("work.my_actions")))


def pressed(visit: Visit[Any], action: Action, back_href: str) -> Answer:
    """A button that moves an action; which state, it says itself."""
    try:
        state = ActionState(request.form.get("state", ""))
    except ValueError:
        not_found()
    return button(
        visit,
        act=lambda: move_action(
            visit.session,
            action,
            stamp=visit.stamp,
            today=visit.today,
            state=state,
            expected_version=visit.sent_version,
        ),
        saved=lambda changed: f"{state.wording}: {action.what}" if changed else SAID[False],
        back_href=back_href,
    )


def _own(visit: Visit[None], action_id: int) -> Action | None:
    line = action_of(visit.session, whose(visit), action_id, today=visit.today)
    return None if line is None else line.action
