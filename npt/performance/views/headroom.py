"""What a month still allows a unit and its parts, when its pace breaks the target, and what if."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from npt.access.rules import Permission
from npt.counting.rules import DEFAULT_DEFINITION
from npt.kit.clock import days_in_words
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.views import units_above
from npt.people.rules import RoleGroup
from npt.performance.forms import HeadroomForm, WhatIfForm
from npt.performance.queries import HeadroomPage, headroom_page, what_if
from npt.performance.rules import WhatIf
from npt.performance.views.door import chosen_definition, known_definitions, month_address, pages
from npt.performance.views.outlook import effects_table, group_shown
from npt.webkit.filters import day, hours, plural
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: One of a group, in a sentence.
_ONE = {RoleGroup.OFFICERS: "officer", RoleGroup.PCSOS: "PCSO"}


@pages.read("/units/<code>/headroom", needs=Permission.SEE_STAFFING, within="code")
def headroom(visit: Visit[Unit]) -> Answer:
    """Headroom and forecast of a unit and its parts in a month (`month`), this month without one."""
    form, trying, unit = HeadroomForm(), WhatIfForm(), visit.place
    month = form.read_month(visit.today)
    with known_definitions():
        page = headroom_page(visit.session, unit, month, today=visit.today, definition=chosen_definition())
    form.offer(page.definitions, page.definition.code)
    tomorrow = visit.today + timedelta(days=1)
    trying.offer((unit, *page.children), min(max(tomorrow, month.first), month.last))
    above = units_above(visit, Permission.SEE_STAFFING)
    return visit.render(
        page=page,
        form=form,
        trying=trying,
        tried=_tried(visit, page, trying, above) if trying.is_asked and not page.is_over else None,
        groups=[group_shown(page, group) for group in RoleGroup],
        beside=[(each.title, _address(page, each)) for each in (month.previous, month.next)],
        month_href=month_address(visit.place.code, month, page.definition.code),
        above=[(each.name, _address_of(each, page)) for each in above],
        may_plan=visit.may(Permission.PLAN_OPERATIONS, unit.path),
    )


def _address_of(unit: Unit, page: HeadroomPage) -> str:
    """The same page of a unit above."""
    return month_address(unit.code, page.month, page.definition.code, view="headroom")


def _address(page: HeadroomPage, month: Month) -> str:
    """The page in another month; by the default where the definition is closed by then."""
    definition = page.definition.code if page.definition.covers(month) else DEFAULT_DEFINITION
    return month_address(page.unit.code, month, definition, view="headroom")


def _tried(
    visit: Visit[Unit], page: HeadroomPage, form: WhatIfForm, above: Sequence[Unit]
) -> dict[str, Any] | None:
    """The effect of what the address tries out; None when it cannot be, which is told on the form."""
    if not form.validate():
        return None
    tried = form.value()
    parts = [unit for unit in page.children if unit.code == form.unit.value]
    try:
        effects = what_if(
            visit.session,
            tried,
            [*above, page.unit, *parts],
            page.month,
            today=page.today,
            definition=page.definition.code,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    return {"words": _in_words(tried, effects[-1].before.unit.name), "effects": effects_table(effects)}


def _in_words(tried: WhatIf, unit: str) -> str:
    whom = plural(tried.members, _ONE[tried.group])
    when = (
        f"on {day(tried.first_on)}"
        if tried.days == 1
        else f"on each of {tried.days} days, {days_in_words(tried.first_on, tried.last_on)}"
    )
    together = hours(sum(tried.more.values()))
    return f"{whom} of {unit} for {hours(tried.minutes)} {when}: {together} together."
