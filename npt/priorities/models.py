"""Tables of priorities, of whoever raised them, and of what they answered."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.kin.models import KeyIndividual
from npt.kit.telephones import LONGEST_KEPT
from npt.organisation.models import Unit
from npt.partners.models import Agency
from npt.people.models import Member
from npt.priorities.rules import (
    LONGEST_REASON,
    LONGEST_TITLE,
    AgreedHow,
    Answered,
    Attempt,
    Ending,
    OriginatorKind,
    PriorityState,
    Way,
    Whom,
    state_of,
)
from npt.problems.models import Problem
from npt.store.base import Base, Key
from npt.store.personal import ITSELF, Fate, Kept, Personal
from npt.store.types import UtcInstant, by_value
from npt.store.versions import VersionedTable

_WHY = "who raised what a team is to solve, so that they can say whether it is solved: public task"


class Priority(VersionedTable, Base):
    """Something that a community, or the team itself, wants solved; agreed, looked at, and ended."""

    __tablename__ = "priority"
    __table_args__ = (
        UniqueConstraint("reference"),
        Index("ix_priority_unit_id_closed_on", "unit_id", "closed_on"),
        Index("ix_priority_neighbourhood_id", "neighbourhood_id"),
        Index("ix_priority_problem_id", "problem_id"),
        Index("ix_priority_lead_id", "lead_id"),
        CheckConstraint("title <> ''", name="has_a_wording"),
        CheckConstraint("(agreed_on IS NULL) = (agreed_how IS NULL)", name="agreed_in_some_way"),
        CheckConstraint("(agreed_on IS NULL) = (review_due_on IS NULL)", name="agreed_is_looked_at_again"),
        CheckConstraint("agreed_on >= raised_on", name="agreed_after_it_is_raised"),
        CheckConstraint("asked_on IS NULL OR agreed_on IS NOT NULL", name="asked_about_once_agreed"),
        CheckConstraint("asked_on IS NULL OR closed_on IS NULL", name="closed_waits_for_nobody"),
        CheckConstraint("(closed_on IS NULL) = (ending IS NULL)", name="ends_in_some_way"),
        CheckConstraint("closed_on >= raised_on", name="closes_after_it_is_raised"),
        CheckConstraint(
            "agreed_on IS NOT NULL OR ending IS NULL OR ending = 'no-longer-chosen'",
            name="never_agreed_is_never_solved",
        ),
        CheckConstraint("refusals >= 0", name="refused_never_or_more_often"),
    )
    personal = Personal(
        None,
        why="what a team has agreed to solve, who leads it, and how it ended: public task",
        holds={"title": Fate.FREE_TEXT, "end_reason": Fate.FREE_TEXT},
        nobody={"reference"},
        others={"lead_id", "recorded_by_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    #: what files call it, for ever
    reference: Mapped[str] = mapped_column(String(40))
    #: the team
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    #: None where it is of the whole team
    neighbourhood_id: Mapped[int | None] = mapped_column(Key, ForeignKey("unit.id"))
    #: as it is published
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    raised_on: Mapped[date]
    #: None while it is only proposed
    agreed_on: Mapped[date | None]
    agreed_how: Mapped[AgreedHow | None] = mapped_column(by_value(AgreedHow, "agreed_how"))
    lead_id: Mapped[int | None] = mapped_column(Key, ForeignKey("member.id"))
    problem_id: Mapped[int | None] = mapped_column(Key, ForeignKey("problem.id"))
    review_due_on: Mapped[date | None]
    #: since when an answer to its closing is waited for; None while none is
    asked_on: Mapped[date | None]
    #: how often whoever raised it has said that it is not solved
    refusals: Mapped[int] = mapped_column(default=0, server_default="0")
    #: the last day on which it was a priority; None while it is
    closed_on: Mapped[date | None]
    ending: Mapped[Ending | None] = mapped_column(by_value(Ending, "ending"))
    #: why it was overruled, or is no longer chosen
    end_reason: Mapped[str | None] = mapped_column(String(LONGEST_REASON))
    recorded_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcInstant())

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql", foreign_keys=unit_id)
    neighbourhood: Mapped[Unit | None] = relationship(lazy="raise_on_sql", foreign_keys=neighbourhood_id)
    lead: Mapped[Member | None] = relationship(lazy="raise_on_sql")
    problem: Mapped[Problem | None] = relationship(lazy="raise_on_sql")
    originators: Mapped[list["Originator"]] = relationship(
        lazy="raise_on_sql", back_populates="priority", order_by="Originator.id"
    )
    rounds: Mapped[list["Closing"]] = relationship(
        lazy="raise_on_sql", back_populates="priority", order_by="Closing.id"
    )
    looks: Mapped[list["PriorityLook"]] = relationship(lazy="raise_on_sql", order_by="PriorityLook.id")

    @property
    def state(self) -> PriorityState:
        """Where it stands."""
        return state_of(agreed_on=self.agreed_on, asked_on=self.asked_on, closed_on=self.closed_on)

    @property
    def first(self) -> "Originator | None":
        """Whoever raised it; originators are loaded."""
        return next((each for each in self.originators if each.is_first), None)

    @property
    def round(self) -> "Closing | None":
        """The round of asking that waits for an answer; rounds are loaded."""
        return next((each for each in self.rounds if each.answered is None), None)

    def is_overdue(self, today: date) -> bool:
        """Whether somebody should have looked at it again."""
        return self.state.is_agreed and self.review_due_on is not None and self.review_due_on <= today

    @property
    def has_record(self) -> bool:
        """Whether a problem record stands behind it, with whoever owns that."""
        return self.problem_id is not None


class Originator(VersionedTable, Base):
    """Somebody, or something, that raised a priority: whoever did first is asked whether it is solved."""

    __tablename__ = "originator"
    __table_args__ = (
        UniqueConstraint("reference"),
        Index("ix_originator_priority_id", "priority_id"),
        Index(
            "uq_originator_first",
            "priority_id",
            unique=True,
            sqlite_where=text("is_first"),
            postgresql_where=text("is_first"),
        ),
        Index("ix_originator_individual_id", "individual_id"),
        CheckConstraint("individual_id IS NULL OR kind = 'kin'", name="key_individual_of_its_kind"),
        CheckConstraint("agency_id IS NULL OR kind = 'partner'", name="agency_of_its_kind"),
        CheckConstraint("individual_id IS NULL OR name IS NULL", name="key_individual_has_their_own_name"),
    )
    personal = Personal(
        ITSELF,
        why=_WHY,
        holds={
            "reference": Fate.PSEUDONYM,
            "name": Fate.PSEUDONYM,
            "phone": Fate.EMPTIED,
            "email": Fate.EMPTIED,
        },
        others={"individual_id", "recorded_by_id"},
        kept=Kept(
            "two years after the priority ended, or as the force decides; after that under a pseudonym"
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    #: what they are asked for by, for ever
    reference: Mapped[str] = mapped_column(String(40))
    priority_id: Mapped[int] = mapped_column(Key, ForeignKey("priority.id"))
    is_first: Mapped[bool]
    kind: Mapped[OriginatorKind] = mapped_column(by_value(OriginatorKind, "kind"))
    #: who they are, or which meeting or survey it was; None where nobody said, and of a key individual
    name: Mapped[str | None] = mapped_column(String(200))
    #: as E.164 has it
    phone: Mapped[str | None] = mapped_column(String(LONGEST_KEPT))
    #: lower case
    email: Mapped[str | None] = mapped_column(String(254))
    individual_id: Mapped[int | None] = mapped_column(Key, ForeignKey("key_individual.id"))
    agency_id: Mapped[int | None] = mapped_column(Key, ForeignKey("agency.id"))
    #: since when they cannot be asked, because they have died or were erased
    gone_on: Mapped[date | None]
    recorded_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcInstant())

    priority: Mapped[Priority] = relationship(lazy="raise_on_sql", back_populates="originators")
    individual: Mapped[KeyIndividual | None] = relationship(lazy="raise_on_sql")
    agency: Mapped[Agency | None] = relationship(lazy="raise_on_sql")

    @property
    def reached_by_email(self) -> str | None:
        """Their email address, of a key individual that of their record."""
        return self.email if self.individual is None else self.individual.email

    @property
    def reached_by_phone(self) -> str | None:
        """Their phone number, of a key individual that of their record."""
        return self.phone if self.individual is None else self.individual.phone

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways in which they can be asked: a meeting is asked when it meets."""
        known = (
            (Way.EMAIL, self.reached_by_email),
            (Way.PHONE, self.reached_by_phone),
            (Way.IN_PERSON, self.kind is OriginatorKind.MEETING),
        )
        return tuple(way for way, is_known in known if is_known)

    @property
    def whom(self) -> Whom:
        """They, as the rules look at them."""
        return Whom(self.kind, self.ways, self.gone_on is not None)


class Closing(Base):
    """One round of asking: the team calls a priority solved, and somebody answers or cannot be asked."""

    __tablename__ = "priority_closing"
    __table_args__ = (
        UniqueConstraint("priority_id", "number"),
        Index(
            "uq_priority_closing_waiting",
            "priority_id",
            unique=True,
            sqlite_where=text("answered IS NULL"),
            postgresql_where=text("answered IS NULL"),
        ),
        CheckConstraint("done <> ''", name="says_what_was_done"),
        CheckConstraint("(answered IS NULL) = (answered_at IS NULL)", name="answered_at_some_instant"),
    )
    personal = Personal(
        None,
        why="what was done about a priority, who says so, and how the question ended: public task",
        holds={"done": Fate.FREE_TEXT},
        others={"asked_by_id", "answered_by_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    priority_id: Mapped[int] = mapped_column(Key, ForeignKey("priority.id"))
    #: from 1
    number: Mapped[int]
    #: what was done, as whoever raised it reads it
    done: Mapped[str] = mapped_column(String(LONGEST_REASON))
    asked_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcInstant())
    answered: Mapped[Answered | None] = mapped_column(by_value(Answered, "answered"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcInstant())
    #: who recorded the answer; None where they answered by their link
    answered_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))

    priority: Mapped[Priority] = relationship(lazy="raise_on_sql", back_populates="rounds")
    asked_by: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=asked_by_id)
    answered_by: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=answered_by_id)
    attempts: Mapped[list["PriorityAttempt"]] = relationship(
        lazy="raise_on_sql", order_by="PriorityAttempt.at, PriorityAttempt.id"
    )
    answers: Mapped[list["PriorityAnswer"]] = relationship(
        lazy="raise_on_sql", order_by="PriorityAnswer.at, PriorityAnswer.id"
    )

    def attempts_with(self, originator: Originator) -> list[Attempt]:
        """The attempts to reach somebody, as the rules look at them; they are loaded."""
        return [Attempt(each.way, each.at) for each in self.attempts if each.originator_id == originator.id]


class PriorityAttempt(Base):
    """That somebody was asked in a round, and did not answer then."""

    __tablename__ = "priority_attempt"
    __table_args__ = (Index("ix_priority_attempt_closing_id", "closing_id"),)
    personal = Personal("originator_id", why=_WHY, others={"by_id"})

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    closing_id: Mapped[int] = mapped_column(Key, ForeignKey("priority_closing.id"))
    originator_id: Mapped[int] = mapped_column(Key, ForeignKey("originator.id"), index=True)
    way: Mapped[Way] = mapped_column(by_value(Way, "way"))
    at: Mapped[datetime] = mapped_column(UtcInstant())
    by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))

    by: Mapped[Account | None] = relationship(lazy="raise_on_sql")


class PriorityAnswer(Base):
    """What somebody who raised a priority, first or also, says of it in a round."""

    __tablename__ = "priority_answer"
    __table_args__ = (
        UniqueConstraint("closing_id", "originator_id"),
        CheckConstraint("is_solved OR reason IS NOT NULL", name="refuses_for_a_reason"),
    )
    personal = Personal("originator_id", why=_WHY, holds={"reason": Fate.FREE_TEXT}, others={"by_id"})

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    closing_id: Mapped[int] = mapped_column(Key, ForeignKey("priority_closing.id"))
    originator_id: Mapped[int] = mapped_column(Key, ForeignKey("originator.id"), index=True)
    is_solved: Mapped[bool]
    #: what is still wrong, in their words
    reason: Mapped[str | None] = mapped_column(String(LONGEST_REASON))
    way: Mapped[Way] = mapped_column(by_value(Way, "way"))
    at: Mapped[datetime] = mapped_column(UtcInstant())
    #: who recorded it; None where they answered by their link
    by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))

    by: Mapped[Account | None] = relationship(lazy="raise_on_sql")


class PriorityLink(Base):
    """A link that was sent to somebody for one round: it works once, and until a day."""

    __tablename__ = "priority_link"
    __table_args__ = (Index("ix_priority_link_closing_id", "closing_id"),)
    personal = Personal("originator_id", why=_WHY, goes=True)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    closing_id: Mapped[int] = mapped_column(Key, ForeignKey("priority_closing.id"))
    originator_id: Mapped[int] = mapped_column(Key, ForeignKey("originator.id"), index=True)
    sent_at: Mapped[datetime] = mapped_column(UtcInstant())
    #: the last day on which it works
    works_until: Mapped[date]
    used_at: Mapped[datetime | None] = mapped_column(UtcInstant())

    closing: Mapped[Closing] = relationship(lazy="raise_on_sql")
    originator: Mapped[Originator] = relationship(lazy="raise_on_sql")


class PriorityLook(Base):
    """That somebody looked at a priority again and kept it, until when."""

    __tablename__ = "priority_look"
    __table_args__ = (
        Index("ix_priority_look_priority_id", "priority_id"),
        CheckConstraint("words <> ''", name="says_something"),
    )
    personal = Personal(
        None,
        why="who looked at a priority again, and what they found: public task",
        holds={"words": Fate.FREE_TEXT},
        others={"looked_by_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    priority_id: Mapped[int] = mapped_column(Key, ForeignKey("priority.id"))
    looked_on: Mapped[date]
    words: Mapped[str] = mapped_column(String(LONGEST_REASON))
    looked_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))

    looked_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")
