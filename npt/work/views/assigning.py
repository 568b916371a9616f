"""Many actions given to another owner or another day at once, once it was seen what that does."""

from dataclasses import replace
from typing import Any

from npt.access.rules import Permission
from npt.kit.clock import day_in_words
from npt.kit.paging import Page
from npt.organisation.models import Unit
from npt.webkit.fields import Choice
from npt.webkit.filters import plural
from npt.webkit.form_flow import seen_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit
from npt.work.actions import assign_many, look_at
from npt.work.actions.assigning import Assignment
from npt.work.forms import AssignForm, RegisterForm, key_typed
from npt.work.queries import ActionLine, actions_under
from npt.work.rules import OPEN_STATES
from npt.work.views.door import asked_actions, breadcrumbs, offer_owners, owner_typed, pages, register_address
from npt.work.wording import due_in_words

#: The most that are offered on one page: more are narrowed by the filters.
MOST_OFFERED = 200


@pages.form("/units/<code>/actions/assign", needs=Permission.SET_ACTIONS, within="code")
def assign(visit: Visit[Unit]) -> Answer:
    """Tick actions, say who owns them from now on or until when, see what that does, and save it."""
    asked = asked_actions(visit)
    offered = _offered(visit, asked)
    form = AssignForm(version=0)
    form.offer([_choice(line, visit) for line in offered])
    offer_owners(visit, form)
    return seen_page(
        visit,
        form,
        effect=lambda: _effect(visit, form),
        act=lambda found: assign_many(visit.session, found),
        saved=lambda count: f"{plural(count, 'action')} changed.",
        back_href=register_address(visit.place.code),
        page=lambda found: {"asked": asked, "found": found, **_shown(visit, form, len(offered))},
    )


def _shown(visit: Visit[Unit], form: AssignForm, offered: int) -> dict[str, Any]:
    return {
        "is_any_offered": offered > 0,
        "most": MOST_OFFERED if offered == MOST_OFFERED else None,
        "asks_past": form.is_past_due(visit.today),
        "above": breadcrumbs(visit),
    }


def _offered(visit: Visit[Unit], asked: RegisterForm) -> list[ActionLine]:
    question = asked.asked(visit.today)
    if not question.states & OPEN_STATES:
        return []
    part = actions_under(
        visit.session,
        visit.place.path,
        replace(question, states=question.states & OPEN_STATES),
        today=visit.today,
        page=Page(1, MOST_OFFERED),
    )
    return list(part.rows)


def _choice(line: ActionLine, visit: Visit[Unit]) -> Choice:
    action = line.action
    due = f"due {day_in_words(action.due_on)} ({due_in_words(action, visit.today)})"
    return Choice(str(action.id), action.what, f"{line.owner_name}, {due}, {action.unit.name}")


def _effect(visit: Visit[Unit], form: AssignForm) -> Assignment:
    return look_at(
        visit.session,
        visit.place,
        today=visit.today,
        action_ids=tuple(map(key_typed, form.actions.value)),
        owner=owner_typed(visit, form),
        due_on=form.due_on.data,
        may_be_past=form.is_past_meant.given,
    )
