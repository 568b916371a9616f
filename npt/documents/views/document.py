"""One document: what is said of it, and every version that it had, to be downloaded."""

from flask import url_for

from npt.access.rules import Permission
from npt.attachments.views import download
from npt.attachments.wording import TONES, advice, file_in_words
from npt.documents.models import DocumentVersion
from npt.documents.views.door import ONE, breadcrumbs, document_address, pages, read_here
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
    unit, code = found.matter.unit, visit.place.code
    may_keep = visit.may(Permission.FILE_DOCUMENTS, unit.path)

    def file_href(version: DocumentVersion) -> str:
        return url_for("documents.file", code=code, reference=reference, revision=version.number)

    return visit.render(
        document=found,
        versions=found.versions[::-1],
        may_keep=may_keep and unit.id == visit.place.id,
        own_href=document_address(found) if may_keep and unit.id != visit.place.id else "",
        is_due=found.withdrawn_on is None and found.review_on is not None and found.review_on <= visit.today,
        file_href=file_href,
        file_in_words=file_in_words,
        tones=TONES,
        advice=advice,
        share_href=url_for("partners.shares", reference=reference)
        if visit.may(Permission.SHARE, unit.path)
        else "",
        form=EditForm[object](formdata=None, version=str(found.version)),
        above=breadcrumbs(visit),
        work=work_of(visit, found.matter),
    )


@pages.read(f"{ONE}/versions/<{KEY}:revision>", needs=Permission.SEE_DOCUMENTS, within="code")
def file(visit: Visit[Unit], reference: str, revision: int) -> Answer:
    """The file of a version."""
    found = read_here(visit, reference)
    version = visit.found(next((each for each in found.versions if each.number == revision), None))
    return download(visit, version.attachment, f"{found.reference} version {revision}")
