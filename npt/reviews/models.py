"""The tables of monthly reviews and of what is said in them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.kit.months import Month
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.reviews.rules import LONGEST_COMMENT
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal, nobody
from npt.store.types import UtcInstant


class MonthlyReview(Base):
    """The review of a unit's month, made with the first comment or action."""

    __tablename__ = "monthly_review"
    __table_args__ = (UniqueConstraint("matter_id"), UniqueConstraint("unit_id", "month_begins_on"))
    personal = nobody()

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    matter_id: Mapped[int] = mapped_column(Key, ForeignKey("matter.id"))
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey(Unit.id))
    month_begins_on: Mapped[date]

    matter: Mapped[Matter] = relationship(lazy="raise_on_sql")

    @property
    def month(self) -> Month:
        """The month that is reviewed."""
        return Month.of(self.month_begins_on)


class ReviewComment(Base):
    """What somebody said of a measure, or of the whole month; kept for good."""

    __tablename__ = "review_comment"
    __table_args__ = (
        Index("ix_review_comment_review_id", "review_id"),
        CheckConstraint("words <> ''", name="says_something"),
    )
    personal = Personal(
        None,
        why="what was said of a month when it was reviewed, and by whom: public task",
        holds={"words": Fate.FREE_TEXT},
        nobody={"measure"},
        others={"account_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    review_id: Mapped[int] = mapped_column(Key, ForeignKey("monthly_review.id"))
    #: the code of the measure; None for the month as a whole
    measure: Mapped[str | None] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(String(LONGEST_COMMENT))
    #: None for the command line
    account_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcInstant())
