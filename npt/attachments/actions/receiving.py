"""A file that somebody sends: looked at, drawn anew and scanned, before any transaction begins.

So nobody who saves something waits for a large picture or a slow scanner.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from npt.attachments.pictures import drawn_anew
from npt.attachments.queries import PART_SIZE
from npt.attachments.rules import (
    FileKind,
    FileRefused,
    ScanState,
    Verdict,
    check_size,
    is_over_limits,
    kept_name,
    kind_of,
    verdict_of,
)
from npt.attachments.rules.names import ending_of, last_part
from npt.attachments.rules.scanning import NOT_SCANNED
from npt.attachments.scanner import scan
from npt.kit import events


class InfectedFile(FileRefused):
    """A scanner found something in a file that was to be kept."""


@dataclass(slots=True)
class Received:
    """A file ready to be kept, for as long as it is held."""

    name: str
    kind: FileKind
    content: bytes
    sha256: str
    verdict: Verdict
    #: what it was called, where its name had to be changed
    was_called: str = ""

    def let_go(self) -> None:
        """Hold what the file holds no longer."""
        self.content = b""

    @property
    def parts(self) -> Iterator[memoryview]:
        """The pieces that it is kept in; none of them is a copy."""
        return pieces_of(self.content)


def receive(sent_name: str, content: bytes, *, scanner: str | None) -> Received:
    """The file as it is to be kept. FileRefused, naming the file; InfectedFile.

    `scanner`: where one listens; None where the deployment has none.
    """
    shown = last_part(sent_name)[:100] or "the file"
    try:
        check_size(len(content))
        kind = kind_of(content, ending_of(sent_name))
        over_limits = is_over_limits(kind, content)
        if kind.is_picture:
            content = drawn_anew(content, kind)
        verdict = _verdict(content, over_limits, scanner)
    except FileRefused as refused:
        raise type(refused)(f"“{shown}” was not kept: {refused.message}.", field=refused.field) from refused
    name = kept_name(sent_name, kind)
    digest = hashlib.sha256(content).hexdigest()
    return Received(name, kind, content, digest, verdict, "" if name == shown else shown)


def _verdict(content: bytes, over_limits: bool, scanner: str | None) -> Verdict:
    if scanner is None:
        return NOT_SCANNED
    verdict = verdict_of(scan(scanner, pieces_of(content)), is_over_limits=over_limits)
    if verdict.state is ScanState.INFECTED:
        events.note("infected file refused", found=verdict.note[:100])
        raise InfectedFile(
            f"the virus scanner found {verdict.note[:100]} in it. Do not open it, and tell your IT service"
            " desk"
        )
    return verdict


def pieces_of(content: bytes) -> Iterator[memoryview]:
    """The bytes in pieces, as they are kept and sent on."""
    whole = memoryview(content)
    return (whole[start : start + PART_SIZE] for start in range(0, len(content), PART_SIZE))
