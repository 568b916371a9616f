"""The table of priorities, and of when somebody looked at one again."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.priorities.rules import (
    LONGEST_REASON,
    LONGEST_TITLE,
    AgreedHow,
    Ending,
    PriorityState,
    state_of,
)
from npt.problems.models import Problem
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import UtcInstant, by_value
from npt.store.versions import VersionedTable

if TYPE_CHECKING:
    from npt.priorities.models.closings import Closing
    from npt.priorities.models.originators import Originator


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
        return self.state.is_agreed and self.review_due_on is not None and self.review_due_on < today

    @property
    def has_record(self) -> bool:
        """Whether a problem record stands behind it, with whoever owns that."""
        return self.problem_id is not None


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
