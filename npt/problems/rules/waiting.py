"""On whom a problem waits: what has to come next, and whose it is to do. Ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from npt.kit.clock import day_in_words
from npt.problems.rules.gates import Lack
from npt.problems.rules.stages import Stage

#: More than so many lines are no answer to "what next".
_MOST_ACTIONS = 3
SCORER = "A supervisor or an analyst"
#: The stages at which somebody marks the record.
SCORED_AT = (Stage.ASSESSMENT, Stage.CLOSED)


@dataclass(frozen=True, slots=True)
class OpenAction:
    """Something still to be done for a problem."""

    what: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True)
class SignOff:
    """Whoever raised a priority has been asked whether it is solved, and has not answered."""

    #: the reference of the priority
    priority: str
    asked_on: date


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
    sign_offs: Sequence[SignOff] = (),
) -> list[Waiting]:
    """What a problem waits for, the most urgent first; nothing once it is closed, signed off and scored.

    Actions past their day come first, on their owners; then the answer of whoever raised it. Then what the
    stage still asks for (`lacks`), on whoever owns the problem; where it asks for nothing, actions still to
    be done, else to move it on. The record is scored at its assessment or after.
    """
    overdue = sorted((each for each in actions if each.due_on < today), key=lambda each: each.due_on)
    told = [Waiting(each.what, each.owner, is_overdue=True) for each in overdue[:_MOST_ACTIONS]]
    told += [
        Waiting(
            f"Say whether it is solved: asked on {day_in_words(each.asked_on)}",
            f"Whoever raised {each.priority}",
        )
        for each in sign_offs
    ]
    scored = [Waiting("Score the record", SCORER)] if stage in SCORED_AT and not is_scored else []
    if not stage.is_open:
        return [*told, *scored]
    if lacks:
        return [*told, Waiting(lacks[0].words.removesuffix("."), owner, lack=lacks[0]), *scored]
    coming = sorted((each for each in actions if each.due_on >= today), key=lambda each: each.due_on)
    if stage is Stage.RESPONSE and (overdue or coming):
        some = coming[: max(0, _MOST_ACTIONS - len(overdue))]
        return [*told, *(Waiting(each.what, each.owner) for each in some)]
    following = stage.next
    step = (
        "Close it"
        if following is Stage.CLOSED
        else f"Move it on to {following and following.wording.lower()}"
    )
    return [*told, Waiting(step, owner), *scored]
