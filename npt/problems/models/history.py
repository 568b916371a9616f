"""What happened to a problem record: its stages, its scores, its evidence, and other problems like it."""

from datetime import datetime
from enum import Enum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.attachments.models import Attachment
from npt.problems.rules import HIGHEST_MARK, LONGEST_SENTENCE, LONGEST_TEXT, LONGEST_WORDS, Marks, Stage
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import UtcInstant, by_value


class ProblemMove(Base):
    """That a problem went from one stage to another; back only with a reason."""

    __tablename__ = "problem_move"
    __table_args__ = (
        Index("ix_problem_move_problem_id", "problem_id"),
        CheckConstraint("stage_before <> stage_after", name="changes_the_stage"),
    )
    personal = Personal(
        None,
        why="who said how far a problem has come, and why it went back: public task",
        holds={"reason": Fate.FREE_TEXT},
        others={"account_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    problem_id: Mapped[int] = mapped_column(Key, ForeignKey("problem.id"))
    stage_before: Mapped[Stage] = mapped_column(by_value(Stage, "stage_before"))
    stage_after: Mapped[Stage] = mapped_column(by_value(Stage, "stage_after"))
    reason: Mapped[str | None] = mapped_column(String(LONGEST_WORDS))
    #: None for the command line
    account_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcInstant())

    account: Mapped[Account | None] = relationship(lazy="raise_on_sql")


class ProblemScore(Base):
    """The quality of a record as somebody marked it; the latest counts."""

    __tablename__ = "problem_score"
    __table_args__ = (
        Index("ix_problem_score_problem_id", "problem_id"),
        *(
            CheckConstraint(f"{stage} BETWEEN 0 AND {HIGHEST_MARK}", name=f"{stage}_from_0_to_{HIGHEST_MARK}")
            for stage in ("scanning", "analysis", "response", "assessment")
        ),
    )
    personal = Personal(
        None,
        why="how good a record is, as somebody judged it: public task",
        holds={"words": Fate.FREE_TEXT},
        others={"scored_by_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    problem_id: Mapped[int] = mapped_column(Key, ForeignKey("problem.id"))
    scanning: Mapped[int]
    analysis: Mapped[int]
    response: Mapped[int]
    assessment: Mapped[int]
    words: Mapped[str | None] = mapped_column(String(LONGEST_TEXT))
    scored_by_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    scored_at: Mapped[datetime] = mapped_column(UtcInstant())

    scored_by: Mapped[Account] = relationship(lazy="raise_on_sql")

    @property
    def marks(self) -> Marks:
        """The marks, as the rules look at them."""
        return Marks(self.scanning, self.analysis, self.response, self.assessment)


class LinkKind(Enum):
    """How one problem is to another."""

    DUPLICATE = "duplicate"
    RELATED = "related"

    @property
    def wording(self) -> str:
        """The kind as people read it."""
        return "The same problem" if self is LinkKind.DUPLICATE else "A related problem"


class ProblemLink(Base):
    """That a problem is the same as an earlier record of it, or related to it."""

    __tablename__ = "problem_link"
    __table_args__ = (
        Index("ix_problem_link_other_id", "other_id"),
        CheckConstraint("problem_id <> other_id", name="leads_to_another_problem"),
    )
    personal = Personal(
        None, why="who said that two records are of one problem: public task", others={"noted_by_id"}
    )

    problem_id: Mapped[int] = mapped_column(Key, ForeignKey("problem.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(Key, ForeignKey("problem.id"), primary_key=True)
    kind: Mapped[LinkKind] = mapped_column(by_value(LinkKind, "kind"))
    noted_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcInstant())


class ProblemEvidence(Base):
    """A file that shows something of a problem."""

    __tablename__ = "problem_evidence"
    __table_args__ = (
        UniqueConstraint("attachment_id"),
        Index("ix_problem_evidence_problem_id", "problem_id"),
        CheckConstraint("words <> ''", name="says_something"),
    )
    personal = Personal(
        None,
        why="what shows that there is a problem, or what came of it: public task",
        holds={"words": Fate.FREE_TEXT},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    problem_id: Mapped[int] = mapped_column(Key, ForeignKey("problem.id"))
    attachment_id: Mapped[int] = mapped_column(Key, ForeignKey("attachment.id"))
    stage: Mapped[Stage] = mapped_column(by_value(Stage, "stage"))
    #: what it shows
    words: Mapped[str] = mapped_column(String(LONGEST_SENTENCE))

    attachment: Mapped[Attachment] = relationship(lazy="raise_on_sql")
