"""Documents of the furnished world: one with two versions, the later infected, and one withdrawn."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from npt.attachments.actions import judge, receive
from npt.attachments.rules import ScanState, Verdict
from npt.documents.actions import Facts, add_version, file_document, withdraw_document
from npt.documents.models import Document
from npt.documents.queries import document_of
from npt.documents.rules import DocumentKind
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit


class Filed(NamedTuple):
    """What addresses name."""

    reference: str
    #: a document that was withdrawn
    withdrawn: str


def file_documents(session: Session, bcu: Unit, *, by: int, now: datetime, today: date, count: int) -> Filed:
    """Documents of a BCU, `count` of each sort."""
    stamp, whole = (
        Stamp(by, now),
        Facts(
            title=f"Engagement strategy of {bcu.name}",
            kind=DocumentKind.STRATEGY,
            about="How teams listen, and to whom.",
            dated_on=today - timedelta(days=400),
            valid_from=today - timedelta(days=390),
            valid_to=today + timedelta(days=300),
            review_on=today - timedelta(days=3),
            reaches_down=True,
        ),
    )
    made: list[Document] = []
    for number in range(count):
        document = file_document(
            session,
            stamp=stamp,
            unit=bcu,
            facts=replace(whole, title=f"{whole.title} {number}"),
            file=receive("strategy.txt", f"{bcu.code} {number}".encode(), scanner=None),
        )
        found = document_of(session, bcu, document.reference)
        assert found is not None
        add_version(
            session,
            found,
            stamp=stamp,
            expected_version=found.version,
            changes="The figures of the survey are in.",
            file=receive("strategy.csv", f"{bcu.code},{number}".encode(), scanner=None),
        )
        judge(found.versions[1].attachment, Verdict(ScanState.INFECTED, "Test-Sign"), now=now)
        gone = file_document(
            session,
            stamp=stamp,
            unit=bcu,
            facts=Facts(
                "Old plan", DocumentKind.PLAN, "Replaced.", today, None, None, None, reaches_down=False
            ),
            file=receive("plan.txt", f"plan {bcu.code} {number}".encode(), scanner=None),
        )
        withdraw_document(
            session, gone, now=now, expected_version=gone.version, last_on=today, why="Replaced."
        )
        made += [document, gone]
    session.flush()
    return Filed(made[0].reference, made[1].reference)
