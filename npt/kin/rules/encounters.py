"""Encounters: that a key individual was met, and how."""

from enum import Enum

LONGEST_RECORD = 40
LONGEST_SAID = 2_000


class EncounterKind(Enum):
    """How a key individual was met. All count: whoever answered was heard."""

    VISIT = "visit"
    CALL = "call"
    MEETING = "meeting"
    SURVEY = "survey"
    MESSAGE = "message"

    @property
    def wording(self) -> str:
        """The kind as a list says it."""
        return _KINDS[self]


_KINDS = {
    EncounterKind.VISIT: "Visit",
    EncounterKind.CALL: "Phone call",
    EncounterKind.MEETING: "Meeting attended",
    EncounterKind.SURVEY: "Survey answered",
    EncounterKind.MESSAGE: "Message answered",
}
