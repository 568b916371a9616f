"""Two ways of counting side by side: each rate with its verdict under both, and the difference in words."""

from collections.abc import Sequence
from typing import Any

from npt.counting.queries import DatedDefinition
from npt.kit.shares import rounded_half_up
from npt.people.rules import RoleGroup
from npt.performance.queries import MonthPage
from npt.performance.rules import RateRow
from npt.performance.views.figures import figure_of
from npt.webkit.parts import Heading


def beside_shown(page: MonthPage, other: DatedDefinition, rows: Sequence[RateRow]) -> dict[str, Any]:
    """The page's month beside the same rows as `other` counts them: unit, group, both figures, difference."""
    both = (page.definition, other)
    units = {unit.code: unit for unit in (page.unit, *(child.unit for child in page.children))}
    return {
        "both": both,
        "columns": (
            Heading("Unit"),
            *(Heading(each.name, note=each.code) for each in both),
            Heading("Difference"),
        ),
        "lines": [
            (
                units[row.unit],
                RoleGroup(row.group),
                (figure_of(row, page.definition), figure_of(counterpart, other)),
                difference_in_words(row, counterpart, other.name),
            )
            for row, counterpart in zip(page.rows, rows, strict=True)
            if row.month == page.month
        ],
    }


def difference_in_words(row: RateRow, other: RateRow, name: str) -> str:
    """How the other rate differs: "Inspectorate: 2.3 points more, and over 20% instead of within"."""
    one, two = row.rate.fraction, other.rate.fraction
    if one is None or two is None:
        return "not known: no duty recorded"
    if one == two:
        return "the same rate"
    points = rounded_half_up(abs(two - one) * 100, 1)
    size = f"{points} points" if points else "less than 0.1 points"
    words = f"{name}: {size} {'more' if two > one else 'less'}"
    if row.within is not other.within:
        verdict = ("within", "over") if other.within else ("over", "within")
        words += f", and {verdict[0]} {other.target}% instead of {verdict[1]}"
    return words
