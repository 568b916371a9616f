"""Tables of places: the boundaries of units, postcodes and streets. None of them tells of a person."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.organisation.models import Unit
from npt.places.rules import Point
from npt.store.base import Base, Key
from npt.store.personal import nobody
from npt.store.types import PathText
from npt.store.versions import VersionedTable


class Boundary(VersionedTable, Base):
    """That a unit has a boundary, which stands on the days on which the unit does."""

    __tablename__ = "boundary"
    personal = nobody("digest")

    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"), primary_key=True)
    #: SHA-256 of the shape: what the journal keeps of it
    digest: Mapped[str] = mapped_column(String(64))
    corners: Mapped[int]
    #: joined from the units that the unit took over from, and not given for it
    is_inherited: Mapped[bool]

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")


class BoundaryShape(Base):
    """The shape itself, as `npt.places.rules.Shape` keeps it."""

    __tablename__ = "boundary_shape"
    is_journaled = False  # its digest is, with the boundary: a shape may have thousands of corners

    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("boundary.unit_id"), primary_key=True)
    shape: Mapped[bytes] = mapped_column(LargeBinary)


class BoundaryCell(Base):
    """A cell that the shape of a neighbourhood reaches into; see `npt.places.rules.cells`."""

    __tablename__ = "boundary_cell"
    is_journaled = False  # worked out from the shape

    cell: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("boundary.unit_id"), primary_key=True, index=True)


class Postcode(Base):
    """A postcode and where it is."""

    __tablename__ = "postcode"
    __table_args__ = (CheckConstraint("quality BETWEEN 1 AND 8", name="has_a_position"),)
    personal = nobody("postcode")

    #: in capitals, without a blank
    postcode: Mapped[str] = mapped_column(PathText(), primary_key=True)
    lat: Mapped[int]
    lng: Mapped[int]
    #: the day from which it is no longer in use; None while it is
    terminated_on: Mapped[date | None]
    #: how well its place is known, 1 best: see `npt.places.rules.postcodes`
    quality: Mapped[int | None]

    @property
    def point(self) -> Point:
        """Where it is."""
        return Point(self.lat, self.lng)


class Street(VersionedTable, Base):
    """A point of a street; a long one may have several."""

    __tablename__ = "street"
    __table_args__ = (UniqueConstraint("name", "lat", "lng"),)
    personal = nobody("name", "search_key")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    #: the name as it is searched for, see `npt.places.rules.streets`
    search_key: Mapped[str] = mapped_column(PathText(), index=True)
    lat: Mapped[int]
    lng: Mapped[int]
    #: the neighbourhood that answers for it, where that is not the one around the point
    neighbourhood_id: Mapped[int | None] = mapped_column(Key, ForeignKey("unit.id"), index=True)

    neighbourhood: Mapped[Unit | None] = relationship(lazy="raise_on_sql")

    @property
    def point(self) -> Point:
        """Where it is."""
        return Point(self.lat, self.lng)
