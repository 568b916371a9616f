"""The month of a unit, as a page and as files to keep."""

from typing import Any

from flask import request

from npt.access.rules import Permission
from npt.kit.months import EARLIEST_YEAR, Month
from npt.organisation.models import Unit
from npt.organisation.views import above
from npt.performance.exchange import rate_columns, rate_lines
from npt.performance.forms import BesideForm
from npt.performance.queries import MonthPage, Order, beside, month_page
from npt.performance.queries.waited import waited_in
from npt.performance.views.comparison import beside_shown
from npt.performance.views.door import (
    MONTH,
    ROLES_WITH_TARGET,
    chosen_beside,
    chosen_definition,
    known_definitions,
    month_address,
    pages,
)
from npt.performance.views.losses import losses_address
from npt.performance.views.month_view import month_shown
from npt.performance.views.people import people_listed
from npt.performance.views.priorities import priorities_in
from npt.performance.views.provenance import Beside, foot_of
from npt.performance.views.signed import signed_part
from npt.performance.views.teams import teams_over
from npt.reporting.queries import Judged, judgements, loss_counts
from npt.shifts.rules import TIME_AWAY
from npt.webkit.listing import File
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, not_found

_ORDERS = {order.value: order for order in Order}


def _asked(visit: Visit[Unit], month: Month) -> tuple[MonthPage, Beside | None]:
    """The page that the address asks for, and its rates under the definition that is wanted beside it."""
    if month < Month(EARLIEST_YEAR + 1, 1):  # thirteen months have to fit in the calendar
        not_found()
    other = chosen_beside()
    with known_definitions():
        page = month_page(
            visit.session,
            visit.place,
            month,
            today=visit.today,
            definition=chosen_definition(),
            order=_ORDERS.get(request.args.get("sort", ""), Order.STRAIN),
            names_absence=visit.may(Permission.RECORD_DUTY, visit.place.path),
        )
        return page, beside(visit.session, page, other) if other else None


@pages.read(MONTH, needs=Permission.SEE_STAFFING, within="code", shows_personal=TIME_AWAY)
def month(visit: Visit[Unit], month: Month) -> Answer:
    """Rates against targets, staffing against establishment, and out of line first."""
    page, other = _asked(visit, month)
    people = people_listed(visit, month, page.definition, asked={"with": chosen_beside()})
    visit.personal_record_id, visit.shows_personal = visit.place.id, people is not None
    foot = foot_of(page.rows, page.definition, visit.now, other)
    return visit.render(
        page=page,
        beside=beside_shown(page, *other) if other else None,
        foot=foot,
        status=foot.status,
        people=people,
        signed=signed_part(visit, month),
        **_around(visit, page),
        **month_shown(visit, page),
    )


def _around(visit: Visit[Unit], page: MonthPage) -> dict[str, Any]:
    """What stands with the figures: ways of counting, the units above, and what was said and lost."""
    month, code, form = page.month, page.definition.code, BesideForm()
    form.offer(page.definitions, code, chosen_beside())
    sees_actions = visit.may(Permission.SEE_ACTIONS, visit.place.path)
    of_days = visit.session, visit.place.path, month.first, month.last

    def month_of(unit: Unit) -> str:
        return month_address(unit.code, month, code, **{"with": chosen_beside()})

    return {
        "form": form,
        "teams": teams_over(visit, month, page.definition, month_of),
        "above": above(visit, Permission.SEE_STAFFING, lambda unit: month_address(unit.code, month, code)),
        "said": judgements(*of_days, roles=ROLES_WITH_TARGET, definition=page.definition),
        "verdicts": (Judged.APPROPRIATE, Judged.AVOIDABLE, Judged.NOT_REVIEWED),
        "lost": loss_counts(*of_days),
        "waited": waited_in(*of_days, page.definition) if sees_actions else None,
        "losses_href": lambda kind=None: losses_address(page.unit.code, month, kind),
        "priorities": priorities_in(visit, month),
        "permission": Permission,
    }


@pages.files(MONTH, needs=Permission.EXPORT, within="code")
def month_file(visit: Visit[Unit], month: Month) -> File:
    """The rates of the month page; with a definition beside it, all of them under that one as well."""
    page, other = _asked(visit, month)
    rows = [*page.rows, *(other[1] if other else ())]
    return File(f"abstraction-{visit.place.code}-{month}", rate_columns(rows), rate_lines(rows))
