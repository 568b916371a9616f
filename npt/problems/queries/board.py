"""The board of a unit: its problems by stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from npt.kit.paging import Page
from npt.matters.models import Matter
from npt.matters.rules import MatterKind
from npt.problems.models import Problem
from npt.problems.queries.lines import ProblemLine, at_unit, keys_asked, lines_asked
from npt.problems.rules import Stage
from npt.store.paging import paged_up_to

#: How long ago a problem was closed that still stands on the board. Ours.
BOARD_DAYS = 28
#: As many of a stage are counted.
MOST_COUNTED = 500


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """The problems of a stage: the first of them, and how many there are, up to `MOST_COUNTED`."""

    lines: Sequence[ProblemLine]
    total: int
    #: whether there are more than are counted
    is_cut: bool


def board_of(session: Session, path: str, *, today: date, most: int) -> dict[Stage, BoardColumn]:
    """By stage, the first problems of the unit at `path` and under it, what has waited longest first.

    Of those closed, what was closed in the last four weeks, the latest first. Two statements a stage at most.
    """
    return {stage: _column(session, path, stage, today, most) for stage in Stage}


def _column(session: Session, path: str, stage: Stage, today: date, most: int) -> BoardColumn:
    here, lately = at_unit(session, path), Matter.closed_on > today - timedelta(days=BOARD_DAYS)

    def of_stage(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        if stage.is_open:
            return asked.where(here, Problem.stage == stage).order_by(Problem.id)
        # By the day alone, which only what is closed has: so the index of days finds the few of them.
        asked = asked.where(here, Matter.kind == MatterKind.PROBLEM, lately)
        return asked.order_by(Matter.closed_on.desc(), Problem.id.desc())

    part, is_cut = paged_up_to(
        session,
        of_stage(lines_asked()),
        Page(1, most),
        most=MOST_COUNTED,
        counted=of_stage(keys_asked()),
    )
    return BoardColumn([ProblemLine(*row) for row in part.rows], part.total, is_cut)
