"""What the screens of the library share: their declared routes, their addresses, and what they read first."""

from flask import url_for

from npt.access.rules import Permission
from npt.documents.models import Document
from npt.documents.queries import document_of, document_read_at
from npt.organisation.models import Unit
from npt.organisation.views import above
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit

pages = Pages("documents")

#: Where the pages about one document stand.
ONE = "/units/<code>/documents/<reference>"


def library_address(code: str) -> str:
    """The library of a unit."""
    return url_for("documents.documents", code=code)


def document_address(document: Document, code: str = "") -> str:
    """The page of a document, as its own unit reads it, or as another does."""
    return url_for("documents.document", code=code or document.matter.unit.code, reference=document.reference)


def read_here(visit: Visit[Unit], reference: str) -> Document:
    """The document if it is read at the unit of the address; else the request ends with "not found"."""
    return visit.found(document_read_at(visit.session, visit.place.path, reference))


def kept_here(visit: Visit[Unit], reference: str) -> Document:
    """The document if it is that of the unit of the address; else the request ends with "not found"."""
    return visit.found(document_of(visit.session, visit.place, reference))


def breadcrumbs(visit: Visit[Unit]) -> list[tuple[str, str]]:
    """The libraries of the units above and of this one, as far as they may be read."""
    links = [
        *above(visit, Permission.SEE_DOCUMENTS, lambda unit: library_address(unit.code)),
        (visit.place.name, library_address(visit.place.code)),
    ]
    return [(f"Documents of {name}", address) for name, address in links]
