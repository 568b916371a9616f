"""Tables of profiles: every version of each that was ever added, with the words it translates."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.interchange.rules import LONGEST_WORD, TermSort
from npt.store.base import Base, Key
from npt.store.personal import nobody
from npt.store.types import UtcInstant, by_value


class ProfileVersion(Base):
    """One version of a profile. It never changes; the latest one counts, unless it was removed."""

    __tablename__ = "profile_version"
    __table_args__ = (
        UniqueConstraint("name", "number"),
        CheckConstraint("number >= 1", name="versions_count_from_1"),
    )
    personal = nobody("name", "time_zone", "date_format")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    time_zone: Mapped[str] = mapped_column(String(100))
    date_format: Mapped[str] = mapped_column(String(LONGEST_WORD))
    may_update: Mapped[bool]
    added_at: Mapped[datetime] = mapped_column(UtcInstant())
    removed_at: Mapped[datetime | None] = mapped_column(UtcInstant())

    terms: Mapped[list["ProfileTerm"]] = relationship(
        lazy="raise_on_sql", order_by="(ProfileTerm.kind, ProfileTerm.theirs)"
    )


class ProfileTerm(Base):
    """A word of the other system, and what it is called here."""

    __tablename__ = "profile_term"
    __table_args__ = (
        CheckConstraint("(ours IS NULL) = (sort = 'ignored')", name="only_what_is_ignored_has_no_word_here"),
    )
    personal = nobody("kind", "theirs", "ours")

    version_id: Mapped[int] = mapped_column(Key, ForeignKey("profile_version.id"), primary_key=True)
    sort: Mapped[TermSort] = mapped_column(by_value(TermSort, "sort"), primary_key=True)
    #: the kind of file whose column it is; empty for what all kinds share
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    theirs: Mapped[str] = mapped_column(String(LONGEST_WORD), primary_key=True)
    ours: Mapped[str | None] = mapped_column(String(30))
