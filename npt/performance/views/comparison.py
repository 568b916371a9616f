"""Two ways of counting side by side: each rate with its verdict under both, and the difference in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from npt.counting.queries import DatedDefinition
from npt.kit.shares import rounded_half_up
from npt.people.rules import RoleGroup
from npt.performance.queries import MonthPage
from npt.performance.rules import RateRow
from npt.performance.views.door import month_address
from npt.performance.views.figures import figure_of
from npt.webkit.parts import Figure, Heading


@dataclass(frozen=True, slots=True)
class BesideLine:
    """A unit and group: its figure under the one definition and under the other, and what differs."""

    name: str
    href: str
    group: str
    figures: tuple[Figure, Figure]
    difference: str


@dataclass(frozen=True, slots=True)
class BesideShown:
    """The comparison of a month, worded."""

    definition: DatedDefinition
    heading: str
    columns: tuple[Heading, ...]
    lines: tuple[BesideLine, ...]
    #: what each of the two counts, under the table
    explanations: tuple[str, str]
    alone_href: str
    #: every row under the other definition
    rows: tuple[RateRow, ...]


def beside_shown(page: MonthPage, other: DatedDefinition, rows: Sequence[RateRow]) -> BesideShown:
    """The page's month beside the same rows as `other` counts them."""
    both = (page.definition, other)
    names = {page.unit.code: page.unit.name} | {child.unit.code: child.unit.name for child in page.children}
    return BesideShown(
        definition=other,
        heading=f"{page.definition.name} beside {other.name}",
        columns=(
            Heading("Unit"),
            *(Heading(each.name, note=each.code) for each in both),
            Heading("Difference"),
        ),
        lines=tuple(
            _line(names[row.unit], row, counterpart, both)
            for row, counterpart in zip(page.rows, rows, strict=True)
            if row.month == page.month
        ),
        explanations=(_explained(page.definition), _explained(other)),
        alone_href=month_address(page.unit.code, page.month, page.definition.code),
        rows=tuple(rows),
    )


def _explained(definition: DatedDefinition) -> str:
    return f"{definition.name}: {definition.explanation}"


def _line(
    name: str, row: RateRow, other: RateRow, both: tuple[DatedDefinition, DatedDefinition]
) -> BesideLine:
    group = RoleGroup(row.group)
    label = f"{name}, {group.wording}"
    return BesideLine(
        name=name,
        href=month_address(row.unit, row.month, row.definition, **{"with": other.definition}),
        group=group.wording,
        figures=(
            figure_of(row, f"{label}, {both[0].name}", group.target, both[0]),
            figure_of(other, f"{label}, {both[1].name}", group.target, both[1]),
        ),
        difference=difference_in_words(row, other, both[1].name),
    )


def difference_in_words(row: RateRow, other: RateRow, name: str) -> str:
    """How the other rate differs: "Inspectorate: 2.3 points more, and over 20 % instead of within"."""
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
        words += f", and {verdict[0]} {other.target} % instead of {verdict[1]}"
    return words
