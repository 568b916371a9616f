"""The files of duty: those of shifts and time away, and that of confirmed days.

A row of the last is a unit's day and the member who confirmed it.

An empty `by` can only stand for a day that somebody confirmed here whose account belongs to no member: that
is how such a day is written, and it says nothing new when it comes back.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, insert, select, tuple_, update
from sqlalchemy.orm import Session

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.exchange import MEMBERS_NUMBERED
from npt.people.models import Holder, Member
from npt.reporting.queries import unanswered_days
from npt.sheets.columns import Column, Shape, code, day
from npt.shifts import exchange as shifts
from npt.shifts.actions import check_has_duty
from npt.shifts.exchange.shifts import FETCHED
from npt.shifts.models import CONFIRMATIONS, Confirmation
from npt.store.batches import batches
from npt.store.constraints import refusing
from npt.store.exchange import ExportOrder, exports, imports
from npt.store.keyed import Intake, Keyed, KeyedRow

#: By whom a day was confirmed as far as a file can say it: a member, or the one whose account it was.
_BY = func.coalesce(Confirmation.member_id, Holder.member_id)
_CHANGE = (
    update(CONFIRMATIONS)
    .where(CONFIRMATIONS.c.id == bindparam("confirmation_id"))
    .values(member_id=bindparam("by_id"), account_id=None, confirmed_at=bindparam("at"), changes_since=0)
)


@dataclass(frozen=True, slots=True)
class ConfirmationRow(KeyedRow):
    """One row of the file."""

    unit: Unit
    on_date: date
    member: Member | None


class RecordedConfirmation(NamedTuple):
    """A confirmed day, and by whom as far as a file can say it."""

    id: int
    unit: Unit
    on_date: date
    member: Member | None


def _asked() -> Select[*tuple[Any, ...]]:
    return (
        select(Confirmation.id, Unit, Confirmation.on_date, Member)
        .join(Unit, Unit.id == Confirmation.unit_id)
        .outerjoin(Holder, Holder.account_id == Confirmation.account_id)
        .outerjoin(Member, Member.id == _BY)
    )


def _load(session: Session, rows: Sequence[ConfirmationRow]) -> Iterator[RecordedConfirmation]:
    for some in batches((row.unit.id, row.on_date) for row in rows):
        asked = _asked().where(tuple_(Confirmation.unit_id, Confirmation.on_date).in_(some))
        yield from map(RecordedConfirmation._make, session.execute(asked))


def _differs(was: ConfirmationRow, row: ConfirmationRow) -> str:
    words = f"{day_in_words(was.on_date)} is confirmed for {was.unit.code} by somebody else"
    if row.member is None:
        raise Refusal(f"{words}: give their number.", field="member")
    return words


def _take(intake: Intake[ConfirmationRow, RecordedConfirmation]) -> None:
    session, now = intake.session, intake.order.now
    unanswered = unanswered_days(session) if intake.new else frozenset()
    for row in intake.new:
        with intake.telling(row):
            _check_new(row, unanswered)
    added = [
        {
            "unit_id": row.unit.id,
            "on_date": row.on_date,
            "member_id": row.member.id,
            "confirmed_at": now,
        }
        for row in intake.new
        if row.member is not None and not intake.is_refused(row)
    ]
    changed = [
        {"confirmation_id": recorded.id, "by_id": row.member.id, "at": now}
        for row, recorded in intake.changing
        if row.member is not None
    ]
    with refusing(session):
        for some in batches(added):
            session.execute(insert(CONFIRMATIONS), some)
        for some in batches(changed):
            session.execute(_CHANGE, some)


def _check_new(row: ConfirmationRow, unanswered: frozenset[tuple[int, date]]) -> None:
    check_has_duty(row.unit, row.on_date, "unit")
    if row.member is None:
        raise Refusal(
            "It is empty: give the force number of the supervisor who confirmed the day.", field="member"
        )
    if (row.unit.id, row.on_date) in unanswered:
        raise Refusal(
            f"A report of a member of {row.unit.code} on {day_in_words(row.on_date)} is waiting for approval:"
            " accept or refuse it on the day page, then confirm it.",
            field="on_date",
        )


def _records(session: Session, order: ExportOrder) -> Iterable[RecordedConfirmation]:
    """The confirmed days of units at or under the path, in the month; all without either. By unit and day."""
    asked = _asked().order_by(Unit.path, Confirmation.on_date)
    if order.path is not None:
        asked = asked.where(within(order.path))
    if order.month is not None:
        asked = asked.where(Confirmation.on_date.between(order.month.first, order.month.last))
    return map(RecordedConfirmation._make, session.execute(asked.execution_options(yield_per=FETCHED)))


CONFIRMATION_DAYS = Keyed(
    shape=Shape(
        "confirmations",
        (
            Column("unit", code, hint="the code of the team or area"),
            Column("date", day, hint="the day, like 2008-09-01"),
            Column("by", code, is_required=False, hint="the force number of the supervisor"),
        ),
    ),
    row=ConfirmationRow,
    known_by=("unit", "on_date"),
    about="member",
    names={"unit": UNITS_CODED, "by": MEMBERS_NUMBERED},
    load=_load,
    differs=_differs,
    take=_take,
    records=_records,
)
IMPORTS = {**shifts.IMPORTS, **imports(CONFIRMATION_DAYS)}
EXPORTS = {**shifts.EXPORTS, **exports(CONFIRMATION_DAYS)}
