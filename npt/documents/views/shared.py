"""A document by its reference alone: the way in for a partner with whom it is shared.

At each level a partner is shown, ours: that it *exists*: reference, kind and whom to ask; the *summary*: also
title, day and what it is; in *full*: also the newest version that is given out, to download. Of a withdrawn
document no partner is given a file: at each level they are told that it was withdrawn, and when.
"""

from flask import redirect, url_for

from npt.access.rules import Permission, ShareLevel
from npt.attachments.views import download
from npt.attachments.wording import file_in_words
from npt.documents.models import Document, DocumentVersion
from npt.documents.queries import document_of
from npt.documents.views.door import document_address, pages
from npt.matters.models import Matter
from npt.partners.queries import share_seen
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read(
    "/documents/<reference>",
    needs=Permission.SEE_DOCUMENTS,
    within_matter="reference",
    shared=ShareLevel.EXISTS,
)
def referred(visit: Visit[Matter]) -> Answer:
    """The document as it is shared with a partner; whoever reads the library is led to it there."""
    found = _document(visit)
    if visit.level is None:
        return redirect(document_address(found))
    newest = None if found.withdrawn_on else _newest(found)
    return visit.render(
        document=found,
        share=visit.found(share_seen(visit.session, visit.person.agency_id, visit.place, visit.now)),
        has_summary=visit.level.opens(ShareLevel.SUMMARY),
        is_full=visit.level.opens(ShareLevel.FULL),
        newest=newest,
        file_in_words="" if newest is None else file_in_words(newest.attachment.kind, newest.attachment.size),
        file_href=url_for("documents.referred_file", reference=found.reference),
    )


@pages.read(
    "/documents/<reference>/file",
    needs=Permission.SEE_DOCUMENTS,
    within_matter="reference",
    shared=ShareLevel.FULL,
)
def referred_file(visit: Visit[Matter]) -> Answer:
    """The newest version that is given out; of a withdrawn document a partner is told that it is."""
    found = _document(visit)
    if found.withdrawn_on and visit.level is not None:
        return redirect(url_for("documents.referred", reference=found.reference))
    newest = visit.found(_newest(found))
    return download(visit, newest.attachment, f"{found.reference} version {newest.number}")


def _document(visit: Visit[Matter]) -> Document:
    return visit.found(document_of(visit.session, visit.place.unit, visit.place.reference))


def _newest(document: Document) -> DocumentVersion | None:
    """The newest version whose file is given out; None where there is none."""
    return next((each for each in reversed(document.versions) if each.attachment.is_given_out), None)
