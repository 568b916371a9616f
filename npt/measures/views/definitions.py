"""Abstraction of a month under every definition, from the same minutes, one beside the other."""

from collections.abc import Sequence

from npt.access.rules import Permission
from npt.counting.queries import DatedDefinition
from npt.counting.rules import UNSETTLED
from npt.kit.months import Month
from npt.measures.views.door import definitions_address, measures_address, months_beside, pages
from npt.organisation.models import Unit
from npt.organisation.views import above
from npt.performance.queries import UnderEach, under_every_definition
from npt.performance.views.door import month_address
from npt.webkit.filters import hours, percent
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read("/units/<code>/months/<month:month>/definitions", needs=Permission.SEE_STAFFING, within="code")
def definitions(visit: Visit[Unit], month: Month) -> Answer:
    """The rates of the unit and of each unit right under it, a column for each definition."""
    found = under_every_definition(visit.session, visit.place, month)
    table = Table(
        f"Abstraction in {month.title} under every definition",
        _columns(found.definitions, month),
        found.lines,
        file=f"definitions-{visit.place.code}-{month}",
    )
    return visit.render(
        month=month,
        table=table,
        definitions=found.definitions,
        unsettled=UNSETTLED,
        beside=months_beside(visit.place, month, "measures.definitions"),
        measures_href=measures_address(visit.place, month),
        above=above(visit, Permission.SEE_STAFFING, lambda unit: definitions_address(unit, month)),
    )


def _columns(known: Sequence[DatedDefinition], month: Month) -> Columns[UnderEach]:
    return (
        Column(
            "Unit",
            lambda line: line.unit.name,
            holds_words=True,
            below=lambda line: f"{line.unit.level.wording} {line.unit.code}",
            in_file=lambda line: line.unit.code,
        ),
        Column("Group", lambda line: line.group.wording, in_file=lambda line: line.group.value),
        *(_column(place, each, month) for place, each in enumerate(known)),
        *(
            Column[UnderEach](each.name, lambda line: "not settled", in_file=lambda line: None)
            for each in UNSETTLED
        ),
    )


def _column(place: int, definition: DatedDefinition, month: Month) -> Column[UnderEach]:
    def rate(line: UnderEach) -> str:
        row = line.rows[place]
        if row.within is None:
            return "not known"
        return f"{percent(row.rate)}, {'within' if row.within else 'over'} {row.target}%"

    def minutes(line: UnderEach) -> str:
        row = line.rows[place]
        return f"{hours(row.abstracted)} of {hours(row.denominator)}" if row.rate.is_known else ""

    def records(line: UnderEach) -> str:
        return month_address(line.unit.code, month, definition.code, view="records", group=line.group.value)

    return Column(
        definition.name,
        rate,
        note=definition.code,
        below=minutes,
        href=records,
        about=lambda line: f" {line.unit.name}, {line.group.wording}, {definition.name}: see the records",
        tone=lambda line: "bad" if line.rows[place].within is False else "",
        in_file=lambda line: line.rows[place].rate.percentage(4),
    )
