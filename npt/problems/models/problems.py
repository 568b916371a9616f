"""The record of a problem, and what of it never leaves the team's line."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.categories.models import Category
from npt.matters.models import Matter
from npt.places.rules import Point
from npt.problems.models.history import ProblemEvidence, ProblemMove, ProblemScore
from npt.problems.models.stages import (
    ProblemAnalysis,
    ProblemAssessment,
    ProblemHypothesis,
    ProblemResponse,
    ProblemScanning,
    ProblemSource,
)
from npt.problems.rules import (
    LONGEST_PLACE,
    LONGEST_WORDS,
    RADIUS,
    Bearing,
    Noticed,
    Outcome,
    PlaceKind,
    Stage,
)
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import UtcInstant, by_value
from npt.store.versions import VersionedTable
from npt.work.models.owners import Owned, one_owner


class Problem(Owned, VersionedTable, Base):
    """A problem. Its sentence, unit, reference and days are those of its matter, which closes with it."""

    __tablename__ = "problem"
    __table_args__ = (
        UniqueConstraint("matter_id"),
        UniqueConstraint("sent_as"),
        Index("ix_problem_category_id_stage", "category_id", "stage"),
        Index("ix_problem_stage_id", "stage", "id"),
        Index("ix_problem_owner_member_id", "owner_member_id", "stage"),
        Index("ix_problem_owner_account_id", "owner_account_id", "stage"),
        Index("ix_problem_owner_agency_id", "owner_agency_id", "stage"),
        one_owner(),
        CheckConstraint("place <> ''", name="is_somewhere"),
        CheckConstraint("(lat IS NULL) = (lng IS NULL)", name="whole_point"),
        CheckConstraint("radius BETWEEN 25 AND 5000", name="reaches_from_25_m_to_5_km"),
        CheckConstraint("(outcome IS NULL) = (bearing IS NULL)", name="outcome_is_judged"),
        CheckConstraint(
            "stage <> 'closed' OR outcome IS NOT NULL OR is_unproved", name="closes_with_an_outcome"
        ),
    )
    personal = Personal(
        None,
        why="what a problem is, whom it harms and who is to solve it: public task",
        holds={"place": Fate.FREE_TEXT, "harmed": Fate.FREE_TEXT},
        nobody={"sent_as"},
        others={"owner_member_id", "owner_account_id", "recorded_by_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    matter_id: Mapped[int] = mapped_column(Key, ForeignKey("matter.id"))
    category_id: Mapped[int] = mapped_column(Key, ForeignKey("category.id"))
    stage: Mapped[Stage] = mapped_column(by_value(Stage, "stage"))
    #: whether it stands at its stage because a paper pack or a file says so, and nothing here proves it
    is_unproved: Mapped[bool] = mapped_column(default=False, server_default=false())
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE))
    #: None while nobody has said
    place_kind: Mapped[PlaceKind | None] = mapped_column(by_value(PlaceKind, "place_kind"))
    #: in the middle of it; None where nobody has said
    lat: Mapped[int | None]
    lng: Mapped[int | None]
    #: how far around its point it reaches, in metres
    radius: Mapped[int] = mapped_column(default=RADIUS)
    noticed: Mapped[Noticed] = mapped_column(by_value(Noticed, "noticed"))
    harmed: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    #: the reference under which a phone sent it; None where it was typed here, or is of a file
    sent_as: Mapped[str | None] = mapped_column(String(40))
    recorded_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcInstant())
    #: what came of it, and whether the figures bear it; None until somebody says
    outcome: Mapped[Outcome | None] = mapped_column(by_value(Outcome, "outcome"))
    bearing: Mapped[Bearing | None] = mapped_column(by_value(Bearing, "bearing"))

    matter: Mapped[Matter] = relationship(lazy="raise_on_sql")
    category: Mapped[Category] = relationship(lazy="raise_on_sql")
    scanning: Mapped[ProblemScanning | None] = relationship(lazy="raise_on_sql", back_populates="problem")
    analysis: Mapped[ProblemAnalysis | None] = relationship(lazy="raise_on_sql", back_populates="problem")
    response: Mapped[ProblemResponse | None] = relationship(lazy="raise_on_sql", back_populates="problem")
    assessment: Mapped[ProblemAssessment | None] = relationship(lazy="raise_on_sql", back_populates="problem")
    sources: Mapped[list[ProblemSource]] = relationship(
        lazy="raise_on_sql", order_by=ProblemSource.id, cascade="all, delete-orphan"
    )
    hypotheses: Mapped[list[ProblemHypothesis]] = relationship(
        lazy="raise_on_sql", order_by=ProblemHypothesis.id, cascade="all, delete-orphan"
    )
    moves: Mapped[list[ProblemMove]] = relationship(lazy="raise_on_sql", order_by=ProblemMove.id)
    scores: Mapped[list[ProblemScore]] = relationship(lazy="raise_on_sql", order_by=ProblemScore.id)
    evidence: Mapped[list[ProblemEvidence]] = relationship(lazy="raise_on_sql", order_by=ProblemEvidence.id)

    @property
    def title(self) -> str:
        """What the problem is, in a sentence."""
        return self.matter.title

    @property
    def reference(self) -> str:
        """How people refer to it."""
        return self.matter.reference

    @property
    def raised_on(self) -> date:
        """The day on which it was raised."""
        return self.matter.opened_on

    @property
    def closed_on(self) -> date | None:
        """The last day on which it was open; None while it is."""
        return self.matter.closed_on

    @property
    def point(self) -> Point | None:
        """The middle of it, where that is known."""
        return None if self.lat is None or self.lng is None else Point(self.lat, self.lng)

    @property
    def outcome_words(self) -> str | None:
        """What came of it, as it may be said; None until somebody says."""
        if self.outcome is None or self.bearing is None:
            return None
        return self.bearing.wording(self.outcome)


class ProblemSensitive(VersionedTable, Base):
    """Named people and tactics of a problem: for the team's own line, and never shared."""

    __tablename__ = "problem_sensitive"
    personal = Personal(
        None,
        why="who is part of a problem, and what is planned, so that it is solved: public task",
        holds={"people": Fate.FREE_TEXT, "tactics": Fate.FREE_TEXT},
    )

    problem_id: Mapped[int] = mapped_column(Key, ForeignKey("problem.id"), primary_key=True)
    people: Mapped[str | None] = mapped_column(String(6000))
    tactics: Mapped[str | None] = mapped_column(String(6000))
