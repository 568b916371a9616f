"""The register of actions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import UtcInstant, by_value
from npt.store.versions import VersionedTable
from npt.work.models.owners import Owned, one_owner
from npt.work.rules import MOST_PENCE, ActionState, MatterStage


class Action(Owned, VersionedTable, Base):
    """Something to be done by somebody until a day, for a matter or for a unit alone."""

    __tablename__ = "action"
    __table_args__ = (
        # Two matters may each have an action 1, as the papers that they come from have.
        UniqueConstraint("matter_id", "reference"),
        Index("ix_action_unit_id_state_due_on", "unit_id", "state", "due_on"),
        # Whoever opens their own list asks for what is open, the first due first.
        Index("ix_action_owner_member_id", "owner_member_id", "state", "due_on"),
        Index("ix_action_owner_account_id", "owner_account_id", "state", "due_on"),
        Index("ix_action_owner_agency_id", "owner_agency_id", "state", "due_on"),
        one_owner(),
        CheckConstraint(f"cost_pence BETWEEN 0 AND {MOST_PENCE}", name="costs_nothing_or_more"),
        CheckConstraint(
            "(ended_on IS NOT NULL) = (state IN ('done', 'dropped'))", name="has_its_day_once_it_is_ended"
        ),
    )

    personal = Personal(
        None,
        why="what was agreed to be done, by whom and until when, so that it is done: public task",
        holds={"what": Fate.FREE_TEXT, "result": Fate.FREE_TEXT, "funding": Fate.FREE_TEXT},
        nobody={"reference"},
        others={"owner_member_id", "owner_account_id", "set_by"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    #: whose it is: that of its matter, where it has one
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    matter_id: Mapped[int | None] = mapped_column(Key, ForeignKey("matter.id"))
    #: what files call it, unique within its matter
    reference: Mapped[str] = mapped_column(String(40))
    what: Mapped[str] = mapped_column(String(500))
    #: the local day by whose end it is to be done
    due_on: Mapped[date]
    state: Mapped[ActionState] = mapped_column(by_value(ActionState, "state"))
    #: the day on which it was done or dropped
    ended_on: Mapped[date | None]
    result: Mapped[str | None] = mapped_column(String(2000))
    #: in pence; None where it is not known
    cost_pence: Mapped[int | None]
    funding: Mapped[str | None] = mapped_column(String(200))
    #: whether it may be shown to the residents who are told of its matter
    is_for_residents: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: the stage of a problem that it belongs to
    stage: Mapped[MatterStage | None] = mapped_column(by_value(MatterStage, "stage"))
    #: who set it; None for the command line
    set_by: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    set_at: Mapped[datetime] = mapped_column(UtcInstant())

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    matter: Mapped[Matter | None] = relationship(lazy="raise_on_sql")

    def is_overdue(self, today: date) -> bool:
        """Whether it is still to be done, and its day has gone by."""
        return self.state.is_open and self.due_on < today


class ActionMove(Base):
    """That an action went from one state to another, and why."""

    __tablename__ = "action_move"
    __table_args__ = (
        Index("ix_action_move_action_id", "action_id"),
        CheckConstraint("state_before <> state_after", name="changes_the_state"),
    )
    personal = Personal(
        None,
        why="who said that an action is done, dropped or taken up again, and why: public task",
        holds={"reason": Fate.FREE_TEXT},
        others={"account_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    action_id: Mapped[int] = mapped_column(Key, ForeignKey("action.id"))
    state_before: Mapped[ActionState] = mapped_column(by_value(ActionState, "state_before"))
    state_after: Mapped[ActionState] = mapped_column(by_value(ActionState, "state_after"))
    #: why it was dropped, or taken up again
    reason: Mapped[str | None] = mapped_column(String(500))
    #: None for the command line
    account_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcInstant())
