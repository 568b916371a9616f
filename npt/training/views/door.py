"""What the pages of training share: where they are declared, addresses, and how a registration is found."""

from flask import url_for

from npt.organisation.models import Unit
from npt.people.views.door import MEMBER, member_at
from npt.training.models import Registration
from npt.training.queries import registration_in
from npt.webkit.converters import KEY
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit

pages = Pages("training")

#: Where the pages about one registration stand.
REGISTRATION = f"{MEMBER}/training/<{KEY}:registration_id>"


def registration_at(visit: Visit[Unit], number: str, registration_id: int) -> Registration:
    """The registration of a member who belongs to the place; "not found" when it is nobody's there."""
    return visit.found(registration_in(visit.session, member_at(visit, number).id, registration_id))


def record_address(visit: Visit[Unit], number: str) -> str:
    """The training record of a member of the place."""
    return url_for("training.record", code=visit.place.code, number=number)
