"""The files of losses and of verdicts. They only go out: each was somebody's word, under their account."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from npt.reporting.queries import losses_asked, verdicts_asked
from npt.reporting.rules import Verdict
from npt.sheets.columns import Column, Shape, choice, code, instant, text
from npt.shifts.exchange.shifts import FETCHED
from npt.shifts.rules import LossKind
from npt.store.exchange import Export, ExportOrder

#: The abstraction that a loss or a verdict is about.
_ABSTRACTION = (
    Column("unit", code),
    Column("number", code),
    Column("starts", instant),
    Column("ends", instant),
    Column("reason", text(30)),
)
LOSSES = Shape(
    "losses", (*_ABSTRACTION, Column("lost", choice(LossKind)), Column("words", text(300), is_required=False))
)
VERDICTS = Shape(
    "verdicts",
    (*_ABSTRACTION, Column("verdict", choice(Verdict)), Column("why", text(300), is_required=False)),
)


def _lines(session: Session, asked: Select[*tuple[Any, ...]]) -> Iterator[Sequence[object]]:
    return map(tuple, session.execute(asked.execution_options(yield_per=FETCHED)))


def _losses(session: Session, order: ExportOrder) -> Iterable[Sequence[object]]:
    return _lines(session, losses_asked(order))


def _verdicts(session: Session, order: ExportOrder) -> Iterable[Sequence[object]]:
    return _lines(session, verdicts_asked(order))


EXPORTS = {"losses": Export(LOSSES, _losses), "verdicts": Export(VERDICTS, _verdicts)}
