"""Tables of ends not known yet, and of what was lost.

Both name time away by the member and the instant at which it starts, which no two times away of one member
share, and not by its key: time away that is removed and brought back, by an undo or by a roster that is
laid anew, has all of this again. What belongs to nothing that is recorded is shown nowhere.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from npt.shifts.rules import LossKind
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import UtcInstant, WholeMinute, by_value


class OpenEnd(Base):
    """Time away whose end was not known when it was recorded. It stands to the end of its shift meanwhile."""

    __tablename__ = "open_end"
    personal = Personal("member_id", why="whose time away has no known end yet: public task")

    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(WholeMinute(), primary_key=True, autoincrement=False)


class Loss(Base):
    """One thing that did not happen in the neighbourhood because the member was away."""

    __tablename__ = "loss"
    __table_args__ = (
        Index("ix_loss_member_id_starts_at", "member_id", "starts_at"),
        CheckConstraint("kind <> 'other' OR words IS NOT NULL", name="something_else_says_what"),
    )
    personal = Personal(
        "member_id",
        why="what the neighbourhood lost while somebody was away: public task",
        holds={"words": Fate.FREE_TEXT},
        others={"account_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"))
    starts_at: Mapped[datetime] = mapped_column(WholeMinute())
    kind: Mapped[LossKind] = mapped_column(by_value(LossKind, "kind"))
    words: Mapped[str | None] = mapped_column(String(300))
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcInstant())


OPEN_ENDS: Table = Base.metadata.tables["open_end"]
LOSSES: Table = Base.metadata.tables["loss"]
