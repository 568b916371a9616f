"""The file of time away, in and out: a row lies in a shift of the member, which its times find."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from npt.kit.clock import Reading
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Member
from npt.sheets.columns import Column, Shape, code, instant, text
from npt.shifts.actions import AwayRecording, WantedAway
from npt.shifts.exchange.shifts import FETCHED, MEMBER_IDS
from npt.shifts.models import Away, Reason, Shift
from npt.store.exchange import ExportOrder, ImportOrder, Saved, Tell
from npt.store.rows import Bulk


def _wanted(
    line: int, member_id: int, starts: Reading, ends: Reading, reason: str, note: str | None
) -> WantedAway:
    return WantedAway(member_id, starts.instant, ends.instant, reason, note, line)


def _start(session: Session, order: ImportOrder) -> Callable[[Sequence[WantedAway], Tell], Saved]:
    return AwayRecording(session, may_update=order.may_update).take


def away_asked(order: ExportOrder) -> Select[*tuple[Any, ...]]:
    """The time away in the shifts that `duty_asked` asks for by the same order. By member."""
    asked = (
        select(Member.number, Away.starts_at, Away.ends_at, Reason.code, Away.note)
        .join(Shift, Shift.id == Away.shift_id)
        .join(Member, Member.id == Shift.member_id)
        .join(Reason, Reason.id == Away.reason_id)
        .order_by(Member.number, Away.starts_at)
    )
    if order.path is not None:
        asked = asked.join(Unit, Unit.id == Shift.unit_id).where(within(order.path))
    if order.month is not None:
        asked = asked.where(Shift.on_date.between(order.month.first, order.month.last))
    return asked


def _away_lines(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    """The time away that `away_asked` asks for, as the file has it."""
    return map(tuple, session.execute(away_asked(order).execution_options(yield_per=FETCHED)))


AWAY = Bulk(
    shape=Shape(
        "away",
        (
            Column("number", code, hint="the member's force number"),
            Column("starts", instant, hint="when the time away starts, like 2008-09-01T14:00"),
            Column("ends", instant, hint="when the time away ends, like 2008-09-01T18:00"),
            Column("reason", text(30), hint="the code of the reason, like response"),
            Column("note", text(1000, is_multiline=True), is_required=False),
        ),
    ),
    make=_wanted,
    names={"number": MEMBER_IDS},
    start=_start,
    lines=_away_lines,
)
