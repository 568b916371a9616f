"""Files that are kept, given to a scanner: read outside any transaction, judged in one of its own."""

from datetime import datetime
from typing import cast

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from npt.attachments.models import Attachment
from npt.attachments.queries import parts_after
from npt.attachments.rules import ScanState, Verdict, is_over_limits, verdict_of
from npt.attachments.scanner import scan
from npt.kit import events


def verdict_on(session: Session, attachment: Attachment, scanner: str) -> Verdict:
    """What the scanner says of a file that is kept. Nothing of the database is held while it looks.

    A file whose bytes are removed meanwhile waits: it is asked about no more.
    """
    engine = cast(Engine, session.get_bind())
    try:
        content = b"".join(parts_after(engine, attachment.id, attachment.size, 0))
    except LookupError:
        return Verdict(ScanState.WAITING, "the file has been removed")
    return verdict_of(scan(scanner, [content]), is_over_limits=is_over_limits(attachment.kind, content))


def note_verdict(session: Session, attachment_id: int, verdict: Verdict, *, now: datetime) -> None:
    """Note what a scanner said of a file. That it gave no answer is noted only of a file that waits for one:
    what is clean, or was never to be scanned, stays so.
    """
    attachment = session.get(Attachment, attachment_id, populate_existing=True)
    if attachment is None or attachment.removed_at is not None:
        return
    if verdict.state is ScanState.WAITING and attachment.scan is not ScanState.WAITING:
        return
    attachment.scan, attachment.scan_note, attachment.scanned_at = verdict.state, verdict.note[:200], now
    if verdict.state is ScanState.INFECTED:
        events.note("infected file found", attachment=attachment_id, found=verdict.note[:100])
