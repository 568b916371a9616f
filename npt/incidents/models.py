"""Tables of incidents. Nobody is named; a street may hold a house number, and no journal repeats it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.categories.models import Category
from npt.incidents.rules import Repeats
from npt.organisation.models import Unit
from npt.places.rules import Point
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import WholeMinute
from npt.store.versions import VersionedTable


class Incident(Base):
    """Something reported to the police, as another system counts it."""

    __tablename__ = "incident"
    __table_args__ = (
        UniqueConstraint("reference"),
        Index("ix_incident_unit_id_month_category_id", "unit_id", "month", "category_id"),
        Index("ix_incident_unit_id_on_date", "unit_id", "on_date"),
        CheckConstraint("(lat IS NULL) = (lng IS NULL)", name="whole_point"),
        CheckConstraint("reference <> ''", name="has_a_reference"),
    )
    personal = Personal(
        None,
        why="where and when something was reported, so that neighbourhoods know what happens: public task",
        holds={"street": Fate.KEPT, "spot": Fate.KEPT},
        nobody={"reference"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    #: what the other system calls it
    reference: Mapped[str] = mapped_column(String(40))
    happened_at: Mapped[datetime] = mapped_column(WholeMinute())
    #: the local day of `happened_at`, and its month as years × 12 + months from 0
    on_date: Mapped[date]
    month: Mapped[int]
    category_id: Mapped[int] = mapped_column(Key, ForeignKey("category.id"))
    lat: Mapped[int | None]
    lng: Mapped[int | None]
    #: the neighbourhood that it happened in, on that day
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    street: Mapped[str | None] = mapped_column(String(120))
    #: the location by which it is told from others; see `npt.incidents.rules.places`
    spot: Mapped[str | None] = mapped_column(String(140))

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    category: Mapped[Category] = relationship(lazy="raise_on_sql")

    @property
    def point(self) -> Point | None:
        """Where it happened, where that is known to a point."""
        return None if self.lat is None or self.lng is None else Point(self.lat, self.lng)


class RepeatRule(VersionedTable, Base):
    """What a force calls a repeat location, where that is not what everybody does."""

    __tablename__ = "repeat_rule"
    __table_args__ = (
        CheckConstraint("incidents BETWEEN 2 AND 100", name="incidents_from_2_to_100"),
        CheckConstraint("days BETWEEN 7 AND 366", name="days_from_7_to_366"),
    )
    personal = Personal(
        None, why="who set what a force calls a repeat location: public task", others={"set_by_id"}
    )

    #: the force
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"), primary_key=True)
    incidents: Mapped[int]
    days: Mapped[int]
    set_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    set_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")

    @property
    def rule(self) -> Repeats:
        """The rule, as the rules look at it."""
        return Repeats(self.incidents, self.days)
