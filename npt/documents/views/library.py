"""The library of a unit: what is read there, by kind and words."""

from collections.abc import Sequence
from datetime import date

from flask import url_for

from npt.access.rules import Permission
from npt.attachments.rules import ScanState
from npt.attachments.wording import file_in_words
from npt.documents.forms import ALL, DUE, WITHDRAWN, LibraryForm
from npt.documents.queries import DocumentLine, documents_read_at
from npt.documents.rules import DocumentKind
from npt.documents.views.door import breadcrumbs, pages
from npt.kit.search_words import Sought
from npt.organisation.models import Unit
from npt.webkit.filters import day
from npt.webkit.listing import Column, Columns, Table, part_of
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read("/units/<code>/documents", needs=Permission.SEE_DOCUMENTS, within="code")
def documents(visit: Visit[Unit]) -> Answer:
    """The documents that are read at a unit."""
    form = LibraryForm()
    lines = documents_read_at(visit.session, visit.place.path)
    asked = [line for line in lines if _is_asked(line, form, visit.today)] if form.validate() else []
    return visit.render(
        form=form,
        table=_table(visit, asked),
        has_any=bool(lines),
        may_file=visit.may(Permission.FILE_DOCUMENTS, visit.place.path),
        above=breadcrumbs(visit)[:-1],
    )


def _table(visit: Visit[Unit], lines: Sequence[DocumentLine]) -> Table[DocumentLine]:
    columns, code = _columns(visit), visit.place.code
    return Table(
        "Documents",
        columns,
        part_of(lines, columns, 50),
        href=lambda line: url_for("documents.document", code=code, reference=line.reference),
        noun="documents",
        file=f"documents-{code}",
    )


def _is_asked(line: DocumentLine, form: LibraryForm, today: date) -> bool:
    wanted = form.show.data
    if wanted != ALL and (line.withdrawn_on is not None) != (wanted == WITHDRAWN):
        return False
    if wanted == DUE and not line.is_due(today):
        return False
    if form.kind.data and line.kind is not DocumentKind(form.kind.data):
        return False
    return not form.words.data or Sought(form.words.data).fits(f"{line.title} {line.about} {line.reference}")


def _columns(visit: Visit[Unit]) -> Columns[DocumentLine]:
    def review(line: DocumentLine) -> str:
        return "caution" if line.is_due(visit.today) else ""

    def what(line: DocumentLine) -> str:
        gone = f", withdrawn on {day(line.withdrawn_on)}" if line.withdrawn_on else ""
        return f"{line.kind.wording}{gone}"

    return (
        Column(
            "Document",
            lambda line: line.title,
            holds_words=True,
            below=what,
            is_sortable=True,
            name="title",
        ),
        Column("Dated", lambda line: line.dated_on, is_sortable=True),
        Column("Review on", lambda line: line.review_on, unknown="–", tone=review, is_sortable=True),
        Column("Unit", lambda line: line.unit_name, holds_words=True, in_file=lambda line: line.unit_code),
        Column("Version", lambda line: line.number, is_number=True),
        Column("File", lambda line: file_in_words(line.file_kind, line.size), below=_doubt),
        # In the file only.
        Column("Reference", lambda line: line.reference, is_on_page=False),
        Column("Kind", lambda line: line.kind, is_on_page=False),
        Column("What it is", lambda line: line.about, holds_words=True, is_on_page=False),
        Column("Valid until", lambda line: line.valid_to, is_on_page=False),
        Column("Withdrawn on", lambda line: line.withdrawn_on, is_on_page=False),
    )


def _doubt(line: DocumentLine) -> str:
    """What a list says of a file that is not as any other."""
    return "" if line.scan in (ScanState.CLEAN, ScanState.NOT_SCANNED) else line.scan.wording
