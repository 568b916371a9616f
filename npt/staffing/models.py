"""Tables of staffing: the dated establishment. Strength is not stored: it follows from the postings."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.store.base import Base, Key
from npt.store.types import Hundredths, by_value


class Establishment(Base):
    """The funded posts (FTE) of one role in one unit, for the days from `starts_on` to `ends_on`."""

    __tablename__ = "establishment"
    __table_args__ = (
        UniqueConstraint("unit_id", "role", "starts_on"),
        Index("ix_establishment_unit_id_starts_on", "unit_id", "starts_on"),
        CheckConstraint("posts >= 0", name="posts_never_negative"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_it_starts"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    role: Mapped[PolicingRole] = mapped_column(by_value(PolicingRole, "role"))
    posts: Mapped[Decimal] = mapped_column(Hundredths())
    starts_on: Mapped[date]
    #: the last day on which this number holds; None until further notice
    ends_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
