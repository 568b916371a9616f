"""Tables of what is shared: with an agency at a level, or with a resident; and what residents answered."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.access.rules import ShareLevel
from npt.accounts.models import Account
from npt.matters.models import Matter
from npt.partners.models.agencies import Agency
from npt.partners.models.residents import Resident
from npt.partners.rules import ENDS_SOON, PURPOSE_LENGTH, EndReason, LegalBasis
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import UtcInstant, by_value
from npt.store.versions import VersionedTable

_LASTS = text("ended_at IS NULL")


class Share(VersionedTable, Base):
    """That a matter is shared, with an agency at a level or with a resident who was invited to look at it.

    It opens from `granted_at` until `ends_at`, before which nothing of it changes but that end: so these
    records tell exactly what could be seen at any instant. Another level is another share.
    """

    __tablename__ = "share"
    __table_args__ = (
        Index("ix_share_matter_id", "matter_id"),
        Index("ix_share_agency_id_ends_at", "agency_id", "ends_at"),
        Index(
            "uq_share_with_an_agency",
            "matter_id",
            "agency_id",
            unique=True,
            sqlite_where=_LASTS,
            postgresql_where=_LASTS,
        ),
        Index("ix_share_resident_id", "resident_id"),
        CheckConstraint(
            "(agency_id IS NULL) <> (resident_id IS NULL)", name="is_with_an_agency_or_a_resident"
        ),
        CheckConstraint("(agency_id IS NULL) = (level IS NULL)", name="an_agency_has_a_level"),
        CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="what_ended_says_why"),
        CheckConstraint("ends_at >= granted_at", name="ends_after_it_begins"),
    )
    personal = Personal(
        "resident_id",
        why="who was invited to look at a record, by whom and what for: consent, public task",
        holds={"purpose": Fate.FREE_TEXT},
        others={"granted_by"},
    )
    is_watched = True

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    matter_id: Mapped[int] = mapped_column(Key, ForeignKey("matter.id"))
    agency_id: Mapped[int | None] = mapped_column(Key, ForeignKey("agency.id"))
    level: Mapped[ShareLevel | None] = mapped_column(by_value(ShareLevel, "level"))
    resident_id: Mapped[int | None] = mapped_column(Key, ForeignKey("resident.id"))
    purpose: Mapped[str] = mapped_column(String(PURPOSE_LENGTH))
    basis: Mapped[LegalBasis] = mapped_column(by_value(LegalBasis, "basis"))
    #: the last local day
    until: Mapped[date]
    granted_at: Mapped[datetime] = mapped_column(UtcInstant())
    #: who shared it; None for the command line
    granted_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    #: since a hand-over: the instant until which it is to be confirmed
    confirm_by: Mapped[datetime | None] = mapped_column(UtcInstant())
    ended_at: Mapped[datetime | None] = mapped_column(UtcInstant())
    end_reason: Mapped[EndReason | None] = mapped_column(by_value(EndReason, "end_reason"))
    #: from when on it opens nothing: the first of the three ends
    ends_at: Mapped[datetime] = mapped_column(UtcInstant())

    matter: Mapped[Matter] = relationship(lazy="raise_on_sql")
    agency: Mapped[Agency | None] = relationship(lazy="raise_on_sql")
    resident: Mapped[Resident | None] = relationship(lazy="raise_on_sql")
    granter: Mapped[Account | None] = relationship(lazy="raise_on_sql")

    def opens_at(self, now: datetime) -> bool:
        """Whether it opens anything at this instant."""
        return self.granted_at <= now < self.ends_at

    @property
    def is_to_confirm(self) -> bool:
        """Whether it ends unless somebody confirms it, because its unit has changed."""
        return self.confirm_by is not None and self.ended_at is None

    def ends_soon(self, today: date) -> bool:
        """Whether its last day is near, and nobody has ended it."""
        return self.until <= today + ENDS_SOON and self.ended_at is None

    def why_ended(self, now: datetime) -> EndReason | None:
        """Why it opens nothing any more; None while it does."""
        if self.opens_at(now):
            return None
        if self.ended_at is not None and self.ended_at <= self.ends_at:
            return self.end_reason
        return EndReason.NOT_CONFIRMED if self.confirm_by == self.ends_at else EndReason.RAN_OUT


class ShareAnswer(Base):
    """What a resident answered by the link they were sent."""

    __tablename__ = "share_answer"
    __table_args__ = (Index("ix_share_answer_share_id", "share_id"),)
    personal = Personal(
        "share_id",
        why="what a resident answered about a record that they were shown: consent",
        holds={"text": Fate.FREE_TEXT},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    share_id: Mapped[int] = mapped_column(Key, ForeignKey("share.id"))
    text: Mapped[str] = mapped_column(Text())
    answered_at: Mapped[datetime] = mapped_column(UtcInstant())

    share: Mapped[Share] = relationship(lazy="raise_on_sql")
