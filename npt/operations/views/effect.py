"""What a choice does to the month of each team, in words."""

from collections.abc import Iterable, Sequence

from flask import url_for

from npt.counting.queries import DatedDefinition
from npt.counting.rules import HeadroomChange
from npt.operations.models import Operation
from npt.operations.queries import ChosenLine, Take, TeamMonth, effects
from npt.operations.rules import Candidate
from npt.organisation.models import Unit
from npt.people.rules import RoleGroup
from npt.webkit.filters import hours
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.visit import Visit

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


def takes_of(chosen: Iterable[ChosenLine | Candidate]) -> list[Take]:
    """What these would be taken for; whoever was chosen and cannot be taken any more is left out."""
    return [
        Take(each.unit_id, each.unit_code, each.unit_name, each.role, each.shift_on, each.taken)
        for each in chosen
        if each.shift_on is not None and (isinstance(each, Candidate) or not each.problem)
    ]


def effect_table(
    visit: Visit[Unit],
    operation: Operation,
    takes: Sequence[Take],
    *,
    path: str,
    definition: DatedDefinition,
    let_go: Sequence[Take] = (),
) -> Table[Effect]:
    """What becomes of the month of each team and group at or under `path`, before and after."""
    found = effects(
        visit.session,
        path,
        takes,
        reason=operation.reason.code,
        today=visit.today,
        definition=definition,
        let_go=let_go,
    )
    return Table(
        "Headroom of each team, before and after",
        EFFECT_COLUMNS,
        [(each, group, change) for each in found for group, change in each.changes.items()],
        href=lambda line: url_for("performance.month", code=line[0].unit_code, month=line[0].month),
    )


def _meaning(change: HeadroomChange) -> tuple[str, str]:
    target = change.after.target
    if change.breaks_target:
        return f"breaks the target of {target}%", "bad"
    if change.after.is_over:
        return f"over {target}% already", "caution"
    if not change.minutes:
        return "does not count towards the target", "good"
    return f"within {target}%", "good"
