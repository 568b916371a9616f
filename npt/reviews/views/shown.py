"""The figures of a review in words and shapes, ready for the template to display."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from npt.access.rules import Permission
from npt.kit.months import Month
from npt.measures.queries.registry import behind
from npt.measures.rules import Figure, Measure, Target, number_of
from npt.measures.wording import changed_in_words, figure_in_words, made_of, signed_in_words, target_in_words
from npt.organisation.models import Unit
from npt.reviews.queries import MonthRead, Reviewed, Said
from npt.reviews.rules import Ranked, Reading
from npt.reviews.views.door import review_address
from npt.reviews.wording import ToldWhy, period_in_words, provisional_in_words, told_why
from npt.signals.rules import is_settled
from npt.signals.wording import value_in_words
from npt.webkit.addresses import address
from npt.webkit.charts import LimitsChart, LimitsLines, LimitsPoint, limits_chart
from npt.webkit.parts import Heading
from npt.webkit.routes import ROUTES
from npt.webkit.visit import Visit


@dataclass(frozen=True, slots=True)
class MonthShown:
    """A measure in one of the thirteen months: "" for what there is not."""

    value: str
    #: the page of the records behind it, for whoever may open it
    href: str
    #: "provisional", and what was signed off where it is another now
    note: str


@dataclass(frozen=True, slots=True)
class RankedShown:
    """A unit below as it is compared: "" for what is not known."""

    name: str
    href: str
    rank: str
    value: str
    interval: str
    basis: str


@dataclass(frozen=True, slots=True)
class MeasureShown:
    """A measure of the month, in words."""

    code: str
    name: str
    definition: str
    owner: str
    value: str
    basis: str
    target: str
    #: that another held earlier in the month
    target_changed: str
    provisional: str
    whys: Sequence[ToldWhy]
    period: str
    rebased: str
    chart: LimitsChart
    chart_words: str
    restated: str
    months: Sequence[MonthShown]
    ranking: Sequence[RankedShown]
    said: Sequence[Said]

    @property
    def look(self) -> str:
        """How it stands, as the look of its box is called."""
        tones = {each.tone for each in self.whys}
        return next((tone for tone in ("bad", "caution", "good") if tone in tones), "plain")

    @property
    def href(self) -> str:
        """The page of the records behind the month's figure."""
        return self.months[-1].href


def measures_shown(
    visit: Visit[Unit], read: MonthRead, said: Reviewed, names: dict[int, str]
) -> list[MeasureShown]:
    """Every measure of the month, in the order of the registry."""
    units = {unit.path: unit for unit in read.children}
    return [_shown(visit, read, each, said, names, units) for each in read.readings]


def _shown(
    visit: Visit[Unit],
    read: MonthRead,
    reading: Reading,
    said: Reviewed,
    names: dict[int, str],
    units: dict[str, Unit],
) -> MeasureShown:
    measure, figure = reading.measure, reading.figure
    rebase, target = read.rebases.get(measure.code), reading.target.target
    return MeasureShown(
        code=measure.code,
        name=measure.name,
        definition=measure.definition,
        owner=measure.owner,
        value=figure_in_words(measure, figure),
        basis=made_of(measure, figure),
        target="" if target.amount is None else target_in_words(measure, target),
        target_changed=changed_in_words(measure, reading.target),
        provisional=provisional_in_words(reading),
        whys=told_why(reading),
        period=period_in_words(reading),
        rebased=""
        if rebase is None
        else f"Drawn from {Month.of(rebase.starts_on).title} on: {rebase.reason}"
        f" ({names.get(rebase.account_id or 0, 'command line')})",
        restated=_restated(read, reading, read.unit, reading.month, figure),
        chart=chart_of(reading),
        chart_words=chart_in_words(reading),
        months=_months(visit, read, reading),
        ranking=[
            _ranked(visit, read, reading, each, units[each.path]) for each in read.rankings[measure.code]
        ],
        said=said.said_of(measure.code),
    )


def chart_of(reading: Reading) -> LimitsChart:
    """The thirteen months between their limits."""
    limits, measure = reading.drawn.limits, reading.measure
    points = [LimitsPoint(month, each.value, is_settled(each)) for month, each in reading.series.items()]
    return limits_chart(
        points,
        LimitsLines(
            _line_of(measure, reading.target.target),
            *((None, None, None) if limits is None else (limits.mean, limits.low, limits.high)),
        ),
    )


def _line_of(measure: Measure, target: Target) -> Fraction | None:
    """Where the line of a target is, in the number of the figures themselves."""
    one = number_of(measure, Figure(1))
    return None if target.amount is None or one is None else Fraction(target.amount) / one


def chart_in_words(reading: Reading) -> str:
    """The same for those who cannot see it."""
    first, measure = next(iter(reading.series)), reading.measure
    return (
        f"{measure.name}, {first.title} to {reading.month.title}: {figure_in_words(measure, reading.figure)}"
        f" in the last month. {period_in_words(reading)}"
    )


def _restated(read: MonthRead, reading: Reading, unit: Unit, month: Month, now: Figure) -> str:
    """What was signed off of a figure that is another since."""
    measure = reading.measure
    signed = read.restated(measure, unit.path, month, now)
    if signed is None:
        return ""
    return f"restated since sign-off, {signed_in_words(measure, signed, now)} was signed"


def _months(visit: Visit[Unit], read: MonthRead, reading: Reading) -> list[MonthShown]:
    code, found = reading.measure.code, []
    for month, figure in reading.series.items():
        page = behind(code, read.unit, month, read.asked)
        may_open = _may_open(visit, page.view)
        words = figure_in_words(reading.measure, figure) if figure.is_known else "?"
        href = address(page.view, **page.values) if may_open and figure.is_known else ""
        notes = [
            "provisional" if figure.is_known and not is_settled(figure) else "",
            _restated(read, reading, read.unit, month, figure),
        ]
        found.append(MonthShown(words, href, "; ".join(note for note in notes if note)))
    return found


def _may_open(visit: Visit[Unit], view: str) -> bool:
    needs = ROUTES[view].needs
    return not isinstance(needs, Permission) or visit.may(needs, visit.place.path)


def _ranked(visit: Visit[Unit], read: MonthRead, reading: Reading, each: Ranked, unit: Unit) -> RankedShown:
    measure = reading.measure
    ends = (each.low, each.high)
    interval = "" if None in ends else " to ".join(value_in_words(measure, end) for end in ends)
    return RankedShown(
        unit.name,
        review_address(unit.code, read.month),
        "–" if each.rank is None else str(each.rank),
        figure_in_words(measure, each.figure),
        interval or each.why_not,
        _restated(read, reading, unit, read.month, each.figure) or made_of(measure, each.figure),
    )


def month_columns(read: MonthRead) -> list[Heading]:
    """The headings of the table of every measure, month by month."""
    months = [f"{month.title[:3]} {month.year}" for month in read.asked.first.until(read.month)]
    return [Heading("Measure"), *(Heading(words, is_number=True) for words in months)]


#: The headings of the comparison of units below.
RANKING = (
    Heading("Rank", is_number=True),
    Heading("Unit"),
    Heading("Figure", is_number=True),
    Heading("Interval"),
)
