"""What a choice does to the month of each team, in words."""

from collections.abc import Iterable

from flask import url_for

from npt.counting.rules import HeadroomChange
from npt.operations.queries import ChosenLine, Take, TeamMonth
from npt.operations.rules import Candidate
from npt.people.rules import RoleGroup
from npt.webkit.filters import hours
from npt.webkit.listing import Column, Columns, Table

#: A group of a team in a month, and what becomes of its headroom.
Effect = tuple[TeamMonth, RoleGroup, HeadroomChange]

EFFECT_COLUMNS: Columns[Effect] = (
    Column(
        "Team",
        lambda line: line[0].unit_name,
        holds_words=True,
        about=lambda line: f": {line[0].month.title}, {line[1].wording}",
    ),
    Column("Month", lambda line: line[0].month.title),
    Column("Group", lambda line: line[1]),
    Column("Left before", lambda line: line[2].before.left, is_number=True, words=hours),
    Column("This takes", lambda line: -line[2].minutes, is_number=True, words=hours),
    Column("Left after", lambda line: line[2].after.left, is_number=True, words=hours),
    Column("Meaning", lambda line: _meaning(line[2])[0], tone=lambda line: _meaning(line[2])[1]),
)


def takes_of(lines: Iterable[ChosenLine]) -> list[Take]:
    """What those chosen would be taken for; whoever cannot be taken any more is left out."""
    return [
        Take(line.unit_id, line.unit_code, line.unit_name, line.role, line.shift_on, line.taken)
        for line in lines
        if line.shift_on is not None and not line.problem
    ]


def takes_of_candidates(candidates: Iterable[Candidate]) -> list[Take]:
    """What these candidates would be taken for."""
    return [
        Take(each.unit_id, each.unit_code, each.unit_name, each.role, each.shift_on, each.taken)
        for each in candidates
    ]


def effect_table(effects: Iterable[TeamMonth]) -> Table[Effect]:
    """What becomes of the month of each team and group, before and after."""
    return Table(
        "Headroom of each team, before and after",
        EFFECT_COLUMNS,
        [(each, group, change) for each in effects for group, change in each.changes.items()],
        href=lambda line: url_for("performance.month", code=line[0].unit_code, month=line[0].month),
    )


def _meaning(change: HeadroomChange) -> tuple[str, str]:
    target = change.after.target
    if change.breaks_target:
        return f"breaks the target of {target} %", "bad"
    if change.after.is_over:
        return f"over {target} % already", "caution"
    if not change.minutes:
        return "does not count towards the target", "good"
    return f"within {target} %", "good"
