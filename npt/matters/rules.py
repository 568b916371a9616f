"""The law of matters: what kinds there are, who may see one of each kind, and how it is referred to."""

import re
from enum import Enum

from npt.access.rules import Permission
from npt.kit.refusals import Refusal


class MatterKind(Enum):
    """What kind of record a matter is."""

    DOCUMENT = "document"
    PROBLEM = "problem"
    CAMPAIGN = "campaign"
    MEETING = "meeting"
    REVIEW = "review"
    COMPLAINT = "complaint"
    IMPACT = "impact"
    BOARD = "board"
    RISK = "risk"
    RECOMMENDATION = "recommendation"
    CONTACT = "contact"

    @property
    def wording(self) -> str:
        """The kind as a person reads it, in the middle of a sentence."""
        return _WORDING.get(self, self.value)

    @property
    def needs(self) -> Permission:
        """What one needs, at its unit, to see a matter of this kind."""
        return _NEEDS[self]

    def reference(self, number: int) -> str:
        """How the matter with this key is referred to where nobody gave it a reference: "DOC-17"."""
        return f"{_PREFIXES[self]}-{number}"


class BadReference(Refusal):
    """A reference from outside that no address could hold."""


def check_reference(reference: str) -> None:
    """Refuse (BadReference) a reference from a file or from paper that could not stand in an address."""
    if not _WRITABLE.fullmatch(reference):
        raise BadReference(
            "A reference begins with a letter or digit and holds letters, digits, spaces, full stops, hyphens"
            " and underscores: write C12-07-2008 for C12/07/2008.",
            field="reference",
        )


def references_meant(typed: str) -> list[str]:
    """What references somebody may mean who types this, the likeliest first: "doc 17" is "DOC-17"."""
    hyphened = "-".join(typed.replace("-", " ").split())
    closed = "".join(typed.split())
    spelt = (typed, closed, closed.upper(), hyphened.upper(), _APART.sub(r"\1-\2", closed.upper()))
    return list(dict.fromkeys(spelt))


_WRITABLE = re.compile(r"[^\W_][\w .-]*")
#: The letters and the number of a reference that is typed in one: "DOC17".
_APART = re.compile("^([A-Z]+)([0-9]+)$")
_WORDING = {
    MatterKind.REVIEW: "monthly review",
    MatterKind.IMPACT: "impact assessment",
    MatterKind.CONTACT: "answer to somebody",
}
_PREFIXES = {
    MatterKind.DOCUMENT: "DOC",
    MatterKind.PROBLEM: "P",
    MatterKind.CAMPAIGN: "CAM",
    MatterKind.MEETING: "MTG",
    MatterKind.REVIEW: "REV",
    MatterKind.COMPLAINT: "QOS",
    MatterKind.IMPACT: "CIA",
    MatterKind.BOARD: "BRD",
    MatterKind.RISK: "RSK",
    MatterKind.RECOMMENDATION: "REC",
    MatterKind.CONTACT: "CON",
}
_NEEDS = {
    MatterKind.DOCUMENT: Permission.SEE_DOCUMENTS,
    MatterKind.PROBLEM: Permission.SEE_PROBLEMS,
    MatterKind.CAMPAIGN: Permission.SEE_PROBLEMS,
    MatterKind.MEETING: Permission.SEE_PROFILES,
    MatterKind.REVIEW: Permission.SEE_STAFFING,
    MatterKind.COMPLAINT: Permission.HANDLE_COMPLAINTS,
    MatterKind.IMPACT: Permission.SEE_PROFILES,
    MatterKind.BOARD: Permission.SEE_GOVERNANCE,
    MatterKind.RISK: Permission.SEE_GOVERNANCE,
    MatterKind.RECOMMENDATION: Permission.SEE_GOVERNANCE,
    MatterKind.CONTACT: Permission.SEE_PROFILES,
}
