"""Tables of contacts and what was said in them, patrols, five a day, and checks of the mix."""

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from npt.accounts.models import Account
from npt.categories.models import Category
from npt.communities.models import Community
from npt.engagement.rules import ETHNICITIES, Asker, PatrolMode
from npt.kin.models import Encounter, KeyIndividual
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.phone.rules import Typed
from npt.store.base import Base, Key
from npt.store.dated import FixedTerm
from npt.store.personal import Fate, Kept, Personal
from npt.store.types import UtcInstant, WholeMinute, by_value
from npt.store.versions import VersionedTable

#: How long what somebody said is kept in their words; what it was about is counted for ever. Ours.
WORDS_KEPT = timedelta(days=730)
_CODES = ", ".join(f"'{code}'" for code in ETHNICITIES)


class Sent:
    """A record that may be made without a signal: whose it is, its reference, when it was typed."""

    #: made on the phone, in a file, or here; never given again
    reference: Mapped[str] = mapped_column(String(40))
    #: who spoke or patrolled; None for an account that is no member's, and where a file says nothing
    member_id: Mapped[int | None] = mapped_column(Key, ForeignKey("member.id"))
    #: the account that recorded it; None where it came in a file
    recorded_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    typed_at: Mapped[datetime] = mapped_column(UtcInstant())
    received_at: Mapped[datetime] = mapped_column(UtcInstant())

    @property
    def is_late(self) -> bool:
        """Whether it was sent much later than it was typed."""
        return Typed(self.typed_at, self.received_at).is_late


class Contact(Sent, VersionedTable, Base):
    """A conversation with somebody in a neighbourhood."""

    __tablename__ = "community_contact"
    __table_args__ = (
        UniqueConstraint("reference"),
        UniqueConstraint("matter_id"),
        Index(
            "ix_community_contact_unit_id_on_date",
            "unit_id",
            "on_date",
            "ethnicity",
            "community_id",
            "is_of_none",
        ),
        Index("ix_community_contact_member_id_at", "member_id", "at"),
        Index("ix_community_contact_community_id_on_date", "community_id", "on_date"),
        CheckConstraint(f"ethnicity IN ({_CODES})", name="ethnicity_is_a_code_or_was_not_asked"),
        CheckConstraint("NOT is_of_none OR community_id IS NULL", name="is_of_a_community_or_of_none"),
    )
    personal = Personal(
        "member_id",
        why="what matters to people, and whether all of a neighbourhood are heard: public task",
        others={"recorded_by_id"},
        nobody={"reference", "street", "ethnicity"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    at: Mapped[datetime] = mapped_column(WholeMinute())
    #: the local day of `at`
    on_date: Mapped[date]
    #: without the number of a house, which would say who lives there
    street: Mapped[str | None] = mapped_column(String(120))
    #: what matters to them; None where nothing does, or nobody said
    category_id: Mapped[int | None] = mapped_column(Key, ForeignKey("category.id"), index=True)
    #: a code, a group's letter, or NS for somebody who did not say; None where nobody asked
    ethnicity: Mapped[str | None] = mapped_column(String(3))
    #: None where they are of none of those here, or nobody asked
    community_id: Mapped[int | None] = mapped_column(Key, ForeignKey("community.id"))
    #: whether they are of none of the communities here, which is an answer
    is_of_none: Mapped[bool] = mapped_column(default=False)
    #: whether they say that the team's present priorities are the right ones; None where nobody asked
    are_priorities_right: Mapped[bool | None]
    #: on which the clock of the answer hangs; None where they want none
    matter_id: Mapped[int | None] = mapped_column(Key, ForeignKey("matter.id"))

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    member: Mapped[Member | None] = relationship(lazy="raise_on_sql")
    recorded_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")
    category: Mapped[Category | None] = relationship(lazy="raise_on_sql")
    community: Mapped[Community | None] = relationship(lazy="raise_on_sql")
    matter: Mapped[Matter | None] = relationship(lazy="raise_on_sql")
    said: Mapped["ContactWords | None"] = relationship(
        lazy="raise_on_sql", back_populates="contact", cascade="all, delete-orphan"
    )

    #: with the key individual it was with, who is noted as met under its reference
    encounters: Mapped[list[Encounter]] = relationship(
        lazy="raise_on_sql",
        primaryjoin=lambda: Contact.reference == foreign(Encounter.record),
        order_by=lambda: Encounter.id,
        viewonly=True,
    )

    @property
    def individual(self) -> KeyIndividual | None:
        """The key individual it was with; None for anybody else. Encounters are loaded, whole."""
        return next((each.individual for each in self.encounters), None)

    @property
    def words(self) -> str | None:
        """What they said, in words; None where nobody wrote it down or it is no longer kept."""
        return None if self.said is None else self.said.words


class ContactWords(Base):
    """What somebody said, in words that may name anybody; kept for two years."""

    __tablename__ = "contact_words"
    __table_args__ = (CheckConstraint("words <> ''", name="says_something"),)
    personal = Personal(
        None,
        why="what matters to people, in their own words: public task",
        holds={"words": Fate.FREE_TEXT},
        kept=Kept.after("written_at", WORDS_KEPT),
    )

    contact_id: Mapped[int] = mapped_column(Key, ForeignKey("community_contact.id"), primary_key=True)
    words: Mapped[str] = mapped_column(String(1000))
    written_at: Mapped[datetime] = mapped_column(UtcInstant(), index=True)

    contact: Mapped[Contact] = relationship(lazy="raise_on_sql", back_populates="said")


class Patrol(Sent, VersionedTable, Base):
    """Time that a member spent in a neighbourhood."""

    __tablename__ = "patrol"
    __table_args__ = (
        UniqueConstraint("reference"),
        Index("ix_patrol_unit_id_on_date", "unit_id", "on_date"),
        Index("ix_patrol_member_id_starts_at", "member_id", "starts_at"),
        CheckConstraint("minutes = ends_at - starts_at", name="minutes_are_from_start_to_end"),
        CheckConstraint("minutes BETWEEN 1 AND 960", name="ends_after_it_starts_within_16_hours"),
        CheckConstraint("spoken_to BETWEEN 0 AND 500", name="speaks_to_none_or_more"),
    )
    personal = Personal(
        "member_id",
        why="where and how long teams are seen: public task",
        holds={"note": Fate.FREE_TEXT},
        others={"recorded_by_id"},
        nobody={"reference"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    #: the local day on which it starts
    on_date: Mapped[date]
    starts_at: Mapped[datetime] = mapped_column(WholeMinute())
    ends_at: Mapped[datetime] = mapped_column(WholeMinute())
    minutes: Mapped[int]
    mode: Mapped[PatrolMode] = mapped_column(by_value(PatrolMode, "mode"))
    #: None where nobody counted
    spoken_to: Mapped[int | None]
    #: why there and then
    note: Mapped[str | None] = mapped_column(String(300))

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    member: Mapped[Member | None] = relationship(lazy="raise_on_sql")
    recorded_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")


class AskingTarget(VersionedTable, Base):
    """From a day on, how many people each asker of a unit asks on a day of duty; until the next target."""

    __tablename__ = "asking_target"
    __table_args__ = (
        UniqueConstraint("unit_id", "asker", "starts_on"),
        CheckConstraint("people BETWEEN 0 AND 50", name="asks_none_or_more"),
    )
    personal = Personal(None, why="who set the target answers for it: public task", others={"set_by_id"})

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    asker: Mapped[Asker] = mapped_column(by_value(Asker, "asker"))
    starts_on: Mapped[date]
    people: Mapped[int]
    set_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    set_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")


class AskedNobody(VersionedTable, Base):
    """That a member signed that they asked nobody on a day, and why."""

    __tablename__ = "asked_nobody"
    __table_args__ = (
        UniqueConstraint("member_id", "on_date"),
        CheckConstraint("reason <> ''", name="has_a_reason"),
    )
    personal = Personal(
        "member_id",
        why="a day on which nobody was asked is told from one of which nothing is recorded: public task",
        holds={"reason": Fate.FREE_TEXT},
        others={"signed_by_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"))
    on_date: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200))
    signed_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    signed_at: Mapped[datetime] = mapped_column(UtcInstant())

    member: Mapped[Member] = relationship(lazy="raise_on_sql")


class MixCheck(FixedTerm, Base):
    """That a supervisor looked at whom a unit heard in a period, and what is to be done about it."""

    __tablename__ = "mix_check"
    __table_args__ = (
        Index("ix_mix_check_unit_id_last_on", "unit_id", "last_on"),
        CheckConstraint("to_do <> ''", name="says_what_is_to_be_done"),
    )
    personal = Personal(
        None,
        why="a supervisor answers for all of a neighbourhood being heard: public task",
        holds={"to_do": Fate.FREE_TEXT},
        others={"checked_by_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    to_do: Mapped[str] = mapped_column(String(500))
    checked_by_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    checked_at: Mapped[datetime] = mapped_column(UtcInstant())

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    checked_by: Mapped[Account] = relationship(lazy="raise_on_sql")
