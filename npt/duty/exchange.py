"""The files of duty: those of shifts and time away, and that of confirmed days.

A row of the last is a unit's day and the member who confirmed it.

An empty `by` can only stand for a day that somebody confirmed here whose account belongs to no member: that
is how such a day is written, and it says nothing new when it comes back.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from sqlalchemy import bindparam, func, insert, select, tuple_, update
from sqlalchemy.orm import Session

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Holder, Member
from npt.reporting.queries import unanswered_days
from npt.sheets.columns import Column, Shape, code, day
from npt.sheets.reading import Row
from npt.shifts import exchange as shifts
from npt.shifts.actions import check_has_duty
from npt.shifts.exchange.codes import Named
from npt.shifts.exchange.shifts import FETCHED
from npt.shifts.models import CONFIRMATIONS, Confirmation
from npt.store.batches import batches
from npt.store.constraints import refusing
from npt.store.exchange import Export, ExportOrder, Import, ImportOrder, Outcome

CONFIRMATIONS_FILE = Shape(
    "confirmations",
    (
        Column("unit", code, hint="the code of the team or area"),
        Column("date", day, hint="the day, like 2008-09-01"),
        Column("by", code, is_required=False, hint="the force number of the supervisor"),
    ),
)
#: By whom a day was confirmed as far as a file can say it: a member, or the one whose account it was.
_BY = func.coalesce(Confirmation.member_id, Holder.member_id)
_CHANGE = (
    update(CONFIRMATIONS)
    .where(CONFIRMATIONS.c.id == bindparam("confirmation_id"))
    .values(member_id=bindparam("by_id"), account_id=None, confirmed_at=bindparam("at"))
)


@dataclass
class _ConfirmationImport:
    """What is known while a file of confirmations is taken in."""

    session: Session
    order: ImportOrder
    outcome: Outcome = field(default_factory=Outcome)
    lines: dict[tuple[int, date], tuple[int, int | None]] = field(default_factory=dict)

    def save(self, rows: Sequence[tuple[int, Unit, date, int | None]]) -> None:
        """Take some rows in: line, unit, day, and the key of the member if one is named."""
        recorded = self._recorded([(unit.id, on_date) for _, unit, on_date, _ in rows])
        unanswered = unanswered_days(self.session)
        added: list[dict[str, object]] = []
        changed: list[dict[str, object]] = []
        for line, unit, on_date, member_id in rows:
            try:
                check_has_duty(unit, on_date, "unit")
            except Refusal as refusal:
                self.outcome.refuse(line, refusal.field, refusal.message)
                continue
            key = unit.id, on_date
            if key in self.lines:
                self._meet_again(line, key, member_id)
                continue
            self.lines[key] = line, member_id
            if key not in recorded and member_id is None:
                self.outcome.refuse(
                    line, "by", "It is empty: give the force number of the supervisor who confirmed the day."
                )
            elif key not in recorded and key in unanswered:
                self.outcome.refuse(
                    line,
                    "date",
                    f"A report of a member of {unit.code} on {day_in_words(on_date)} waits for an answer:"
                    " accept or refuse it on the page of the day, then confirm it.",
                )
            elif key not in recorded:
                added.append(
                    {
                        "unit_id": unit.id,
                        "on_date": on_date,
                        "member_id": member_id,
                        "confirmed_at": self.order.now,
                    }
                )
            elif recorded[key][1] == member_id:
                self.outcome.unchanged += 1
            elif member_id is None or not self.order.may_update:
                self.outcome.refuse(
                    line,
                    "by",
                    f"{day_in_words(on_date)} is confirmed for {unit.code} by somebody else: correct the"
                    " number, or import with --update to change who confirmed it.",
                )
            else:
                confirmation_id = recorded[key][0]
                changed.append({"confirmation_id": confirmation_id, "by_id": member_id, "at": self.order.now})
        with refusing(self.session):
            if added:
                self.session.execute(insert(CONFIRMATIONS), added)
            if changed:
                self.session.execute(_CHANGE, changed)
        self.outcome.added += len(added)
        self.outcome.changed += len(changed)

    def _meet_again(self, line: int, key: tuple[int, date], member_id: int | None) -> None:
        """A day for the second time in the file: harmless when it says the same."""
        first, by = self.lines[key]
        if by == member_id:
            self.outcome.unchanged += 1
        else:
            self.outcome.refuse(
                line, "date", f"The same day is on line {first} by somebody else: keep one of the two rows."
            )

    def _recorded(self, keys: Iterable[tuple[int, date]]) -> dict[tuple[int, date], tuple[int, int | None]]:
        """The confirmations there are of these unit-days: their keys, and by which member."""
        found: dict[tuple[int, date], tuple[int, int | None]] = {}
        for some in batches(keys):
            asked = (
                select(Confirmation.unit_id, Confirmation.on_date, Confirmation.id, _BY)
                .outerjoin(Holder, Holder.account_id == Confirmation.account_id)
                .where(tuple_(Confirmation.unit_id, Confirmation.on_date).in_(some))
            )
            for unit_id, on_date, key, member_id in self.session.execute(asked):
                found[unit_id, on_date] = key, member_id
        return found


def save_confirmations(session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
    """Take a file of confirmed days in; see `npt.store.exchange.Import`."""
    taking = _ConfirmationImport(session, order)
    named = Named(session)
    for chunk in chunks:
        cells = [
            (row.line, *(cast(Any, row.values[name]) for name in CONFIRMATIONS_FILE.names)) for row in chunk
        ]
        named.meet({row[3] for row in cells if row[3] is not None}, {row[1] for row in cells})
        rows: list[tuple[int, Unit, date, int | None]] = []
        for line, unit_code, on_date, by in cells:
            unit = named.unit(unit_code, line, taking.outcome, column="unit")
            member_id = None if by is None else named.member(by, line, taking.outcome, column="by")
            if unit is not None and (by is None or member_id is not None):
                rows.append((line, unit, on_date, member_id))
        taking.save(rows)
        order.progress(len(chunk))
    return taking.outcome


def confirmation_rows(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    """The confirmed days of units at or under the path, in the month; all without either. By unit and day."""
    asked = (
        select(Unit.code, Confirmation.on_date, Member.number)
        .join(Unit, Unit.id == Confirmation.unit_id)
        .outerjoin(Holder, Holder.account_id == Confirmation.account_id)
        .outerjoin(Member, Member.id == _BY)
        .order_by(Unit.path, Confirmation.on_date)
    )
    if order.path is not None:
        asked = asked.where(within(order.path))
    if order.month is not None:
        asked = asked.where(Confirmation.on_date.between(order.month.first, order.month.last))
    for row in session.execute(asked.execution_options(yield_per=FETCHED)):
        yield tuple(row)


IMPORTS = {**shifts.IMPORTS, CONFIRMATIONS_FILE.kind: Import(CONFIRMATIONS_FILE, save_confirmations)}
EXPORTS = {**shifts.EXPORTS, CONFIRMATIONS_FILE.kind: Export(CONFIRMATIONS_FILE, confirmation_rows)}
