"""The month of a unit, as a page and as files to keep."""

from dataclasses import dataclass

from flask import request, url_for

from npt.access.rules import Permission
from npt.counting.rules import DEFAULT_DEFINITION
from npt.kit.months import EARLIEST_YEAR, Month
from npt.organisation.models import Unit
from npt.organisation.queries import ancestors
from npt.performance.exchange import RATE_COLUMNS, rate_lines
from npt.performance.forms import BesideForm
from npt.performance.queries import MonthPage, Order, UnknownDefinition, beside, month_page
from npt.performance.views.comparison import BesideShown, beside_shown
from npt.performance.views.door import chosen_beside, chosen_definition, month_address, pages
from npt.performance.views.losses import loss_links
from npt.performance.views.month_view import shown_month
from npt.performance.views.provenance import foot_of
from npt.performance.views.review import REVIEWED_ROLES, judgement_links
from npt.reporting.queries import judgements, loss_counts
from npt.webkit.listing import File
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_ORDERS = {order.value: order for order in Order}


def _asked(visit: Visit[Unit], month: Month) -> MonthPage:
    """The page object that the address asks for; ends the request when it names what is not there."""
    if month < Month(EARLIEST_YEAR + 1, 1):  # thirteen months have to fit in the calendar
        visit.missing()
    try:
        return month_page(
            visit.session,
            visit.place,
            month,
            today=visit.today,
            definition=chosen_definition(),
            order=_ORDERS.get(request.args.get("sort", ""), Order.STRAIN),
            names_absence=visit.may(Permission.RECORD_DUTY, visit.place.path),
        )
    except UnknownDefinition:
        visit.missing()
        raise


@pages.read("/units/<code>/months/<month:month>", needs=Permission.SEE_STAFFING, within="code")
def month(visit: Visit[Unit], month: Month) -> Answer:
    """Rates against targets, staffing against establishment, and what is out of line first."""
    page = _asked(visit, month)
    other = _beside(visit, page)
    form = BesideForm()
    offered = [(each.code, each.name) for each in page.definitions]
    form.offer(offered, page.definition.code)
    form.offer_beside(offered, chosen_beside())
    foot = foot_of(
        (*page.rows, *(other.rows if other else ())),
        [page.definition, *([other.definition] if other else [])],
        visit.now,
    )
    above = [
        (unit.name, month_address(unit.code, month, page.definition.code))
        for unit in ancestors(visit.session, visit.place)
        if visit.may(Permission.SEE_STAFFING, unit.path)
    ]
    return visit.render(
        page=page,
        shown=shown_month(visit, page),
        form=form,
        beside=other,
        foot=foot,
        worth=_worth(visit, page),
        above=above,
        may_export=visit.may(Permission.EXPORT, visit.place.path),
        operations_href=url_for("operations.operations", code=visit.place.code)
        if visit.may(Permission.SEE_DUTY, visit.place.path)
        else "",
        status=422 if foot.form.has_errors else 200,
    )


@dataclass(frozen=True, slots=True)
class Worth:
    """What was said of the month's abstraction, and what was lost by it; each with its records."""

    judgements: list[tuple[str, int, str, str]]
    review_href: str
    losses: list[tuple[str, int, str, bool]]
    losses_href: str
    may_review: bool


def _worth(visit: Visit[Unit], page: MonthPage) -> Worth:
    month, definition, code = page.month, page.definition, visit.place.code
    counts = judgements(
        visit.session,
        visit.place.path,
        month.first,
        month.last,
        roles=REVIEWED_ROLES,
        definition=definition,
    )
    lost = loss_counts(visit.session, visit.place.path, month.first, month.last)
    return Worth(
        judgements=judgement_links(code, month, definition.code, counts),
        review_href=month_address(code, month, definition.code, view="review"),
        losses=loss_links(code, month, lost),
        losses_href=month_address(code, month, DEFAULT_DEFINITION, view="losses"),
        may_review=visit.may(Permission.REVIEW_ABSTRACTION, visit.place.path),
    )


def _beside(visit: Visit[Unit], page: MonthPage) -> BesideShown | None:
    """The page under the definition that the address wants beside it; ends the request for one not there."""
    code = chosen_beside()
    if not code:
        return None
    try:
        return beside_shown(page, *beside(visit.session, page, code))
    except UnknownDefinition:
        visit.missing()
        raise


@pages.files("/units/<code>/months/<month:month>", needs=Permission.EXPORT, within="code")
def month_file(visit: Visit[Unit], month: Month) -> File:
    """The rates of the month page."""
    return File(f"abstraction-{visit.place.code}-{month}", RATE_COLUMNS, _lines(visit, month))


def _lines(visit: Visit[Unit], month: Month) -> list[tuple[object, ...]]:
    """The rows of the page; with a definition beside it, all of them under that one as well."""
    page = _asked(visit, month)
    other = _beside(visit, page)
    return [tuple(line) for line in rate_lines([*page.rows, *(other.rows if other else ())])]
