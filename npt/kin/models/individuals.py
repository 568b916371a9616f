"""The records of key individuals."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.communities.models import Community
from npt.kin.rules import (
    Basis,
    KinTopic,
    LeaveReason,
    Sector,
    Stage,
    Status,
    Way,
    is_not_seen,
    keep_until,
    status_of,
)
from npt.kit.telephones import LONGEST_KEPT
from npt.organisation.models import Unit
from npt.store.base import Base, Key
from npt.store.personal import ITSELF, Fate, Kept, Personal
from npt.store.types import UtcInstant, by_value
from npt.store.versions import VersionedTable

_WHY = "who can speak for part of a neighbourhood, and how to reach them: public task, or their consent"


class KeyIndividual(VersionedTable, Base):
    """Somebody who can speak for part of a neighbourhood."""

    __tablename__ = "key_individual"
    __table_args__ = (
        UniqueConstraint("reference"),
        Index("ix_key_individual_unit_id_stage", "unit_id", "stage"),
        # How many of a sector there are, said above every page of a list of thousands.
        Index("ix_key_individual_sector_stage_unit_id", "sector", "stage", "unit_id"),
        # Whoever was not seen for longest comes first in a list of thousands.
        Index("ix_key_individual_quiet_since", "quiet_since", "id"),
        Index("ix_key_individual_merged_into_id", "merged_into_id"),
        CheckConstraint("name <> ''", name="has_a_name"),
        CheckConstraint("(stage = 'left') = (left_on IS NOT NULL)", name="left_on_a_day"),
        CheckConstraint("(left_on IS NULL) = (left_because IS NULL)", name="left_for_a_reason"),
        CheckConstraint("stage <> 'active' OR active_on IS NOT NULL", name="active_from_a_day"),
        CheckConstraint("stage <> 'proposed' OR active_on IS NULL", name="proposed_is_not_active_yet"),
        CheckConstraint("(stage = 'merged') = (merged_into_id IS NOT NULL)", name="merged_into_another"),
    )
    personal = Personal(
        ITSELF,
        why=_WHY,
        holds={
            "reference": Fate.PSEUDONYM,
            "name": Fate.PSEUDONYM,
            "organisation": Fate.EMPTIED,
            "phone": Fate.EMPTIED,
            "email": Fate.EMPTIED,
            "address": Fate.EMPTIED,
            "best_time": Fate.EMPTIED,
            "language": Fate.EMPTIED,
            "ethnicity": Fate.KEPT,
        },
        others={"basis_by_id", "recorded_by_id", "reviewed_by_id", "merged_into_id"},
        kept=Kept("two years after they left, or as the force decides; after that under a pseudonym"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    #: what files call the record, for ever
    reference: Mapped[str] = mapped_column(String(20))
    #: the neighbourhood
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(200))
    organisation: Mapped[str | None] = mapped_column(String(200))
    sector: Mapped[Sector] = mapped_column(by_value(Sector, "sector"))
    #: a code of self-defined ethnicity, a group's letter or NS; None where nobody asked
    ethnicity: Mapped[str | None] = mapped_column(String(3))
    #: as E.164 has it
    phone: Mapped[str | None] = mapped_column(String(LONGEST_KEPT))
    #: lower case
    email: Mapped[str | None] = mapped_column(String(254))
    address: Mapped[str | None] = mapped_column(String(300))
    preferred: Mapped[Way | None] = mapped_column(by_value(Way, "preferred"))
    best_time: Mapped[str | None] = mapped_column(String(100))
    language: Mapped[str | None] = mapped_column(String(100))
    basis: Mapped[Basis] = mapped_column(by_value(Basis, "basis"))
    basis_on: Mapped[date]
    #: the account that says so; None where it came from a file
    basis_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    recorded_on: Mapped[date]
    recorded_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    stage: Mapped[Stage] = mapped_column(by_value(Stage, "stage"))
    active_on: Mapped[date | None]
    left_on: Mapped[date | None]
    left_because: Mapped[LeaveReason | None] = mapped_column(by_value(LeaveReason, "left_because"))
    #: the record of the same person that goes on
    merged_into_id: Mapped[int | None] = mapped_column(Key, ForeignKey("key_individual.id"))
    #: when somebody last said that the record is kept
    reviewed_on: Mapped[date]
    reviewed_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    #: the latest encounter; None where there is none. Kept in step by the actions on encounters, like what
    #: follows
    last_met_at: Mapped[datetime | None] = mapped_column(UtcInstant())
    #: since when nobody has met them, see the rules
    quiet_since: Mapped[date]

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    basis_by: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=basis_by_id)
    recorded_by: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=recorded_by_id)
    communities: Mapped[list[Community]] = relationship(
        lazy="raise_on_sql", secondary="key_individual_community", order_by="Community.name, Community.id"
    )
    consents: Mapped[list["Consent"]] = relationship(
        lazy="raise_on_sql", order_by="Consent.said_on, Consent.id", cascade="all, delete-orphan"
    )

    def status_on(self, day: date) -> Status:
        """The status on a day, as far as today's record tells."""
        return status_of(self.stage, self.quiet_since, day)

    def is_not_seen_on(self, day: date) -> bool:
        """Whether they are in the network, and nobody has met them for longer than 90 days."""
        return is_not_seen(self.stage, self.quiet_since, day)

    @property
    def keep_until(self) -> date:
        """The day by which somebody says again whether the record is kept."""
        return keep_until(self.reviewed_on)

    @property
    def whose(self) -> str:
        """Whose record it is."""
        return self.name

    def consent_to(self, topic: KinTopic) -> "Consent | None":
        """The last word on a topic; consents have to be loaded."""
        return next((each for each in reversed(self.consents) if each.topic is topic), None)

    @property
    def agreed(self) -> tuple[KinTopic, ...]:
        """The topics of which they want to hear; consents have to be loaded."""
        last = {topic: self.consent_to(topic) for topic in KinTopic}
        return tuple(topic for topic, said in last.items() if said is not None and said.is_given)


class SpokenFor(Base):
    """That a key individual can speak for a community."""

    __tablename__ = "key_individual_community"
    __table_args__ = (Index("ix_key_individual_community_community_id", "community_id"),)
    personal = Personal("individual_id", why=_WHY)

    individual_id: Mapped[int] = mapped_column(Key, ForeignKey("key_individual.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(Key, ForeignKey("community.id"), primary_key=True)


class Consent(Base):
    """What a key individual said of messages about a topic, on a day. The last word holds."""

    __tablename__ = "key_individual_consent"
    __table_args__ = (Index("ix_key_individual_consent_individual_id", "individual_id"),)
    personal = Personal(
        "individual_id",
        why="of what a key individual wants to hear, and who was told so: consent",
        others={"recorded_by_id"},
        goes=True,
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    individual_id: Mapped[int] = mapped_column(Key, ForeignKey("key_individual.id"))
    topic: Mapped[KinTopic] = mapped_column(by_value(KinTopic, "topic"))
    is_given: Mapped[bool]
    said_on: Mapped[date]
    #: the account that recorded it; None where they said so themselves by their link, or a file did
    recorded_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    is_by_themselves: Mapped[bool] = mapped_column(default=False)

    recorded_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")


class Move(Base):
    """That the record of a key individual went over to another neighbourhood, when theirs closed."""

    __tablename__ = "key_individual_move"
    __table_args__ = (
        UniqueConstraint("individual_id", "moved_on"),
        Index("ix_key_individual_move_from_unit_id", "from_unit_id"),
    )
    personal = Personal("individual_id", why=_WHY)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    individual_id: Mapped[int] = mapped_column(Key, ForeignKey("key_individual.id"))
    from_unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    to_unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    #: the first day in the new neighbourhood
    moved_on: Mapped[date]
