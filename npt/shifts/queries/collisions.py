"""What is recorded at the times that thousands of rows of a file want. One statement, whatever their order.

The wanted times travel as one value, an array or a JSON text, which the database joins to its index of
members and starts: thousands of parameters would cost more to send than to answer. Times are counts of whole
minutes.
"""

import json
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, BigInteger, ColumnElement, FromClause, Integer, column, func, literal, select
from sqlalchemy import type_coerce as read_as
from sqlalchemy.orm import Session

from npt.shifts.models import SHIFTS
from npt.shifts.rules import MAX_SHIFT

#: The longest shift in minutes: no shift that starts earlier than that before a moment can reach it.
LONGEST = int(MAX_SHIFT.total_seconds()) // 60
#: Minutes between two times of a member that are asked for together: a week off.
_GAP = 7 * 24 * 60


class WantedTime(NamedTuple):
    """A member, and a time in minutes since 1970: from `starts`, up to and without `ends`."""

    member_id: int
    starts: int
    ends: int


class RecordedShift(NamedTuple):
    """A recorded shift, its times in minutes since 1970."""

    id: int
    member_id: int
    starts: int
    ends: int
    unit_id: int
    is_team_named: bool


def shifts_in_the_way(session: Session, wanted: Sequence[WantedTime]) -> list[RecordedShift]:
    """The recorded shifts that share a minute with one of the times wanted for their member, each once."""
    if not wanted:
        return []
    times, member_id, starts, ends = _joinable(session, wanted)
    recorded_starts, recorded_ends = read_as(SHIFTS.c.starts_at, Integer), read_as(SHIFTS.c.ends_at, Integer)
    asked = (
        select(
            SHIFTS.c.id,
            SHIFTS.c.member_id,
            recorded_starts,
            recorded_ends,
            SHIFTS.c.unit_id,
            SHIFTS.c.is_team_named,
        )
        .select_from(times)
        .join(
            SHIFTS,
            (SHIFTS.c.member_id == member_id)
            & (recorded_starts < ends)
            & (recorded_starts > starts - LONGEST)
            & (recorded_ends > starts),
        )
    )
    return [RecordedShift._make(row) for row in dict.fromkeys(session.execute(asked).all())]


def shifts_around(session: Session, wanted: Iterable[tuple[int, int, int]]) -> list[RecordedShift]:
    """The recorded shifts that share a minute with one of the times wanted, and perhaps others between them.

    Wanted are members, starts and ends in this order; the answer is in the same. For a file, whose times of a
    member follow one another: a stretch of them is asked for in one, which spares a look for each.
    """
    stretches: list[WantedTime] = []
    begun, first, last = 0, 0, 0
    for member_id, starts, ends in wanted:
        if member_id == begun and starts - last < _GAP:
            last = max(last, ends)
            continue
        if begun:
            stretches.append(WantedTime(begun, first, last))
        begun, first, last = member_id, starts, ends
    if begun:
        stretches.append(WantedTime(begun, first, last))
    return sorted(shifts_in_the_way(session, stretches), key=itemgetter(1, 2))


def _joinable(
    session: Session, wanted: Sequence[WantedTime]
) -> tuple[FromClause, ColumnElement[Any], ColumnElement[Any], ColumnElement[Any]]:
    """The wanted times as a table of this engine, and its three columns."""
    if session.get_bind().dialect.name == "postgresql":
        arrays = (
            literal([time.member_id for time in wanted], ARRAY(BigInteger)),
            literal([time.starts for time in wanted], ARRAY(Integer)),
            literal([time.ends for time in wanted], ARRAY(Integer)),
        )
        names = (column("member_id", BigInteger), column("starts", Integer), column("ends", Integer))
        table = func.unnest(*arrays).table_valued(*names, name="wanted").render_derived()
        return table, table.c.member_id, table.c.starts, table.c.ends
    rows = func.json_each(literal(json.dumps(wanted))).table_valued("value", name="wanted")
    member_id, starts, ends = (
        func.json_extract(rows.c.value, f"$[{place}]", type_=Integer) for place in range(3)
    )
    return rows, member_id, starts, ends
