"""Tables of members' reports, and of verdicts at review.

They name time away by the member and the instant at which it starts, as open ends and losses do.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Table, text
from sqlalchemy.orm import Mapped, mapped_column

from npt.reporting.rules import ReportState, Verdict
from npt.shifts.rules import LossKind
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import UtcInstant, WholeMinute, by_value
from npt.store.versions import VersionedTable

_IS_WAITING = text("state = 'waiting'")


class Report(VersionedTable, Base):
    """A member's word that they have been taken off. It counts in nothing until a supervisor accepts it."""

    __tablename__ = "abstraction_report"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint("(state = 'waiting') = (answered_at IS NULL)", name="waits_until_it_is_answered"),
        CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)", name="somebody_answered_it"),
        CheckConstraint("(state = 'accepted') = (act_id IS NOT NULL)", name="what_is_accepted_is_recorded"),
        CheckConstraint("state <> 'refused' OR answer IS NOT NULL", name="a_refusal_says_why"),
        Index(
            "ix_abstraction_report_waiting",
            "member_id",
            "starts_at",
            unique=True,
            sqlite_where=_IS_WAITING,
            postgresql_where=_IS_WAITING,
        ),
        Index("ix_abstraction_report_member_id", "member_id"),
        Index("ix_abstraction_report_act_id", "act_id"),
    )
    personal = Personal(
        "member_id",
        why="a member's own word that they were taken off, and the answer to it: public task",
        holds={"note": Fate.FREE_TEXT, "lost_words": Fate.FREE_TEXT, "answer": Fate.FREE_TEXT},
        others={"reported_by", "answered_by"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"))
    reason_id: Mapped[int] = mapped_column(Key, ForeignKey("reason.id"))
    starts_at: Mapped[datetime] = mapped_column(WholeMinute())
    #: None: not known yet
    ends_at: Mapped[datetime | None] = mapped_column(WholeMinute())
    note: Mapped[str | None] = mapped_column(String(1000))
    lost: Mapped[LossKind | None] = mapped_column(by_value(LossKind, "lost"))
    lost_words: Mapped[str | None] = mapped_column(String(300))
    reported_by: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    reported_at: Mapped[datetime] = mapped_column(UtcInstant())
    state: Mapped[ReportState] = mapped_column(by_value(ReportState, "state"))
    answered_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcInstant())
    #: what the supervisor says to it: why it is refused, or what was corrected
    answer: Mapped[str | None] = mapped_column(String(300))
    #: what recorded it
    act_id: Mapped[int | None] = mapped_column(Key, ForeignKey("duty_act.id"))


class Review(Base):
    """What somebody said at one go of one abstraction or several: a verdict, or that there is none again."""

    __tablename__ = "abstraction_review"
    __table_args__ = (
        Index("ix_abstraction_review_unit_id", "unit_id"),
        CheckConstraint("verdict <> 'avoidable' OR why IS NOT NULL", name="avoidable_says_how"),
    )
    personal = Personal(
        None,
        why="who said what of abstractions at review: public task",
        holds={"why": Fate.FREE_TEXT},
        others={"account_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    #: the unit whose month was reviewed
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    reviewed_at: Mapped[datetime] = mapped_column(UtcInstant())
    verdict: Mapped[Verdict | None] = mapped_column(by_value(Verdict, "verdict"))
    why: Mapped[str | None] = mapped_column(String(300))
    undone_at: Mapped[datetime | None] = mapped_column(UtcInstant())


class Reviewed(Base):
    """An abstraction that a review is about. The latest review that was not taken back is the one that holds.

    Named with its reason: one that is corrected to another reason, or to another start, was never reviewed.
    """

    __tablename__ = "reviewed_abstraction"
    __table_args__ = (Index("ix_reviewed_abstraction_review_id", "review_id"),)
    personal = Personal("member_id", why="which abstraction a review is about: public task")

    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(WholeMinute(), primary_key=True, autoincrement=False)
    reason_id: Mapped[int] = mapped_column(Key, ForeignKey("reason.id"), primary_key=True)
    review_id: Mapped[int] = mapped_column(Key, ForeignKey("abstraction_review.id"), primary_key=True)


REVIEWED: Table = Base.metadata.tables["reviewed_abstraction"]
