"""What the figures show of a problem, as programs are told: counts, ratio, interval, elsewhere, prevented."""

from typing import Any

from sqlalchemy.orm import Session

from npt.kit.statistics import Windows, change_told
from npt.outcomes.queries.figures_shown import shown_of
from npt.outcomes.rules import Figures
from npt.problems.models import Problem
from npt.problems.rules import Counted


def figures_as_json(session: Session, problem: Problem) -> dict[str, Any]:
    """The figures of a problem: as kept, where it was closed with them; null as far as not known."""
    shown = shown_of(session, problem)
    found = shown.standing
    return {
        "counted": shown.is_counted,
        "kept": shown.kept is not None,
        "bearing": None if problem.bearing is None else problem.bearing.value,
        "before": None if found is None else _counted(found.before),
        "after": None if found is None else _counted(found.after),
        "elsewhere_counts": None if found is None else _windows(found.elsewhere),
        "around_counts": None if found is None else _windows(found.around),
        "change": None if found is None else _change(found),
    }


def _counted(counted: Counted) -> dict[str, Any]:
    return {"from": counted.first.isoformat(), "to": counted.last.isoformat(), "count": counted.count}


def _windows(windows: Windows | None) -> dict[str, int] | None:
    return None if windows is None else {"before": windows.before, "after": windows.after}


def _change(found: Figures) -> dict[str, Any]:
    has_buffers = found.around is not None and found.around_elsewhere is not None
    return change_told(found.change, found.beside, found.fewer, has_buffers=has_buffers)
