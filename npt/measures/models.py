"""The table of targets."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.measures.rules import LONGEST_CODE
from npt.organisation.models import Unit
from npt.store.base import Base, Key
from npt.store.personal import Personal
from npt.store.types import Hundredths
from npt.store.versions import VersionedTable


class MeasureTarget(VersionedTable, Base):
    """From a day on, the target of a measure for a unit and all under it; until the next target."""

    __tablename__ = "measure_target"
    __table_args__ = (
        UniqueConstraint("unit_id", "measure", "starts_on"),
        CheckConstraint("amount >= 0", name="target_never_negative"),
        CheckConstraint("measure <> ''", name="is_of_a_measure"),
    )
    personal = Personal(
        None,
        why="who set a target answers for it: public task",
        nobody={"measure"},
        others={"set_by_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    #: the code of the measure
    measure: Mapped[str] = mapped_column(String(LONGEST_CODE))
    starts_on: Mapped[date]
    #: in what the measure is counted in, a share in per cent; None where there is no target from then on
    amount: Mapped[Decimal | None] = mapped_column(Hundredths())
    #: None for the command line
    set_by_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    set_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")
