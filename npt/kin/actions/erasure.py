"""Key individuals as a kind of person: which records are one, when they are still here, what ends first."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from npt.data_protection import kinds
from npt.data_protection.kinds import Kind
from npt.journal.rules import PersonKey
from npt.kin.models import KeyIndividual
from npt.kin.rules import LeaveReason, Stage
from npt.kit.clock import local_day
from npt.organisation.models import Unit
from npt.outbox.actions import let_address_be

#: The kind, as commands and the list of erasures name it.
KIND = "key_individual"
_HERE = (Stage.PROPOSED, Stage.ACTIVE)


def register() -> None:
    """Let key individuals be shown what is held on them, and be erased."""
    kinds.register(
        Kind(
            table=KIND,
            reference="reference",
            email="email",
            together=_merged,
            leave=_leave,
            still_here=_is_in_network,
            gone_before=_left_before,
        )
    )


def _merged(session: Session, individual_id: int) -> Iterable[PersonKey]:
    """The records that are merged with theirs."""
    own = session.get_one(KeyIndividual, individual_id)
    goes_on = own.merged_into_id or own.id
    asked = select(KeyIndividual.id).where(
        or_(KeyIndividual.id == goes_on, KeyIndividual.merged_into_id == goes_on)
    )
    return [PersonKey(KIND, key) for key in session.scalars(asked.order_by(KeyIndividual.id))]


def _is_in_network(session: Session, individual_id: int, _today: date) -> str | None:
    asked = select(Unit.code).join(KeyIndividual, KeyIndividual.unit_id == Unit.id)
    code = session.scalar(asked.where(KeyIndividual.id == individual_id, KeyIndividual.stage.in_(_HERE)))
    return None if code is None else f"is in the key individual network of {code}"


def _leave(session: Session, individual_id: int, now: datetime) -> None:
    found = session.get_one(KeyIndividual, individual_id)
    if found.stage in _HERE:
        found.stage, found.left_on = Stage.LEFT, local_day(now)
        found.left_because = LeaveReason.NOT_NEEDED
    if found.email is not None:
        let_address_be(session, found.email)


def _left_before(session: Session, day: date) -> Iterable[int]:
    """Who left the network before the day; records that were merged go with the one that went on."""
    asked = select(KeyIndividual.id).where(KeyIndividual.stage == Stage.LEFT, KeyIndividual.left_on < day)
    return session.scalars(asked).all()
