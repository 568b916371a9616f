"""What the figures show of a problem, as a part of its pages: numbers, two charts and sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from npt.kit.months import Month
from npt.kit.statistics import CountChange, Windows, count_change
from npt.outcomes.queries.figures_shown import Offer, Shown, baselines_offered, shown_of
from npt.outcomes.rules import Figures, by_month, can_show
from npt.outcomes.views.figures_words import (
    change_in_words,
    kept_in_words,
    needed_in_words,
    ratio_in_words,
    said_of,
    unknown_in_words,
)
from npt.problems.models import Problem
from npt.problems.rules import Counted, Window
from npt.problems.views.parts import Part
from npt.webkit.charts import BeforeAfter, MonthBar, RatioLine, before_after, ratio_line
from npt.webkit.filters import day, plural
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.visit import Visit


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Two counts and whether they differ, of one place."""

    name: str
    before: int
    after: int
    change: CountChange
    #: of the count before, where it is of other days
    days: str = ""


@dataclass(frozen=True)
class FiguresPart:
    """What the template shows; a table, charts and sentences as far as there are any."""

    #: what this measure can show, while nothing after is counted
    needed: Sequence[str] = ()
    table: Table[FigureRow] | None = None
    months: BeforeAfter | None = None
    ratios: Sequence[RatioLine] = field(default=())
    sentences: Sequence[str] = ()
    kept: str = ""
    days: str = ""


_COLUMNS: Columns[FigureRow] = (
    Column("Where", lambda row: row.name, holds_words=True, below=lambda row: row.days),
    Column("Change", lambda row: change_in_words(row.change), below=lambda row: _below(row.change)),
    Column("Before", lambda row: row.before, is_number=True),
    Column("After", lambda row: row.after, is_number=True),
)


def _below(change: CountChange) -> str:
    return f"ratio {ratio_in_words(change)}" if change.low is not None else ""


def figures_part(visit: Visit[Any], problem: Problem, shown: Shown | None = None) -> FiguresPart | None:
    """What the figures show of a problem; None while it has no measure with days before."""
    shown = shown or shown_of(visit.session, problem)
    if shown.before is None:
        return None
    standing = shown.standing
    if standing is None:
        needed = []
        if shown.counts.before is not None and shown.after is None:
            needed = needed_in_words(can_show(shown.before.counted(shown.counts.before)))
        return FiguresPart(needed, months=_months(shown), sentences=list(unknown_in_words(shown)))
    elsewhere = _elsewhere(problem)
    rows = list(_rows(shown, standing, elsewhere, problem))
    return FiguresPart(
        table=Table("Before and after", _COLUMNS, rows),
        months=_months(shown),
        ratios=list(_ratios(standing, elsewhere)),
        sentences=list(said_of(shown, standing, elsewhere)),
        kept=kept_in_words(shown),
        days=_days(standing),
    )


def _days(figures: Figures) -> str:
    before, after = figures.before, figures.after
    return (
        f"Before: {day(before.first)} to {day(before.last)}, {plural(before.days, 'day')}. After:"
        f" {day(after.first)} to {day(after.last)}, {plural(after.days, 'day')}."
    )


def _elsewhere(problem: Problem) -> str:
    """What the area to compare with is called."""
    response = problem.response
    if response is None:
        return "elsewhere"
    unit = response.elsewhere_unit
    return unit.name if unit is not None else response.elsewhere_words or "elsewhere"


def _rows(shown: Shown, figures: Figures, elsewhere: str, problem: Problem) -> Iterator[FigureRow]:
    yield FigureRow("Here", figures.before.count, figures.after.count, figures.change)
    windows = figures.before, figures.after
    if figures.elsewhere is not None:
        yield _row(elsewhere[:1].upper() + elsewhere[1:], figures.elsewhere, *windows)
    if figures.around is not None:
        reach = f", {problem.radius} to {2 * problem.radius} m away" if shown.is_counted else ""
        yield _row(f"Around it{reach}", figures.around, *windows)
    if figures.around_elsewhere is not None:
        yield _row("Around the other area", figures.around_elsewhere, *windows)
    if shown.season is not None:
        season = shown.season
        days = f"{day(season.before.first)} to {day(season.before.last)}, then a year later"
        yield FigureRow(
            "Here, the same days a year earlier", season.before.count, season.after.count, season.change, days
        )


def _row(name: str, windows: Windows, before: Counted, after: Counted) -> FigureRow:
    change = count_change(windows, before_days=before.days, after_days=after.days)
    return FigureRow(name, windows.before, windows.after, change)


def _ratios(figures: Figures, elsewhere: str) -> Iterator[RatioLine]:
    change = figures.change
    yield ratio_line(f"Here: {ratio_in_words(change)}", change.ratio, change.low, change.high)
    beside = figures.beside
    if beside is not None:
        words = f"Against {elsewhere}: {ratio_in_words(beside)}"
        yield ratio_line(words, beside.ratio, beside.low, beside.high)


def _months(shown: Shown) -> BeforeAfter | None:
    """The months from the first window to the last; None where no incident is counted."""
    seen, before = shown.seen, shown.before
    if seen is None or before is None or seen.reach is None or not seen.knows(before):
        return None
    windows = [("Before", before)] + ([("After", shown.after)] if shown.after is not None else [])
    first = min(window.first for _, window in windows)
    last = max(window.last for _, window in windows)
    counts = by_month([each for each in seen.here if first <= each[0] <= last], first, last)
    bars = [
        MonthBar(start, end, count if seen.knows(Window(start, end)) else None)
        for start, end, count in (
            (max(month, first), min(Month.of(month).last, last), count) for month, count in counts.items()
        )
    ]
    return before_after(bars, [(words, window.first, window.last) for words, window in windows])


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A window that could be the baseline, in words."""

    days: str
    ground: str
    count: int | None
    needs: str


_OFFERS: Columns[OfferRow] = (
    Column("Days before", lambda row: row.days),
    Column("Ground", lambda row: row.ground),
    Column("Incidents", lambda row: row.count, is_number=True, unknown="not known"),
    Column("To know that it fell", lambda row: row.needs),
)


def offers_part(visit: Visit[Any], problem: Problem) -> Part:
    """What recorded incidents can show of a problem, by windows and ground: chosen before the response."""
    rows = [_offer_row(each) for each in baselines_offered(visit.session, problem)]
    offers = Table("What recorded incidents can show", _OFFERS, rows)
    return Part("outcomes/response_part.html", {"offers": offers})


def _offer_row(offer: Offer) -> OfferRow:
    window = offer.window
    words = f"{plural(window.days, 'day')}, {day(window.first)} to {day(window.last)}"
    ground = "the whole unit" if offer.radius is None else f"within {offer.radius:,} m"
    if offer.shows is None:
        return OfferRow(words, ground, None, "–")
    most = offer.shows.most_after
    needs = "cannot be shown" if most is None else "none at all" if not most else f"{most:,} or fewer after"
    return OfferRow(words, ground, offer.shows.before.count, needs)
