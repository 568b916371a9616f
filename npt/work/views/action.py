"""One action of a unit, and how far it has come."""

from typing import Any

from npt.access.rules import Permission
from npt.kit.money import pounds_in_words
from npt.organisation.models import Unit
from npt.webkit.form_flow import correction_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit
from npt.work.actions import move_action
from npt.work.forms import ProgressForm
from npt.work.models import Action
from npt.work.queries import action_of, clocks_of_action, history_of, owner_line
from npt.work.rules import ActionState
from npt.work.views.door import ONE, action_address, action_here, breadcrumbs, pages, whose
from npt.work.views.history import in_words
from npt.work.wording import TONES, due_in_words, matter_shown, own_address, state_in_words

#: What is said once an action is moved, and where it was like that already.
SAID = {True: "The action is saved.", False: "It was like that already, so nothing was changed."}


@pages.read(ONE, needs=Permission.SEE_ACTIONS, within="code")
def action(visit: Visit[Unit], action_id: int) -> Answer:
    """What is to be done, by whom, until when, how far it has come, and what happened to it."""
    line = action_here(visit, action_id)
    found = line.action
    own = action_of(visit.session, whose(visit), found.id, today=visit.today)
    return visit.render(
        record=found,
        owner_name=line.owner_name,
        is_without_owner=line.is_without_owner,
        may_set=visit.may(Permission.SET_ACTIONS, found.unit.path),
        own_href="" if own is None else own_address(found),
        clocks=clocks_of_action(visit.session, found, today=visit.today),
        history=history_of(visit.session, found),
        above=breadcrumbs(visit),
        states=ActionState,
        **told(visit, found),
    )


@pages.form(f"{ONE}/progress", needs=Permission.SET_ACTIONS, within="code")
def progress(visit: Visit[Unit], action_id: int) -> Answer:
    """Say how far an action has come, drop it, or take it up again."""
    back_href = action_address(action_here(visit, action_id).action)
    return correction_page(
        visit,
        ProgressForm,
        lambda: action_here(visit, action_id).action,
        act=lambda found, form: move_action(
            visit.session, found, stamp=visit.stamp, today=visit.today, **form.value()
        ),
        saved=lambda changed: SAID[changed],
        page=lambda _: {"above": breadcrumbs(visit)},
        back_href=back_href,
    )


def told(visit: Visit[Any], found: Action) -> dict[str, Any]:
    """What the pages of an action say of it in words."""
    owner = owner_line(visit.session, found.owner, visit.today)
    return {
        "state": state_in_words(found),
        "tone": TONES[found.state],
        "due": due_in_words(found, visit.today),
        "matter": matter_shown(visit.person, found.matter),
        "cost": "" if found.cost_pence is None else pounds_in_words(found.cost_pence),
        "owner": "not known" if owner is None else owner.name,
        "now": visit.now,
        "history_in_words": in_words,
    }
