"""What a choice does to the month of each team, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from npt.counting.rules import HeadroomChange
from npt.operations.queries import ChosenLine, Take, TeamMonth
from npt.operations.rules import Candidate
from npt.webkit.filters import hours
from npt.webkit.parts import Column

EFFECT_COLUMNS = (
    Column("Team"),
    Column("Month"),
    Column("Group"),
    Column("Left before", is_number=True),
    Column("This takes", is_number=True),
    Column("Left after", is_number=True),
    Column("Meaning"),
)


@dataclass(frozen=True, slots=True)
class EffectLine:
    """One group of one team in one month, before and after."""

    team: str
    month: str
    month_href: str
    group: str
    before: str
    change: str
    after: str
    words: str
    #: "good", "caution" or "bad": the words carry the meaning
    tone: str


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


def effect_lines(effects: Iterable[TeamMonth]) -> list[EffectLine]:
    """The same, a line for each team, month and group."""
    found: list[EffectLine] = []
    for each in effects:
        for group, change in each.changes.items():
            words, tone = _meaning(change)
            found.append(
                EffectLine(
                    team=each.unit_name,
                    month=each.month.title,
                    month_href=url_for("performance.month", code=each.unit_code, month=each.month),
                    group=group.wording,
                    before=hours(change.before.left),
                    change=hours(-change.minutes),
                    after=hours(change.after.left),
                    words=words,
                    tone=tone,
                )
            )
    return found


def _meaning(change: HeadroomChange) -> tuple[str, str]:
    target = change.after.target
    if change.breaks_target:
        return f"breaks the target of {target} %", "bad"
    if change.after.is_over:
        return f"over {target} % already", "caution"
    if not change.minutes:
        return "does not count towards the target", "good"
    return f"within {target} %", "good"
