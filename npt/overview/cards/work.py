"""What is being done: the actions of the unit."""

from datetime import date

from flask import url_for

from npt.access.rules import Permission
from npt.kit.paging import Page
from npt.overview.cards.card import Card, Fact, Line, Patch
from npt.webkit.filters import number
from npt.webkit.parts import Link
from npt.work.models import Action
from npt.work.queries import Asked, actions_under, waiting_at
from npt.work.rules import OPEN_STATES
from npt.work.wording import due_in_words

#: Actions that stand on the card; the rest are a link away. Ours.
MOST_NAMED = 4


def actions(patch: Patch) -> Card | None:
    """What is open, the first due first."""
    session, place, today = patch.session, patch.place, patch.today
    if not patch.may(Permission.SEE_ACTIONS):
        return None
    asked = Asked(states=frozenset(OPEN_STATES))
    part = actions_under(session, place.path, asked, today=today, page=Page(1, MOST_NAMED))
    waiting = waiting_at(session, place.path, today=today)
    href = url_for("work.register", code=place.code)
    overdue = url_for("work.register", code=place.code, due="overdue")
    return Card(
        "Actions",
        href,
        "Register of actions",
        [
            *([Fact(number(part.total), "open", href)] if part.total else []),
            *(
                [Fact(number(waiting.overdue), "overdue", overdue, is_flagged=True)]
                if waiting.overdue
                else []
            ),
        ],
        [
            Line(
                each.action.what,
                url_for("work.action", code=each.action.unit.code, action_id=each.action.id),
                f"{each.owner_name}, {_due(each.action, today)}",
            )
            for each in part.rows
        ],
        "" if part.total else "Nothing is open.",
        [Link("Set an action", url_for("work.new_action", code=place.code))]
        if patch.may(Permission.SET_ACTIONS)
        else (),
    )


def _due(action: Action, today: date) -> str:
    """When it is due: "due in 3 days", "2 days overdue"."""
    return ("" if action.is_overdue(today) else "due ") + due_in_words(action, today)
