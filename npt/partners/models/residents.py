"""The table of residents who were invited to look at something."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from npt.partners.rules import RESIDENTS_KEPT_FOR
from npt.store.base import Base, Key
from npt.store.personal import ITSELF, Fate, Kept, Personal
from npt.store.versions import VersionedTable


class Resident(VersionedTable, Base):
    """A resident, as whoever invited them wrote them down; invited again, they stand here again.

    So no unit reads what another wrote of the same person. Their email address tells who is one.
    """

    __tablename__ = "resident"
    __table_args__ = (Index("ix_resident_email", "email"),)
    personal = Personal(
        ITSELF,
        why="who was invited to look at a record: consent, public task",
        holds={"name": Fate.PSEUDONYM, "email": Fate.PSEUDONYM},
        kept=Kept(f"{RESIDENTS_KEPT_FOR.days} days after their last link ended; then under a pseudonym"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    #: lower case
    email: Mapped[str] = mapped_column(String(254))
