"""Single figures of performance in words: a rate, its coverage, its headroom, its months."""

from collections.abc import Sequence

from npt.counting.queries import DatedDefinition
from npt.counting.rules import COVERAGE_FLOOR
from npt.kit.months import Month
from npt.kit.spans import Span
from npt.performance.rules import RateRow, group_named
from npt.performance.views.door import month_address
from npt.performance.views.signed import restated_in_words
from npt.webkit.filters import day, hours, percent, percent_beside, plural
from npt.webkit.parts import Figure


def figure_of(row: RateRow, definition: DatedDefinition, label: str = "") -> Figure:
    """A rate with its meaning, its numerator and denominator, and the way to its records.

    Its label is its group without another.
    """
    group = group_named(row.group)
    away, of = ("lost", "rostered") if definition.puts_absence_back else ("away", "on duty")
    basis, provisional = f"No time {of} to divide by", ""
    rate = row.rate
    if rate.is_known:
        basis = f"{hours(row.abstracted)} {away} of {hours(row.denominator)} {of}"
    if row.is_provisional:
        confirmed = percent_beside(row.coverage, COVERAGE_FLOOR)
        provisional = f"confirmed for {confirmed} of shifts, under {COVERAGE_FLOOR}%"
    asked = "group" if row.group == group.value else "role"
    return Figure(
        label=label or group.wording,
        rate=rate,
        target=group.target,
        basis=basis,
        definition=definition.name,
        href=month_address(row.unit, row.month, row.definition, view="records", **{asked: row.group}),
        provisional=provisional,
        restated=restated_in_words(row),
        coverage=f"Confirmed for {percent(row.coverage)} of shifts" if row.coverage.is_known else "",
    )


def headroom_in_words(row: RateRow, *, is_open: bool) -> str:
    """What the target still allows in a month that `is_open`, or allowed in one that is over."""
    if row.left is None:
        return "Headroom is not known: there is no duty to take it from."
    allowed = hours(row.allowed)
    if row.left < 0:
        return f"{hours(-row.left)} over the {allowed} allowed by the target"
    if is_open:
        return f"{hours(row.left)} left of the {allowed} allowed by the target"
    return f"{hours(row.left)} under target"


def span_in_words(span: Span, month: Month) -> str:
    """Days of a month: "November 2026", "1 to 16 November 2026", "30 November 2026"."""
    if span.last is None or (span.first, span.last) == (month.first, month.last):
        return month.title
    if span.first == span.last:
        return day(span.first)
    return f"{span.first.day} to {day(span.last)}"


def months_in_words(rows: Sequence[RateRow], target: int) -> str:
    """What a row of months shows, for those who cannot see the chart."""
    known = [row for row in rows if row.rate.is_known]
    if not known:
        return "The rate is not known in any of these months: no duty is recorded."
    highest = max(known, key=lambda row: row.rate.fraction or 0)
    over = sum(row.within is False for row in known)
    words = (
        f"Monthly rates against a target of {target}%. Over target in {over} of"
        f" {plural(len(known), 'month')}; the highest is {highest.month.title} with {percent(highest.rate)}."
    )
    missing = len(rows) - len(known)
    return words if not missing else f"{words} Not known in {plural(missing, 'month')} without duty."
