"""Files in words: how large, of what kind, what a scanner said, what had to be done to one."""

from npt.attachments.actions import Received
from npt.attachments.models import Attachment
from npt.attachments.rules import FileKind, ScanState

#: The tone of the box around what a scanner said; no box around what is as it should be.
TONES = {
    ScanState.NOT_SCANNED: "quiet",
    ScanState.OVER_LIMITS: "caution",
    ScanState.WAITING: "caution",
    ScanState.CLEAN: "",
    ScanState.INFECTED: "bad",
}
_UNTIL = {
    ScanState.NOT_SCANNED: "No virus scanner is set up. Open it only if you trust where it comes from.",
    ScanState.OVER_LIMITS: "It unpacks to more than the virus scanner reads. Open it only if you trust"
    " where it comes from.",
    ScanState.WAITING: "It can be downloaded once the virus scanner has answered.",
    ScanState.CLEAN: "",
    ScanState.INFECTED: "It can never be downloaded. Tell your IT service desk, and remove the file.",
}


def size_in_words(size: int) -> str:
    """A size in bytes as people say it: "1.4 MB", "12 KB"."""
    if size >= 1024 * 1024:
        return f"{size / (1024 * 1024):.1f} MB"
    return f"{max(1, round(size / 1024)):,} KB"


def file_in_words(kind: FileKind, size: int) -> str:
    """A file beside its name: "PDF, 1.4 MB"."""
    return f"{kind.wording}, {size_in_words(size)}"


def advice(attachment: Attachment) -> str:
    """What follows for whoever wants the file; "" where nothing does."""
    if attachment.removed_at is not None:
        return "The file was removed. What is known of it is kept."
    return _UNTIL[attachment.scan]


def kept_in_words(file: Received) -> str:
    """What has to be said once a file is kept, after a blank; "" where all is as expected."""
    said = []
    if file.was_called:
        said.append(
            f"“{file.was_called}” is kept as “{file.name}”: that is what it holds ({file.kind.wording})."
        )
    if file.verdict.state is ScanState.WAITING:
        said.append("The virus scanner has not answered yet: the file can be downloaded once it has.")
    if file.verdict.state is ScanState.OVER_LIMITS:
        said.append(_UNTIL[ScanState.OVER_LIMITS])
    return "".join(f" {each}" for each in said)
