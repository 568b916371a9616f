"""Tables of profiles: whose and until when, every version of every part, and who signed that it is right."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.profiles.rules import Part
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import UtcInstant, by_value
from npt.store.versions import VersionedTable


class Profile(VersionedTable, Base):
    """The profile of a neighbourhood: who owns it, and by when somebody reviews it."""

    __tablename__ = "neighbourhood_profile"
    __table_args__ = (UniqueConstraint("unit_id"),)
    personal = Personal(
        None, why="who keeps the profile of a neighbourhood: public task", others={"owner_id"}
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    owner_id: Mapped[int | None] = mapped_column(Key, ForeignKey("member.id"), index=True)
    #: the last day by which somebody signs that it is still right
    review_due_on: Mapped[date]

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    owner: Mapped[Member | None] = relationship(lazy="raise_on_sql")


class PartVersion(Base):
    """What a part of a profile said from an instant on. It never changes."""

    __tablename__ = "profile_part_version"
    __table_args__ = (
        UniqueConstraint("profile_id", "part", "number"),
        CheckConstraint("number >= 1", name="numbered_from_1"),
        CheckConstraint("words <> ''", name="says_something"),
    )
    personal = Personal(
        None,
        why="what is known of a neighbourhood, and who wrote it: public task",
        holds={"words": Fate.FREE_TEXT},
        others={"written_by_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    profile_id: Mapped[int] = mapped_column(Key, ForeignKey("neighbourhood_profile.id"))
    part: Mapped[Part] = mapped_column(by_value(Part, "part"))
    #: from 1 on, for each part
    number: Mapped[int]
    words: Mapped[str] = mapped_column(String(2_000))
    written_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    written_at: Mapped[datetime] = mapped_column(UtcInstant())
    #: the version of the same part that was put back
    restored_number: Mapped[int | None]
    #: the version of a closed neighbourhood whose words came along
    carried_from_id: Mapped[int | None] = mapped_column(
        Key, ForeignKey("profile_part_version.id"), index=True
    )
    #: of the last version of a closed neighbourhood, the day on which somebody said what becomes of it
    settled_on: Mapped[date | None]

    profile: Mapped[Profile] = relationship(lazy="raise_on_sql")
    written_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")


class ProfileReview(Base):
    """That somebody signed a profile as still right."""

    __tablename__ = "profile_review"
    __table_args__ = (Index("ix_profile_review_profile_id", "profile_id"),)
    personal = Personal(
        None, why="who signed that a profile is still right: public task", others={"reviewed_by_id"}
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    profile_id: Mapped[int] = mapped_column(Key, ForeignKey("neighbourhood_profile.id"))
    reviewed_on: Mapped[date]
    reviewed_by_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))

    profile: Mapped[Profile] = relationship(lazy="raise_on_sql")
    reviewed_by: Mapped[Account] = relationship(lazy="raise_on_sql")
