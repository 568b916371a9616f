"""What came of a problem, and whether the figures bear it. Eck and Spelman's scale, with two of ours."""

from enum import Enum

from npt.kit.statistics import CountChange


class WasDone(Enum):
    """Whether what was planned was done."""

    AS_PLANNED = "as-planned"
    PARTLY = "partly"
    NOT = "not"

    @property
    def wording(self) -> str:
        """The answer as people read it."""
        return {"as-planned": "Yes, as planned", "partly": "In part", "not": "No"}[self.value]


class Outcome(Enum):
    """What came of a problem."""

    ELIMINATED = "eliminated"
    REDUCED = "reduced"
    LESS_SERIOUS = "less-serious"
    DEALT_WITH_BETTER = "dealt-with-better"
    PASSED_ON = "passed-on"
    NO_CHANGE = "no-change"
    WORSE = "worse"

    @property
    def wording(self) -> str:
        """The outcome as people read it."""
        return _WORDING[self]

    @property
    def is_of_figures(self) -> bool:
        """Whether it says something that a count can bear or not."""
        return self in _OF_FIGURES


_WORDING = {
    Outcome.ELIMINATED: "Gone",
    Outcome.REDUCED: "Fewer incidents",
    Outcome.LESS_SERIOUS: "Less serious",
    Outcome.DEALT_WITH_BETTER: "Dealt with better",
    Outcome.PASSED_ON: "Passed to the right owner",
    Outcome.NO_CHANGE: "No change",
    Outcome.WORSE: "Worse",
}
_OF_FIGURES = frozenset({Outcome.ELIMINATED, Outcome.REDUCED, Outcome.NO_CHANGE, Outcome.WORSE})


class Bearing(Enum):
    """Whether the figures bear an outcome."""

    SHOWN = "shown"
    NOT_SHOWN = "not-shown"
    NOT_JUDGED = "not-judged"

    def wording(self, outcome: Outcome) -> str:
        """The outcome as it may be said: "Fewer incidents, not shown by the figures"."""
        if outcome is Outcome.NO_CHANGE and self is Bearing.SHOWN:
            return "No detectable change"
        return (
            f"{outcome.wording}, not shown by the figures" if self is Bearing.NOT_SHOWN else outcome.wording
        )


def bearing_of(outcome: Outcome, change: CountChange | None) -> Bearing:
    """Whether the exact test of before and after bears the outcome; no test, no word of it.

    Fewer, or gone, needs an interval wholly below 1, worse one wholly above; no change one that holds 1. With
    nothing counted in either window nothing can be said.
    """
    if not outcome.is_of_figures:
        return Bearing.NOT_JUDGED
    if change is None or change.has_changed is None:
        return Bearing.NOT_SHOWN
    fell = change.has_changed and change.high is not None and change.high < 1
    rose = change.has_changed and change.low is not None and change.low > 1
    wanted = {
        Outcome.ELIMINATED: fell,
        Outcome.REDUCED: fell,
        Outcome.NO_CHANGE: not change.has_changed,
        Outcome.WORSE: rose,
    }[outcome]
    return Bearing.SHOWN if wanted else Bearing.NOT_SHOWN
