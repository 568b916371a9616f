"""One document: what is said of it, and every version that it had, to be downloaded."""

from flask import url_for

from npt.access.rules import Permission
from npt.attachments.views import download
from npt.attachments.wording import TONES, advice, file_in_words
from npt.documents.models import Document, DocumentVersion
from npt.documents.views.door import ONE, breadcrumbs, document_address, pages, read_here
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.webkit.converters import KEY
from npt.webkit.forms import EditForm
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit
from npt.work.views.matter_part import work_of


@pages.read(ONE, needs=Permission.SEE_DOCUMENTS, within="code")
def document(visit: Visit[Unit], reference: str) -> Answer:
    """A document with its versions, the newest first."""
    found = read_here(visit, reference)
    unit = found.matter.unit
    may_keep, is_own = visit.may(Permission.FILE_DOCUMENTS, unit.path), unit.id == visit.place.id
    return visit.render(
        document=found,
        versions=found.versions[::-1],
        may_keep=may_keep and is_own,
        own_href=document_address(found) if may_keep and not is_own else "",
        is_due=found.is_due(visit.today),
        file_href=lambda version: _file_address(visit, found, version),
        file_in_words=file_in_words,
        tones=TONES,
        advice=advice,
        share_href=_shares_address(visit, found.matter),
        form=EditForm[object](formdata=None, version=str(found.version)),
        above=breadcrumbs(visit),
        work=work_of(visit, found.matter),
    )


def _file_address(visit: Visit[Unit], document: Document, version: DocumentVersion) -> str:
    code, number = visit.place.code, version.number
    return url_for("documents.file", code=code, reference=document.reference, revision=number)


def _shares_address(visit: Visit[Unit], matter: Matter) -> str:
    """Where it is shared with partners, for whoever may."""
    may_share = visit.may(Permission.SHARE, matter.path)
    return url_for("partners.shares", reference=matter.reference) if may_share else ""


@pages.read(f"{ONE}/versions/<{KEY}:revision>", needs=Permission.SEE_DOCUMENTS, within="code")
def file(visit: Visit[Unit], reference: str, revision: int) -> Answer:
    """The file of a version."""
    found = read_here(visit, reference)
    version = visit.found(next((each for each in found.versions if each.number == revision), None))
    return download(visit, version.attachment, f"{found.reference} version {revision}")
