"""How many incidents there were, month by month and by category, and against the year before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.categories.models import Category
from npt.categories.queries import categories
from npt.incidents import queries
from npt.incidents.forms import CategoryForm
from npt.incidents.rules import Comparison, Reach, compared, judged
from npt.incidents.views.door import MONTHS, around, category_choices, pages
from npt.incidents.wording import (
    chance_in_words,
    change_in_words,
    headline,
    interval_in_words,
    months_in_words,
    reach_in_words,
    tone_of,
)
from npt.kit.months import MONTH_NAMES, Month, month_range
from npt.kit.statistics import CountChange, Windows
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.webkit.line_charts import LineChart, LineKind, Mark, Series, line_chart
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: The counts of a category by month.
Counts = Mapping[Month, int]
_ALL = "All incidents"


@dataclass(frozen=True, slots=True)
class Line:
    """A category, or all of them, through the months; a month that is not in `counts` is not known."""

    words: str
    category: Category | None
    counts: Counts

    @property
    def code(self) -> str:
        """The code of the category; "" for all of them."""
        return "" if self.category is None else self.category.code


@dataclass(frozen=True, slots=True)
class Changed:
    """A category, or all of them, against the year before."""

    line: Line
    windows: Windows
    change: CountChange


@dataclass(frozen=True, slots=True)
class Counted:
    """What is known of a unit's incidents: each category through the months, the whole, and what changed."""

    reach: Reach | None
    months: Sequence[Month]
    whole: Line
    lines: Sequence[Line]
    comparison: Comparison | None

    def changed(self, lines: Sequence[Line]) -> list[Changed]:
        """These lines against the year before; none where that cannot be said."""
        if self.comparison is None:
            return []
        return [
            Changed(line, self.comparison.windows(line.counts), judged(self.comparison, line.counts))
            for line in lines
        ]

    @property
    def in_words(self) -> str:
        """Whether all incidents together changed, in a sentence."""
        changed = self.changed([self.whole])
        if self.comparison is None or not changed:
            return (
                "Three whole months and those of the year before are not all known, so nothing can be said"
                " of a change."
            )
        return headline(self.comparison, changed[0].windows, changed[0].change)


def counted_of(visit: Visit[Unit]) -> Counted:
    """The incidents of a unit by month and category: thirteen months to this one, and those a year before."""
    unit, now = visit.place, Month.of(visit.today)
    first = now.plus(1 - MONTHS).plus(-12)
    found = queries.counts_by_month(visit.session, unit.path, first, now)
    reach = queries.reach_of(visit.session, unit.path)
    known = [] if reach is None else [m for m in month_range(first, now) if reach.knows(m)]
    met = {month for month, _ in found}
    met_ids = {category_id for _, category_id in found}
    named = [each for each in categories(visit.session) if each.id in met_ids]

    def line(words: str, category: Category | None, of: Sequence[Category]) -> Line:
        counts = {m: sum(found.get((m, each.id), 0) for each in of) for m in {*known, *met}}
        return Line(words, category, counts)

    # Before a neighbourhood opened its ground was another's; a wider unit keeps its ground.
    opened_on = unit.opened_on
    return Counted(
        reach,
        month_range(now.plus(1 - MONTHS), now),
        line(_ALL, None, named),
        [line(each.name, each, [each]) for each in named],
        compared(reach, opened_on, visit.today),
    )


@pages.read("/units/<code>/incidents", needs=Permission.SEE_PROFILES, within="code")
def counts(visit: Visit[Unit]) -> Answer:
    """Incidents by month and category, and whether they changed against a year before."""
    found, form = counted_of(visit), CategoryForm()
    form.offer(category_choices(each.category for each in found.lines if each.category))
    form.validate()
    chosen = next((each for each in found.lines if each.code == form.category.data), found.whole)
    tested = [found.whole, *found.lines]
    return visit.render(
        form=form,
        **around(visit),
        reach=reach_in_words(found.reach),
        has_any=bool(found.lines),
        words=found.in_words,
        chart=chart_of(chosen, found.months),
        chosen=chosen,
        chart_table=chart_table(chosen, found.months),
        months=_month_table(visit, found),
        changes=_change_table(found, tested),
        chance=chance_in_words(len(tested)),
        level_neighbourhood=Level.NEIGHBOURHOOD,
        status=422 if form.has_errors else 200,
    )


def chart_of(line: Line, months: Sequence[Month]) -> LineChart:
    """The months as a line, over that of the same months a year before."""
    places = [Fraction(2 * place + 1, 2 * len(months)) for place in range(len(months))]

    def series(name: str, kind: LineKind, back: int) -> Series:
        values = [line.counts.get(month.plus(-back)) for month in months]
        known = [None if value is None else Fraction(value) for value in values]
        return Series(name, kind, list(zip(places, known, strict=True)))

    marks = [
        Mark(place, MONTH_NAMES[month.month - 1][:3], is_minor=number % 3 != 0)
        for number, (place, month) in enumerate(zip(places, months, strict=True))
    ]
    shown = [series("A year before", LineKind.PLAN, 12), series("Incidents", LineKind.ACTUAL, 0)]
    return line_chart([each for each in shown if any(value is not None for _, value in each.points)], marks)


def chart_table(line: Line, months: Sequence[Month]) -> Table[Month]:
    columns: Columns[Month] = (
        Column("Month", lambda month: month.title),
        Column("Incidents", line.counts.get, is_number=True),
        Column("A year before", lambda month: line.counts.get(month.plus(-12)), is_number=True),
    )
    return Table(line.words, columns, months[::-1])


def incidents_address(code: str, **asked: str) -> str:
    """The list of incidents of a unit, with what is asked of it."""
    return url_for("incidents.incidents", code=code, _external=False, **asked)


def _month_table(visit: Visit[Unit], found: Counted) -> Table[Line]:
    def href(month: Month) -> Any:
        def address(line: Line) -> str:
            if not line.counts.get(month):
                return ""
            asked = {"category": line.code} if line.code else {}
            return incidents_address(visit.place.code, period=str(month), **asked)

        return address

    def column(month: Month) -> Column[Line]:
        return Column(
            f"{MONTH_NAMES[month.month - 1][:3]} {month.year % 100:02}",
            lambda line: line.counts.get(month),
            is_number=True,
            href=href(month),
            about=lambda line: f" {line.words}, {month.title}",
            name=str(month),
        )

    columns: Columns[Line] = (
        Column("Category", lambda line: line.words),
        *map(column, found.months[::-1]),
    )
    return Table(
        "By month and category",
        columns,
        found.lines,
        total_row=found.whole,
        file=f"incident-counts-{visit.place.code}-{visit.today}",
    )


def _change_table(found: Counted, lines: Sequence[Line]) -> Table[Changed] | None:
    if found.comparison is None:
        return None
    comparison = found.comparison
    columns: Columns[Changed] = (
        Column("Category", lambda each: each.line.words),
        Column(
            "Change",
            lambda each: change_in_words(each.change, each.windows),
            tone=lambda each: tone_of(each.change),
        ),
        Column(
            "Now", lambda each: each.windows.after, is_number=True, note=months_in_words(comparison.after)
        ),
        Column(
            "Before",
            lambda each: each.windows.before,
            is_number=True,
            note=months_in_words(comparison.before),
        ),
        Column("Ratio", lambda each: interval_in_words(each.change), note="95% interval"),
    )
    return Table("Against the same months a year before", columns, found.changed(lines))
