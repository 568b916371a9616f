"""That key individuals were met."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.kin.models.individuals import KeyIndividual
from npt.kin.rules import EncounterKind
from npt.organisation.models import Unit
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import UtcInstant, by_value


class Encounter(Base):
    """That a key individual was met, how, and what was said. It stays when they are erased: it is counted."""

    __tablename__ = "encounter"
    __table_args__ = (
        Index("ix_encounter_individual_id_at", "individual_id", "at"),
        Index("ix_encounter_record", "record"),
        Index("ix_encounter_unit_id_at", "unit_id", "at"),
    )
    personal = Personal(
        "individual_id",
        why="when a key individual was met, and what they said and were told: public task",
        holds={"said": Fate.FREE_TEXT, "told": Fate.FREE_TEXT},
        nobody={"record"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    individual_id: Mapped[int] = mapped_column(Key, ForeignKey("key_individual.id"))
    #: the neighbourhood that was theirs then: its sums stay when records are merged or carried over
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    at: Mapped[datetime] = mapped_column(UtcInstant())
    kind: Mapped[EncounterKind] = mapped_column(by_value(EncounterKind, "kind"))
    #: the reference of the record that it comes from: a contact, a meeting, a survey
    record: Mapped[str | None] = mapped_column(String(40))
    said: Mapped[str | None] = mapped_column(String(2_000))
    told: Mapped[str | None] = mapped_column(String(2_000))

    individual: Mapped[KeyIndividual] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
