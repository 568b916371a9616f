"""What all pages of partners share: where they are declared, and how agencies and matters are found."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from flask import url_for

from npt.access.rules import Permission
from npt.matters.models import Matter
from npt.partners import queries
from npt.partners.models import Agency
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit, not_found

pages = Pages("partners")

#: Where the pages about one agency, one group, and the shares of one matter stand.
AGENCY = "/agencies/<agency>"
GROUP = "/agency-groups/<group>"
MATTER = "/matters/<reference>"


def agency_at(visit: Visit[None], code: str) -> Agency:
    """The agency of the address; the request ends with "not found" when there is none."""
    return visit.found(queries.agency_coded(visit.session, code))


def agency_address(agency: Agency) -> str:
    """The page of an agency."""
    return url_for("partners.agency", agency=agency.code)


def agency_trail(agency: Agency | None = None) -> list[tuple[str, str]]:
    """The way back from a page: the list of agencies, and the agency."""
    trail = [("Agencies", url_for("partners.agencies"))]
    return trail if agency is None else [*trail, (agency.name, agency_address(agency))]


class _OfMatter(Protocol):
    """A record of a matter."""

    @property
    def matter(self) -> Matter:
        """What it is of."""
        ...


OfMatter = TypeVar("OfMatter", bound=_OfMatter)


def may_see(visit: Visit[None] | Visit[Matter], matter: Matter) -> bool:
    """Whether the person may see a matter of this kind at its unit, shared or not."""
    return visit.may(matter.kind.needs, matter.path)


def seen_of(visit: Visit[None], records: Iterable[OfMatter]) -> list[OfMatter]:
    """The records of those matters that the person may see."""
    return [each for each in records if may_see(visit, each.matter)]


def check_seen(visit: Visit[Matter]) -> None:
    """End the request with "not found" for whoever may share at the unit but not see this kind of record."""
    if not may_see(visit, visit.place):
        not_found()


def managed_paths(visit: Visit[None]) -> tuple[str, ...]:
    """Where the person manages partners: the accounts there may be named to them."""
    return visit.person.reach(Permission.MANAGE_PARTNERS)
