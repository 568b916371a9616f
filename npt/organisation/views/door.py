"""What the screens of the structure share: declared routes, and the way to the same page above."""

from collections.abc import Callable, Collection

from npt.access.rules import Permission
from npt.organisation import queries
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit

pages = Pages("organisation")


def units_above(visit: Visit[Unit], needs: Permission) -> list[Unit]:
    """The units above that of the page where the person holds `needs`, the force first."""
    return [unit for unit in queries.ancestors(visit.session, visit.place) if visit.may(needs, unit.path)]


def above(
    visit: Visit[Unit],
    needs: Permission,
    address: Callable[[Unit], str],
    *,
    levels: Collection[Level] = tuple(Level),
) -> list[tuple[str, str]]:
    """The same page of the units above that have it, where the person may see it: names and addresses."""
    return [(unit.name, address(unit)) for unit in units_above(visit, needs) if unit.level in levels]
