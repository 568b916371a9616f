"""Files in the database: kept with their record, judged by a scanner, their bytes removed."""

from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from npt.attachments.actions.receiving import Received
from npt.attachments.models import Attachment, AttachmentPart
from npt.attachments.rules import ScanState
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.store.constraints import refusing

_MEGABYTE = 1024 * 1024
_UNSCANNED = (ScanState.NOT_SCANNED, ScanState.WAITING)


class TooMuchTogether(Refusal):
    """The files of a record would have more bytes together than the record may have."""


def keep_file(
    session: Session, *, stamp: Stamp, file: Received, held: int, most: int, field: str = "file"
) -> Attachment:
    """Keep the file, in the transaction of the record that it belongs to.

    `held`: the bytes of the files that the record has already; `most`: those that it may have in all.
    TooMuchTogether.
    """
    if held + len(file.content) > most:
        raise TooMuchTogether(
            f"All files together would have more than {most // _MEGABYTE} MB: remove one that is not needed,"
            " or add a smaller one.",
            field=field,
        )
    attachment = Attachment(
        name=file.name,
        kind=file.kind,
        size=len(file.content),
        sha256=file.sha256,
        added_by=stamp.account_id,
        added_at=stamp.now,
        scan=file.verdict.state,
        scan_note=file.verdict.note[:200],
        scanned_at=None if file.verdict.state in _UNSCANNED else stamp.now,
    )
    with refusing(session):
        session.add(attachment)
    for number, piece in enumerate(file.parts):
        row = {"attachment_id": attachment.id, "number": number, "content": piece}
        session.execute(insert(AttachmentPart), row)
    return attachment


def remove_bytes(session: Session, attachment: Attachment, *, now: datetime) -> None:
    """Remove what the file holds; that it was there, and its SHA-256, stay. Nothing where it is removed."""
    if attachment.removed_at is None:
        attachment.removed_at = now
        session.execute(delete(AttachmentPart).where(AttachmentPart.attachment_id == attachment.id))
