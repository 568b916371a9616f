"""The file of priorities, in and out. Whoever raised one is told by kind alone, and by no name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.kit.spans import Span
from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.priorities.actions.filing import Filed, FiledAnswer, answer_of, change_filed, file_priority
from npt.priorities.models import Priority
from npt.priorities.queries import priorities_referred, priorities_told
from npt.priorities.rules import LONGEST_TITLE, OriginatorKind
from npt.sheets.columns import Column, Shape, choice, code, day, text
from npt.store.exchange import ExportOrder, ImportOrder, exports, imports
from npt.store.keyed import Keyed, KeyedRow, one_by_one


@dataclass(frozen=True, slots=True)
class PriorityRow(KeyedRow):
    """One row of the file."""

    reference: str
    unit: Unit
    neighbourhood: Unit | None
    title: str
    originator: OriginatorKind
    raised_on: date
    agreed_on: date | None
    closed_on: date | None
    answer: FiledAnswer | None

    @property
    def filed(self) -> Filed:
        """What it says."""
        return Filed(
            title=self.title,
            originator=self.originator,
            raised_on=self.raised_on,
            neighbourhood=self.neighbourhood,
            agreed_on=self.agreed_on,
            closed_on=self.closed_on,
            answer=self.answer,
        )


def _as_row(priority: Priority) -> PriorityRow:
    first = priority.first
    return PriorityRow(
        0,
        priority.reference,
        priority.unit,
        priority.neighbourhood,
        priority.title,
        OriginatorKind.OFFICER if first is None else first.kind,
        priority.raised_on,
        priority.agreed_on,
        priority.closed_on,
        answer_of(priority),
    )


def priority_line(priority: Priority) -> tuple[object, ...]:
    """A priority in the columns of the file, for programs."""
    row = _as_row(priority)
    answer, neighbourhood = row.answer, row.neighbourhood
    return (
        row.reference,
        row.unit.code,
        None if neighbourhood is None else neighbourhood.code,
        row.title,
        row.originator.value,
        row.raised_on,
        row.agreed_on,
        row.closed_on,
        None if answer is None else answer.value,
    )


def _differs(was: PriorityRow, row: PriorityRow) -> str:
    if was.unit != row.unit:
        return f"{row.reference} is of {was.unit.code}"
    return f"{row.reference} is recorded with other values ({was.title})"


def _load(session: Session, rows: Sequence[PriorityRow]) -> list[Priority]:
    return priorities_referred(session, {row.reference for row in rows})


def _add(session: Session, row: PriorityRow, order: ImportOrder) -> None:
    file_priority(
        session,
        reference=row.reference,
        team=row.unit,
        filed=row.filed,
        stamp=order.stamp,
        today=order.today,
    )


def _change(session: Session, priority: Priority, row: PriorityRow, order: ImportOrder) -> None:
    change_filed(session, priority, team=row.unit, filed=row.filed, stamp=order.stamp, today=order.today)


def _records(session: Session, order: ExportOrder) -> Iterable[Priority]:
    """Those of a month were a priority, or proposed, on a day of it."""
    found = priorities_told(session, order.path)
    return (each for each in found if order.covers(Span(each.raised_on, each.closed_on)))


PRIORITIES = Keyed(
    shape=Shape(
        "priorities",
        (
            Column("ref", code, hint="what files call the priority, like PR-7"),
            Column("team", code, hint="the code of the team"),
            Column("neighbourhood", code, is_required=False),
            Column("title", text(LONGEST_TITLE), hint="the published wording, which names nobody"),
            Column("originator", choice(OriginatorKind), hint="who raised it, like resident or meeting"),
            Column("raised_on", day),
            Column("agreed_on", day, is_required=False),
            Column("closed_on", day, is_required=False),
            Column("answer", choice(FiledAnswer), is_required=False),
        ),
    ),
    row=PriorityRow,
    known_by=("reference",),
    about="title",
    names={"team": UNITS_CODED, "neighbourhood": UNITS_CODED},
    load=_load,
    as_row=_as_row,
    differs=_differs,
    take=one_by_one(add=_add, change=_change),
    records=_records,
)

IMPORTS = imports(PRIORITIES)
EXPORTS = exports(PRIORITIES)
