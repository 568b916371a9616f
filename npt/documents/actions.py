"""What is done with documents: filed, corrected, given a new version, withdrawn and put back."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from npt.attachments.actions import Received, keep_file, remove_bytes
from npt.attachments.queries import bytes_of
from npt.attachments.rules import ScanState
from npt.documents.models import Document, DocumentVersion
from npt.documents.queries import load_again, same_file
from npt.documents.rules import MOST_BYTES, DocumentKind, check_document, check_sentence
from npt.kit.clock import day_in_words, local_day
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.matters.actions import hand_over, open_matter
from npt.matters.rules import MatterKind
from npt.organisation.models import Unit
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version


class SameFile(Refusal):
    """A file was to be added that stands in the library already."""


class Withdrawn(Refusal):
    """A document that was withdrawn was to be given another version, or to be withdrawn again."""


WITHDRAWN = "The document is withdrawn: put it back into the library before you add a version."


class WithdrawnTooEarly(Refusal):
    """A document was to be withdrawn before it came into the library, or in the future."""


class NotTakenOver(Refusal):
    """A document was to be handed over to the unit that has it, or to one that is closed."""


class NotInfected(Refusal):
    """The file of a version was to be removed in which a scanner found nothing."""


class VersionTaken(Refusal):
    """Two people added a version at the very same time."""


name_violation(
    "uq_document_version_document_id_number",
    lambda: VersionTaken("Somebody else has just added a version: look at theirs, then add yours again."),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a document beside its file; see the columns of `Document`."""

    title: str
    kind: DocumentKind
    about: str
    dated_on: date
    valid_from: date | None
    valid_to: date | None
    review_on: date | None
    reaches_down: bool

    def check(self) -> None:
        """Refuse what cannot be: see `check_document`."""
        check_document(
            self.title,
            self.about,
            dated_on=self.dated_on,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            review_on=self.review_on,
        )


def file_document(session: Session, *, stamp: Stamp, unit: Unit, facts: Facts, file: Received) -> Document:
    """Put a document of `unit` into the library, with its first version.

    As `check_document` refuses; SameFile, where a document of the unit has this very file.
    """
    facts.check()
    title = same_file(session, unit, file.sha256)
    if title is not None:
        raise SameFile(
            f"This very file is in the library of {unit.name} already, as “{title}”: open that document and"
            " correct it, or choose another file.",
            field="file",
        )
    matter = open_matter(
        session, kind=MatterKind.DOCUMENT, title=facts.title, unit=unit, opened_on=local_day(stamp.now)
    )
    document = Document(matter=matter, changed_at=stamp.now, versions=[])
    _say(document, facts)
    with refusing(session):
        session.add(document)
    _add(session, document, stamp, file, changes=None)
    return document


def correct_document(
    session: Session, document: Document, *, now: datetime, expected_version: int, facts: Facts
) -> None:
    """Change what is said of a document. StaleRecord; else as `file_document` refuses."""
    _hold(session, document, now, expected_version)
    facts.check()
    document.matter.title = facts.title
    _say(document, facts)
    with refusing(session):
        session.flush()


def add_version(
    session: Session,
    document: Document,
    *,
    stamp: Stamp,
    expected_version: int,
    changes: str,
    file: Received,
) -> DocumentVersion:
    """Add a version, which is the document from now on.

    StaleRecord, Withdrawn, SameFile, AboutTooLong, TooMuchTogether.
    """
    _hold(session, document, stamp.now, expected_version)
    if document.withdrawn_on is not None:
        raise Withdrawn(WITHDRAWN)
    check_sentence(changes, "changes")
    newest = document.versions[-1].attachment
    if newest.sha256 == file.sha256:
        raise SameFile(
            f"This is the same file as version {document.versions[-1].number}, added on"
            f" {day_in_words(local_day(newest.added_at))}: choose the new one.",
            field="file",
        )
    return _add(session, document, stamp, file, changes=changes)


def withdraw_document(
    session: Session, document: Document, *, now: datetime, expected_version: int, last_on: date, why: str
) -> None:
    """Take a document out of the library; it can still be read. StaleRecord, Withdrawn, WithdrawnTooEarly."""
    _hold(session, document, now, expected_version)
    if document.withdrawn_on is not None:
        raise Withdrawn(f"It was withdrawn on {day_in_words(document.withdrawn_on)}: there is nothing to do.")
    check_sentence(why, "why")
    if not document.matter.opened_on <= last_on <= local_day(now):
        raise WithdrawnTooEarly(
            f"Give a day from {day_in_words(document.matter.opened_on)}, when it was filed, to today.",
            field="last_on",
        )
    document.matter.closed_on, document.withdrawn_why = last_on, why
    with refusing(session):
        session.flush()


def put_back(session: Session, document: Document, *, now: datetime, expected_version: int) -> None:
    """Put a withdrawn document back into the library. StaleRecord."""
    _hold(session, document, now, expected_version)
    document.matter.closed_on, document.withdrawn_why = None, None
    with refusing(session):
        session.flush()


def hand_over_document(
    session: Session, document: Document, *, unit: Unit, stamp: Stamp, expected_version: int
) -> None:
    """Give a document to another unit, with its actions and clocks; its shares are to be confirmed there.

    StaleRecord, NotTakenOver.
    """
    _hold(session, document, stamp.now, expected_version)
    if unit.id == document.matter.unit_id or not unit.stands_on(local_day(stamp.now)):
        why = "has it already" if unit.id == document.matter.unit_id else "is not open today"
        raise NotTakenOver(f"{unit.name} {why}: enter the code of another unit.", field="unit")
    hand_over(session, document.matter, unit=unit, stamp=stamp)


def remove_file(
    session: Session,
    document: Document,
    version: DocumentVersion,
    *,
    now: datetime,
    expected_version: int,
) -> None:
    """Remove what the infected file of a version holds; the version stays. StaleRecord, NotInfected."""
    _hold(session, document, now, expected_version)
    if version.attachment.scan is not ScanState.INFECTED:
        raise NotInfected(
            "The virus scanner found nothing in this file: withdraw the document if it is wrong."
        )
    remove_bytes(session, version.attachment, now=now)


def _hold(session: Session, document: Document, now: datetime, expected_version: int) -> None:
    """Hold the document until the transaction ends, as it is now, and give it its next version.

    StaleRecord when somebody changed it after version `expected_version`.
    """
    session.execute(select(Document.id).where(Document.id == document.id).with_for_update())
    load_again(session, document)
    check_version(document, expected_version)
    document.changed_at = now
    # Also where the clock says the same as before: versions and what is said belong to the record.
    flag_modified(document, "changed_at")


def _say(document: Document, facts: Facts) -> None:
    document.kind, document.about = facts.kind, facts.about
    document.dated_on, document.review_on = facts.dated_on, facts.review_on
    document.valid_from, document.valid_to = facts.valid_from, facts.valid_to
    document.reaches_down = facts.reaches_down


def _add(
    session: Session, document: Document, stamp: Stamp, file: Received, *, changes: str | None
) -> DocumentVersion:
    held = bytes_of(session, [each.attachment_id for each in document.versions])
    attachment = keep_file(session, stamp=stamp, file=file, held=held, most=MOST_BYTES)
    version = DocumentVersion(
        document_id=document.id, number=len(document.versions) + 1, attachment=attachment, changes=changes
    )
    with refusing(session):
        document.versions.append(version)
    return version
