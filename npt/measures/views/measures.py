"""The measures of a unit in a month: figure, target, definition, question, owner, and the records behind."""

from npt.access.rules import Permission
from npt.counting.queries import default_definition
from npt.kit.months import Month
from npt.measures.queries import registry
from npt.measures.queries.asked import Asked
from npt.measures.queries.rows import MeasureRow, rows_of
from npt.measures.views.door import definitions_address, measures_address, months_beside, pages, records_href
from npt.measures.wording import (
    changed_in_words,
    figure_in_words,
    made_of,
    met_in_words,
    signed_in_words,
    target_in_words,
)
from npt.organisation.models import Unit
from npt.organisation.views import above
from npt.webkit.addresses import address
from npt.webkit.filters import day
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read("/units/<code>/months/<month:month>/measures", needs=Permission.SEE_STAFFING, within="code")
def measures(visit: Visit[Unit], month: Month) -> Answer:
    """Every measure of the unit in a month, and who answers for it."""
    definition = default_definition(visit.session)
    asked = Asked((visit.place,), month, month, definition, visit.today)
    rows = [row for row in rows_of(visit.session, asked) if visit.place.level in row.measure.levels]
    table = Table(
        f"Measures in {month.title}",
        (*_columns(visit, asked), *([_SIGNED] if any(row.signed for row in rows) else [])),
        rows,
        noun="measures",
        file=f"measures-{visit.place.code}-{month}",
    )
    return visit.render(
        table=table,
        measures=[row.measure for row in rows],
        month=month,
        definition=definition,
        beside=months_beside(visit.place, month, "measures.measures"),
        definitions_href=definitions_address(visit.place, month),
        above=above(visit, Permission.SEE_STAFFING, lambda unit: measures_address(unit, month)),
        may_set=visit.may(Permission.MANAGE_MEASURES, visit.place.path),
    )


def _columns(visit: Visit[Unit], asked: Asked) -> Columns[MeasureRow]:
    def records(row: MeasureRow) -> str:
        if not row.figure.is_known:
            return ""
        return records_href(visit, registry.behind(row.measure.code, row.unit, row.month, asked), row.unit)

    def change(row: MeasureRow) -> str:
        may_set = visit.may(Permission.MANAGE_MEASURES, visit.place.path) and row.measure.may_have_target
        at = {"code": visit.place.code, "measure": row.measure.code}
        return address("measures.target", **at) if may_set else ""

    return (
        Column("Measure", lambda row: row.measure.name, holds_words=True),
        Column(
            "Figure",
            lambda row: figure_in_words(row.measure, row.figure),
            below=_below,
            href=records,
            about=lambda row: f" {row.measure.name}: see the records",
        ),
        Column(
            "Target",
            lambda row: target_in_words(row.measure, row.target.target),
            below=lambda row: changed_in_words(row.measure, row.target),
            href=change,
            about=lambda row: f" {row.measure.name}: change the target",
        ),
        Column("Is it met?", lambda row: met_in_words(row.is_met), tone=_tone),
        Column("Owner", lambda row: row.measure.owner, holds_words=True),
        Column("Counted", lambda row: row.measure.definition, is_on_page=False),
        Column("Asked", lambda row: row.measure.question, is_on_page=False),
    )


def _below(row: MeasureRow) -> str:
    said = made_of(row.measure, row.figure) or _why(row), _signed(row)
    return "; ".join(words for words in said if words)


def _signed(row: MeasureRow) -> str:
    if row.signed is None:
        return ""
    then = signed_in_words(row.measure, row.signed.figure, row.figure)
    return f"restated since sign-off: {then} was signed off on {day(row.signed.signed_on)}"


#: In a file; on the page it stands below the figure.
_SIGNED = Column[MeasureRow]("Sign-off", _signed, is_on_page=False)


def _why(row: MeasureRow) -> str:
    return "" if row.figure.is_known else row.figure.why_unknown


def _tone(row: MeasureRow) -> str:
    return "bad" if row.is_met is False else ""
