"""The file of time away, in and out: a row lies in a shift of the member, which its times find."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Member
from npt.sheets.columns import Column, Shape, code, instant, text
from npt.sheets.reading import Row
from npt.shifts.actions import AwayRecording, WantedAway
from npt.shifts.exchange.codes import Named, local_text
from npt.shifts.exchange.shifts import FETCHED
from npt.shifts.models import Away, Reason, Shift
from npt.store.exchange import ExportOrder, ImportOrder, Outcome

AWAY_FILE = Shape(
    "away",
    (
        Column("number", code, hint="the member's force number"),
        Column("starts", instant, hint="when the time away starts, like 2008-09-01T14:00"),
        Column("ends", instant, hint="when the time away ends, like 2008-09-01T18:00"),
        Column("reason", text(30), hint="the code of the reason, like response"),
        Column("note", text(1000, is_multiline=True), is_required=False),
    ),
)


def save_away(session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
    """Take a file of time away in; see `npt.store.exchange.Import`."""
    outcome = Outcome()
    named = Named(session)
    recording = AwayRecording(session, may_update=order.may_update)
    for chunk in chunks:
        rows = [(row.line, *(cast(Any, row.values[name]) for name in AWAY_FILE.names)) for row in chunk]
        named.meet({row[1] for row in rows})
        wanted: list[WantedAway] = []
        for line, number, starts, ends, reason, note in rows:
            member_id = named.member(number, line, outcome)
            if member_id is not None:
                wanted.append(WantedAway(member_id, starts.instant, ends.instant, reason, note, line))

        def refuse(place: int, refusal: Refusal, lines: Sequence[WantedAway] = wanted) -> None:
            outcome.refuse(lines[place].line or 0, refusal.field, refusal.message)

        saved = recording.take(wanted, refuse)
        outcome.added += saved.added
        outcome.changed += saved.changed
        outcome.unchanged += saved.unchanged
        order.progress(len(chunk))
    return outcome


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


def away_rows(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    """The time away that `away_asked` asks for, as the file has it."""
    asked = away_asked(order).execution_options(yield_per=FETCHED)
    for number, starts, ends, reason, note in session.execute(asked):
        yield number, local_text(starts), local_text(ends), reason, note
