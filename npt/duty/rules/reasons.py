"""Why a member is away, and which of the reasons count towards the abstraction rate."""

from dataclasses import dataclass
from enum import Enum

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


@dataclass(frozen=True, slots=True)
class Definition:
    """A way of counting, as it stands on some day: which reasons of abstraction count, and over what.

    `puts_absence_back`: absence counts as lost too, and the rate is over rostered instead of duty minutes.
    """

    code: str
    name: str
    explanation: str
    puts_absence_back: bool
    counting_reasons: frozenset[str]

    def counts(self, reason_code: str, kind: ReasonKind) -> bool:
        """Whether time away for the reason goes into the numerator."""
        if kind is ReasonKind.ABSENCE:
            return self.puts_absence_back
        return reason_code in self.counting_reasons


_ABSTRACTIONS = frozenset(reason.code for reason in SHIPPED_REASONS if reason.kind is ReasonKind.ABSTRACTION)

# The force of 2008 counts any deployment away from the neighbourhood (HMIC 2008); that training and court are
# not deployments is our reading. The other two definitions are ours.
SHIPPED_DEFINITIONS = (
    Definition(
        code="local-2008",
        name="Local (2008)",
        explanation="Deployment away from the neighbourhood, except training and court, over duty minutes.",
        puts_absence_back=False,
        counting_reasons=_ABSTRACTIONS - {"training", "court"},
    ),
    Definition(
        code="inspectorate",
        name="Inspectorate",
        explanation="Every reason of abstraction, training and court included, over duty minutes.",
        puts_absence_back=False,
        counting_reasons=_ABSTRACTIONS,
    ),
    Definition(
        code="all-time-lost",
        name="All time lost",
        explanation="Every reason of abstraction and all absence, over rostered minutes.",
        puts_absence_back=True,
        counting_reasons=_ABSTRACTIONS,
    ),
)
DEFAULT_DEFINITION = "local-2008"

#: What the journal calls the personal data of a page that shows why people were away.
TIME_AWAY = "time away at unit"


class NoteMissing(Refusal):
    """A reason that means nothing without a note was given without one."""


def check_note(reason_name: str, needs_note: bool, note: str | None) -> None:
    """Refuse (NoteMissing) an empty note where the reason needs one."""
    if needs_note and not (note or "").strip():
        raise NoteMissing(f"“{reason_name}” needs a note: say in a few words what it was for.", field="note")
