"""Two people who add a version of a document at the same moment: both are not the next one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.attachments.actions import receive
from npt.attachments.models import Attachment
from npt.documents.actions import Facts, add_version, file_document
from npt.documents.models import DocumentVersion
from npt.documents.queries import document_of
from npt.documents.rules import DocumentKind
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.queries import unit_at
from npt.store.transaction import engine_at, writing
from npt.store.versions import StaleRecord
from tests import make

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)


@pytest.fixture
def engine(app: Flask, database_url: str) -> Iterator[Engine]:
    """An engine on which each of them has a session of their own."""
    engine = engine_at(database_url)
    yield engine
    engine.dispose()


def test_of_two_who_add_a_version_at_once_one_is_told_and_keeps_nothing(engine: Engine) -> None:
    facts = Facts(
        "Plan", DocumentKind.PLAN, "What it is.", date(2026, 11, 2), None, None, None, reaches_down=False
    )
    with Session(engine) as session, writing(session):
        team = make.team(session, code="T1")
        stamp = Stamp(make.account(session, role=Role.SERGEANT, unit=team).id, NOW)
        file = receive("plan.txt", b"first", scanner=None)
        document = file_document(session, stamp=stamp, unit=team, facts=facts, file=file)
        reference, seen = document.reference, document.version
    ready = Barrier(2)

    def press(content: bytes) -> Refusal | None:
        file = receive("plan.txt", content, scanner=None)
        with Session(engine) as session:
            ready.wait()
            try:
                with writing(session):
                    unit = unit_at(session, "T1")
                    assert unit is not None
                    found = document_of(session, unit, reference)
                    assert found is not None
                    add_version(session, found, stamp=stamp, expected_version=seen, changes="New.", file=file)
            except Refusal as refusal:
                return refusal
        return None

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(press, (b"second", b"third")))
    assert sorted(map(type, answers), key=str) == [type(None), StaleRecord]
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(DocumentVersion)) == 2
        assert session.scalar(select(func.count()).select_from(Attachment)) == 2
