"""What is said of a problem at each of its stages; a row once anybody has said anything there."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.organisation.models import Unit
from npt.problems.rules import (
    LONGEST_SENTENCE,
    LONGEST_TEXT,
    LONGEST_WORDS,
    Hypothesis,
    Involvement,
    MeasureKind,
    Source,
    SourceKind,
    Triangle,
    Use,
    WasDone,
    Window,
    window_of,
)
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import by_value
from npt.store.versions import VersionedTable
from npt.work.rules import MOST_PENCE

if TYPE_CHECKING:
    from npt.problems.models.problems import Problem

_MOST_COUNTED = 10_000_000


class Involved:
    """Whether the community had a part in a stage, and how."""

    is_involved: Mapped[bool | None]
    involved_how: Mapped[str | None] = mapped_column(String(LONGEST_WORDS))

    @property
    def involvement(self) -> Involvement:
        """The part of the community, as the rules look at it."""
        return Involvement(self.is_involved, self.involved_how)


class ProblemScanning(Involved, VersionedTable, Base):
    """Why a problem is one, and why this one."""

    __tablename__ = "problem_scanning"
    personal = Personal(
        None,
        why="why a problem was chosen: public task",
        holds={
            "one_source_reason": Fate.FREE_TEXT,
            "why_this_one": Fate.FREE_TEXT,
            "involved_how": Fate.FREE_TEXT,
        },
    )

    problem_id: Mapped[int] = mapped_column(Key, ForeignKey("problem.id"), primary_key=True)
    one_source_reason: Mapped[str | None] = mapped_column(String(LONGEST_WORDS))
    why_this_one: Mapped[str | None] = mapped_column(String(LONGEST_TEXT))

    problem: Mapped["Problem"] = relationship(lazy="raise_on_sql", back_populates="scanning")


class ProblemSource(Base):
    """Evidence from one source that a problem recurs."""

    __tablename__ = "problem_source"
    __table_args__ = (
        Index("ix_problem_source_problem_id", "problem_id"),
        CheckConstraint("words <> ''", name="says_something"),
    )
    personal = Personal(
        None, why="why a problem is thought to recur: public task", holds={"words": Fate.FREE_TEXT}
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    problem_id: Mapped[int] = mapped_column(Key, ForeignKey("problem.id"))
    kind: Mapped[SourceKind] = mapped_column(by_value(SourceKind, "kind"))
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS))

    @property
    def source(self) -> Source:
        """The source, as the rules look at it."""
        return Source(self.kind, self.words)


class ProblemAnalysis(Involved, VersionedTable, Base):
    """The problem analysis triangle, what was tried before, and that somebody looked at similar problems."""

    __tablename__ = "problem_analysis"
    personal = Personal(
        None,
        why="who and what a problem is made of, so that it is solved: public task",
        holds={
            "victim": Fate.FREE_TEXT,
            "guardian": Fate.FREE_TEXT,
            "offender": Fate.FREE_TEXT,
            "handler": Fate.FREE_TEXT,
            "location": Fate.FREE_TEXT,
            "manager": Fate.FREE_TEXT,
            "tried_before": Fate.FREE_TEXT,
            "involved_how": Fate.FREE_TEXT,
        },
    )

    problem_id: Mapped[int] = mapped_column(Key, ForeignKey("problem.id"), primary_key=True)
    victim: Mapped[str | None] = mapped_column(String(LONGEST_TEXT))
    guardian: Mapped[str | None] = mapped_column(String(LONGEST_TEXT))
    offender: Mapped[str | None] = mapped_column(String(LONGEST_TEXT))
    handler: Mapped[str | None] = mapped_column(String(LONGEST_TEXT))
    location: Mapped[str | None] = mapped_column(String(LONGEST_TEXT))
    manager: Mapped[str | None] = mapped_column(String(LONGEST_TEXT))
    tried_before: Mapped[str | None] = mapped_column(String(LONGEST_TEXT))
    similar_seen_on: Mapped[date | None]

    problem: Mapped["Problem"] = relationship(lazy="raise_on_sql", back_populates="analysis")

    @property
    def triangle(self) -> Triangle:
        """The triangle, as the rules look at it."""
        return Triangle(self.victim, self.guardian, self.offender, self.handler, self.location, self.manager)


class ProblemHypothesis(Base):
    """Why a problem may be there."""

    __tablename__ = "problem_hypothesis"
    __table_args__ = (
        Index("ix_problem_hypothesis_problem_id", "problem_id"),
        CheckConstraint("words <> ''", name="says_something"),
    )
    personal = Personal(
        None,
        why="why a problem may be there, so that it is solved: public task",
        holds={"words": Fate.FREE_TEXT, "supports": Fate.FREE_TEXT, "weakens": Fate.FREE_TEXT},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    problem_id: Mapped[int] = mapped_column(Key, ForeignKey("problem.id"))
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    supports: Mapped[str | None] = mapped_column(String(LONGEST_TEXT))
    weakens: Mapped[str | None] = mapped_column(String(LONGEST_TEXT))

    @property
    def hypothesis(self) -> Hypothesis:
        """The hypothesis, as the rules look at it."""
        return Hypothesis(self.words, self.supports, self.weakens)


class ProblemResponse(Involved, VersionedTable, Base):
    """What is to be reached, and how one will know whether it was."""

    __tablename__ = "problem_response"
    __table_args__ = (
        CheckConstraint("noticed_to >= noticed_from", name="noticed_until_it_begins_or_later"),
        CheckConstraint("(noticed_to IS NULL) = (noticed_from IS NULL)", name="noticed_from_and_until"),
        CheckConstraint("baseline_to >= baseline_from", name="baseline_until_it_begins_or_later"),
        CheckConstraint("(baseline_to IS NULL) = (baseline_from IS NULL)", name="baseline_from_and_until"),
        CheckConstraint(f"baseline_count BETWEEN 0 AND {_MOST_COUNTED}", name="counts_none_or_more_before"),
        # One never compares an area with a peak that made somebody look.
        CheckConstraint(
            "baseline_to < noticed_from OR baseline_from > noticed_to",
            name="baseline_is_not_what_was_noticed",
        ),
    )
    personal = Personal(
        None,
        why="what is to be reached, and how one will know: public task",
        holds={
            "objective": Fate.FREE_TEXT,
            "measure_words": Fate.FREE_TEXT,
            "elsewhere_words": Fate.FREE_TEXT,
            "involved_how": Fate.FREE_TEXT,
        },
    )

    problem_id: Mapped[int] = mapped_column(Key, ForeignKey("problem.id"), primary_key=True)
    objective: Mapped[str | None] = mapped_column(String(LONGEST_WORDS))
    measure: Mapped[MeasureKind | None] = mapped_column(by_value(MeasureKind, "measure"))
    #: what is counted, where it is not incidents
    measure_words: Mapped[str | None] = mapped_column(String(LONGEST_SENTENCE))
    #: the days that made somebody notice the problem, which stay out of the baseline
    noticed_from: Mapped[date | None]
    noticed_to: Mapped[date | None]
    baseline_from: Mapped[date | None]
    baseline_to: Mapped[date | None]
    #: None where it is counted from the incidents
    baseline_count: Mapped[int | None]
    use: Mapped[Use | None] = mapped_column(by_value(Use, "use"))
    #: the area to compare with: a unit, or one told in words
    elsewhere_unit_id: Mapped[int | None] = mapped_column(Key, ForeignKey("unit.id"), index=True)
    elsewhere_words: Mapped[str | None] = mapped_column(String(LONGEST_SENTENCE))

    problem: Mapped["Problem"] = relationship(lazy="raise_on_sql", back_populates="response")
    elsewhere_unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")

    @property
    def is_counted(self) -> bool:
        """Whether its measure is counted from the incidents, and entered by nobody."""
        return self.measure is MeasureKind.INCIDENTS

    @property
    def baseline(self) -> Window | None:
        """The days before; None while nobody has said which."""
        return window_of(self.baseline_from, self.baseline_to)


class ProblemAssessment(Involved, VersionedTable, Base):
    """What came of a response."""

    __tablename__ = "problem_assessment"
    __table_args__ = (
        CheckConstraint("after_to >= after_from", name="after_until_it_begins_or_later"),
        CheckConstraint("(after_to IS NULL) = (after_from IS NULL)", name="after_from_and_until"),
        CheckConstraint(f"after_count BETWEEN 0 AND {_MOST_COUNTED}", name="counts_none_or_more_after"),
        CheckConstraint(f"cost_pence BETWEEN 0 AND {MOST_PENCE}", name="costs_nothing_or_more"),
        *(
            CheckConstraint(f"{column} BETWEEN 0 AND {_MOST_COUNTED}", name=f"{column}_is_none_or_more")
            for column in (
                "elsewhere_before",
                "elsewhere_after",
                "buffer_before",
                "buffer_after",
                "buffer_elsewhere_before",
                "buffer_elsewhere_after",
            )
        ),
    )
    personal = Personal(
        None,
        why="what came of a response, and what others can learn from it: public task",
        holds={
            "was_done_how": Fate.FREE_TEXT,
            "not_measured_why": Fate.FREE_TEXT,
            "displacement": Fate.FREE_TEXT,
            "cost_words": Fate.FREE_TEXT,
            "lessons": Fate.FREE_TEXT,
            "involved_how": Fate.FREE_TEXT,
        },
    )

    problem_id: Mapped[int] = mapped_column(Key, ForeignKey("problem.id"), primary_key=True)
    was_done: Mapped[WasDone | None] = mapped_column(by_value(WasDone, "was_done"))
    was_done_how: Mapped[str | None] = mapped_column(String(LONGEST_TEXT))
    after_from: Mapped[date | None]
    after_to: Mapped[date | None]
    #: None where it is counted from the incidents
    after_count: Mapped[int | None]
    not_measured_why: Mapped[str | None] = mapped_column(String(LONGEST_WORDS))
    #: the counts of the area to compare with, and of the surroundings of both, in the same windows; None
    #: where they are counted from the incidents, or nobody counted them
    elsewhere_before: Mapped[int | None]
    elsewhere_after: Mapped[int | None]
    buffer_before: Mapped[int | None]
    buffer_after: Mapped[int | None]
    buffer_elsewhere_before: Mapped[int | None]
    buffer_elsewhere_after: Mapped[int | None]
    displacement: Mapped[str | None] = mapped_column(String(LONGEST_TEXT))
    #: beside what its actions cost
    cost_pence: Mapped[int | None]
    cost_words: Mapped[str | None] = mapped_column(String(LONGEST_WORDS))
    lessons: Mapped[str | None] = mapped_column(String(LONGEST_TEXT))

    problem: Mapped["Problem"] = relationship(lazy="raise_on_sql", back_populates="assessment")

    @property
    def after(self) -> Window | None:
        """The days after; None while nobody has said which."""
        return window_of(self.after_from, self.after_to)
