"""The journal's digests of people: keyed by a salt of each, which erasure destroys."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, event, select, text, update
from sqlalchemy.orm import Session

from npt.journal.many import RecordChange, add_rows, change_records
from npt.journal.models import Entry, PersonSalt
from npt.journal.queries import verify
from npt.journal.rules import ERASED, WORDS, PersonalValue, PersonKey
from npt.journal.salts import destroy_salts, salts_of
from npt.people.models import Member
from npt.shifts.models import AWAY, Act, Away, Shift
from npt.store.transaction import writing
from tests import make

#: As in tests/conftest.py.
SECRET = "a key for tests, which protects nothing"


def told(session: Session, record_type: str) -> list[dict[str, Any]]:
    """What the journal tells of the fields of records of a type, in order."""
    asked = select(Entry.details).where(Entry.record_type == record_type).order_by(Entry.sequence)
    return [json.loads(details) for details in session.scalars(asked)]


def digest(session: Session, member_id: int, record_type: str, field: str, value: str) -> str | None:
    """The digest of a value of this member's, as whoever has the secret and the salts works it out."""
    key = PersonKey("member", member_id)
    return PersonalValue(record_type, field, value).digest(SECRET, salts_of(session, [key])[key])


def add_members(session: Session, *names: str) -> list[Member]:
    """Members of these names, committed."""
    with writing(session):
        made = [Member(number=str(number), name=name) for number, name in enumerate(names)]
        session.add_all(made)
    return made


@contextmanager
def salts_asked(session: Session) -> Iterator[list[str]]:
    """The statements about salts that are sent within."""
    seen: list[str] = []

    def note(_c: object, _u: object, sql: str, *_: object) -> None:
        if "person_salt" in sql:
            seen.append(sql)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_two_people_of_one_name_have_different_digests(session: Session) -> None:
    add_members(session, "The Same", "The Same")
    first, second = told(session, "member")
    assert first["name"] != second["name"]


def test_a_digest_is_told_again_by_whoever_has_the_secret_and_the_salt(session: Session) -> None:
    (member,) = add_members(session, "Invented Person")
    assert told(session, "member")[0]["name"] == [
        None,
        digest(session, member.id, "member", "name", "Invented Person"),
    ]


def test_once_the_salt_is_destroyed_nothing_tells_what_a_digest_was_of(session: Session) -> None:
    (member,) = add_members(session, "Invented Person")
    with writing(session):
        destroy_salts(session, [PersonKey("member", member.id)])
    assert session.scalars(select(PersonSalt.salt)).all() == [None]
    assert digest(session, member.id, "member", "name", "Invented Person") == ERASED


def test_what_changes_of_an_erased_person_is_told_without_a_digest(session: Session) -> None:
    (member,) = add_members(session, "Invented Person")
    with writing(session):
        destroy_salts(session, [PersonKey("member", member.id)])
        member.name = "Other Name"
    assert told(session, "member")[-1] == {"name": [ERASED, ERASED]}
    assert verify(session).is_whole


def test_words_on_time_away_are_keyed_by_the_salt_of_whose_shift_it_is(session: Session) -> None:
    with writing(session):
        away = make.away(session, note="first words")
        member = session.get_one(Shift, away.shift_id).member_id
    assert told(session, "away")[-1]["note"][1] == digest(session, member, "away", "note", "first words")
    session.rollback()
    session.expunge_all()  # nothing is at hand: the database is asked whose it is
    with writing(session):
        found = session.scalars(select(Away)).one()
        found.note = "second words"
    with writing(session):
        session.expunge_all()
        session.delete(session.scalars(select(Away)).one())
    second = digest(session, member, "away", "note", "second words")
    assert [each["note"][0] for each in told(session, "away")[-2:]] == [
        digest(session, member, "away", "note", "first words"),
        second,
    ]


def test_words_that_a_statement_changes_are_keyed_likewise_by_one_question(session: Session) -> None:
    with writing(session):
        shifts = [make.shift(session) for _ in range(3)]
        rows = [make.away(session, shift=shift, note="was") for shift in shifts]
        keys = [row.id for row in rows]
        members = [shift.member_id for shift in shifts]
    session.expunge_all()
    with salts_asked(session) as asked, writing(session):
        gone = delete(AWAY).where(AWAY.c.id.in_(keys))
        changes = [RecordChange(key, {"note": "was"}, {}) for key in keys]
        change_records(session, AWAY, gone, (), changes)
    assert len(asked) == 1
    assert [each["note"] for each in told(session, "away")[-3:]] == [
        [digest(session, member, "away", "note", "was"), None] for member in members
    ]


def test_words_that_may_name_anybody_leave_no_digest(session: Session) -> None:
    with writing(session):
        team, account = make.team(session), make.account(session)
        now = datetime.now(UTC)
        act = Act(unit_id=team.id, account_id=account.id, done_at=now, summary="Ann Lee away")
        act.first_on = act.last_on = now.date()
        session.add(act)
    assert told(session, "duty_act")[-1]["summary"] == [None, WORDS]


def test_rows_added_together_are_told_apart_by_what_is_not_personal_alone(session: Session) -> None:
    for name, version in (("One", 1), ("Two", 1), ("Three", 2)):
        with writing(session):
            add_rows(session, Member.__table__, ("number", "name", "version"), [(name, name, version)])  # type: ignore[arg-type]  # SQLAlchemy calls every table a FromClause
    first, second, third = (each["values"] for each in told(session, "member"))
    assert first == second != third


def test_a_statement_of_personal_values_leaves_no_digest_of_them(session: Session) -> None:
    add_members(session, "Invented Person")
    session.rollback()
    for name in ("One", "Two"):
        with writing(session):
            session.execute(update(Member).where(Member.name != name).values(name=name))
            session.execute(text("UPDATE member SET name = name || :more"), {"more": name})
    first, told_first, second, told_second = told(session, "member")[-4:]
    assert first == second
    assert told_first == told_second
    assert told_second["values"] == WORDS


def test_where_nothing_personal_is_written_no_salt_is_asked_for(session: Session) -> None:
    session.rollback()
    with salts_asked(session) as asked, writing(session):
        make.team(session)
    assert asked == []


def test_however_many_people_are_written_the_salts_are_asked_for_at_once(session: Session) -> None:
    with salts_asked(session) as asked:
        add_members(session, *(f"Invented {number}" for number in range(30)))
    assert len(asked) == 3
    with salts_asked(session) as asked, writing(session):
        for member in session.scalars(select(Member)):
            member.name += " again"
    assert len(asked) == 1


@pytest.mark.parametrize("kind", ["member", "account"])
def test_a_salt_outlives_the_record_that_it_was_made_for(session: Session, kind: str) -> None:
    with writing(session):
        record = Member(number="1", name="Invented") if kind == "member" else make.account(session)
        session.add(record)
    with writing(session):
        session.delete(record)
    assert session.scalars(select(PersonSalt.person_table)).all() == [kind]
