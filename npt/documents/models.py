"""Tables of the library: documents, and the versions that each has had."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.attachments.models import Attachment
from npt.documents.rules import DocumentKind, review_is_due
from npt.matters.models import Matter
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import UtcInstant, by_value
from npt.store.versions import VersionedTable


class Document(VersionedTable, Base):
    """A document of a unit. Its title, unit and reference are those of its matter, which closes with it."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("matter_id"),
        CheckConstraint(
            "valid_to IS NULL OR valid_to >= COALESCE(valid_from, dated_on)",
            name="valid_until_it_begins_or_later",
        ),
        CheckConstraint("review_on IS NULL OR review_on >= dated_on", name="reviewed_after_it_is_written"),
    )
    personal = Personal(
        None,
        why="what a document is, in words that may name somebody: public task",
        holds={"about": Fate.FREE_TEXT, "withdrawn_why": Fate.FREE_TEXT},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    matter_id: Mapped[int] = mapped_column(Key, ForeignKey("matter.id"))
    kind: Mapped[DocumentKind] = mapped_column(by_value(DocumentKind, "kind"))
    #: the day that it bears
    dated_on: Mapped[date]
    #: the first and last day on which it holds; None: from its day, until further notice
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    review_on: Mapped[date | None]
    #: what it is, in a sentence
    about: Mapped[str] = mapped_column(String(300))
    #: whether whoever reads the library of a unit under its own reads it too
    reaches_down: Mapped[bool]
    #: why it was withdrawn; None while it is not
    withdrawn_why: Mapped[str | None] = mapped_column(String(300))
    #: the last change of the document or of its versions: any of them is a new version of the record
    changed_at: Mapped[datetime] = mapped_column(UtcInstant())

    matter: Mapped[Matter] = relationship(lazy="raise_on_sql")
    versions: Mapped[list["DocumentVersion"]] = relationship(
        lazy="raise_on_sql", order_by="DocumentVersion.number", back_populates="document"
    )

    @property
    def title(self) -> str:
        """What people call it."""
        return self.matter.title

    @property
    def reference(self) -> str:
        """How people refer to it."""
        return self.matter.reference

    @property
    def withdrawn_on(self) -> date | None:
        """The last day on which it stood in the library; None while it does."""
        return self.matter.closed_on

    def is_due(self, today: date) -> bool:
        """Whether its review is due."""
        return review_is_due(self.review_on, self.withdrawn_on, today)


class DocumentVersion(Base):
    """What a document was from one day on: a file, and what is different from the one before."""

    __tablename__ = "document_version"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        UniqueConstraint("attachment_id"),
        CheckConstraint("number >= 1", name="numbered_from_1"),
        CheckConstraint("(number = 1) = (changes IS NULL)", name="later_ones_say_what_changed"),
    )
    personal = Personal(
        None,
        why="what changed in a document, in words that may name somebody: public task",
        holds={"changes": Fate.FREE_TEXT},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    document_id: Mapped[int] = mapped_column(Key, ForeignKey("document.id"))
    number: Mapped[int]
    attachment_id: Mapped[int] = mapped_column(Key, ForeignKey("attachment.id"))
    #: what changed since the version before; None of the first
    changes: Mapped[str | None] = mapped_column(String(300))

    document: Mapped[Document] = relationship(lazy="raise_on_sql", back_populates="versions")
    attachment: Mapped[Attachment] = relationship(lazy="raise_on_sql")
