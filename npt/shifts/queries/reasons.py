"""Reasons for being away, in the order of lists."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.spans import lasts
from npt.shifts.models import Reason
from npt.shifts.rules import ReasonKind


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A reason for being away; see the table of reasons for what its marks mean."""

    id: int
    code: str
    name: str
    kind: ReasonKind
    needs_note: bool
    is_planned: bool
    is_force_wide: bool
    #: the last day for which it may be recorded
    closed_on: date | None = None

    def is_open_on(self, day: date) -> bool:
        """Whether it may be recorded for a day."""
        return lasts(self.closed_on, day)


def reasons_of(session: Session, kind: ReasonKind) -> tuple[ReasonLine, ...]:
    """Every reason of a kind, the commonest first. One statement."""
    return tuple(reason for reason in reasons(session) if reason.kind is kind)


def reasons(session: Session) -> tuple[ReasonLine, ...]:
    """Every reason, the commonest first. One statement."""
    asked = select(
        Reason.id,
        Reason.code,
        Reason.name,
        Reason.kind,
        Reason.needs_note,
        Reason.is_planned,
        Reason.is_force_wide,
        Reason.closed_on,
    ).order_by(Reason.position, Reason.id)
    return tuple(ReasonLine(*row) for row in session.execute(asked))
