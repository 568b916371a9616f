"""The board of a unit: its problems by stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from npt.matters.models import Matter
from npt.matters.rules import MatterKind
from npt.organisation.queries import within
from npt.problems.models import Problem
from npt.problems.queries.lines import MOST_LISTED, ProblemLine, lines_asked
from npt.problems.rules import Stage

#: How long ago a problem was closed that still stands on the board. Ours.
BOARD_DAYS = 28


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """The problems of a stage: the first of them, and how many there are, up to `MOST_LISTED`."""

    lines: Sequence[ProblemLine]
    total: int

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are counted."""
        return self.total > MOST_LISTED


def board_of(session: Session, path: str, *, today: date, most: int) -> dict[Stage, BoardColumn]:
    """By stage, the first problems of the unit at `path` and under it, what has waited longest first.

    Of those closed, what was closed in the last four weeks, the latest first. Two statements a stage.
    """
    return {stage: _column(session, _of(path, stage, today), stage, most) for stage in Stage}


def _of(path: str, stage: Stage, today: date) -> Select[*tuple[Any, ...]]:
    asked = lines_asked().where(within(path), Problem.stage == stage)
    if stage.is_open:
        return asked.order_by(Problem.id)
    lately = Matter.closed_on > today - timedelta(days=BOARD_DAYS)
    return asked.where(Matter.kind == MatterKind.PROBLEM, lately).order_by(
        Matter.closed_on.desc(), Problem.id.desc()
    )


def _column(session: Session, asked: Select[*tuple[Any, ...]], stage: Stage, most: int) -> BoardColumn:
    some = asked.order_by(None).limit(MOST_LISTED + 1).subquery()
    total = session.scalar(select(func.count()).select_from(some)) or 0
    rows = session.execute(asked.limit(most)).all() if total else []
    return BoardColumn([ProblemLine(*row) for row in rows], total)
