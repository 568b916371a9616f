"""The journal's chain: append-only in the database, and how an altered journal is found out."""

import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from npt.journal import queries
from npt.journal.models import Entry
from npt.journal.rules import JOURNAL_TRIGGERS, JOURNAL_TRIGGERS_AWAY, Head, entry_hash
from npt.people.models import Member
from npt.store.transaction import engine_at, writing


def add_member(session: Session, number: str = "4127", name: str = "Invented Person") -> Member:
    """A member, committed."""
    with writing(session):
        member = Member(number=number, name=name, email=None)
        session.add(member)
    return member


def add_members(session: Session, count: int) -> None:
    """So many members, each committed by itself."""
    for number in range(count):
        add_member(session, number=str(number))


@pytest.fixture
def open_journal(session: Session) -> Callable[..., None]:
    """Alter the journal behind its back, as whoever holds the database could: without its triggers."""

    def alter(statement: str, **values: object) -> None:
        session.rollback()
        connection = session.connection(execution_options={"npt_writes": True})
        for away in JOURNAL_TRIGGERS_AWAY[connection.dialect.name]:
            connection.execute(text(away))
        connection.execute(text(statement), values)
        for laid in JOURNAL_TRIGGERS[connection.dialect.name]:  # the tests that follow find them again
            connection.execute(text(laid))
        session.commit()

    return alter


# Append-only ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET act = 'something else'",
        "DELETE FROM journal_entry",
        "INSERT INTO journal_entry SELECT * FROM journal_entry WHERE true"
        " ON CONFLICT (sequence) DO UPDATE SET act = 'x'",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(session: Session, statement: str) -> None:
    add_member(session)
    session.rollback()
    with pytest.raises(DBAPIError, match="append-only"), writing(session):
        session.connection().execute(text(statement))
    assert queries.verify(session).entries == 1


def test_the_database_refuses_to_replace_or_empty_the_journal(session: Session, engine_name: str) -> None:
    statement = {
        "sqlite": "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry",
        "postgresql": "TRUNCATE journal_entry",
    }[engine_name]
    add_member(session)
    session.rollback()
    with pytest.raises(DBAPIError, match="append-only"), writing(session):
        session.connection().execute(text(statement))
    assert queries.verify(session).entries == 1


# Finding out ------------------------------------------------------------------------------------------------


def test_an_untouched_journal_is_whole(session: Session) -> None:
    add_members(session, 5)
    verdict = queries.verify(session, queries.head(session))
    assert (verdict.is_whole, verdict.entries) == (True, 5)


def test_an_empty_journal_is_whole(session: Session) -> None:
    assert (queries.verify(session).is_whole, queries.head(session)) == (True, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", "2020-01-01 00:00:00.000000"),
        ("account_id", 99),
        ("act", "nothing much"),
        ("change", "viewed"),
        ("record_type", "unit"),
        ("record_id", 12345),
        ("record_count", 2),
        ("details", "{}"),
        ("previous_hash", "f" * 64),
        ("hash", "f" * 64),
    ],
)
def test_an_alteration_of_any_field_is_found_at_its_entry(
    session: Session, open_journal: Callable[..., None], field: str, value: object
) -> None:
    add_members(session, 3)
    cast = (
        "CAST(:value AS timestamptz)"
        if field == "at" and session.get_bind().dialect.name != "sqlite"
        else ":value"
    )
    open_journal(f"UPDATE journal_entry SET {field} = {cast} WHERE sequence = 2", value=value)  # noqa: S608  names of ours
    assert queries.verify(session).broken_at == 2


def test_an_instant_that_cannot_be_read_is_found_not_stumbled_over(
    session: Session, open_journal: Callable[..., None], engine_name: str
) -> None:
    nonsense = {"sqlite": "'no instant'", "postgresql": "'infinity'"}[engine_name]
    add_members(session, 2)
    open_journal(f"UPDATE journal_entry SET at = {nonsense} WHERE sequence = 2")  # noqa: S608  words of ours
    assert queries.verify(session).broken_at == 2


def test_a_removed_entry_is_found(session: Session, open_journal: Callable[..., None]) -> None:
    add_members(session, 3)
    open_journal("DELETE FROM journal_entry WHERE sequence = 2")
    assert queries.verify(session).broken_at == 2


def test_entries_in_another_order_are_found(session: Session, open_journal: Callable[..., None]) -> None:
    add_members(session, 3)
    open_journal("UPDATE journal_entry SET sequence = -2 WHERE sequence = 2")
    open_journal("UPDATE journal_entry SET sequence = 2 WHERE sequence = 3")
    open_journal("UPDATE journal_entry SET sequence = 3 WHERE sequence = -2")
    assert queries.verify(session).broken_at == 2


def test_an_entry_altered_with_its_hash_and_the_link_of_the_next_is_found_at_the_next(
    session: Session, open_journal: Callable[..., None]
) -> None:
    add_members(session, 3)
    columns = Entry.__table__.columns
    altered = dict(session.execute(select(*columns).where(columns.sequence == 2)).mappings().one())
    altered["act"] = "something else"
    forged = entry_hash(altered["previous_hash"], altered)
    open_journal(
        "UPDATE journal_entry SET act = :act, hash = :hash WHERE sequence = 2",
        act=altered["act"],
        hash=forged,
    )
    open_journal("UPDATE journal_entry SET previous_hash = :hash WHERE sequence = 3", hash=forged)
    assert queries.verify(session).broken_at == 3


def test_an_end_cut_off_is_found_against_the_head_kept_elsewhere(
    session: Session, open_journal: Callable[..., None]
) -> None:
    add_members(session, 3)
    known = queries.head(session)
    open_journal("DELETE FROM journal_entry WHERE sequence = 3")
    assert queries.verify(session).is_whole
    assert queries.verify(session, known).broken_at == 3


def test_a_journal_written_anew_is_found_against_the_head_kept_elsewhere(session: Session) -> None:
    add_members(session, 3)
    assert queries.verify(session, Head(2, "f" * 64)).broken_at == 2


def test_a_broken_journal_says_where_and_what_to_do(
    session: Session, open_journal: Callable[..., None]
) -> None:
    add_members(session, 2)
    open_journal("UPDATE journal_entry SET act = 'x' WHERE sequence = 1")
    assert queries.verify(session).explanation == (
        "The journal is broken at entry 1: its content was altered. Keep the database as it is, and compare"
        " with the last backup whose journal was whole."
    )


# Many writers -----------------------------------------------------------------------------------------------


@pytest.fixture
def other_engine(database_url: str) -> Iterator[Engine]:
    """A second way into the same database, for writers beside the test's own session."""
    engine = engine_at(database_url)
    yield engine
    engine.dispose()


def test_many_writers_at_once_leave_one_unbroken_chain(session: Session, other_engine: Engine) -> None:
    faults: list[BaseException] = []

    def write(writer: int) -> None:
        try:
            for number in range(5):
                with Session(other_engine) as own:
                    add_member(own, number=f"{writer}-{number}")
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=write, args=[writer]) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert (queries.verify(session).is_whole, queries.verify(session).entries) == (True, 20)
