"""Documents of the furnished world: one with two versions, the later infected, and one withdrawn."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from npt.attachments.actions import note_verdict, receive
from npt.attachments.rules import ScanState, Verdict
from npt.documents.actions import Facts, add_version, file_document, withdraw_document
from npt.documents.queries import document_of
from npt.documents.rules import DocumentKind
from npt.kit.stamps import Stamp
from npt.matters.models import Matter
from npt.organisation.models import Unit


def file_documents(
    session: Session, unit: Unit, *, by: int, now: datetime, today: date, count: int
) -> list[Matter]:
    """Documents of a unit, `count` of each sort; the matters of those that hold still."""
    stamp, whole = (
        Stamp(by, now),
        Facts(
            title=f"Engagement strategy of {unit.name}",
            kind=DocumentKind.STRATEGY,
            about="How teams listen, and to whom.",
            dated_on=today - timedelta(days=400),
            valid_from=today - timedelta(days=390),
            valid_to=today + timedelta(days=300),
            review_on=today - timedelta(days=3),
            reaches_down=True,
        ),
    )
    made: list[Matter] = []
    for number in range(count):
        document = file_document(
            session,
            stamp=stamp,
            unit=unit,
            facts=replace(whole, title=f"{whole.title} {number}"),
            file=receive("strategy.txt", f"{unit.code} {number}".encode(), scanner=None),
        )
        found = document_of(session, unit, document.reference)
        assert found is not None
        add_version(
            session,
            found,
            stamp=stamp,
            expected_version=found.version,
            changes="The figures of the survey are in.",
            file=receive("strategy.csv", f"{unit.code},{number}".encode(), scanner=None),
        )
        note_verdict(
            session, found.versions[1].attachment_id, Verdict(ScanState.INFECTED, "Test-Sign"), now=now
        )
        gone = file_document(
            session,
            stamp=stamp,
            unit=unit,
            facts=Facts(
                "Old plan", DocumentKind.PLAN, "Replaced.", today, None, None, None, reaches_down=False
            ),
            file=receive("plan.txt", f"plan {unit.code} {number}".encode(), scanner=None),
        )
        withdraw_document(
            session, gone, now=now, expected_version=gone.version, last_on=today, why="Replaced."
        )
        made.append(found.matter)
    session.flush()
    return made
