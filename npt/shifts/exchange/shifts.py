"""The file of duty, in and out: a row is a shift.

A shift is known by its member and its start; the rest of a row can change it. An empty team leaves it to the
posting.
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Member
from npt.sheets.columns import Column, Shape, code, instant
from npt.sheets.reading import Row
from npt.shifts.actions import Places, Rostering, WantedShift
from npt.shifts.exchange.codes import Named, local_text
from npt.shifts.models import Shift
from npt.store.exchange import ExportOrder, ImportOrder, Outcome

DUTY_FILE = Shape(
    "duty",
    (
        Column("number", code, hint="the member's force number"),
        Column("starts", instant, hint="when the shift starts, like 2008-09-01T07:00"),
        Column("ends", instant, hint="when the shift ends, like 2008-09-01T16:00"),
        Column("team", code, is_required=False),
    ),
)
_CELLS = itemgetter(*DUTY_FILE.names)
#: Rows fetched at a time when a file is written.
FETCHED = 5_000


def save_duty(session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
    """Take a file of shifts in; see `npt.store.exchange.Import`."""
    outcome = Outcome()
    named = Named(session)
    rostering = Rostering(session, Places(session), may_update=order.may_update)
    for chunk in chunks:
        rows = [cast(Any, _CELLS(row.values)) for row in chunk]
        named.meet({row[0] for row in rows}, {row[3] for row in rows if row[3] is not None})
        wanted: list[WantedShift] = []
        for (line, _), (number, starts, ends, team) in zip(chunk, rows, strict=True):
            member_id = named.member(number, line, outcome)
            unit = None if team is None else named.unit(team, line, outcome, column="team")
            if member_id is not None and (team is None or unit is not None):
                unit_id = None if unit is None else unit.id
                wanted.append(WantedShift(member_id, starts.instant, ends.instant, unit_id, line))

        def refuse(place: int, refusal: Refusal, lines: Sequence[WantedShift] = wanted) -> None:
            outcome.refuse(lines[place].line or 0, refusal.field, refusal.message)

        done = rostering.take(wanted, refuse)
        outcome.added += done.added
        outcome.changed += done.changed
        outcome.unchanged += done.unchanged
        order.progress(len(chunk))
    return outcome


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


def duty_rows(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    """The shifts that `duty_asked` asks for, as the file has them."""
    for number, starts, ends, team in session.execute(duty_asked(order).execution_options(yield_per=FETCHED)):
        yield number, local_text(starts), local_text(ends), team
