"""Questions about the library: what a unit reads, one document of it, and where a file stands already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from npt.attachments.models import Attachment
from npt.attachments.rules import FileKind, ScanState
from npt.documents.models import Document, DocumentVersion
from npt.documents.rules import DocumentKind, review_is_due
from npt.matters.models import Matter
from npt.matters.rules import references_meant
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Lineage


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in a list, with its newest version."""

    reference: str
    title: str
    kind: DocumentKind
    about: str
    unit_code: str
    unit_name: str
    dated_on: date
    valid_to: date | None
    review_on: date | None
    withdrawn_on: date | None
    number: int
    file_kind: FileKind
    size: int
    scan: ScanState

    def is_due(self, today: date) -> bool:
        """Whether its review is due."""
        return review_is_due(self.review_on, self.withdrawn_on, today)


def documents_read_at(session: Session, path: str) -> list[DocumentLine]:
    """What is read in the library of the unit at `path`: latest day first, withdrawn ones last.

    The documents of the unit and of those under it, and those from above that are meant for it. One
    statement.
    """
    newest = (
        select(func.max(DocumentVersion.number))
        .where(DocumentVersion.document_id == Document.id)
        .correlate(Document)
        .scalar_subquery()
    )
    asked = (
        select(
            Matter.reference,
            Matter.title,
            Document.kind,
            Document.about,
            Unit.code,
            Unit.name,
            Document.dated_on,
            Document.valid_to,
            Document.review_on,
            Matter.closed_on,
            DocumentVersion.number,
            Attachment.kind,
            Attachment.size,
            Attachment.scan,
        )
        .select_from(Document)
        .join(Document.matter)
        .join(Matter.unit)
        .join(
            DocumentVersion,
            and_(DocumentVersion.document_id == Document.id, DocumentVersion.number == newest),
        )
        .join(DocumentVersion.attachment)
        .where(_is_read_at(path))
        .order_by(Matter.closed_on.is_not(None), Document.dated_on.desc(), Document.id.desc())
    )
    return [DocumentLine(*tuple(row)) for row in session.execute(asked)]


def document_read_at(session: Session, path: str, reference: str) -> Document | None:
    """The document of this reference, as it is read at the unit at `path`; None where it is not.

    Its matter and unit are loaded, its versions with their files and who added them. Two statements.
    """
    return _loaded(session, _is_meant(reference), _is_read_at(path))


def document_of(session: Session, unit: Unit, reference: str) -> Document | None:
    """The document of this reference if it is the unit's own; loaded as above."""
    return _loaded(session, _is_meant(reference), Matter.unit_id == unit.id)


def load_again(session: Session, document: Document) -> None:
    """Load the document as it is now, with its versions and their files. Two statements."""
    _loaded(session, Document.id == document.id)


def same_file(session: Session, unit: Unit, sha256: str) -> str | None:
    """The title of the document of the unit that has this file and is not withdrawn; None where none has."""
    return session.scalar(
        select(Matter.title)
        .join(Document, Document.matter_id == Matter.id)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .join(DocumentVersion.attachment)
        .where(Matter.unit_id == unit.id, Matter.closed_on.is_(None), Attachment.sha256 == sha256)
        .order_by(Matter.id)
        .limit(1)
    )


def reviews_due(session: Session, path: str, today: date) -> int:
    """How many documents of the unit at `path` and of those under it are due for review. One statement."""
    asked = (
        select(func.count(Document.id))
        .join(Document.matter)
        .join(Matter.unit)
        .where(within(path), Matter.closed_on.is_(None), Document.review_on <= today)
    )
    return session.scalar(asked) or 0


def infected_of(session: Session, account_id: int) -> list[tuple[str, str, str]]:
    """The documents to which the account added a file that is infected and not removed: reference, path of
    the unit, title. One statement.
    """
    asked = (
        select(Matter.reference, Unit.path, Matter.title)
        .join(Matter.unit)
        .join(Document, Document.matter_id == Matter.id)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .join(DocumentVersion.attachment)
        .where(
            Attachment.added_by == account_id,
            Attachment.scan == ScanState.INFECTED,
            Attachment.removed_at.is_(None),
        )
        .order_by(Matter.reference)
        .distinct()
    )
    return [(reference, path, title) for reference, path, title in session.execute(asked)]


def _loaded(session: Session, *conditions: ColumnElement[bool]) -> Document | None:
    asked = (
        select(Document)
        .join(Document.matter)
        .join(Matter.unit)
        .options(
            contains_eager(Document.matter).contains_eager(Matter.unit),
            selectinload(Document.versions)
            .joinedload(DocumentVersion.attachment)
            .options(joinedload(Attachment.adder)),
        )
        .where(*conditions)
    )
    return session.scalar(asked.execution_options(populate_existing=True))


def _is_meant(reference: str) -> ColumnElement[bool]:
    """The condition that a document, joined with its matter, is meant by a reference as people type it."""
    return Matter.reference.in_(references_meant(reference))


def _is_read_at(path: str) -> ColumnElement[bool]:
    """The condition that a document, joined with its unit, is read at the unit at `path`."""
    above: Sequence[str] = Lineage.parse(path).codes[:-1]
    return or_(within(path), and_(Document.reaches_down, Unit.code.in_(above)))
