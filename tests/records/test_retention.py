"""The list of erasures, what goes in time, and what an old file brings of who was erased."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from npt.accounts.models import KeptPost
from npt.data_protection.actions import retain
from npt.data_protection.models import Erasure
from npt.data_protection.queries import erased_on
from npt.data_protection.rules import (
    Outcome,
)
from npt.people import exchange as people_files
from npt.people.models import Member, Posting
from npt.sheets.reading import Row
from npt.shifts.models import Away
from npt.store.exchange import ExportOrder, ImportOrder
from npt.store.transaction import begin_writing
from npt.training import exchange as training_files
from tests import make
from tests.records.erased import NAME, NOW, NUMBER, TODAY, changing, erase


def test_the_list_of_erasures_names_nobody_and_knows_them_again(session: Session, quentin: int) -> None:
    erase(session)
    assert {each.person_table for each in session.scalars(select(Erasure))} == {"member", "account"}
    assert erased_on(session, "member", NUMBER) == NOW
    assert erased_on(session, "member", "another") is None


def retained(session: Session, **when: Any) -> Outcome:
    """Retention in one transaction: what came of all its parts."""
    outcome = Outcome()
    for part in retain(session, **when):
        outcome.merge(part)
    return outcome


def test_retention_goes_person_by_person_and_goes_on_where_it_was_broken_off(
    session: Session, quentin: int
) -> None:
    with changing(session):
        other = make.posting(session)
        other.ends_on, other.member.number = date(2026, 10, 30), "other"
    when: dict[str, Any] = {"today": date(2040, 1, 1), "now": NOW, "months": 1}
    session.rollback()
    begin_writing(session)
    for part in retain(session, **when):
        session.commit()
        if ("member", "has a pseudonym") in part.rows:
            break
        begin_writing(session)
    numbers = select(Member.number).where(Member.number.not_like("erased-%"))
    assert len(session.scalars(numbers).all()) == 1
    with changing(session):
        retained(session, **when)
    assert session.scalars(numbers).all() == []


def test_who_left_long_enough_ago_is_erased_by_retention(session: Session, quentin: int) -> None:
    for months, today, number in (
        (12, date(2027, 10, 31), NUMBER),
        (12, date(2027, 11, 1), f"erased-{quentin}"),
    ):
        with changing(session):
            retained(session, today=today, now=NOW, months=months)
        assert session.get_one(Member, quentin).number == number


def test_who_has_no_last_day_is_not_erased_by_retention(session: Session, quentin: int) -> None:
    with changing(session):
        session.execute(update(Posting).values(ends_on=None))
    with changing(session):
        retained(session, today=date(2050, 1, 1), now=NOW, months=1)
    assert session.get_one(Member, quentin).number == NUMBER


def test_what_was_saved_while_somebody_was_erased_goes_at_the_next_retention(
    session: Session, quentin: int
) -> None:
    erase(session)
    with changing(session):
        session.execute(update(Away).values(note="Quentin was sick"))
    with changing(session):
        outcome = retained(session, today=TODAY, now=NOW, months=72)
    assert outcome.rows["away", "words erased"] == 1
    assert session.scalars(select(Away.note)).all() == ["(erased)"]


def test_rows_go_when_their_time_is_over_and_not_before(session: Session, quentin: int) -> None:
    for days, kept in ((7, 1), (8, 0)):
        with changing(session):
            retained(session, today=TODAY, now=NOW + timedelta(days=days), months=72)
        assert len(session.scalars(select(KeptPost)).all()) == kept


def test_retention_run_again_finds_nothing(session: Session, quentin: int) -> None:
    outcomes = []
    for _ in range(2):
        with changing(session):
            outcomes.append(
                retained(session, today=date(2040, 1, 1), now=NOW + timedelta(days=999), months=1)
            )
    assert outcomes[0].rows["member", "has a pseudonym"] == 1
    assert outcomes[1].rows == {}


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("members", {"number": NUMBER, "name": NAME, "email": None}),
        ("postings", {"number": NUMBER}),
        ("training", {"number": NUMBER}),
    ],
)
def test_an_old_file_is_told_when_somebody_was_erased_and_brings_nobody_back(
    session: Session, quentin: int, kind: str, row: dict[str, object]
) -> None:
    erase(session)
    kinds = {**people_files.IMPORTS, **training_files.IMPORTS}
    values = {name: row.get(name) for name in kinds[kind].shape.names}
    with changing(session):
        outcome = kinds[kind].save(session, [[Row(2, values)]], ImportOrder(False, NOW, TODAY))
        told = [(each.column, each.message) for each in outcome.problems if each.column == "number"]
        assert told == [("number", f"Member {NUMBER} was erased on 30 November 2026: remove the row.")]
        session.rollback()


def test_what_is_taken_out_as_a_file_has_the_pseudonym(session: Session, quentin: int) -> None:
    erase(session)
    (row,) = people_files.EXPORTS["members"].rows(session, ExportOrder(None, None, TODAY))
    assert list(row) == [f"erased-{quentin}", f"Erased member {quentin}", None]
