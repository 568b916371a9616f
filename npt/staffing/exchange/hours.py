"""The file of time that special constables and volunteers give, in and out.

A record is known by number, date and role, which is what was done in the time: only its minutes can change.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.people.models import Member
from npt.people.queries import members_numbered, posting_book
from npt.sheets.columns import BadCell, Column, Shape, choice, code, day, integer
from npt.sheets.reading import Row
from npt.staffing.actions import WantedTime, check_time, record_time
from npt.staffing.models import GivenTime
from npt.staffing.queries import times_of, times_under
from npt.staffing.rules import LONGEST_DAY, GivenWork
from npt.store.constraints import refusing
from npt.store.exchange import ExportOrder, ImportOrder, Outcome


def _minutes(text: str) -> int:
    minutes = integer(text)
    if not 1 <= minutes <= LONGEST_DAY:
        raise BadCell(f"{minutes:,} minutes do not fit in a day: write from 1 to {LONGEST_DAY:,}")
    return minutes


HOURS = Shape(
    "hours",
    (
        Column("number", code, hint="the force number of a special constable or a volunteer"),
        Column("date", day, hint="the day, like 2008-04-01"),
        Column("minutes", _minutes, hint="whole minutes given that day"),
        Column("role", choice(GivenWork), hint="what was done in them, like patrol or front-office"),
    ),
)
_COLUMNS = {"number": "number", "on_date": "date", "minutes": "minutes"}
_Identity = tuple[int, date, GivenWork]


class HoursRow(NamedTuple):
    """One row of the file, typed; `line` is where it stands."""

    line: int
    number: str
    on_date: date
    minutes: int
    work: GivenWork

    @classmethod
    def of(cls, row: Row) -> "HoursRow":
        """The row as read by the shape `HOURS`."""
        return cls(row.line, *(cast(Any, row.values[name]) for name in HOURS.names))


def save_hours(session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
    """Take a file of given time in; see `npt.store.exchange.Import`.

    The rows of a member's day are judged together, wherever they stand in the file.
    """
    rows: list[HoursRow] = []
    for chunk in chunks:
        rows += [HoursRow.of(row) for row in chunk]
        order.progress(len(chunk))
    outcome = Outcome()
    members = members_numbered(session, {row.number for row in rows})
    kept = _told_once(_known(rows, members, outcome), outcome)
    if not kept:
        return outcome
    first, last = min(row.on_date for row in kept), max(row.on_date for row in kept)
    keys = sorted({members[row.number].id for row in kept})
    book = posting_book(session, keys, first, last)
    existing = {
        (time.member_id, time.on_date, time.work): time for time in times_of(session, keys, first, last)
    }
    of_day: defaultdict[tuple[int, date], dict[GivenWork, int]] = defaultdict(dict)
    for member_id, on_date, work in existing:
        of_day[member_id, on_date][work] = existing[member_id, on_date, work].minutes
    for row in kept:
        of_day[members[row.number].id, row.on_date][row.work] = row.minutes
    adding: list[WantedTime] = []
    for row in kept:
        member_id = members[row.number].id
        time = existing.get((member_id, row.on_date, row.work))
        if time is not None and time.minutes == row.minutes:
            outcome.unchanged += 1
            continue
        try:
            together = sum(of_day[member_id, row.on_date].values())
            check_time(book, member_id, row.number, row.on_date, together, today=order.today)
        except Refusal as refusal:
            outcome.refuse(row.line, _COLUMNS.get(refusal.field or ""), refusal.message)
            continue
        if time is None:
            adding.append(WantedTime(member_id, row.on_date, row.work, row.minutes))
            outcome.added += 1
        else:
            _change(time, row, order, outcome)
    with refusing(session):
        record_time(session, adding)
    return outcome


def _known(rows: Sequence[HoursRow], members: dict[str, Member], outcome: Outcome) -> Iterator[HoursRow]:
    for row in rows:
        if row.number in members:
            yield row
        else:
            outcome.refuse(
                row.line,
                "number",
                f"There is no member {row.number}: correct the number, or import the member first.",
            )


def _told_once(rows: Iterable[HoursRow], outcome: Outcome) -> list[HoursRow]:
    """The rows without those that come twice; two that contradict each other are refused."""
    first: dict[tuple[str, date, GivenWork], HoursRow] = {}
    kept: list[HoursRow] = []
    for row in rows:
        earlier = first.setdefault((row.number, row.on_date, row.work), row)
        if earlier is row:
            kept.append(row)
        elif earlier.minutes == row.minutes:
            outcome.unchanged += 1
        else:
            outcome.refuse(
                row.line,
                "minutes",
                f"Line {earlier.line} gives other minutes for the same work on that day: add them up in one"
                " row.",
            )
    return kept


def _change(time: GivenTime, row: HoursRow, order: ImportOrder, outcome: Outcome) -> None:
    if order.may_update:
        time.minutes = row.minutes
        outcome.changed += 1
        return
    outcome.refuse(
        row.line,
        "minutes",
        f"{time.minutes} minutes are recorded for this work on that day: correct the row, or import with"
        " --update.",
    )


def hours_rows(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    """The time that belongs at and under the path, in the month if one is given; all there is without."""
    for number, time in times_under(session, order.path, order.month):
        yield number, time.on_date, time.minutes, time.work.value
