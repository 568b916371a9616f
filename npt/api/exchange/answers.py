"""Records as a program is given them: objects with the columns of the files, page by page."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from npt.api.exchange.problem_figures import figures_as_json
from npt.api.queries import units_standing
from npt.kit.money import pounds_of
from npt.kit.months import Month
from npt.kit.paging import Page, Part
from npt.matters.models import Matter
from npt.organisation.exchange import UNITS, recorded_units
from npt.organisation.models import Unit
from npt.priorities.exchange import PRIORITIES, priority_line
from npt.priorities.queries import priorities_paged
from npt.problems.exchange import PROBLEMS, problem_told, problems_told
from npt.problems.models import Problem
from npt.reporting.exchange import LOSSES, VERDICTS
from npt.reporting.queries import losses_asked, verdicts_asked
from npt.sheets.columns import Shape
from npt.shifts.exchange import AWAY, DUTY, away_asked, duty_asked, local_text
from npt.store.exchange import ExportOrder
from npt.store.paging import paged
from npt.work.exchange import REGISTER
from npt.work.queries import actions_told


def units_as_json(session: Session, paths: Collection[str], as_at: date, page: Page) -> dict[str, Any]:
    """The units at or under the paths that stand on the day, in the columns of the file of units."""
    found = paged(session, units_standing(paths, as_at), page)
    units: list[Any] = [row[0] for row in found.rows]
    lines = [UNITS.cells(each) for each in recorded_units(session, units)]
    return {"as_at": as_at.isoformat(), **_paged(found, UNITS.shape, lines)}


def duty_as_json(session: Session, unit: Unit, month: Month, page: Page) -> dict[str, Any]:
    """The shifts of the unit and all under it that start in the month, as `POST` takes them."""
    found = paged(session, duty_asked(ExportOrder(unit.path, month)), page)
    lines = [
        (number, local_text(starts), local_text(ends), team) for number, starts, ends, team in found.rows
    ]
    return {"unit": unit.code, "month": str(month), **_paged(found, DUTY.shape, lines)}


def away_as_json(session: Session, unit: Unit, month: Month, page: Page) -> dict[str, Any]:
    """The time away in those shifts, as `POST` takes it."""
    found = paged(session, away_asked(ExportOrder(unit.path, month)), page)
    lines = [
        (number, local_text(starts), local_text(ends), reason, note)
        for number, starts, ends, reason, note in found.rows
    ]
    return {"unit": unit.code, "month": str(month), **_paged(found, AWAY.shape, lines)}


def losses_as_json(session: Session, unit: Unit, month: Month, page: Page) -> dict[str, Any]:
    """What was lost by the time away in those shifts."""
    return _abstractions(session, unit, month, page, LOSSES, losses_asked)


def verdicts_as_json(session: Session, unit: Unit, month: Month, page: Page) -> dict[str, Any]:
    """The abstractions in those shifts that somebody has judged."""
    return _abstractions(session, unit, month, page, VERDICTS, verdicts_asked)


def actions_as_json(
    session: Session, unit: Unit, page: Page, *, may_see: Callable[[Matter], bool]
) -> dict[str, Any]:
    """The actions of the unit and of those under it, in the columns of the file behind their unit.

    Which problem, or other record, one belongs to is told where `may_see` allows it.
    """
    found = actions_told(session, unit.path, page=page)
    lines = [
        (
            action.unit.code,
            action.matter.reference if action.matter is not None and may_see(action.matter) else None,
            action.reference,
            action.what,
            owner,
            action.due_on,
            action.state.value,
            action.ended_on,
            None if action.cost_pence is None else str(pounds_of(action.cost_pence)),
        )
        for action, owner in found.rows
    ]
    return {"unit": unit.code, **_paged(found, REGISTER, lines)}


def priorities_as_json(session: Session, unit: Unit, page: Page) -> dict[str, Any]:
    """The priorities of the unit and of those under it, in the columns of the file; nobody is named."""
    found = priorities_paged(session, unit.path, page)
    return {"unit": unit.code, **_paged(found, PRIORITIES.shape, list(map(priority_line, found.rows)))}


def problems_as_json(session: Session, unit: Unit, page: Page) -> dict[str, Any]:
    """The problems of the unit and of those under it, in the columns of the file."""
    found = problems_told(session, unit.path, page=page)
    return {"unit": unit.code, **_paged(found, PROBLEMS.shape, found.rows)}


def problem_as_json(session: Session, problem: Problem) -> dict[str, Any]:
    """One problem in the columns of the file, with what the figures show of it."""
    told = _told(PROBLEMS.shape, problem_told(session, problem))
    return {**told, "figures": figures_as_json(session, problem)}


def _abstractions(
    session: Session,
    unit: Unit,
    month: Month,
    page: Page,
    shape: Shape,
    asked: Callable[[ExportOrder], Select[*tuple[Any, ...]]],
) -> dict[str, Any]:
    """What is said of abstractions: lines that begin with unit, number, start, end and reason."""
    told = asked(ExportOrder(unit.path, month)).order_by(None).subquery()
    by_member = select(told).order_by(*(told.c[place] for place in (1, 2, 5, 6)))
    found = paged(session, by_member, page)
    lines = [
        (code, number, local_text(starts), local_text(ends), reason, said.value, words)
        for code, number, starts, ends, reason, said, words in found.rows
    ]
    return {"unit": unit.code, "month": str(month), **_paged(found, shape, lines)}


def _paged(part: Part[Any], shape: Shape, lines: Sequence[Sequence[object]]) -> dict[str, Any]:
    return {
        "page": part.page.number,
        "pages": part.page.last(part.total),
        "page_size": part.page.size,
        "total": part.total,
        "rows": [_told(shape, line) for line in lines],
    }


def _told(shape: Shape, line: Sequence[object]) -> dict[str, object]:
    return dict(zip(shape.names, map(_value, line), strict=True))


def _value(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
