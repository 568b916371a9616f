"""What an exemplar says, and whether what it tells of works: by the test of its problem, not by opinion."""

from dataclasses import dataclass, fields
from datetime import date
from enum import Enum

from npt.kit.refusals import Refusal
from npt.problems.rules import Bearing, Outcome

LONGEST_TITLE = 120
LONGEST_STORY = 3_000
LONGEST_LINE = 200


class ExemplarRefused(Refusal):
    """An exemplar was to be made of a problem that is not closed, or without words."""


class Focus(Enum):
    """What a practice is for. Ours, after the practice bank's."""

    PREVENTION = "prevention"
    DIVERSION = "diversion"
    ENFORCEMENT = "enforcement"
    PLACE = "place"
    SUPPORT = "support"
    PARTNERSHIP = "partnership"

    @property
    def wording(self) -> str:
        """The focus as people read it."""
        return {
            "prevention": "Prevention",
            "diversion": "Diversion",
            "enforcement": "Enforcement",
            "place": "Design of a place",
            "support": "Support of victims",
            "partnership": "Working together",
        }[self.value]


class Scale(Enum):
    """How wide it was done."""

    PLACE = "place"
    NEIGHBOURHOOD = "neighbourhood"
    TEAM = "team"
    AREA = "area"
    FORCE = "force"

    @property
    def wording(self) -> str:
        """The scale as people read it."""
        return "One place" if self is Scale.PLACE else self.value.capitalize()


class Works(Enum):
    """Whether it works, as far as the figures tell."""

    SHOWN = "shown"
    NOT_SHOWN = "not-shown"
    NOT = "not"
    NOT_JUDGED = "not-judged"
    OPEN_AGAIN = "open-again"

    @property
    def wording(self) -> str:
        """The answer as people read it."""
        return {
            "shown": "Works: shown by the figures",
            "not-shown": "Not shown by the figures",
            "not": "Did not work",
            "not-judged": "No question of figures",
            "open-again": "The problem is open again",
        }[self.value]


_BETTER = frozenset({Outcome.ELIMINATED, Outcome.REDUCED})


def works(outcome: Outcome | None, bearing: Bearing | None, *, is_open: bool = False) -> Works:
    """Whether what was done for a problem works. No change, and worse, did not, whatever the figures say.

    Of a problem that is open again nobody knows until it is closed.
    """
    if is_open:
        return Works.OPEN_AGAIN
    if outcome in (Outcome.NO_CHANGE, Outcome.WORSE):
        return Works.NOT
    if outcome in _BETTER:
        return Works.SHOWN if bearing is Bearing.SHOWN else Works.NOT_SHOWN
    return Works.NOT_JUDGED


@dataclass(frozen=True, slots=True)
class ExemplarFacts:
    """What is said of an exemplar."""

    title: str
    problem: str
    solution: str
    outcomes: str
    #: an office, not a person
    contact: str
    focus: Focus
    partners: str | None
    starts_on: date
    scale: Scale

    def check(self) -> None:
        """Refuse (ExemplarRefused) what says nothing where something has to be said."""
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, str) and not value.strip():
                raise ExemplarRefused("Say this in your own words.", field=each.name)
