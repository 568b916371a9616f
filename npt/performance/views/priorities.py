"""Priorities in a month: closed by outcome, and of the present month what there is and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.priorities.queries import Sought, ended_under, total_at
from npt.priorities.rules import Ending
from npt.webkit.visit import Visit

#: What is said of the present month, beside what closed.
_PRESENT = (Sought.PRESENT, Sought.WITHOUT_RECORD, Sought.OVERDUE, Sought.WAITING, Sought.REFUSED)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in words, and where its priorities are."""

    words: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class MonthPriorities:
    """The priorities of a month."""

    present: Sequence[Counted]
    ended: Sequence[Counted]
    not_accepted: Counted


def priorities_in(visit: Visit[Unit], month: Month) -> MonthPriorities | None:
    """The priorities of the unit in the month; None where the reader may not see them. Two statements."""
    place = visit.place
    if not visit.may(Permission.SEE_PROBLEMS, place.path):
        return None
    ended = ended_under(visit.session, place, month)
    totals = total_at(visit.session, place, visit.today)
    is_present = month == Month.of(visit.today)

    def listed(sought: Sought, **asked: Any) -> str:
        shown: dict[str, Any] = {} if sought is Sought.PRESENT else {"show": sought.value}
        return url_for("priorities.priorities", code=place.code, **shown, **asked)

    without = sum(count for ending, count in ended.items() if ending.is_without_acceptance)
    return MonthPriorities(
        [Counted(each.wording, totals[each], listed(each)) for each in _PRESENT] if is_present else [],
        [
            Counted(each.wording, ended[each], listed(Sought.CLOSED, ending=each.value, month=str(month)))
            for each in Ending
            if each in ended
        ],
        Counted("Closed without acceptance", without, listed(Sought.NOT_ACCEPTED, month=str(month))),
    )
