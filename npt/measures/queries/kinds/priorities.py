"""Priorities: how many, with a record behind them, looked at again, and how they ended."""

from datetime import date, timedelta
from functools import cache

from sqlalchemy import exists, or_, select

from npt.kit.months import Month, months_after
from npt.matters.models import Matter
from npt.measures.queries.asked import Asked
from npt.measures.queries.months import Months
from npt.measures.queries.recorded import ONE, Counting, Part, Recorded, Rows, open_at_end, when
from npt.measures.rules import Behind, Better, CountedIn, Measure
from npt.organisation.models import Unit
from npt.priorities.models import Priority, PriorityLook
from npt.priorities.rules import Ending, review_due
from npt.problems.models import Problem
from npt.store.dated import lasting

OPEN = Measure(
    code="priorities",
    name="Priorities",
    definition="Priorities that were agreed and not closed at the end of the month.",
    counted_in=CountedIn.COUNT,
    better=Better.NEITHER,
    question="Do communities choose what their teams solve?",
    owner="the sergeant of the team",
)
WITH_RECORD = Measure(
    code="priorities-with-record",
    name="Priorities with a problem record",
    definition="Priorities behind which a problem record stood, out of all priorities, on the last day of"
    " the month.",
    counted_in=CountedIn.SHARE,
    better=Better.HIGHER,
    question="Is what communities choose worked on as a problem?",
    owner="the sergeant of the team",
    target=100,
)
REVIEWED = Measure(
    code="priorities-reviewed",
    name="Priorities looked at within three months",
    definition="Priorities that were agreed, or looked at again, within three months, out of all"
    " priorities, on the last day of the month.",
    counted_in=CountedIn.SHARE,
    better=Better.HIGHER,
    question="Are priorities reviewed every three months? (Neighbourhood Policing Guarantee 2025)",
    owner="the sergeant of the team",
    target=100,
)
SIGNED_OFF = Measure(
    code="priorities-signed-off",
    name="Priorities signed off by whoever raised them",
    definition="Priorities that closed in the month because whoever raised them said that they were"
    " solved, out of all agreed priorities that closed in the month.",
    counted_in=CountedIn.SHARE,
    better=Better.HIGHER,
    question="Do those who raised a priority say that it is solved?",
    owner="the sergeant of the team",
)
_NONE, _NONE_CLOSED = "There was no priority on the day.", "No priority closed in the month."


@cache
def looked_at_since(day: date) -> date:
    """The first day on which a priority may have been looked at and not be due again by `day`."""
    since = months_after(day, -3) - timedelta(days=1)
    while review_due(since) <= day:
        since += timedelta(days=1)
    return since


def _open(months: Months) -> Rows:
    """The priorities that were agreed and had not closed on the day."""
    has_record = exists().where(
        Problem.id == Priority.problem_id, Matter.id == Problem.matter_id, Matter.opened_on <= months.day
    )
    looked = exists().where(
        PriorityLook.priority_id == Priority.id,
        PriorityLook.looked_on.between(months.since, months.day),
    )
    reviewed = or_(Priority.agreed_on >= months.since, looked)
    asked = select().select_from(Priority).join(Unit, Unit.id == Priority.unit_id)
    return Rows(
        asked.join(months.table, open_at_end(Priority.agreed_on, Priority.closed_on, months.day)).where(
            lasting(Priority.closed_on, months.earliest)
        ),
        Priority.id,
        {
            OPEN.code: Counting(ONE),
            WITH_RECORD.code: Counting(when(has_record), ONE),
            REVIEWED.code: Counting(when(reviewed), ONE),
        },
    )


def _closed(months: Months) -> Rows:
    """The agreed priorities that closed in the month."""
    asked = select().select_from(Priority).join(Unit, Unit.id == Priority.unit_id)
    asked = asked.join(months.table, months.holds(Priority.closed_on))
    accepted = when(Priority.ending == Ending.ACCEPTED)
    return Rows(
        asked.where(Priority.agreed_on.is_not(None)),
        Priority.id,
        {SIGNED_OFF.code: Counting(accepted, ONE)},
    )


def _lists(code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
    return Behind("priorities.priorities", {"code": unit.code})


def _closed_list(code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
    return Behind("priorities.priorities", {"code": unit.code, "show": "closed", "month": str(month)})


COUNTED = Recorded(
    (
        Part(
            (OPEN, WITH_RECORD, REVIEWED),
            "priority",
            _open,
            _lists,
            where_none={WITH_RECORD.code: _NONE, REVIEWED.code: _NONE},
            since=looked_at_since,
        ),
        Part((SIGNED_OFF,), "priority", _closed, _closed_list, where_none={SIGNED_OFF.code: _NONE_CLOSED}),
    )
)
