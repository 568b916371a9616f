"""Tables of files: what is known of each, and apart from that its bytes, in parts.

A list reads the first table alone. The parts are small, so that a file goes in and out piece by piece on
both engines, and nobody who reads slowly holds more than one of them.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.attachments.rules import FileKind, ScanState
from npt.store.base import Base, Key
from npt.store.personal import Fate, Kept, Personal
from npt.store.types import UtcInstant, by_value


class Attachment(Base):
    """A file of a record. It never changes; only what a scanner says of it does, and its bytes may go."""

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_scan", "scan"),
        Index("ix_attachment_added_by", "added_by"),
        CheckConstraint("size > 0", name="never_empty"),
        CheckConstraint("length(sha256) = 64", name="sha256_in_64_digits"),
    )
    personal = Personal(
        None,
        why="evidence and documents, whose names may name somebody, and who added them: public task",
        holds={"name": Fate.FREE_TEXT},
        others={"added_by"},
        nobody={"sha256", "scan_note"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[FileKind] = mapped_column(by_value(FileKind, "kind"))
    #: of what is kept, in bytes
    size: Mapped[int]
    #: of what is kept, in hexadecimal digits
    sha256: Mapped[str] = mapped_column(String(64))
    added_by: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    added_at: Mapped[datetime] = mapped_column(UtcInstant())
    scan: Mapped[ScanState] = mapped_column(by_value(ScanState, "scan"))
    #: what the scanner found, or why it gave no answer
    scan_note: Mapped[str] = mapped_column(String(200))
    scanned_at: Mapped[datetime | None] = mapped_column(UtcInstant())
    #: when its bytes were removed; what is known of it stays
    removed_at: Mapped[datetime | None] = mapped_column(UtcInstant())

    adder: Mapped[Account] = relationship(lazy="raise_on_sql")

    @property
    def is_given_out(self) -> bool:
        """Whether it may be downloaded."""
        return self.removed_at is None and self.scan.is_given_out


class AttachmentPart(Base):
    """A piece of a file's bytes, by its number from 0. The journal knows the file by its SHA-256."""

    __tablename__ = "attachment_part"
    personal = Personal(
        None,
        why="what evidence and documents hold, which may tell of anybody: public task",
        holds={"content": Fate.KEPT},
        kept=Kept("as long as the record that the file belongs to"),
    )
    is_journaled = False

    attachment_id: Mapped[int] = mapped_column(Key, ForeignKey("attachment.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary())
