"""Strength through time: month by month, vacancies with their age, postings that end."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask import url_for

from npt.access.rules import Permission
from npt.kit.months import MONTH_NAMES
from npt.organisation.models import Unit
from npt.people.queries import seen_in
from npt.people.rules import PolicingRole
from npt.staffing import queries
from npt.staffing.forms import SuccessionForm, VacanciesForm
from npt.staffing.queries import Ending, MonthEnd, Vacancy
from npt.staffing.views.door import above, member_address, pages, role_as_heading, sections, unit_in_words
from npt.webkit.as_at import AsAtForm, as_at
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import number, plural
from npt.webkit.line_charts import LineChart, LineKind, Mark, Series, line_chart
from npt.webkit.pages import Answer
from npt.webkit.parts import Column
from npt.webkit.visit import Visit

MONTH_COLUMNS = (
    Column("Day"),
    Column("Strength", is_number=True, note="FTE"),
    Column("Establishment", is_number=True, note="FTE"),
    Column("Vacancy", is_number=True, note="FTE"),
)
VACANCY_COLUMNS = (
    Column("Unit"),
    Column("Role"),
    Column("Vacant", is_number=True, note="FTE"),
    Column("In post/funded", is_number=True, note="FTE"),
    Column("Since"),
    Column("For", is_number=True),
    Column("Filled on", note="by what is recorded"),
)
ENDING_COLUMNS = (
    Column("Who"),
    Column("Last day"),
    Column("Role"),
    Column("Unit"),
    Column("Then at"),
    Column("Who covers"),
    Column("In post/funded", is_number=True, note="FTE, the day after"),
)


@dataclass(frozen=True, slots=True)
class RoleTrend:
    """The months of one role: a chart, and the same as rows of a table."""

    key: str
    title: str
    chart: LineChart
    description: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@pages.read("/units/<code>/staffing/trend", needs=Permission.SEE_STAFFING, within="code")
def trend(visit: Visit[Unit]) -> Answer:
    """Strength and establishment of each role at thirteen month ends."""
    form = AsAtForm()
    day = form.read_address(visit.today)
    found = queries.trend(visit.session, visit.place, day)
    return visit.render(
        form=form,
        day=day,
        trends=[_role_trend(role, ends) for role, ends in found.items() if _has_anything(ends)],
        columns=MONTH_COLUMNS,
        above=above(visit, day),
        sections=sections(visit, day),
        status=422 if form.has_errors else 200,
    )


def _has_anything(ends: Sequence[MonthEnd]) -> bool:
    return any(end.stage.strength or end.stage.establishment for end in ends)


def _role_trend(role: PolicingRole, ends: Sequence[MonthEnd]) -> RoleTrend:
    places = [Fraction(2 * position + 1, 2 * len(ends)) for position in range(len(ends))]
    strength = [Fraction(end.stage.strength) for end in ends]
    funded = [None if end.stage.establishment is None else Fraction(end.stage.establishment) for end in ends]
    series = [Series("Strength", LineKind.ACTUAL, list(zip(places, strength, strict=True)))]
    if any(posts is not None for posts in funded):
        series.insert(0, Series("Establishment", LineKind.PLAN, list(zip(places, funded, strict=True))))
    chart = line_chart(
        series,
        [
            Mark(place, MONTH_NAMES[end.month.month - 1][:3], is_minor=position % 3 != 0)
            for position, (place, end) in enumerate(zip(places, ends, strict=True))
        ],
    )
    last = ends[-1].stage
    of = "establishment not known" if last.establishment is None else f"of {number(last.establishment)} posts"
    return RoleTrend(
        key=role.value,
        title=role_as_heading(role),
        chart=chart,
        description=f"On {day_in_words(ends[-1].day)}: {number(last.strength)} {of}.",
        rows=tuple(
            (
                day_in_words(end.day),
                (number(end.stage.strength), number(end.stage.establishment), number(end.stage.vacancy)),
            )
            for end in reversed(ends)
        ),
    )


@dataclass(frozen=True, slots=True)
class VacancyLine:
    """One vacancy, worded."""

    unit: Unit
    href: str
    role: str
    vacant: str
    of: str
    since: str
    lasts: str
    filled_on: str
    history_href: str


@pages.read("/units/<code>/staffing/vacancies", needs=Permission.SEE_STAFFING, within="code")
def vacancies(visit: Visit[Unit]) -> Answer:
    """The posts that are empty on a day, and since when."""
    form = VacanciesForm()
    day = form.read_address(visit.today)
    found = queries.vacancies(visit.session, visit.place.path, day, form.chosen_role)

    def line(vacancy: Vacancy) -> VacancyLine:
        code, role, shortage = vacancy.unit.code, vacancy.role, vacancy.shortage
        return VacancyLine(
            unit=vacancy.unit,
            href=url_for("staffing.staffing", code=code, **as_at(day)),
            role=role.wording,
            vacant=number(shortage.vacancy),
            of=f"{number(vacancy.strength)}/{number(vacancy.establishment)}",
            since=day_in_words(shortage.since),
            lasts=plural(shortage.days(day), "day"),
            filled_on="nobody yet" if shortage.filled_on is None else day_in_words(shortage.filled_on),
            history_href=url_for("staffing.history", code=code, role=role.value),
        )

    return visit.render(
        form=form,
        day=day,
        lines=[line(vacancy) for vacancy in found],
        columns=VACANCY_COLUMNS,
        above=above(visit, day),
        sections=sections(visit, day),
        status=422 if form.has_errors else 200,
    )


@dataclass(frozen=True, slots=True)
class EndingLine:
    """One end of a posting, worded."""

    member: str
    href: str
    number: str
    ends_on: str
    left: str
    role: str
    kind: str
    unit: str
    then: str
    covered_by: tuple[str, ...]
    of: str
    is_short: bool


@pages.read("/units/<code>/staffing/succession", needs=Permission.SEE_MEMBERS, within="code")
def succession(visit: Visit[Unit]) -> Answer:
    """The postings that end in the next days: who goes, who comes, what is left."""
    form = SuccessionForm()
    day = form.read_address(visit.today)
    found = queries.endings(
        visit.session, visit.place.path, day, within_days=form.days, role=form.chosen_role
    )
    seen = seen_in(visit.session, visit.place.path, [each.member.id for each in found], visit.today)
    return visit.render(
        form=form,
        day=day,
        lines=[_ending_line(visit, each, (each.ends_on - day).days, seen) for each in found],
        columns=ENDING_COLUMNS,
        above=above(visit, day, Permission.SEE_MEMBERS),
        sections=sections(visit, day),
        status=422 if form.has_errors else 200,
    )


def _ending_line(visit: Visit[Unit], ending: Ending, days: int, seen: set[int]) -> EndingLine:
    after = ending.after
    funded = "?" if after.establishment is None else number(after.establishment)
    return EndingLine(
        member=ending.member.name,
        href=member_address(visit, ending.member, seen),
        number=ending.member.number,
        ends_on=day_in_words(ending.ends_on),
        left="the day asked about" if days == 0 else f"in {plural(days, 'day')}",
        role=ending.posting.role.wording,
        kind=ending.posting.kind.wording,
        unit=f"{ending.unit.name} ({ending.unit.code})",
        then=unit_in_words(visit, ending.goes_to),
        covered_by=tuple(f"{member.name} ({member.number})" for member in ending.covered_by),
        of=f"{number(after.strength)}/{funded}",
        is_short=after.is_short,
    )
