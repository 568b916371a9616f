"""Tables of the partner agencies and their groups: one for the whole installation; they hold no person."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.kit.spans import Span
from npt.store.base import Base, Key
from npt.store.dated import Dated
from npt.store.personal import nobody
from npt.store.versions import VersionedTable


class Agency(VersionedTable, Base):
    """An agency beside the police, on the days from `opened_on` to `closed_on`."""

    __tablename__ = "agency"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="closes_after_it_opens"),
    )
    personal = nobody("code", "name")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    opened_on: Mapped[date]
    #: the last day on which it stood
    closed_on: Mapped[date | None]

    @property
    def span(self) -> Span:
        """The days on which it stands."""
        return Span(self.opened_on, self.closed_on)


class AgencySuccession(Base):
    """A closed agency and one of those that took over from it."""

    __tablename__ = "agency_succession"
    __table_args__ = (CheckConstraint("predecessor_id <> successor_id", name="never_its_own_successor"),)

    predecessor_id: Mapped[int] = mapped_column(Key, ForeignKey("agency.id"), primary_key=True)
    successor_id: Mapped[int] = mapped_column(Key, ForeignKey("agency.id"), primary_key=True)


class AgencyGroup(VersionedTable, Base):
    """A partnership that agencies belong to, such as a CDRP."""

    __tablename__ = "agency_group"
    __table_args__ = (UniqueConstraint("code"),)
    personal = nobody("code", "name")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))


class GroupMembership(Dated, VersionedTable, Base):
    """That an agency belongs to a group, on the days of a span."""

    __tablename__ = "group_membership"
    __table_args__ = (
        UniqueConstraint("agency_id", "group_id", "starts_on"),
        Index("ix_group_membership_group_id", "group_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    agency_id: Mapped[int] = mapped_column(Key, ForeignKey("agency.id"))
    group_id: Mapped[int] = mapped_column(Key, ForeignKey("agency_group.id"))

    agency: Mapped[Agency] = relationship(lazy="raise_on_sql")
    group: Mapped[AgencyGroup] = relationship(lazy="raise_on_sql")
