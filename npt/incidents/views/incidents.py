"""The incidents of a unit, one by one, with what is asked in the address."""

from datetime import date

from flask import url_for

from npt.access.rules import Permission
from npt.incidents import queries
from npt.incidents.forms import LATELY, IncidentsForm
from npt.incidents.models import Incident
from npt.incidents.queries import Sought
from npt.incidents.rules import spot_point
from npt.incidents.views.door import MONTHS, around, category_choices, pages
from npt.incidents.wording import place_in_words, reach_in_words
from npt.kit.months import Month, month_range
from npt.organisation.models import Unit
from npt.webkit.asked import asked_page
from npt.webkit.listing import Column, Columns, Table, coded, sorting_asked_of
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_NEIGHBOURHOOD: Columns[Incident] = (coded("Neighbourhood", lambda each: each.unit),)


def _columns(*, is_neighbourhood: bool) -> Columns[Incident]:
    return (
        Column("Reference", lambda each: each.reference, holds_words=True),
        Column("When", lambda each: each.happened_at, is_sortable=True),
        Column(
            "Category",
            lambda each: each.category.name,
            is_sortable=True,
            in_file=lambda each: each.category.code,
        ),
        *(() if is_neighbourhood else _NEIGHBOURHOOD),
        Column("Where", lambda each: place_in_words(each) or None, holds_words=True),
    )


@pages.read("/units/<code>/incidents/list", needs=Permission.SEE_PROFILES, within="code")
def incidents(visit: Visit[Unit]) -> Answer:
    """The incidents, the latest first."""
    form, path = IncidentsForm(), visit.place.path
    first = Month.of(visit.today).plus(1 - MONTHS)
    rule = queries.repeats_of(visit.session, path)
    form.offer(category_choices(queries.categories_met(visit.session, path, first)))
    form.offer_periods(rule.days, month_range(first, Month.of(visit.today))[::-1])
    form.validate()
    shown = around(visit)
    columns = _columns(is_neighbourhood=shown["is_neighbourhood"])
    sought = _sought(form, visit.today, rule.first_day(visit.today), first)
    found = queries.incidents_at(visit.session, path, sought, asked_page(100), sorting_asked_of(columns))
    return visit.render(
        form=form,
        **shown,
        only=_only(form),
        reach=reach_in_words(queries.reach_of(visit.session, path)),
        table=Table(
            "Incidents",
            columns,
            found.of([row[0] for row in found.rows]),
            noun="incidents",
            file=f"incidents-{visit.place.code}-{visit.today}",
        ),
        clear_href=url_for("incidents.incidents", code=visit.place.code),
        status=422 if form.has_errors else 200,
    )


def _sought(form: IncidentsForm, today: date, lately: date, first: Month) -> Sought:
    """What is looked for. What could not be read looks for nothing."""
    span: tuple[date | None, date] = first.first, today
    if form.ref.data:
        span = None, today
    elif form.period.data == LATELY:
        span = lately, today
    elif form.period.data:
        month = Month.parse(form.period.data)
        span = month.first, month.last
    return Sought(*span, form.category.data, form.spot.data, form.ref.data)


def _only(form: IncidentsForm) -> str:
    """The reference or the location that is looked at, in words."""
    spot = form.spot.data
    if form.ref.data:
        return f"Only incident {form.ref.data}."
    try:
        point = None if spot is None else spot_point(spot)
    except ValueError:
        return "This location is not known."
    if spot is None:
        return ""
    return f"Only {spot if point is None else point.words}."
