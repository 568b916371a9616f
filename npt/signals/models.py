"""The table of limits that are drawn anew."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from npt.organisation.models import Unit
from npt.signals.rules import LONGEST_REASON
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import UtcInstant


class LimitsRebase(Base):
    """That the limits of a measure of a unit are drawn anew from a month on; kept for good.

    Of several that a month comes after, the one recorded last holds.
    """

    __tablename__ = "limits_rebase"
    __table_args__ = (
        Index("ix_limits_rebase_unit_id_measure", "unit_id", "measure"),
        CheckConstraint("reason <> ''", name="says_why"),
    )
    personal = Personal(
        None,
        why="who had the limits of a measure drawn anew, and why: public task",
        holds={"reason": Fate.FREE_TEXT},
        nobody={"measure"},
        others={"account_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey(Unit.id))
    #: the code of the measure
    measure: Mapped[str] = mapped_column(String(60))
    #: the first day of the month from which on they are drawn
    starts_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    #: None for the command line
    account_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcInstant())
