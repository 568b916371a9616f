"""From one stage to another: on to the next once nothing is missing, back to any with a reason."""

from collections.abc import Sequence

from npt.kit.refusals import Refusal
from npt.problems.rules.gates import Lack
from npt.problems.rules.stages import Stage, StageRefused


class NotReady(StageRefused):
    """A stage was to be left that lacks something."""

    def __init__(self, stage: Stage, lacks: Sequence[Lack]) -> None:
        what, are = (
            ("one more thing", "it is") if len(lacks) == 1 else (f"{len(lacks)} more things", "they are")
        )
        super().__init__(f"{stage.wording} asks for {what} first: {are} listed below.", field="stage")
        self.lacks = lacks


class ReasonMissing(Refusal):
    """A problem was to go back to an earlier stage, and nobody said why."""


def check_move(before: Stage, after: Stage, lacks: Sequence[Lack], reason: str | None) -> None:
    """Refuse a move that is none. `lacks`: of the stage that it is at. StageRefused, NotReady, ReasonMissing.

    Closing is no such move: it asks for what came of the problem.
    """
    if after is before:
        raise StageRefused(f"It is at {before.wording.lower()} already: choose another stage.", field="stage")
    if after.number < before.number:
        if not reason:
            raise ReasonMissing("Say why it goes back.", field="reason")
        return
    if after is Stage.CLOSED:
        raise StageRefused("Close it with what came of it, on its assessment.", field="stage")
    if after is not before.next:
        following = before.next
        words = "" if following is None else f": move it on to {following.wording.lower()} first"
        raise StageRefused(f"No stage can be skipped{words}.", field="stage")
    if lacks:
        raise NotReady(before, lacks)
