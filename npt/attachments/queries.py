"""Questions about files, and their bytes, piece by piece."""

from collections.abc import Collection, Iterator

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from npt.attachments.models import Attachment, AttachmentPart
from npt.attachments.rules import ScanState

#: In bytes. Small enough that many people who download slowly hold little, large enough that ten megabytes
#: are forty questions.
PART_SIZE = 256 * 1024


def part(session: Session, attachment_id: int, number: int) -> bytes | None:
    """A piece of a file, from 0; None where there is none. One statement."""
    return session.scalar(
        select(AttachmentPart.content).where(
            AttachmentPart.attachment_id == attachment_id, AttachmentPart.number == number
        )
    )


def parts_after(engine: Engine, attachment_id: int, size: int, first: int) -> Iterator[bytes]:
    """The pieces of a file of `size` bytes from the number `first` on, each read for itself.

    Between two of them nothing is held of the database, however slowly they are taken. LookupError when one
    has gone meanwhile.
    """
    for number in range(first, -(-size // PART_SIZE)):
        with Session(engine) as session:
            found = part(session, attachment_id, number)
        if found is None:
            raise LookupError(f"part {number} of attachment {attachment_id} has been removed meanwhile")
        yield found


def bytes_of(session: Session, attachment_ids: Collection[int]) -> int:
    """How many bytes these files have together, those removed left out. One statement."""
    asked = select(func.coalesce(func.sum(Attachment.size), 0))
    return (
        session.scalar(asked.where(Attachment.id.in_(attachment_ids), Attachment.removed_at.is_(None))) or 0
    )


def to_scan(session: Session, *, again: bool) -> list[Attachment]:
    """The files that a scanner is to look at, oldest first: those not answered for; or all (`again`)."""
    asked = select(Attachment).where(Attachment.removed_at.is_(None)).order_by(Attachment.id)
    if not again:
        asked = asked.where(Attachment.scan.in_((ScanState.WAITING, ScanState.NOT_SCANNED)))
    return list(session.scalars(asked))
