"""Tables of seals."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.kit.months import Month
from npt.kit.shares import Share
from npt.measures.rules import Figure
from npt.organisation.models import Unit
from npt.seals.rules import LONGEST_REASON, SealedLimits
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal, nobody
from npt.store.types import UtcInstant


class Seal(Base):
    """An edition of a unit's month as it was signed off. Only a name of an erased person in it changes."""

    __tablename__ = "seal"
    __table_args__ = (
        UniqueConstraint("unit_id", "month_on", "edition"),
        CheckConstraint("edition >= 1", name="counts_editions_from_one"),
        CheckConstraint("unconfirmed_days >= 0", name="counts_days"),
        CheckConstraint(
            "(unconfirmed_days = 0 AND edition = 1) OR (reason IS NOT NULL AND reason <> '')",
            name="says_why_all_the_same",
        ),
    )
    personal = Personal(
        None,
        why="who signed a month off, and why with days unconfirmed or again: public task",
        holds={"reason": Fate.FREE_TEXT},
        nobody={"definition", "definition_name", "counting", "hash"},
        others={"signed_by_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    #: the first day of the month
    month_on: Mapped[date]
    edition: Mapped[int]
    #: the code and name of the definition of abstraction, and what counted under it: a line from each day on,
    #: the day and the codes of the reasons
    definition: Mapped[str] = mapped_column(String(30))
    definition_name: Mapped[str] = mapped_column(String(80))
    puts_absence_back: Mapped[bool]
    counting: Mapped[str] = mapped_column(Text())
    #: days of units on which shifts were not confirmed
    unconfirmed_days: Mapped[int]
    #: why it was signed with days unconfirmed, or again; None where there was nothing to say
    reason: Mapped[str | None] = mapped_column(String(LONGEST_REASON))
    #: SHA-256 over the one spelling of all that is sealed, in hex
    hash: Mapped[str] = mapped_column(String(64))
    #: None for the command line
    signed_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    signed_at: Mapped[datetime] = mapped_column(UtcInstant())

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    signed_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")

    @property
    def month(self) -> Month:
        """The month that was signed."""
        return Month.of(self.month_on)


class SealedFigure(Base):
    """A measure as it stood, with its figure, limits and target, and the records that it rests on."""

    __tablename__ = "sealed_figure"
    is_journaled = False  # the hash of the seal is, which is made of it
    personal = nobody(
        "code",
        "name",
        "definition",
        "question",
        "owner",
        "counted_in",
        "better",
        "why_unknown",
        "target",
        "mean",
        "low",
        "high",
        "why_no_limits",
    )

    seal_id: Mapped[int] = mapped_column(Key, ForeignKey("seal.id"), primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    #: its place in the review, from 0
    place: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    definition: Mapped[str] = mapped_column(Text())
    question: Mapped[str] = mapped_column(Text())
    owner: Mapped[str] = mapped_column(String(200))
    counted_in: Mapped[str] = mapped_column(String(30))
    better: Mapped[str] = mapped_column(String(30))
    is_recomputable: Mapped[bool]
    #: a decimal, in what people count it in; None without one
    target: Mapped[str | None] = mapped_column(String(40))
    counted: Mapped[int | None]
    #: what it is a share of; None for a count
    out_of: Mapped[int | None]
    why_unknown: Mapped[str] = mapped_column(Text())
    #: shifts of confirmed days, and all of them; None where it rests on no duty
    confirmed_shifts: Mapped[int | None]
    shifts: Mapped[int | None]
    #: decimals; None without limits
    mean: Mapped[str | None] = mapped_column(String(40))
    low: Mapped[str | None] = mapped_column(String(40))
    high: Mapped[str | None] = mapped_column(String(40))
    is_trial: Mapped[bool]
    why_no_limits: Mapped[str] = mapped_column(Text())

    @property
    def figure(self) -> Figure:
        """The figure that was signed."""
        coverage = None
        if self.confirmed_shifts is not None and self.shifts is not None:
            coverage = Share(self.confirmed_shifts, self.shifts)
        return Figure(self.counted, self.out_of, self.why_unknown, coverage)

    @property
    def limits(self) -> SealedLimits:
        """The limits that it was judged by."""
        return SealedLimits(self.mean, self.low, self.high, self.is_trial, self.why_no_limits)


class SealedRecords(Base):
    """The records of one kind that a sealed figure rests on.

    They are asked for only all together, to be compared with those that there are now, and a month of a force
    has tens of thousands: a line each, its number and what counts of it.
    """

    __tablename__ = "sealed_records"
    is_journaled = False
    personal = nobody("code", "kind", "lines")

    seal_id: Mapped[int] = mapped_column(Key, ForeignKey("seal.id"), primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    #: a table, or a part of one
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    lines: Mapped[str] = mapped_column(Text())
