"""The table of categories."""

from datetime import date

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from npt.kit.spans import lasts
from npt.store.base import Base, Key
from npt.store.personal import nobody
from npt.store.versions import VersionedTable


class Category(VersionedTable, Base):
    """A kind of thing that matters to people, or happens to them."""

    __tablename__ = "category"
    __table_args__ = (
        UniqueConstraint("code"),
        UniqueConstraint("name"),
        CheckConstraint("name <> ''", name="has_a_name"),
    )
    personal = nobody("code", "name")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    #: what files call it, for ever
    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(80))
    #: order in lists
    position: Mapped[int]
    #: the last day for which it may be recorded; what is recorded stays
    closed_on: Mapped[date | None]

    def is_open_on(self, day: date) -> bool:
        """Whether it may be recorded for a day."""
        return lasts(self.closed_on, day)
