"""Why a member is away: reasons, the note that some need, and the last day of each."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal


class ReasonKind(Enum):
    """Whether the member is off duty, or on duty elsewhere."""

    ABSENCE = "absence"
    ABSTRACTION = "abstraction"

    @property
    def wording(self) -> str:
        """The kind in a sentence: "absence"."""
        return str(self.value)


@dataclass(frozen=True, slots=True)
class ShippedReason:
    """A reason that every new installation starts with; a force may change or add to them afterwards.

    `is_planned`: known when the roster is made. `is_force_wide`: decided above the BCU, so that no team could
    have avoided it.
    """

    code: str
    name: str
    kind: ReasonKind
    needs_note: bool = False
    is_planned: bool = False
    is_force_wide: bool = False


# The commonest first within each kind, which is the order in lists. The HMIC report names no list of reasons:
# this one, and what is planned or force-wide in it, is ours.
SHIPPED_REASONS = (
    ShippedReason("response", "Response to incidents", ReasonKind.ABSTRACTION),
    ShippedReason("custody", "Custody", ReasonKind.ABSTRACTION),
    ShippedReason("scene-guard", "Guarding a scene", ReasonKind.ABSTRACTION),
    ShippedReason("constant-watch", "Constant watch", ReasonKind.ABSTRACTION),
    ShippedReason("night-time-economy", "Night-time economy", ReasonKind.ABSTRACTION, is_planned=True),
    ShippedReason("event", "Event", ReasonKind.ABSTRACTION, is_planned=True),
    ShippedReason("public-order", "Public order", ReasonKind.ABSTRACTION, is_force_wide=True),
    ShippedReason("control-room", "Control room", ReasonKind.ABSTRACTION, is_force_wide=True),
    ShippedReason("enquiry", "Enquiry away from the neighbourhood", ReasonKind.ABSTRACTION),
    ShippedReason("court", "Court", ReasonKind.ABSTRACTION, is_planned=True),
    ShippedReason("training", "Training", ReasonKind.ABSTRACTION, is_planned=True, is_force_wide=True),
    ShippedReason("station", "Station duty", ReasonKind.ABSTRACTION),
    ShippedReason("other", "Other abstraction", ReasonKind.ABSTRACTION, needs_note=True),
    ShippedReason("leave", "Leave", ReasonKind.ABSENCE, is_planned=True),
    ShippedReason("sickness", "Sickness", ReasonKind.ABSENCE),
    ShippedReason("rest-day", "Rest day", ReasonKind.ABSENCE, is_planned=True),
    ShippedReason("other-absence", "Other absence", ReasonKind.ABSENCE),
)

#: What the journal calls the personal data of a page that shows why people were away.
TIME_AWAY = "time away at unit"


class NoteMissing(Refusal):
    """A reason that means nothing without a note was given without one."""


def check_note(reason_name: str, needs_note: bool, note: str | None) -> None:
    """Refuse (NoteMissing) an empty note where the reason needs one."""
    if needs_note and not (note or "").strip():
        raise NoteMissing(f"“{reason_name}” needs a note: say in a few words what it was for.", field="note")


class ReasonClosed(Refusal):
    """A reason was given for a day after the last on which it may be recorded."""


def check_open(name: str, closed_on: date | None, day: date) -> None:
    """Refuse (ReasonClosed) to record the reason of this name for a day after it was closed."""
    if closed_on is not None and day > closed_on:
        raise ReasonClosed(
            f"“{name}” may not be recorded after {day_in_words(closed_on)}: choose another reason.",
            field="reason",
        )
