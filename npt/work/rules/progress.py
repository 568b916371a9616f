"""How far an action has come, and what it costs. States as in the design of problem solving; limits ours."""

from datetime import date, timedelta
from enum import Enum

from npt.kit.clock import day_in_words
from npt.kit.money import pounds_in_words
from npt.kit.refusals import Refusal

#: The dearest action, in pence: ten million pounds is a slip of the keyboard.
MOST_PENCE = 1_000_000_000
#: How far from now a day of an action or a clock may be: ten years, as long as the longest clock.
FARTHEST = timedelta(days=3_660)
#: How long the board shows what was done.
DONE_LATELY = timedelta(days=28)


class ActionState(Enum):
    """How far an action has come."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def wording(self) -> str:
        """The state as people read it: "Under way"."""
        return self.value.replace("-", " ").capitalize()

    @property
    def is_open(self) -> bool:
        """Whether there is something left to do."""
        return self in OPEN_STATES


OPEN_STATES = frozenset({ActionState.PLANNED, ActionState.UNDER_WAY})


class MatterStage(Enum):
    """The stage of a problem (scanning, analysis, response, assessment: SARA) that an action belongs to."""

    SCANNING = "scanning"
    ANALYSIS = "analysis"
    RESPONSE = "response"
    ASSESSMENT = "assessment"

    @property
    def wording(self) -> str:
        """The stage as people read it."""
        return self.value.capitalize()


class BadCost(Refusal):
    """A cost below nothing, or above ten million pounds."""


class WrongState(Refusal):
    """Something was to be done to an action that its state does not allow."""


class ReasonMissing(Refusal):
    """An action was to be dropped or reopened without saying why."""


class DayFarOff(Refusal):
    """Something was to be due, done or started more than ten years from now: a slip of the hand."""


class DueInPast(Refusal):
    """An action was to be due on a day gone by, and nobody said that this is meant."""


class EndedInFuture(Refusal):
    """An action was to have been done on a day that has not come."""


def check_cost(pence: int | None) -> None:
    """Refuse (BadCost) what no action costs. None, not known, passes."""
    if pence is not None and not 0 <= pence <= MOST_PENCE:
        raise BadCost(f"The cost must be from £0 to {pounds_in_words(MOST_PENCE)}.", field="cost_pence")


def check_near(day: date, today: date, field: str) -> None:
    """Refuse (DayFarOff) a day more than ten years from now; `field` is where it was given."""
    if abs(day - today) > FARTHEST:
        side = "ago" if day < today else "ahead"
        raise DayFarOff(f"{day_in_words(day)} is more than ten years {side}: check the year.", field=field)


def check_due(due_on: date, today: date, *, may_be_past: bool) -> None:
    """Refuse a day gone by unless it is meant, and one far off. DueInPast, DayFarOff."""
    check_near(due_on, today, "due_on")
    if due_on < today and not may_be_past:
        raise DueInPast(
            "This day has gone by, so the action would be overdue at once: give another day, or tick that it"
            " is meant.",
            field="due_on",
        )
