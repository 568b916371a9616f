"""The file of duty, in and out: a row is a shift.

A shift is known by its member and its start; the rest of a row can change it. An empty team leaves it to the
posting.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session

from npt.kit.clock import Reading, to_local
from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.organisation.queries import units_coded, within
from npt.people.exchange import MEMBERS_NUMBERED
from npt.people.models import Member
from npt.people.queries import member_ids_numbered
from npt.sheets.columns import Column, Shape, code, instant
from npt.shifts.actions import Places, Rostering, WantedShift
from npt.shifts.models import Shift
from npt.store.exchange import ExportOrder, ImportOrder, Saved, Tell
from npt.store.rows import Bulk

#: Rows fetched at a time when a file is written.
FETCHED = 5_000


def _unit_ids(session: Session, codes: Collection[str]) -> dict[str, int]:
    return {code: unit.id for code, unit in units_coded(session, codes).items()}


def _wanted(line: int, member_id: int, starts: Reading, ends: Reading, unit_id: int | None) -> WantedShift:
    return WantedShift(member_id, starts.instant, ends.instant, unit_id, line)


def _start(session: Session, order: ImportOrder) -> Callable[[Sequence[WantedShift], Tell], Saved]:
    return Rostering(session, Places(session), may_update=order.may_update).take


#: Members by their keys alone, for files too long to load every member.
MEMBER_IDS = replace(MEMBERS_NUMBERED, find=member_ids_numbered)


def local_text(instant: datetime) -> str:
    """The instant as a CSV has it: local time with its offset, "2026-10-25T22:00+00:00"."""
    return to_local(instant).isoformat(timespec="minutes")


def duty_asked(order: ExportOrder) -> Select[*tuple[Any, ...]]:
    """The shifts of units at or under the path that start in the month; all without either. By member."""
    asked = (
        select(
            Member.number,
            Shift.starts_at,
            Shift.ends_at,
            case((Shift.is_team_named, Unit.code), else_=None),
        )
        .join(Member, Member.id == Shift.member_id)
        .join(Unit, Unit.id == Shift.unit_id)
        .order_by(Member.number, Shift.starts_at)
    )
    if order.path is not None:
        asked = asked.where(within(order.path))
    if order.month is not None:
        asked = asked.where(Shift.on_date.between(order.month.first, order.month.last))
    return asked


def _duty_lines(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    """The shifts that `duty_asked` asks for, as the file has them."""
    return map(tuple, session.execute(duty_asked(order).execution_options(yield_per=FETCHED)))


DUTY = Bulk(
    shape=Shape(
        "duty",
        (
            Column("number", code, hint="the member's force number"),
            Column("starts", instant, hint="when the shift starts, like 2008-09-01T07:00"),
            Column("ends", instant, hint="when the shift ends, like 2008-09-01T16:00"),
            Column("team", code, is_required=False),
        ),
    ),
    make=_wanted,
    names={"number": MEMBER_IDS, "team": replace(UNITS_CODED, find=_unit_ids)},
    start=_start,
    lines=_duty_lines,
)
