"""Tables of staffing: the dated establishment and why it changed, limits and plans, contacts and
their photos, time given.

Strength is not stored: it follows from the postings.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.staffing.rules import ContactKind, GivenWork
from npt.store.base import Base, Key
from npt.store.dated import Dated
from npt.store.personal import Fate, Personal
from npt.store.types import Hundredths, UtcInstant, by_value
from npt.store.versions import VersionedTable


class Establishment(Dated, VersionedTable, Base):
    """The funded posts (FTE) of one role in one unit on the days of a span."""

    __tablename__ = "establishment"
    __table_args__ = (
        UniqueConstraint("unit_id", "role", "starts_on"),
        Index("ix_establishment_unit_id_starts_on", "unit_id", "starts_on"),
        CheckConstraint("posts >= 0", name="posts_never_negative"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    role: Mapped[PolicingRole] = mapped_column(by_value(PolicingRole, "role"))
    posts: Mapped[Decimal] = mapped_column(Hundredths())

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")


class EstablishmentChange(Base):
    """That an establishment was set or changed: by whom, when, why, from what to what."""

    __tablename__ = "establishment_change"
    __table_args__ = (
        Index("ix_establishment_change_establishment_id", "establishment_id"),
        CheckConstraint("old_posts IS NOT NULL OR old_ends_on IS NULL", name="old_values_are_whole_or_none"),
        CheckConstraint("reason <> ''", name="has_a_reason"),
    )
    personal = Personal(
        None,
        why="who changed the number of posts, and why: public task",
        holds={"reason": Fate.FREE_TEXT},
        others={"account_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    establishment_id: Mapped[int] = mapped_column(Key, ForeignKey("establishment.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcInstant())
    #: the account that changed it; None for the command line
    account_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(String(300))
    #: the number of posts before; None when the establishment was new
    old_posts: Mapped[Decimal | None] = mapped_column(Hundredths())
    old_ends_on: Mapped[date | None]
    posts: Mapped[Decimal] = mapped_column(Hundredths())
    ends_on: Mapped[date | None]

    establishment: Mapped[Establishment] = relationship(lazy="raise_on_sql")
    account: Mapped[Account | None] = relationship(lazy="raise_on_sql")


class RatioLimit(VersionedTable, Base):
    """The most constables and PCSOs (FTE) that a force wants to each sergeant, from a day on."""

    __tablename__ = "ratio_limit"
    __table_args__ = (
        UniqueConstraint("unit_id", "starts_on"),
        CheckConstraint("people BETWEEN 100 AND 9900", name="people_from_1_to_99"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    #: it holds until the next limit of the force starts
    starts_on: Mapped[date]
    people: Mapped[Decimal] = mapped_column(Hundredths())

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")


class HeadsTarget(VersionedTable, Base):
    """How many special constables or volunteers a unit plans to have on a day."""

    __tablename__ = "heads_target"
    __table_args__ = (
        UniqueConstraint("unit_id", "role", "due_on"),
        CheckConstraint("heads >= 0", name="heads_never_negative"),
        CheckConstraint("role IN ('special', 'volunteer')", name="of_people_who_give_time"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    role: Mapped[PolicingRole] = mapped_column(by_value(PolicingRole, "role"))
    due_on: Mapped[date]
    heads: Mapped[int]

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")


class GivenTime(VersionedTable, Base):
    """Minutes that a special constable or a volunteer gave on a day, and what they did in them.

    It belongs to the unit of the posting that counts on the day, so it follows when postings change.
    """

    __tablename__ = "given_time"
    __table_args__ = (
        UniqueConstraint("member_id", "on_date", "work"),
        Index("ix_given_time_on_date", "on_date"),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="from_1_minute_to_24_hours"),
    )
    personal = Personal("member_id", why="hours that volunteers and specials gave: public task")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"))
    on_date: Mapped[date]
    work: Mapped[GivenWork] = mapped_column(by_value(GivenWork, "work"))
    minutes: Mapped[int]

    member: Mapped[Member] = relationship(lazy="raise_on_sql")


class Contact(Dated, VersionedTable, Base):
    """That a member is the named contact of a neighbourhood, or the deputy, on the days of a span."""

    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("unit_id", "kind", "starts_on"),
        Index("ix_contact_member_id", "member_id"),
    )
    personal = Personal("member_id", why="whom a neighbourhood may ask for by name: public task")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"))
    kind: Mapped[ContactKind] = mapped_column(by_value(ContactKind, "kind"))

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    member: Mapped[Member] = relationship(lazy="raise_on_sql")


class MemberPhoto(Base):
    """That there is a photo of a member, for the neighbourhoods whose contact they are."""

    __tablename__ = "member_photo"
    personal = Personal(
        "member_id",
        why="so that residents and colleagues know a named contact by sight: public task",
        others={"set_by_id"},
        nobody={"sha256"},
        goes=True,
    )

    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"), primary_key=True)
    #: of the picture as it is kept, in hexadecimal digits: what the journal keeps of it
    sha256: Mapped[str] = mapped_column(String(64))
    set_by_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    set_at: Mapped[datetime] = mapped_column(UtcInstant())

    member: Mapped[Member] = relationship(lazy="raise_on_sql")


class MemberPicture(Base):
    """The photo itself, a small JPEG. The journal knows it by its SHA-256."""

    __tablename__ = "member_picture"
    personal = Personal("member_id", why="so that a named contact is known by sight: public task", goes=True)
    is_journaled = False

    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"), primary_key=True)
    picture: Mapped[bytes] = mapped_column(LargeBinary())
