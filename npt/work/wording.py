"""Actions and clocks in words, as the pages of several features show them."""

from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from npt.access.rules import Viewer
from npt.matters.models import Matter
from npt.matters.wording import link_to
from npt.webkit.filters import day, plural
from npt.webkit.parts import Link
from npt.work.models import Action
from npt.work.queries import actions_for_residents
from npt.work.rules import ActionState

TONES = {
    ActionState.PLANNED: "plain",
    ActionState.UNDER_WAY: "caution",
    ActionState.DONE: "good",
    ActionState.DROPPED: "quiet",
}


def due_in_words(action: Action, today: date) -> str:
    """When an action is due, beside its day: "today", "in 3 days", "2 days overdue"; "" once it has ended."""
    if not action.state.is_open:
        return ""
    days = (action.due_on - today).days
    if days < 0:
        return f"{plural(-days, 'day')} overdue"
    return "today" if days == 0 else "tomorrow" if days == 1 else f"in {plural(days, 'day')}"


def state_in_words(action: Action) -> str:
    """The state, with the day on which it ended: "Done 4 May 2026"."""
    return (
        action.state.wording if action.ended_on is None else f"{action.state.wording} {day(action.ended_on)}"
    )


def matter_shown(viewer: Viewer, matter: Matter | None) -> Link | None:
    """What the matter of an action is called, with the way to its page; its unit is loaded.

    None where there is none. Whoever may not see the matter is told what kind it is, and no more.
    """
    if matter is None:
        return None
    if not viewer.may(matter.kind.needs, matter.unit.path):
        return Link(f"a {matter.kind.wording}", "")
    return link_to(matter)


def own_address(action: Action) -> str:
    """The page of an action as its owner sees it."""
    return url_for("work.my_action", action_id=action.id)


def told_to_residents(session: Session, matter: Matter) -> list[tuple[str, str]]:
    """What is done about a matter, as residents are told: what, and how far it has come; never by whom."""
    return [
        (action.what, f"done on {day(action.ended_on)}")
        if action.ended_on is not None
        else (action.what, f"{action.state.wording.lower()}, by {day(action.due_on)}")
        for action in actions_for_residents(session, matter)
    ]
