"""Rows that a program pushes: read by the columns of the files, saved by the same import or not at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from npt.api.exchange.reach import outside_reach
from npt.api.rules import MOST_LISTED
from npt.duty.exchange import IMPORTS
from npt.incidents.exchange import IMPORTS as INCIDENTS
from npt.kit.clock import Reading, moment_in_words
from npt.kit.refusals import Refusal
from npt.problems.exchange import IMPORTS as PROBLEMS
from npt.sheets.columns import Column, Shape, nearest, shown
from npt.sheets.reading import Row
from npt.store.exchange import ImportOrder, Outcome, RowProblem

#: what can be pushed
PUSHED = {**{kind: IMPORTS[kind] for kind in ("duty", "away")}, **INCIDENTS, **PROBLEMS}


@dataclass
class Listed:
    """Problems of rows: the first of them listed, all of them counted."""

    first: list[RowProblem] = field(default_factory=list)
    count: int = 0

    @property
    def is_full(self) -> bool:
        """Whether a problem of a later row would only be counted."""
        return len(self.first) >= MOST_LISTED

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.count - len(self.first)

    def add(self, line: int, column: str | None, message: str) -> None:
        """Note a problem of a row that is not before those noted so far."""
        self.count += 1
        if not self.is_full:
            self.first.append(RowProblem(line, column, message))

    def merge(self, problems: Sequence[RowProblem]) -> None:
        """Note problems of any rows."""
        self.count += len(problems)
        self.first = sorted([*self.first, *problems], key=lambda problem: problem.line)[:MOST_LISTED]


@dataclass
class Taken:
    """What became of a push. Nothing of it is saved when there are problems."""

    outcome: Outcome = field(default_factory=Outcome)
    problems: Listed = field(default_factory=Listed)
    warnings: Listed = field(default_factory=Listed)


def take_push(
    session: Session, kind: str, rows: Sequence[object], order: ImportOrder, paths: Collection[str]
) -> Taken:
    """Save the rows, which have to concern units at or under the paths; a row's line is its index, from 0.

    Nothing is left behind when there are problems.
    """
    taken = Taken()
    good = _rows(PUSHED[kind].shape, rows, taken)
    outside = outside_reach(session, kind, good, paths)
    taken.problems.merge(outside)
    lines = {problem.line for problem in outside}
    try:
        with session.begin_nested() as attempt:
            inside = [row for row in good if row.line not in lines]
            taken.outcome = PUSHED[kind].save(session, [inside], order)
            taken.problems.merge(taken.outcome.problems)
            taken.warnings.merge(taken.outcome.warnings)
            if taken.problems.count:
                attempt.rollback()
    except Refusal as refusal:
        taken.problems.merge([RowProblem(-1, refusal.field, refusal.message)])
    return taken


def _rows(shape: Shape, sent: Sequence[object], taken: Taken) -> list[Row]:
    """The rows that make sense by themselves; of the others it is noted what is wrong."""
    rows: list[Row] = []
    names = ", ".join(shape.names)
    for index, each in enumerate(sent):
        before = taken.problems.count
        if not isinstance(each, Mapping):
            taken.problems.add(index, None, f"It is not an object: send one with {names}.")
            continue
        for name in each:
            if name in shape.names:
                continue
            # The nearest name takes a while to find, and a row can have a hundred thousand.
            near = None if taken.problems.is_full else nearest(name, shape.names)
            cure = f"did you mean “{near}”?" if near else f"there are {names}."
            taken.problems.add(index, shown(name)[1:-1], f"There is no such column: {cure}")
        values = {column.name: _value(column, each, index, taken) for column in shape.columns}
        if taken.problems.count == before:
            rows.append(Row(index, values))
    return rows


def _value(column: Column, row: Mapping[str, Any], index: int, taken: Taken) -> object:
    cell = row.get(column.name)
    if cell is not None and not isinstance(cell, str):
        # A list of lists of lists takes long to write out, too.
        what = "" if taken.problems.is_full else shown(str(cell))
        taken.problems.add(index, column.name, f"{what} is not text: write it between quotation marks.")
        return None
    text = (cell or "").strip()
    if not text:
        if column.is_required:
            hint = column.hint or f"the {column.name}"
            taken.problems.add(index, column.name, f"It is empty: give {hint}.")
        return column.empty
    try:
        value = column.parse(text)
    except (Refusal, ValueError, ArithmeticError) as error:
        taken.problems.add(index, column.name, f"{str(error).rstrip('.')}.")
        return None
    if isinstance(value, Reading) and value.is_ambiguous:
        taken.warnings.add(
            index,
            column.name,
            "This time happens twice, because the clocks go back: taken as the first,"
            f" {moment_in_words(value.instant)}. If you mean the second, add its offset, +00:00.",
        )
    return value


def taken_as_json(kind: str, taken: Taken) -> dict[str, Any]:
    """What a push did."""
    return {
        "kind": kind,
        "added": taken.outcome.added,
        "changed": taken.outcome.changed,
        "unchanged": taken.outcome.unchanged,
        **listed_as_json("warnings", taken.warnings),
    }


def listed_as_json(name: str, problems: Listed) -> dict[str, Any]:
    """Problems by the index of their rows, from 0; null for one that no single row is to blame for.

    Beside them, where some are not listed, how many.
    """
    listed = [
        {
            "index": problem.line if problem.line >= 0 else None,
            "field": problem.column,
            "detail": problem.message,
        }
        for problem in problems.first
    ]
    return {name: listed, **({f"more_{name}": problems.more} if problems.more else {})}
