"""What a virus scanner says of a file, and what may be done with the file then."""

from dataclasses import dataclass
from enum import Enum

from npt.attachments.rules.kinds import FileKind
from npt.attachments.rules.parcels import unpacked_sizes

#: What clamd 1.4 looks into as shipped: a part of an archive up to this size, all parts, and so many.
#: (MaxFileSize, MaxScanSize, MaxFiles; past them it says "OK" unless AlertExceedsMax is set.)
_LARGEST_PART = 100 * 1024 * 1024
_LARGEST_WHOLE = 400 * 1024 * 1024
_MOST_PARTS = 10_000
_PARCELS = {FileKind.DOCX, FileKind.XLSX, FileKind.ODT, FileKind.ODS}
#: How clamd names what went past its limits, where it is told to say so.
_OVER_LIMITS = "Heuristics.Limits.Exceeded"


class ScanState(Enum):
    """How far the look of a virus scanner at a file has come."""

    NOT_SCANNED = "not-scanned"
    #: the scanner's limits end before the file does
    OVER_LIMITS = "over-limits"
    #: a scanner is set and has not answered: in quarantine
    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"

    @property
    def wording(self) -> str:
        """As a page says it."""
        return _WORDING[self]

    @property
    def is_given_out(self) -> bool:
        """Whether the file may be downloaded."""
        return self not in (ScanState.WAITING, ScanState.INFECTED)


_WORDING = {
    ScanState.NOT_SCANNED: "Not scanned for viruses",
    ScanState.OVER_LIMITS: "Not scanned for viruses",
    ScanState.WAITING: "Waiting for the virus scan",
    ScanState.CLEAN: "No virus found",
    ScanState.INFECTED: "Infected",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the scanner said: what it `found` ("" for nothing); or why there is no answer, in `trouble`."""

    found: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state that a file is in after a scan, and what was found or went wrong, in the scanner's words."""

    state: ScanState
    note: str = ""


NOT_SCANNED = Verdict(ScanState.NOT_SCANNED)


def verdict_of(answer: Answer, *, is_over_limits: bool) -> Verdict:
    """What follows from an answer. No answer is never taken for "nothing found"."""
    if answer.trouble:
        return Verdict(ScanState.WAITING, answer.trouble)
    if answer.found.startswith(_OVER_LIMITS):
        return Verdict(ScanState.OVER_LIMITS, answer.found)
    if answer.found:
        return Verdict(ScanState.INFECTED, answer.found)
    return Verdict(ScanState.OVER_LIMITS if is_over_limits else ScanState.CLEAN)


def is_over_limits(kind: FileKind, content: bytes) -> bool:
    """Whether the file holds more than a scanner looks into as shipped, by what it says of its parts."""
    if kind not in _PARCELS:
        return False
    sizes = unpacked_sizes(content)
    return max(sizes) > _LARGEST_PART or sum(sizes) > _LARGEST_WHOLE or len(sizes) > _MOST_PARTS
