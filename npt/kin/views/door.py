"""What the screens of key individuals share: declared routes, whose record it is, and the way back."""

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from typing import Any, cast

from flask import Flask, current_app, url_for
from sqlalchemy.orm import Session

from npt.access.rules import Permission
from npt.kin.models import KeyIndividual
from npt.kin.queries import individual_in
from npt.organisation.models import Unit
from npt.organisation.views import above
from npt.webkit.converters import KEY
from npt.webkit.pages import Pages
from npt.webkit.signed_links import LinkPurpose
from npt.webkit.visit import Visit

pages = Pages("kin")

NETWORK = "/units/<code>/kin"
ONE = f"{NETWORK}/<{KEY}:individual_id>"
#: What the journal calls a page that names the people of a network.
LISTED = "key individuals at unit"
INDIVIDUAL = "key_individual"
#: The link by which somebody sees their own record.
OWN_RECORD = LinkPurpose("the own record of a key individual", lasts=timedelta(days=30))


#: By their references, the units of those records from which encounters come, of the rooms that keep them.
Places = Callable[[Session, Collection[str]], Mapping[str, Unit]]
_CONTACTS = "npt_kin_contacts"


def register(app: Flask, contacts: Places) -> None:
    """Say where the contacts are that an encounter may come from."""
    app.extensions[_CONTACTS] = contacts


def contact_addresses(visit: Visit[Unit], references: Collection[str]) -> dict[str, str]:
    """By their references, the pages of those that are contacts and that the person may see."""
    places = cast(Places, current_app.extensions[_CONTACTS])(visit.session, references)
    return {
        reference: url_for("engagement.contact", code=unit.code, reference=reference)
        for reference, unit in places.items()
        if visit.may(Permission.SEE_PROFILES, unit.path)
    }


def keeps(visit: Visit[Unit]) -> bool:
    """Whether the person sees who the key individuals of the unit are, and keeps their records."""
    return visit.may(Permission.KEEP_KIN, visit.place.path)


def found_individual(visit: Visit[Unit], individual_id: int) -> KeyIndividual | None:
    """The record of this key at the place; the journal is told whose it was."""
    visit.personal_record_id = individual_id
    return individual_in(visit.session, visit.place, individual_id)


def list_address(code: str, **asked: Any) -> str:
    """The list of a unit."""
    return url_for("kin.individuals", code=code, **asked)


def address_of(individual: KeyIndividual) -> str:
    """The page of somebody, whose neighbourhood is loaded."""
    return url_for("kin.individual", code=individual.unit.code, individual_id=individual.id)


def units_above(visit: Visit[Unit]) -> list[tuple[str, str]]:
    """The same page of the units above."""
    return above(visit, Permission.SEE_KIN, lambda unit: url_for(visit.endpoint, code=unit.code))
