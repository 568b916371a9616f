"""The library: documents with their versions, who reads them where, and what is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.attachments.actions import TooMuchTogether, keep_file, receive
from npt.attachments.models import Attachment
from npt.attachments.rules import FileKind, ScanState
from npt.documents import actions
from npt.documents.actions import (
    Facts,
    NotInfected,
    SameFile,
    VersionTaken,
    Withdrawn,
    WithdrawnTooEarly,
    add_version,
    correct_document,
    file_document,
    put_back,
    remove_file,
    withdraw_document,
)
from npt.documents.models import Document, DocumentVersion
from npt.documents.queries import (
    document_of,
    document_read_at,
    documents_read_at,
    infected_of,
    reviews_due,
)
from npt.documents.rules import MOST_BYTES, DocumentKind
from npt.kit.stamps import Stamp
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.store.constraints import refusing
from npt.store.versions import StaleRecord
from tests import make

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 16)
FACTS = Facts(
    "Engagement plan", DocumentKind.PLAN, "Whom we meet.", TODAY, None, None, None, reaches_down=False
)


@pytest.fixture
def force(session: Session) -> Unit:
    return make.force(session, code="F")


@pytest.fixture
def bcu(session: Session, force: Unit) -> Unit:
    return make.bcu(session, code="B", under=force)


@pytest.fixture
def team(session: Session, bcu: Unit) -> Unit:
    return make.team(session, code="T", under=make.area(session, code="A", under=bcu))


@pytest.fixture
def stamp(session: Session, team: Unit) -> Stamp:
    return Stamp(make.account(session, role=Role.SERGEANT, unit=team).id, NOW)


def filed(session: Session, stamp: Stamp, unit: Unit, text: str = "one", facts: Facts = FACTS) -> Document:
    document = file_document(
        session, stamp=stamp, unit=unit, facts=facts, file=receive("plan.txt", text.encode(), scanner=None)
    )
    found = document_of(session, unit, document.reference)
    assert found is not None
    return found


def add(
    session: Session, stamp: Stamp, document: Document, text: str, seen: int | None = None
) -> DocumentVersion:
    return add_version(
        session,
        document,
        stamp=stamp,
        expected_version=document.version if seen is None else seen,
        changes="The figures.",
        file=receive("plan.txt", text.encode(), scanner=None),
    )


def test_a_document_is_a_matter_of_its_unit(session: Session, stamp: Stamp, team: Unit) -> None:
    document = filed(session, stamp, team)
    matter = session.scalars(select(Matter)).one()
    assert (matter.title, matter.unit_id, matter.opened_on) == ("Engagement plan", team.id, TODAY)
    assert document.reference == f"DOC-{matter.id}"


def test_a_new_version_is_the_document_and_the_old_ones_stay(
    session: Session, stamp: Stamp, team: Unit
) -> None:
    document = filed(session, stamp, team)
    before = document.version
    add(session, stamp, document, "two, and longer")
    assert document.version > before
    assert [(each.number, each.changes) for each in document.versions] == [(1, None), (2, "The figures.")]
    (line,) = documents_read_at(session, team.path)
    assert (line.number, line.size, line.file_kind, line.scan) == (
        2,
        15,
        FileKind.TEXT,
        ScanState.NOT_SCANNED,
    )


def test_somebody_who_saw_another_version_adds_none(session: Session, stamp: Stamp, team: Unit) -> None:
    document = filed(session, stamp, team)
    seen = document.version
    add(session, stamp, document, "two")
    with pytest.raises(StaleRecord):
        add(session, stamp, document, "three", seen)


def test_two_versions_of_one_number_cannot_be(session: Session, stamp: Stamp, team: Unit) -> None:
    document = filed(session, stamp, team)
    add(session, stamp, document, "two")
    file = receive("plan.txt", b"theirs", scanner=None)
    theirs = keep_file(session, stamp=stamp, file=file, held=0, most=MOST_BYTES).id
    with pytest.raises(VersionTaken, match="just added a version"), refusing(session):
        session.add(
            DocumentVersion(document_id=document.id, number=2, attachment_id=theirs, changes="The same.")
        )


@pytest.mark.parametrize("title", ["Another title"])
def test_the_same_file_is_added_once(
    session: Session, stamp: Stamp, team: Unit, bcu: Unit, title: str
) -> None:
    document = filed(session, stamp, team)
    with pytest.raises(SameFile, match="as “Engagement plan”: open that document"):
        filed(session, stamp, team, facts=replace(FACTS, title=title))
    with pytest.raises(SameFile, match="the same file as version 1, added on 16 November 2026"):
        add(session, stamp, document, "one")
    filed(session, stamp, bcu)  # another unit has its own library
    add(session, stamp, document, "two")
    assert add(session, stamp, document, "one").number == 3  # back to what it was


def test_a_document_has_a_limit_with_all_its_versions(
    session: Session, stamp: Stamp, team: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = filed(session, stamp, team, "12345")
    monkeypatch.setattr(actions, "MOST_BYTES", 9)
    with pytest.raises(TooMuchTogether):
        add(session, stamp, document, "67890")


def test_what_is_said_of_a_document_is_corrected(session: Session, stamp: Stamp, team: Unit) -> None:
    document = filed(session, stamp, team)
    facts = replace(FACTS, title="Engagement strategy", kind=DocumentKind.STRATEGY, review_on=TODAY)
    correct_document(session, document, now=NOW, expected_version=document.version, facts=facts)
    (line,) = documents_read_at(session, team.path)
    assert (line.title, line.kind, line.is_due(TODAY)) == ("Engagement strategy", DocumentKind.STRATEGY, True)
    with pytest.raises(StaleRecord):
        correct_document(session, document, now=NOW, expected_version=1, facts=facts)


def test_a_document_that_is_withdrawn_can_be_read_and_put_back(
    session: Session, stamp: Stamp, team: Unit
) -> None:
    document = filed(session, stamp, team, facts=replace(FACTS, review_on=TODAY))
    assert reviews_due(session, team.path, TODAY) == 1
    seen, later = document.version, NOW + timedelta(days=2)
    withdraw_document(session, document, now=later, expected_version=seen, last_on=TODAY, why="Replaced.")
    (line,) = documents_read_at(session, team.path)
    assert (line.withdrawn_on, line.is_due(TODAY)) == (TODAY, False)
    assert reviews_due(session, team.path, TODAY) == 0
    with pytest.raises(Withdrawn), session.begin_nested():
        add(session, stamp, document, "two")
    with pytest.raises(Withdrawn), session.begin_nested():
        withdraw_document(
            session, document, now=later, expected_version=document.version, last_on=TODAY, why="Again."
        )
    put_back(session, document, now=later, expected_version=document.version)
    assert documents_read_at(session, team.path)[0].withdrawn_on is None


@pytest.mark.parametrize("days", [-1, 1])
def test_a_document_leaves_on_a_day_from_its_filing_to_today(
    session: Session, stamp: Stamp, team: Unit, days: int
) -> None:
    document = filed(session, stamp, team)
    with pytest.raises(WithdrawnTooEarly, match="from 16 November 2026, when it was filed, to today"):
        withdraw_document(
            session,
            document,
            now=NOW,
            expected_version=document.version,
            last_on=TODAY + timedelta(days=days),
            why="A slip.",
        )


def test_a_document_is_read_above_its_unit_and_below_it_only_where_it_is_meant_to_be(
    session: Session, stamp: Stamp, force: Unit, bcu: Unit, team: Unit
) -> None:
    own = filed(session, stamp, bcu, "own", replace(FACTS, title="Own"))
    for_all = filed(session, stamp, bcu, "all", replace(FACTS, title="For all", reaches_down=True))
    of_team = filed(session, stamp, team, "team", replace(FACTS, title="Of the team"))
    elsewhere = make.team(session, under=make.area(session, under=make.bcu(session, under=force)))

    def read_at(path: str) -> set[str]:
        return {line.title for line in documents_read_at(session, path)}

    assert read_at(bcu.path) == {"Own", "For all", "Of the team"}
    assert read_at(team.path) == {"For all", "Of the team"}
    assert read_at(elsewhere.path) == set()
    assert document_read_at(session, team.path, own.reference) is None
    assert document_read_at(session, team.path, for_all.reference) is not None
    assert document_of(session, team, for_all.reference) is None
    assert document_of(session, bcu, of_team.reference) is None


def test_an_infected_file_is_told_to_whoever_added_it_until_it_is_removed(
    session: Session, stamp: Stamp, team: Unit
) -> None:
    document = filed(session, stamp, team)
    version = document.versions[0]
    with pytest.raises(NotInfected):
        remove_file(session, document, version, now=NOW, expected_version=document.version)
    session.get_one(Attachment, version.attachment_id).scan = ScanState.INFECTED
    session.flush()
    assert infected_of(session, stamp.account_id) == [(document.reference, team.path, "Engagement plan")]
    remove_file(session, document, version, now=NOW, expected_version=document.version)
    session.flush()
    assert infected_of(session, stamp.account_id) == []
