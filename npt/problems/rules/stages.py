"""The four stages of a problem record, and the words for what is said there.

Scanning, analysis, response, assessment: Eck and Spelman, "Problem-solving: problem-oriented policing in
Newport News" (1987). The triangle with its inner and outer sides: Clarke and Eck, "Crime analysis for problem
solvers in 60 small steps" (2005), step 8.
"""

from enum import Enum

from npt.kit.refusals import Refusal

LONGEST_SENTENCE = 200
LONGEST_PLACE = 200
LONGEST_WORDS = 500
#: of one part of a stage, in characters: about two pages
LONGEST_TEXT = 6_000
#: How far around its point a problem reaches, in metres, where nobody says so. Ours.
RADIUS = 250
#: Evidence that a problem recurs comes from so many kinds of source, or it is said why not.
FEWEST_KINDS = 2


class StageRefused(Refusal):
    """A stage was to be entered that the one before is not ready for."""


class Stage(Enum):
    """How far a problem has come."""

    SCANNING = "scanning"
    ANALYSIS = "analysis"
    RESPONSE = "response"
    ASSESSMENT = "assessment"
    CLOSED = "closed"

    @property
    def wording(self) -> str:
        """The stage as people read it."""
        return self.value.capitalize()

    @property
    def number(self) -> int:
        """Its place in their order, from 1."""
        return list(Stage).index(self) + 1

    @property
    def is_open(self) -> bool:
        """Whether there is something left to do."""
        return self is not Stage.CLOSED

    @property
    def next(self) -> "Stage | None":
        """The stage that follows; None after closing."""
        stages = list(Stage)
        return stages[self.number] if self is not Stage.CLOSED else None


class Noticed(Enum):
    """How a problem came to notice."""

    RESIDENT = "resident"
    KIN = "kin"
    MEETING = "meeting"
    SURVEY = "survey"
    CALL = "call"
    PARTNER = "partner"
    OFFICER = "officer"
    FIGURES = "figures"

    @property
    def wording(self) -> str:
        """How, as people read it."""
        return _NOTICED[self]


_NOTICED = {
    Noticed.RESIDENT: "A resident told us",
    Noticed.KIN: "A key individual told us",
    Noticed.MEETING: "It was raised at a meeting",
    Noticed.SURVEY: "A survey showed it",
    Noticed.CALL: "People called about it",
    Noticed.PARTNER: "A partner told us",
    Noticed.OFFICER: "An officer or PCSO saw it",
    Noticed.FIGURES: "Recorded incidents showed it",
}


class SourceKind(Enum):
    """Where the evidence comes from that a problem recurs."""

    INCIDENTS = "incidents"
    CALLS = "calls"
    RESIDENTS = "residents"
    KIN = "kin"
    PARTNER = "partner"
    SURVEY = "survey"
    PATROL = "patrol"
    OTHER = "other"

    @property
    def wording(self) -> str:
        """The source as people read it."""
        return _SOURCES[self]


_SOURCES = {
    SourceKind.INCIDENTS: "Recorded incidents",
    SourceKind.CALLS: "Calls",
    SourceKind.RESIDENTS: "Residents",
    SourceKind.KIN: "Key individuals",
    SourceKind.PARTNER: "A partner agency",
    SourceKind.SURVEY: "A survey",
    SourceKind.PATROL: "What patrols saw",
    SourceKind.OTHER: "Something else",
}


class MeasureKind(Enum):
    """What tells whether the response worked."""

    INCIDENTS = "incidents"
    COUNTS = "counts"

    @property
    def wording(self) -> str:
        """The measure as people read it."""
        return (
            "Recorded incidents, counted here" if self is MeasureKind.INCIDENTS else "Something else we count"
        )


class Use(Enum):
    """The decision that the evaluation has to serve."""

    CONTINUE = "continue"
    USE_ELSEWHERE = "use-elsewhere"
    NONE = "none"

    @property
    def wording(self) -> str:
        """The decision as people read it."""
        return _USES[self]


_USES = {
    Use.CONTINUE: "Whether to go on with it here",
    Use.USE_ELSEWHERE: "Whether to use it elsewhere",
    Use.NONE: "None: nobody will decide by it",
}
