"""Tables of sign-off: each round of asking, attempts to reach somebody, their answers, and their links."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.priorities.models.originators import WHY, Originator
from npt.priorities.rules import LONGEST_REASON, Answered, Attempt, Way
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import UtcInstant, by_value

if TYPE_CHECKING:
    from npt.priorities.models.priorities import Priority


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

    priority: Mapped["Priority"] = relationship(lazy="raise_on_sql", back_populates="rounds")
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
    personal = Personal("originator_id", why=WHY, others={"by_id"})

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
    personal = Personal("originator_id", why=WHY, holds={"reason": Fate.FREE_TEXT}, others={"by_id"})

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
    personal = Personal("originator_id", why=WHY, holds={"sent_to": Fate.FREE_TEXT}, goes=True)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    closing_id: Mapped[int] = mapped_column(Key, ForeignKey("priority_closing.id"))
    originator_id: Mapped[int] = mapped_column(Key, ForeignKey("originator.id"), index=True)
    sent_at: Mapped[datetime] = mapped_column(UtcInstant())
    #: the address of that day: once another is recorded, whoever reads the old one is not who is asked
    sent_to: Mapped[str] = mapped_column(String(254))
    #: the last day on which it works
    works_until: Mapped[date]
    used_at: Mapped[datetime | None] = mapped_column(UtcInstant())

    closing: Mapped[Closing] = relationship(lazy="raise_on_sql")
    originator: Mapped[Originator] = relationship(lazy="raise_on_sql")
