"""On whom a problem waits: what has to come next, and whose it is to do. Ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from npt.problems.rules.gates import Lack
from npt.problems.rules.stages import Stage

#: More than so many lines are no answer to "what next".
_MOST_ACTIONS = 3
SCORER = "a supervisor or an analyst"


@dataclass(frozen=True, slots=True)
class OpenAction:
    """Something still to be done for a problem."""

    what: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a problem waits for, and on whom."""

    what: str
    on: str
    is_overdue: bool = False
    #: what it is missing, where it is that
    lack: Lack | None = None


def waiting_on(
    stage: Stage,
    *,
    owner: str,
    lacks: Sequence[Lack],
    actions: Sequence[OpenAction],
    today: date,
    is_scored: bool,
) -> list[Waiting]:
    """What a problem waits for, the most urgent first; nothing once it is closed and scored.

    Actions past their day come first, on their owners. Then what the stage still asks for (`lacks`), on
    whoever owns the problem; where it asks for nothing, actions still to be done, else to move it on.
    """
    overdue = sorted((each for each in actions if each.due_on < today), key=lambda each: each.due_on)
    told = [Waiting(each.what, each.owner, is_overdue=True) for each in overdue[:_MOST_ACTIONS]]
    if not stage.is_open:
        return told if is_scored else [*told, Waiting("Score the record", SCORER)]
    if lacks:
        return [*told, Waiting(lacks[0].words.removesuffix("."), owner, lack=lacks[0])]
    coming = sorted((each for each in actions if each.due_on >= today), key=lambda each: each.due_on)
    if stage is Stage.RESPONSE and (told or coming):
        return [*told, *(Waiting(each.what, each.owner) for each in coming[: _MOST_ACTIONS - len(told)])]
    following = stage.next
    step = (
        "Close it"
        if following is Stage.CLOSED
        else f"Move it on to {following and following.wording.lower()}"
    )
    return [*told, Waiting(step, owner)]
