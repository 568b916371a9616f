"""The work that waited while members were taken off in a month: how much for each shift. No cause is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from npt.counting.queries import DatedDefinition, counts_under
from npt.kit.shares import rounded_half_up
from npt.organisation.queries import within
from npt.shifts.models import Away, Reason, Shift
from npt.shifts.queries.records import with_its_shift
from npt.shifts.rules import ReasonKind
from npt.work.queries import terms_of


@dataclass(frozen=True, slots=True)
class WaitedWork:
    """Shifts with abstraction that counts, and the work that waited on their days, once in each shift."""

    shifts: int
    waited: int

    @property
    def for_each(self) -> str:
        """How much waited for each shift, to one decimal. ZeroDivisionError without a shift."""
        return str(rounded_half_up(Fraction(self.waited, self.shifts), 1))


def waited_in(
    session: Session, path: str, first: date, last: date, definition: DatedDefinition
) -> WaitedWork:
    """What waited in the abstracted shifts of the unit at `path` and under it. Two statements."""
    asked = with_its_shift(select(Shift.id, Shift.member_id, Shift.on_date).select_from(Away)).where(
        and_(
            within(path),
            Shift.on_date.between(first, last),
            Reason.kind == ReasonKind.ABSTRACTION,
            counts_under(definition, first, last),
        )
    )
    shifts: Sequence[tuple[int, int, date]] = [tuple(row) for row in session.execute(asked.distinct())]
    terms = terms_of(session, {member_id for _, member_id, _ in shifts}, first, last)
    waited = sum(
        term.waits_on(on_date) for _, member_id, on_date in shifts for term in terms.get(member_id, ())
    )
    return WaitedWork(len(shifts), waited)
