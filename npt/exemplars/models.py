"""The table of exemplars."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.exemplars.rules import LONGEST_LINE, LONGEST_STORY, LONGEST_TITLE, Focus, Scale, Works, works
from npt.problems.models import Problem
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import UtcInstant, by_value
from npt.store.versions import VersionedTable


class Exemplar(VersionedTable, Base):
    """A closed problem in the library, told for colleagues who do not see its record."""

    __tablename__ = "exemplar"
    __table_args__ = (
        UniqueConstraint("problem_id"),
        CheckConstraint("title <> '' AND solution <> '' AND outcomes <> ''", name="says_what_was_done"),
    )
    personal = Personal(
        None,
        why="what others can learn from a problem, and whom to ask: public task",
        holds={
            "title": Fate.FREE_TEXT,
            "problem_words": Fate.FREE_TEXT,
            "solution": Fate.FREE_TEXT,
            "outcomes": Fate.FREE_TEXT,
            "contact": Fate.FREE_TEXT,
            "partners": Fate.FREE_TEXT,
        },
        others={"marked_by_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    problem_id: Mapped[int] = mapped_column(Key, ForeignKey("problem.id"))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    problem_words: Mapped[str] = mapped_column(String(LONGEST_STORY))
    solution: Mapped[str] = mapped_column(String(LONGEST_STORY))
    outcomes: Mapped[str] = mapped_column(String(LONGEST_STORY))
    #: an office, not a person
    contact: Mapped[str] = mapped_column(String(LONGEST_LINE))
    focus: Mapped[Focus] = mapped_column(by_value(Focus, "focus"))
    partners: Mapped[str | None] = mapped_column(String(LONGEST_LINE))
    starts_on: Mapped[date]
    scale: Mapped[Scale] = mapped_column(by_value(Scale, "scale"))
    #: None for the command line
    marked_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    marked_at: Mapped[datetime] = mapped_column(UtcInstant())

    problem: Mapped[Problem] = relationship(lazy="raise_on_sql")

    @property
    def works(self) -> Works:
        """Whether it works, as far as the figures of its problem tell."""
        return works(self.problem.outcome, self.problem.bearing, is_open=self.problem.stage.is_open)
