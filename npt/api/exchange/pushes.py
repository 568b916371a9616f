"""Rows that a program pushes: read by the columns of the files, saved by the same import or not at all."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from npt.api.exchange.reach import outside_reach
from npt.duty.exchange import IMPORTS
from npt.kit.clock import Reading, moment_in_words
from npt.kit.refusals import Refusal
from npt.sheets.columns import Column, Shape, nearest, shown
from npt.sheets.reading import Row
from npt.store.exchange import ImportOrder, Outcome, RowProblem

#: what can be pushed
PUSHED = {kind: IMPORTS[kind] for kind in ("duty", "away")}


def take_push(
    session: Session, kind: str, rows: Sequence[object], order: ImportOrder, paths: Collection[str]
) -> Outcome:
    """Save the rows, which have to concern units at or under the paths; a row's line is its index, from 0.

    Nothing is left behind when there are problems: every bad row is told then.
    """
    outcome = Outcome()
    good = _rows(PUSHED[kind].shape, rows, outcome)
    outside = outside_reach(session, kind, good, paths)
    outcome.problems += outside
    lines = {problem.line for problem in outside}
    try:
        with session.begin_nested() as attempt:
            inside = [row for row in good if row.line not in lines]
            saved = PUSHED[kind].save(session, [inside], order)
            saved.problems[:0] = outcome.problems
            saved.warnings[:0] = outcome.warnings
            outcome = saved
            if outcome.problems:
                attempt.rollback()
    except Refusal as refusal:
        outcome.problems.append(RowProblem(-1, refusal.field, refusal.message))
    outcome.problems.sort(key=lambda problem: problem.line)
    return outcome


def _rows(shape: Shape, sent: Sequence[object], outcome: Outcome) -> list[Row]:
    """The rows that make sense by themselves; of the others the outcome tells what is wrong."""
    rows: list[Row] = []
    for index, each in enumerate(sent):
        before = len(outcome.problems)
        if not isinstance(each, Mapping):
            outcome.refuse(index, None, f"It is no object: send one with {', '.join(shape.names)}.")
            continue
        for name in each:
            if name not in shape.names:
                near = nearest(name, shape.names)
                cure = f"did you mean “{near}”?" if near else f"there are {', '.join(shape.names)}."
                outcome.refuse(index, name[:40], f"There is no such column: {cure}")
        values = {column.name: _value(column, each, index, outcome) for column in shape.columns}
        if len(outcome.problems) == before:
            rows.append(Row(index, values))
    return rows


def _value(column: Column, row: Mapping[str, Any], index: int, outcome: Outcome) -> object:
    cell = row.get(column.name)
    if cell is not None and not isinstance(cell, str):
        outcome.refuse(
            index, column.name, f"{shown(str(cell))} is no text: write it between quotation marks."
        )
        return None
    text = (cell or "").strip()
    if not text:
        if column.is_required:
            outcome.refuse(index, column.name, f"It is empty: give {column.hint or f'the {column.name}'}.")
        return None
    try:
        value = column.parse(text)
    except (Refusal, ValueError, ArithmeticError) as error:
        outcome.refuse(index, column.name, f"{str(error).rstrip('.')}.")
        return None
    if isinstance(value, Reading) and value.is_ambiguous:
        outcome.warnings.append(
            RowProblem(
                index,
                column.name,
                "This time happens twice, because the clocks go back: taken as the first,"
                f" {moment_in_words(value.instant)}. If you mean the second, add its offset, +00:00.",
            )
        )
    return value


def outcome_as_json(kind: str, outcome: Outcome) -> dict[str, Any]:
    """What a push did."""
    return {
        "kind": kind,
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "warnings": problems_as_json(outcome.warnings),
    }


def problems_as_json(problems: Sequence[RowProblem]) -> list[dict[str, Any]]:
    """Problems by the index of their rows, from 0; null for one that no single row is to blame for."""
    return [
        {
            "index": problem.line if problem.line >= 0 else None,
            "field": problem.column,
            "detail": problem.message,
        }
        for problem in problems
    ]
