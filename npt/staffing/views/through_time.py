"""Strength through time: month by month, vacancies with their age, postings that end."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import url_for
from markupsafe import Markup

from npt.access.rules import Permission
from npt.kit.months import MONTH_NAMES
from npt.organisation.models import Unit
from npt.people.rules import MEMBERS_LISTED, PolicingRole
from npt.people.views.door import member_links
from npt.staffing import queries
from npt.staffing.forms import AsAtOfRoleForm, SuccessionForm
from npt.staffing.queries import Ending, MonthEnd, Vacancy
from npt.staffing.views.door import day_page, pages, unit_in_words, who_columns
from npt.staffing.wording import empty_posts_in_words
from npt.webkit.as_at import AsAtForm, as_at
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import isolated, number, plural, tag
from npt.webkit.line_charts import LineKind, Mark, Series, line_chart
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

MONTHS: Columns[MonthEnd] = (
    Column("Day", lambda end: end.day),
    Column("Strength", lambda end: end.stage.strength, is_number=True, note="FTE"),
    Column("Establishment", lambda end: end.stage.establishment, is_number=True, note="FTE"),
    Column("Vacancy", lambda end: end.stage.vacancy, is_number=True, note="FTE"),
)


@pages.read("/units/<code>/staffing/trend", needs=Permission.SEE_STAFFING, within="code")
def trend(visit: Visit[Unit]) -> Answer:
    """Strength and establishment of each role at thirteen month ends."""
    return day_page(visit, AsAtForm(), lambda day: {"trends": _trends(visit, day)})


def _trends(visit: Visit[Unit], day: date) -> list[dict[str, Any]]:
    found = queries.trend(visit.session, visit.place, day)
    return [
        _role_trend(role, ends)
        for role, ends in found.items()
        if any(end.stage.strength or end.stage.establishment for end in ends)
    ]


def _role_trend(role: PolicingRole, ends: Sequence[MonthEnd]) -> dict[str, Any]:
    """The months of one role: a chart, and the same as rows of a table."""
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
    return {
        "role": role,
        "chart": chart,
        "description": f"On {day_in_words(ends[-1].day)}: {number(last.strength)} {of}.",
        "table": Table(role.heading, MONTHS, ends[::-1]),
    }


def _vacancy_columns(day: date) -> Columns[Vacancy]:
    return (
        coded("Unit", lambda each: each.unit, is_below=True),
        Column(
            "Role",
            lambda each: each.role,
            href=lambda each: url_for("staffing.history", code=each.unit.code, role=each.role.value),
        ),
        Column("Vacant", lambda each: each.shortage.vacancy, is_number=True, note="FTE"),
        Column(
            "In post/funded",
            lambda each: _in_post(each.strength, each.establishment),
            is_number=True,
            note="FTE",
        ),
        Column("Since", lambda each: each.shortage.since),
        Column(
            "For",
            lambda each: each.shortage.days(day),
            is_number=True,
            words=lambda count: plural(count, "day"),
            name="days",
        ),
        Column(
            "Filled on",
            lambda each: each.shortage.filled_on,
            note="as recorded",
            unknown="no one yet",
        ),
    )


def _in_post(strength: Decimal, establishment: Decimal | None) -> str:
    """Strength against establishment as printed in 2008: "22/28", "22/?" where it is not known."""
    return f"{number(strength)}/{'?' if establishment is None else number(establishment)}"


@pages.read("/units/<code>/staffing/vacancies", needs=Permission.SEE_STAFFING, within="code")
def vacancies(visit: Visit[Unit]) -> Answer:
    """The posts that are empty on a day, and since when."""
    form = AsAtOfRoleForm()
    return day_page(visit, form, lambda day: _vacancies(visit, day, form.chosen_role))


def _vacancies(visit: Visit[Unit], day: date, role: PolicingRole | None) -> dict[str, Any]:
    found = queries.vacancies(visit.session, visit.place.path, day, role)
    table = Table(
        f"Empty posts on {day_in_words(day)}, oldest first",
        _vacancy_columns(day),
        found,
        href=lambda each: url_for("staffing.staffing", code=each.unit.code, **as_at(day)),
        file=f"vacancies-{visit.place.code}-{day}",
    )
    return {"table": table, "empty_posts": empty_posts_in_words(found)}


def _ending_columns(visit: Visit[Unit], day: date) -> Columns[Ending]:
    def left(ending: Ending) -> str:
        days = (ending.ends_on - day).days
        return f"in {plural(days, 'day')}" if days else "the day asked about"

    return (
        *who_columns(lambda each: each.member),
        Column("Last day", lambda each: each.ends_on, below=left),
        Column("Role", lambda each: each.posting.role, below=lambda each: each.posting.kind.wording),
        coded("Unit", lambda each: each.unit),
        Column("Then at", lambda each: unit_in_words(visit, each.goes_to)),
        Column(
            "Who covers",
            _cover,
            in_file=lambda each: " ".join(member.number for member in each.covered_by),
        ),
        Column(
            "In post/funded",
            lambda each: _in_post(each.after.strength, each.after.establishment),
            is_number=True,
            note="FTE, the day after",
            below=_short,
        ),
    )


def _short(ending: Ending) -> str:
    return "short" if ending.after.is_short else ""


def _cover(ending: Ending) -> Markup:
    names = [isolated(f"{member.name} ({member.number})") for member in ending.covered_by]
    return Markup(", ").join(names) if names else tag("no one yet", "caution")


@pages.read(
    "/units/<code>/staffing/succession",
    needs=Permission.SEE_MEMBERS,
    within="code",
    shows_personal=MEMBERS_LISTED,
)
def succession(visit: Visit[Unit]) -> Answer:
    """The postings that end in the next days: who goes, who comes, what is left."""
    form, visit.personal_record_id = SuccessionForm(), visit.place.id
    return day_page(
        visit, form, lambda day: {"table": _endings(visit, day, form)}, needs=Permission.SEE_MEMBERS
    )


def _endings(visit: Visit[Unit], day: date, form: SuccessionForm) -> Table[Ending]:
    found = queries.endings(
        visit.session, visit.place.path, day, within_days=form.days, role=form.chosen_role
    )
    link = member_links(visit, [each.member.id for each in found])
    return Table(
        f"Postings ending within {form.days} days of {day_in_words(day)}",
        _ending_columns(visit, day),
        found,
        href=lambda each: link(each.member),
        file=f"succession-{visit.place.code}-{day}",
    )
