"""Which problems of a push lie outside the reach of whoever pushes. What is there is not told to them."""

from collections.abc import Collection, Iterator, Sequence
from typing import cast

from sqlalchemy.orm import Session

from npt.organisation.queries import units_coded
from npt.problems.exchange import paths_of_problems
from npt.sheets.reading import Row
from npt.store.exchange import RowProblem


def problems_outside(session: Session, rows: Sequence[Row], paths: Collection[str]) -> Iterator[RowProblem]:
    """The rows whose reference is that of a record outside the paths, or whose team is. Others may be refused
    later.
    """
    within = tuple(paths)
    recorded = paths_of_problems(session, {cast(str, row.values["ref"]) for row in rows})
    units = units_coded(session, {cast(str, row.values["team"]) for row in rows})
    for row in rows:
        ref, code = cast(str, row.values["ref"]), cast(str, row.values["team"])
        if ref in recorded and not recorded[ref].startswith(within):
            yield RowProblem(row.line, "ref", f"This token may use no problem {ref}: give another reference.")
        elif code not in units or not units[code].path.startswith(within):
            yield RowProblem(
                row.line, "team", f"There is no unit {code} that this token may use: correct the code."
            )
