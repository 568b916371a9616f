"""The file of time that special constables and volunteers give, in and out.

A record is known by number, date and role, which is what was done in the time: only its minutes can change.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.people.exchange import MEMBERS_NUMBERED
from npt.people.models import Member
from npt.people.queries import posting_book
from npt.sheets.columns import BadCell, Column, Shape, choice, code, day, integer
from npt.staffing.actions import WantedTime, check_time, record_time
from npt.staffing.models import GivenTime
from npt.staffing.queries import times_of, times_under
from npt.staffing.rules import LONGEST_DAY, GivenWork
from npt.store.constraints import refusing
from npt.store.keyed import Intake, Keyed, KeyedRow


def _minutes(text: str) -> int:
    """Minutes, or hours and minutes as a duration in a workbook has them: 450 or 7:30."""
    clock = re.fullmatch(r"([0-9]{1,3}):([0-5][0-9])", text)
    minutes = int(clock[1]) * 60 + int(clock[2]) if clock else integer(text)
    if not 1 <= minutes <= LONGEST_DAY:
        raise BadCell(f"{minutes:,} minutes do not fit in a day: write from 1 to {LONGEST_DAY:,}")
    return minutes


@dataclass(frozen=True, slots=True)
class HoursRow(KeyedRow):
    """One row of the file."""

    member: Member
    on_date: date
    minutes: int
    work: GivenWork


def _load(session: Session, rows: Sequence[HoursRow]) -> list[GivenTime]:
    """All time of the members on the days of the file: the work of a day is judged together."""
    days = [row.on_date for row in rows]
    return times_of(session, {row.member.id for row in rows}, min(days), max(days)) if rows else []


def _take(intake: Intake[HoursRow, GivenTime]) -> None:
    """The rows of a member's day are judged together, wherever they stand in the file."""
    wanted = [*intake.new, *(row for row, _ in intake.changing)]
    if not wanted:
        return
    of_day: defaultdict[tuple[Member, date], dict[GivenWork, int]] = defaultdict(dict)
    for row in (*map(HOURS.row_of, intake.records.values()), *wanted):
        of_day[row.member, row.on_date][row.work] = row.minutes
    days = [row.on_date for row in wanted]
    book = posting_book(intake.session, sorted({row.member.id for row in wanted}), min(days), max(days))
    for row in wanted:
        with intake.telling(row):
            minutes = sum(of_day[row.member, row.on_date].values())
            check_time(book, row.member.id, row.member.number, row.on_date, minutes, today=intake.order.today)
    for row, time in intake.changing:
        time.minutes = time.minutes if intake.is_refused(row) else row.minutes
    adding = (row for row in intake.new if not intake.is_refused(row))
    with refusing(intake.session):
        record_time(
            intake.session,
            [WantedTime(row.member.id, row.on_date, row.work, row.minutes) for row in adding],
        )


HOURS = Keyed(
    shape=Shape(
        "hours",
        (
            Column("number", code, hint="the force number of a special constable or a volunteer"),
            Column("date", day, hint="the day, like 2008-04-01"),
            Column("minutes", _minutes, hint="whole minutes given that day"),
            Column("role", choice(GivenWork), hint="what was done in them, like patrol or front-office"),
        ),
    ),
    row=HoursRow,
    known_by=("member", "work", "on_date"),
    about="minutes",
    cure="add the minutes up in one row",
    names={"number": MEMBERS_NUMBERED},
    load=_load,
    differs=lambda was, row: f"{was.minutes} minutes are recorded for this work on that day",
    take=_take,
    records=lambda session, order: times_under(session, order.path, order.month),
)
