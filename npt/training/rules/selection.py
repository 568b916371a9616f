"""What a list of members can be narrowed to: those who stand somewhere with a programme."""

from enum import Enum

from npt.training.rules.standing import Stage, Standing


class Sought(Enum):
    """Which members are sought."""

    NEEDING = "needing"
    REGISTERED = "registered"
    COMPLETED = "completed"
    TO_VERIFY = "to-verify"
    VERIFIED = "verified"
    ASKED = "asked"
    GRANTED = "granted"
    DUE = "due"

    @property
    def wording(self) -> str:
        """As a choice, and as a heading."""
        return _WORDING[self]

    def fits(self, standing: Standing) -> bool:
        """Whether a member who stands like this is sought."""
        if self is Sought.NEEDING:
            return standing.is_needed
        if self is Sought.ASKED:
            return standing.asked_on is not None
        if self is Sought.GRANTED:
            return standing.granted_on is not None
        if self is Sought.DUE:
            return standing.due is not None
        if self is Sought.TO_VERIFY:
            return standing.to_verify > 0
        return standing.has_reached(Stage(self.value))


_WORDING = {
    Sought.NEEDING: "Need it",
    Sought.REGISTERED: "Registered",
    Sought.COMPLETED: "All modules completed",
    Sought.TO_VERIFY: "Modules to verify",
    Sought.VERIFIED: "All modules verified",
    Sought.ASKED: "External verification asked for",
    Sought.GRANTED: "Verified externally",
    Sought.DUE: "Due",
}
