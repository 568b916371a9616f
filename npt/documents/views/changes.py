"""Filing a document, and what is changed of one: what is said of it, its versions, whether it stands."""

from collections.abc import Callable

from flask import redirect

from npt.access.rules import Permission
from npt.attachments.rules import LARGEST
from npt.attachments.wording import kept_in_words
from npt.documents.actions import (
    WITHDRAWN,
    add_version,
    correct_document,
    file_document,
    hand_over_document,
    put_back,
    remove_file,
    withdraw_document,
)
from npt.documents.forms import (
    CorrectDocumentForm,
    HandOverForm,
    NewDocumentForm,
    NewVersionForm,
    WithdrawForm,
)
from npt.documents.models import Document, DocumentVersion
from npt.documents.views.door import ONE, breadcrumbs, document_address, kept_here, library_address, pages
from npt.organisation.actions import UnknownUnit
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.organisation.rules import CODE_LENGTH
from npt.partners.queries import shares_of
from npt.webkit.converters import KEY
from npt.webkit.form_flow import button, correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, say_next


@pages.form(
    "/units/<code>/documents/new", needs=Permission.FILE_DOCUMENTS, within="code", largest_file=LARGEST
)
def new_document(visit: Visit[Unit]) -> Answer:
    """Put a document into the library."""
    form = NewDocumentForm()
    return form_page(
        visit,
        form,
        act=lambda: file_document(
            visit.session, stamp=visit.stamp, unit=visit.place, facts=form.facts(), file=form.file.value
        ),
        saved=lambda made: visit.saved(
            document_address(made),
            f"“{made.title}” is in the library as {made.reference}.{kept_in_words(form.file.value)}",
        ),
        back_href=library_address(visit.place.code),
        page=lambda: {"above": breadcrumbs(visit)},
    )


@pages.form(f"{ONE}/correct", needs=Permission.FILE_DOCUMENTS, within="code")
def correct(visit: Visit[Unit], reference: str) -> Answer:
    """Change what is said of a document."""
    return correction_page(
        visit,
        CorrectDocumentForm,
        lambda: kept_here(visit, reference),
        act=lambda found, form: correct_document(
            visit.session, found, now=visit.now, expected_version=form.shown_version, facts=form.value()
        ),
        saved="The document is saved.",
        page=lambda _: {"above": breadcrumbs(visit)},
        back_href=_address(visit, reference),
    )


@pages.form(f"{ONE}/new-version", needs=Permission.FILE_DOCUMENTS, within="code", largest_file=LARGEST)
def new_version(visit: Visit[Unit], reference: str) -> Answer:
    """Add a version of a document."""
    found = kept_here(visit, reference)
    if found.withdrawn_on is not None and not visit.is_sent:
        say_next(WITHDRAWN, "refused")
        return redirect(_address(visit, reference))
    form = NewVersionForm.of(found)
    return form_page(
        visit,
        form,
        act=lambda: _add(visit, found, form),
        saved=lambda made: f"Version {made.number} is added.{kept_in_words(form.received)}",
        back_href=_address(visit, reference),
        page=lambda: {"document": kept_here(visit, reference), "above": breadcrumbs(visit)},
    )


def _add(visit: Visit[Unit], document: Document, form: NewVersionForm) -> DocumentVersion:
    return add_version(
        visit.session,
        document,
        stamp=visit.stamp,
        expected_version=form.shown_version,
        changes=form.changes.value,
        file=form.received,
    )


@pages.form(f"{ONE}/withdraw", needs=Permission.FILE_DOCUMENTS, within="code")
def withdraw(visit: Visit[Unit], reference: str) -> Answer:
    """Take a document out of the library."""
    return correction_page(
        visit,
        WithdrawForm,
        lambda: kept_here(visit, reference),
        act=lambda found, form: withdraw_document(visit.session, found, now=visit.now, **form.value()),
        saved="The document is withdrawn. It can still be read.",
        page=lambda found: {"above": breadcrumbs(visit), "shared_with": _shared_with(visit, found)},
        back_href=_address(visit, reference),
    )


def _shared_with(visit: Visit[Unit], document: Document) -> list[str]:
    """The agencies that see the document now, in order."""
    shares = (each for each in shares_of(visit.session, document.matter) if each.opens_at(visit.now))
    return sorted({each.agency.name for each in shares if each.agency is not None})


@pages.form(f"{ONE}/hand-over", needs=Permission.FILE_DOCUMENTS, within="code")
def hand_over(visit: Visit[Unit], reference: str) -> Answer:
    """Give a document to another unit."""
    return correction_page(
        visit,
        HandOverForm,
        lambda: kept_here(visit, reference),
        act=lambda found, form: hand_over_document(
            visit.session,
            found,
            unit=_taking_over(visit, form.unit.value),
            stamp=visit.stamp,
            expected_version=form.shown_version,
        ),
        saved="The document is handed over.",
        page=lambda found: {"above": breadcrumbs(visit), "document_href": document_address(found)},
        back_href=library_address(visit.place.code),
    )


def _taking_over(visit: Visit[Unit], code: str) -> Unit:
    """The unit of the code, if the person may add to its library. UnknownUnit."""
    unit = unit_at(visit.session, code)
    if unit is None or not visit.may(Permission.FILE_DOCUMENTS, unit.path):
        raise UnknownUnit(
            f"You cannot hand it over to {code[:CODE_LENGTH]}: enter the code of a unit to whose library you"
            " can add.",
            field="unit",
        )
    return unit


@pages.write(f"{ONE}/put-back", needs=Permission.FILE_DOCUMENTS, within="code")
def back(visit: Visit[Unit], reference: str) -> Answer:
    """Put a withdrawn document back into the library."""

    def act(found: Document) -> None:
        put_back(visit.session, found, now=visit.now, expected_version=visit.sent_version)

    return _pressed(visit, reference, act, "The document is in the library again.")


@pages.write(f"{ONE}/versions/<{KEY}:revision>/remove", needs=Permission.FILE_DOCUMENTS, within="code")
def remove(visit: Visit[Unit], reference: str, revision: int) -> Answer:
    """Remove an infected file."""

    def act(found: Document) -> None:
        version = visit.found(next((each for each in found.versions if each.number == revision), None))
        remove_file(visit.session, found, version, now=visit.now, expected_version=visit.sent_version)

    return _pressed(visit, reference, act, "The infected file is removed.")


def _pressed(visit: Visit[Unit], reference: str, act: Callable[[Document], None], saved: str) -> Answer:
    found = kept_here(visit, reference)
    return button(visit, act=lambda: act(found), saved=saved, back_href=document_address(found))


def _address(visit: Visit[Unit], reference: str) -> str:
    return document_address(kept_here(visit, reference))
