"""The table of erasures."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from npt.store.base import Base, Key
from npt.store.personal import Fate, Kept, Personal
from npt.store.types import UtcInstant


class Erasure(Base):
    """That a person was erased: applied again after every restore, so that no backup brings them back.

    It names nobody. No foreign key and nothing unique: it is carried into databases of another history, where
    the record may be missing or somebody else's.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        Index("ix_erasure_person_table_record_id", "person_table", "record_id"),
        Index("ix_erasure_person_table_reference_digest", "person_table", "reference_digest"),
    )
    personal = Personal(
        None,
        why="an erasure survives a restore, and an old file does not bring anybody back: legal obligation",
        holds={"reference_digest": Fate.KEPT},
        nobody={"person_table", "key_mark"},
        kept=Kept("as long as there may be a backup or a file from before; keyed digests, which name nobody"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    #: the table that the person is a row of, and their key in it
    person_table: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int] = mapped_column(Key)
    #: keyed digest of what they were asked for by (a number, an email address)
    reference_digest: Mapped[str] = mapped_column(String(64))
    #: tells which secret key the digest was made with
    key_mark: Mapped[str] = mapped_column(String(16))
    erased_at: Mapped[datetime] = mapped_column(UtcInstant())
