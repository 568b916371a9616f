"""Tables of the partner agencies."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from npt.kit.spans import Span
from npt.store.base import Base, Key
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
