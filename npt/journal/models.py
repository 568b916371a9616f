"""The journal's one table."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from npt.store.base import Base, Key
from npt.store.personal import Fate, Kept, Personal
from npt.store.types import UtcInstant


class Entry(Base):
    """One change, or one view of personal data. Never updated, never deleted: a trigger refuses both."""

    __tablename__ = "journal_entry"
    is_journaled = False
    __table_args__ = (
        Index("ix_journal_entry_record_type_record_id", "record_type", "record_id"),
        Index("ix_journal_entry_account_id", "account_id"),
    )
    personal = Personal(
        None,
        why="who did and who looked at what, so that it can be accounted for: security of personal data",
        holds={"details": Fate.KEPT},
        others={"account_id"},
        nobody={"act", "change", "record_type", "previous_hash", "hash"},
        kept=Kept("as long as there are records; personal fields as digests, unreadable after erasure"),
    )

    #: position in the chain, from 1, without gaps
    sequence: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcInstant())
    #: the account that acted; None for the command line. No foreign key: the journal outlives what it names
    account_id: Mapped[int | None] = mapped_column(Key)
    #: what the person set out to do ("record abstraction", "import duty", "view member")
    act: Mapped[str] = mapped_column(String(80))
    #: added, changed, removed or viewed
    change: Mapped[str] = mapped_column(String(10))
    record_type: Mapped[str] = mapped_column(String(40))
    #: key of the record; None where one statement changed many
    record_id: Mapped[int | None] = mapped_column(Key)
    record_count: Mapped[int]
    #: canonical JSON: field -> [old, new]; personal fields as keyed digests
    details: Mapped[str] = mapped_column(Text())
    previous_hash: Mapped[str] = mapped_column(String(64))
    #: SHA-256 over the previous hash and everything above
    hash: Mapped[str] = mapped_column(String(64))


class PersonSalt(Base):
    """What keys the digests of one person's fields in the journal, beside the secret of the application.

    The row stays when the salt is destroyed, so that nobody is given another.
    """

    __tablename__ = "person_salt"
    is_journaled = False
    personal = Personal(
        None,
        why="the journal tells that a field changed and not to what; nobody is told by a salt: security",
        nobody={"person_table", "salt"},
        kept=Kept("until the person is erased: that destroys it, and with it what every digest could tell"),
    )

    #: the table that the person is a row of, and their key in it; no foreign key: it outlives the row
    person_table: Mapped[str] = mapped_column(String(40), primary_key=True)
    record_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    #: 128 random bits; None once destroyed
    salt: Mapped[str | None] = mapped_column(String(32))
