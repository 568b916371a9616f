"""Tables of communities: who lives in a neighbourhood, its communities with what is said of them, and whom
to ask.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.communities.rules import (
    Calling,
    CodeSystem,
    CommunityKind,
    Figures,
    Flag,
    Saying,
)
from npt.organisation.models import Unit
from npt.store.base import Base, Key
from npt.store.dated import Dated
from npt.store.personal import Fate, Personal, nobody
from npt.store.types import Hundredths, UtcInstant, by_value
from npt.store.versions import VersionedTable


class Community(Dated, VersionedTable, Base):
    """A named group of a neighbourhood, on the days on which it is known to be there."""

    __tablename__ = "community"
    __table_args__ = (
        UniqueConstraint("unit_id", "code"),
        CheckConstraint("name <> ''", name="has_a_name"),
    )
    personal = nobody("code", "name", "languages")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    #: what files call it, for ever
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[CommunityKind] = mapped_column(by_value(CommunityKind, "kind"))
    #: as somebody wrote them: "Polish, English"; None where nobody has said
    languages: Mapped[str | None] = mapped_column(String(200))
    #: the community of a closed neighbourhood from which this one was carried over
    carried_from_id: Mapped[int | None] = mapped_column(Key, ForeignKey("community.id"), index=True)
    #: of a community of a closed neighbourhood, the first that it was carried over into, made then or there
    #: already; None while nobody has said so
    carried_into_id: Mapped[int | None] = mapped_column(Key, ForeignKey("community.id"))

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    flags: Mapped[list["CommunityFlag"]] = relationship(
        lazy="raise_on_sql", back_populates="community", order_by="CommunityFlag.starts_on, CommunityFlag.id"
    )
    shares: Mapped[list["CommunityShare"]] = relationship(
        lazy="raise_on_sql", back_populates="community", order_by="CommunityShare.as_at"
    )

    def flags_on(self, day: date) -> list["CommunityFlag"]:
        """The flags that it has on a day, in the order of flags; they have to be loaded."""
        held = [flag for flag in self.flags if flag.span.covers(day)]
        return sorted(held, key=lambda flag: list(Flag).index(flag.flag))

    def share_on(self, day: date) -> "CommunityShare | None":
        """Its share of the population as last known on a day; shares have to be loaded."""
        known = (each for each in self.shares if each.as_at <= day)
        return max(known, key=lambda each: each.as_at, default=None)


class CommunityShare(Base):
    """What is known of a community's share of the population as at a day, until the next."""

    __tablename__ = "community_share"
    __table_args__ = (
        UniqueConstraint("community_id", "as_at"),
        CheckConstraint("percent BETWEEN 0 AND 10000", name="percent_from_0_to_100"),
    )
    personal = nobody("source")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    community_id: Mapped[int] = mapped_column(Key, ForeignKey("community.id"))
    as_at: Mapped[date]
    percent: Mapped[Decimal | None] = mapped_column(Hundredths())
    #: who counted or estimated it; None where nobody has said
    source: Mapped[str | None] = mapped_column(String(200))

    community: Mapped[Community] = relationship(lazy="raise_on_sql", back_populates="shares")


class CommunityFlag(Dated, VersionedTable, Base):
    """That somebody called a community vulnerable, emerging or hard to reach, from a day on, and why."""

    __tablename__ = "community_flag"
    __table_args__ = (
        UniqueConstraint("community_id", "flag", "starts_on"),
        CheckConstraint("reason <> ''", name="has_a_reason"),
        CheckConstraint("(ends_on IS NULL) = (end_reason IS NULL)", name="ends_on_a_day_and_for_a_reason"),
    )
    personal = Personal(
        None,
        why="who called a community vulnerable, emerging or hard to reach, and why: public task",
        holds={"reason": Fate.FREE_TEXT, "end_reason": Fate.FREE_TEXT},
        others={"set_by_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    community_id: Mapped[int] = mapped_column(Key, ForeignKey("community.id"))
    flag: Mapped[Flag] = mapped_column(by_value(Flag, "flag"))
    reason: Mapped[str] = mapped_column(String(500))
    #: why it holds no longer; None while it does
    end_reason: Mapped[str | None] = mapped_column(String(500))
    #: the account that set it; None where it came from a file
    set_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    set_at: Mapped[datetime] = mapped_column(UtcInstant())

    community: Mapped[Community] = relationship(lazy="raise_on_sql", back_populates="flags")
    set_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")


class CommunityStatement(Base):
    """That somebody said of a neighbourhood: these are its communities with this flag, or there are none."""

    __tablename__ = "community_statement"
    __table_args__ = (Index("ix_community_statement_unit_id_said_on", "unit_id", "said_on"),)
    personal = Personal(
        None,
        why="who re-confirmed vulnerable or emerging communities, or signed that there are none: public task",
        others={"said_by_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    flag: Mapped[Flag] = mapped_column(by_value(Flag, "flag"))
    is_none: Mapped[bool]
    #: the local day of `said_at`
    said_on: Mapped[date]
    said_by_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    said_at: Mapped[datetime] = mapped_column(UtcInstant())

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    said_by: Mapped[Account] = relationship(lazy="raise_on_sql")

    @property
    def saying(self) -> Saying:
        """What was said, as the rules look at it."""
        return Saying(self.said_on, self.is_none)


class Population(VersionedTable, Base):
    """The people of a neighbourhood by ethnicity as at a day, of one source and in one code system."""

    __tablename__ = "population"
    __table_args__ = (
        UniqueConstraint("unit_id", "as_at"),
        CheckConstraint("source <> ''", name="has_a_source"),
    )
    personal = nobody("source")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    as_at: Mapped[date]
    codes: Mapped[CodeSystem] = mapped_column(by_value(CodeSystem, "codes"))
    source: Mapped[str] = mapped_column(String(200))

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    counts: Mapped[list["PopulationCount"]] = relationship(
        lazy="raise_on_sql", back_populates="population", cascade="all, delete-orphan"
    )

    @property
    def figures(self) -> Figures:
        """The figures as the rules look at them; counts have to be loaded."""
        return Figures(self.codes, {each.ethnicity: each.people for each in self.counts})


class PopulationCount(Base):
    """The people of one code, of a group, who did not say, or of everybody."""

    __tablename__ = "population_count"
    __table_args__ = (CheckConstraint("people >= 0", name="people_never_negative"),)
    personal = nobody("ethnicity")

    population_id: Mapped[int] = mapped_column(Key, ForeignKey("population.id"), primary_key=True)
    #: a code of the system, a group's letter, NS or ALL
    ethnicity: Mapped[str] = mapped_column(String(3), primary_key=True)
    people: Mapped[int]

    population: Mapped[Population] = relationship(lazy="raise_on_sql", back_populates="counts")


class SpecialistContact(Dated, VersionedTable, Base):
    """Whom in a force or BCU to ask about something: hate crime, licensing, autism."""

    __tablename__ = "specialist_contact"
    __table_args__ = (
        Index("ix_specialist_contact_unit_id", "unit_id"),
        CheckConstraint("telephone IS NOT NULL OR email IS NOT NULL", name="can_be_reached"),
    )
    personal = Personal(
        None,
        why="whom teams ask about hate crime, diversity, licensing and the like: public task, employment",
        holds={"name": Fate.FREE_TEXT, "telephone": Fate.FREE_TEXT, "email": Fate.FREE_TEXT},
        nobody={"subject"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    subject: Mapped[str] = mapped_column(String(80))
    #: name and post, as colleagues know them
    name: Mapped[str] = mapped_column(String(120))
    telephone: Mapped[str | None] = mapped_column(String(40))
    email: Mapped[str | None] = mapped_column(String(254))

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    callings: Mapped[list["SpecialistCalling"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan"
    )

    @property
    def calls(self) -> frozenset[Calling]:
        """What calls for them; callings have to be loaded."""
        return frozenset(each.calling for each in self.callings)


class SpecialistCalling(Base):
    """Something about communities that calls for a specialist contact."""

    __tablename__ = "specialist_calling"

    contact_id: Mapped[int] = mapped_column(Key, ForeignKey("specialist_contact.id"), primary_key=True)
    calling: Mapped[Calling] = mapped_column(by_value(Calling, "calling"), primary_key=True)
