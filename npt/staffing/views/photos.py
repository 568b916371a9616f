"""The photo of a named contact: shown to whoever sees the neighbourhood, set by whoever names contacts."""

from flask import Response, make_response, url_for

from npt.access.rules import Permission
from npt.attachments.rules import LARGEST
from npt.organisation.models import Unit
from npt.staffing.actions import keep_photo, remove_photo
from npt.staffing.forms import PhotoForm
from npt.staffing.models import Contact
from npt.staffing.queries import contact_in, photo_of, picture_of
from npt.staffing.views.door import pages
from npt.webkit.converters import KEY
from npt.webkit.form_flow import button, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_ONE = f"/units/<code>/contacts/<{KEY}:contact_id>"


@pages.read(f"{_ONE}/photo.jpg", needs=Permission.SEE_UNITS, within="code")
def picture(visit: Visit[Unit], contact_id: int) -> Response:
    """The photo of somebody who is named for the neighbourhood today."""
    contact = _contact(visit, contact_id)
    named = contact if contact.span.covers(visit.today) else None
    found = visit.found(picture_of(visit.session, visit.found(named).member_id))
    response = make_response(found)
    response.headers["Content-Type"] = "image/jpeg"
    return response


@pages.form(f"{_ONE}/photo", needs=Permission.NAME_CONTACTS, within="code", largest_file=LARGEST)
def photo(visit: Visit[Unit], contact_id: int) -> Answer:
    """Choose the photo of a named contact."""
    form, contact = PhotoForm(), _contact(visit, contact_id)
    has_photo = photo_of(visit.session, contact.member_id) is not None
    return form_page(
        visit,
        form,
        act=lambda: keep_photo(visit.session, contact.member, file=form.value(), stamp=visit.stamp),
        saved="The photo is saved.",
        page=lambda: {"contact": _contact(visit, contact_id), "has_photo": has_photo},
        back_href=url_for("overview.unit", code=visit.place.code),
    )


@pages.write(f"{_ONE}/photo/remove", needs=Permission.NAME_CONTACTS, within="code")
def drop_photo(visit: Visit[Unit], contact_id: int) -> Answer:
    """Remove the photo of a named contact."""
    contact = _contact(visit, contact_id)
    return button(
        visit,
        act=lambda: remove_photo(visit.session, contact.member),
        saved="The photo is removed.",
        back_href=url_for("overview.unit", code=visit.place.code),
    )


def _contact(visit: Visit[Unit], contact_id: int) -> Contact:
    return visit.found(contact_in(visit.session, visit.place, contact_id))
