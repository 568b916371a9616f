"""What the pages of measures share: declared routes, and addresses of records that the reader may open."""

from datetime import timedelta
from typing import Any

from npt.access.rules import Permission
from npt.kit.months import EARLIEST_YEAR, LATEST_YEAR, Month
from npt.measures.rules import Behind
from npt.organisation.models import Unit
from npt.webkit.addresses import address
from npt.webkit.pages import ROUTES, Pages
from npt.webkit.visit import Visit

pages = Pages("measures")

_FIRST, _LAST, _DAY = Month(EARLIEST_YEAR + 1, 1), Month(LATEST_YEAR, 12), timedelta(days=1)


def records_href(visit: Visit[Any], behind: Behind, unit: Unit) -> str:
    """The address of the records behind a figure; nothing where this reader may not open them."""
    needs = ROUTES[behind.view].needs
    is_open = not isinstance(needs, Permission) or visit.may(needs, unit.path)
    return address(behind.view, **behind.values) if is_open else ""


def months_beside(unit: Unit, month: Month, view: str) -> list[tuple[str, str]]:
    """The month before and the one after, as far as the calendar of the product goes, with their pages."""
    beside = [Month.of(month.first - _DAY)] if month > _FIRST else []
    beside += [month.next] if month < _LAST else []
    return [(each.title, address(view, code=unit.code, month=each)) for each in beside]


def measures_address(unit: Unit, month: Month) -> str:
    """The page of the measures of a unit in a month."""
    return address("measures.measures", code=unit.code, month=month)


def definitions_address(unit: Unit, month: Month) -> str:
    """The abstraction of a unit in a month under every definition."""
    return address("measures.definitions", code=unit.code, month=month)
