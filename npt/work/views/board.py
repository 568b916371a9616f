"""The board of a unit: its actions by how far they have come."""

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit
from npt.work.queries import board_of
from npt.work.rules import DONE_LATELY, ActionState
from npt.work.views.door import ONE, action_address, action_here, board_address, breadcrumbs, pages
from npt.work.views.my_actions import pressed
from npt.work.wording import due_in_words, matter_shown, state_in_words

#: Cards in one column; the register has the rest.
MOST_CARDS = 30
#: What a card offers by one tap. To drop an action, or take it up again, one says why, on its own page.
_NEXT = {
    ActionState.PLANNED: ((ActionState.UNDER_WAY, "Start"), (ActionState.DONE, "Record as done")),
    ActionState.UNDER_WAY: ((ActionState.DONE, "Record as done"), (ActionState.PLANNED, "Back to planned")),
    ActionState.DONE: (),
    ActionState.DROPPED: (),
}


@pages.read("/units/<code>/actions/board", needs=Permission.SEE_ACTIONS, within="code")
def board(visit: Visit[Unit]) -> Answer:
    """What is planned, under way, and was done or dropped in the last four weeks."""
    columns = board_of(visit.session, visit.place.path, today=visit.today, most=MOST_CARDS)
    return visit.render(
        columns=columns,
        days=DONE_LATELY.days,
        steps=_NEXT,
        due=lambda action: due_in_words(action, visit.today),
        ended=state_in_words,
        matter=lambda action: matter_shown(visit.person, action.matter),
        address=action_address,
        may_set=visit.may(Permission.SET_ACTIONS, visit.place.path),
        above=breadcrumbs(visit),
        today=visit.today,
        here=board_address(visit.place.code),
    )


@pages.write(f"{ONE}/move", needs=Permission.SET_ACTIONS, within="code")
def move(visit: Visit[Unit], action_id: int) -> Answer:
    """Move an action to another column by one tap."""
    found = action_here(visit, action_id).action
    return pressed(visit, found, visit.back_to(board_address(visit.place.code)))
