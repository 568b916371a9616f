"""The one table of matters: what actions, clocks, files and shares hang on."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.matters.rules import MatterKind
from npt.organisation.models import Unit
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import by_value
from npt.store.versions import VersionedTable


class Matter(VersionedTable, Base):
    """A record that work, files and shares can belong to; its feature keeps the rest of it beside it."""

    __tablename__ = "matter"
    __table_args__ = (
        UniqueConstraint("reference"),
        Index("ix_matter_unit_id_kind", "unit_id", "kind"),
        Index("ix_matter_kind_closed_on", "kind", "closed_on"),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="closes_after_it_opens"),
    )
    personal = Personal(
        None,
        why="what a record is about; a title may name somebody: public task",
        holds={"title": Fate.FREE_TEXT},
        nobody={"reference"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[MatterKind] = mapped_column(by_value(MatterKind, "kind"))
    #: how people and files refer to it; never given again
    reference: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    #: whose it is: who may see and change it follows from there
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    opened_on: Mapped[date]
    #: the last day on which it was open; None while it is
    closed_on: Mapped[date | None]

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")

    @property
    def path(self) -> str:
        """Where its unit stands: who may see it follows from there."""
        return self.unit.path

    @property
    def name(self) -> str:
        """What people call it."""
        return self.title
