"""What was noted as lost by time away."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.shifts.models import Loss
from npt.shifts.rules import LossKind


@dataclass(frozen=True, slots=True)
class LossLine:
    """One loss noted of time away; who noted it, and when."""

    id: int
    kind: LossKind
    words: str | None
    noted_by: str
    noted_at: datetime


def losses_of(session: Session, member_id: int, starts: datetime) -> tuple[LossLine, ...]:
    """What was noted as lost by the member's time away that starts then, in the order of noting."""
    asked = (
        select(Loss.id, Loss.kind, Loss.words, Account.name, Loss.noted_at)
        .join(Account, Account.id == Loss.account_id)
        .where(Loss.member_id == member_id, Loss.starts_at == starts)
        .order_by(Loss.id)
    )
    return tuple(LossLine(*row) for row in session.execute(asked))
