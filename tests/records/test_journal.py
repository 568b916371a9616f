"""The journal: what is written, however the change was made, and what never is."""

import json

import pytest
from sqlalchemy import delete, event, insert, text, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from npt.access.rules import Viewer
from npt.accounts.models import Account, KeptPost
from npt.journal import queries
from npt.journal.actions import note_view
from npt.journal.many import add_rows
from npt.journal.models import Entry
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.store.base import Base
from npt.store.transaction import begin_writing, writing
from tests import make

MEMBERS = Base.metadata.tables["member"]


def entries(session: Session) -> list[Entry]:
    """The whole journal, in order."""
    return list(session.query(Entry).order_by(Entry.sequence))


def details(entry: Entry) -> dict[str, object]:
    """What an entry says of the change."""
    found: dict[str, object] = json.loads(entry.details)
    return found


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


# What is written --------------------------------------------------------------------------------------------


def test_an_added_record_is_journalled_with_its_values_and_who_did_it(session: Session) -> None:
    session.info["actor"] = (7, "organisation.open_unit")
    with writing(session):
        force = make.force(session, code="BEDS")
    added = queries.history(session, "unit", force.id)
    assert [(entry.change, entry.account_id, entry.act) for entry in added] == [
        ("added", 7, "organisation.open_unit")
    ]
    assert details(added[0])["code"] == [None, "BEDS"]


def test_the_act_in_better_words_takes_the_place_of_the_endpoint(session: Session) -> None:
    session.info["actor"] = (7, "duty.day")
    session.info["act"] = "confirm the day"
    add_member(session)
    assert entries(session)[0].act == "confirm the day"


def test_without_an_actor_it_was_the_command_line(session: Session) -> None:
    add_member(session)
    assert (entries(session)[0].account_id, entries(session)[0].act) == (None, "command line")


def test_a_changed_record_is_journalled_with_only_what_changed_from_what_to_what(session: Session) -> None:
    with writing(session):
        force = make.force(session, code="BEDS")
        force.name = "First name"
    with writing(session):
        force.name = "Second name"
    last = queries.history(session, "unit", force.id)[-1]
    assert (last.change, details(last)) == ("changed", {"name": ["First name", "Second name"]})


def test_the_old_value_is_journalled_although_the_session_never_read_it(session: Session) -> None:
    with writing(session):
        force = make.force(session, code="BEDS")
        force.name = "First name"
    with writing(session):
        session.expire(force)
        force.name = "Second name"
    assert details(entries(session)[-1]) == {"name": ["First name", "Second name"]}


def test_setting_a_value_to_what_it_was_is_no_change(session: Session) -> None:
    with writing(session):
        force = make.force(session, code="BEDS")
    before = len(entries(session))
    session.rollback()
    with writing(session):
        force.name = str(force.name)
    assert len(entries(session)) == before


def test_a_removed_record_is_journalled_with_what_it_held(session: Session) -> None:
    with writing(session):
        force = make.force(session, code="BEDS")
    with writing(session):
        session.expire(force)
        session.delete(force)
    last = entries(session)[-1]
    assert (last.change, last.record_type) == ("removed", "unit")
    assert details(last)["code"] == ["BEDS", None]


def test_a_statement_that_changes_many_rows_is_journalled_with_their_number(session: Session) -> None:
    add_members(session, 3)
    session.rollback()
    with writing(session):
        session.execute(update(Member).where(Member.number > "0").values(name="The same for all"))
    last = entries(session)[-1]
    assert (last.change, last.record_type, last.record_id, last.record_count) == (
        "changed",
        "member",
        None,
        2,
    )


def test_a_statement_on_the_bare_table_is_journalled_too(session: Session) -> None:
    add_members(session, 2)
    session.rollback()
    with writing(session):
        session.execute(delete(Base.metadata.tables["member"]))
    last = entries(session)[-1]
    assert (last.change, last.record_type, last.record_count) == ("removed", "member", 2)


def test_rows_added_past_the_session_are_journalled_as_one_with_a_digest_of_their_values(
    session: Session,
) -> None:
    for number in (1, 2):
        with writing(session):
            rows = [(f"{number}", "Invented", number), (f"{number}0", "Invented too", number)]
            add_rows(session, MEMBERS, ("number", "name", "version"), rows)
    first, second = entries(session)
    assert (first.change, first.record_type, first.record_id, first.record_count) == (
        "added",
        "member",
        None,
        2,
    )
    assert details(first)["fields"] == ["name", "number", "version"]
    assert details(first)["values"] != details(second)["values"]
    assert [member.number for member in session.query(Member).order_by(Member.id)] == ["1", "10", "2", "20"]


def test_rows_that_the_table_refuses_leave_nothing_in_the_journal(session: Session) -> None:
    rows = [("1", "Invented", 1), ("1", "Taken", 1)]
    begin_writing(session)
    with pytest.raises(IntegrityError, match=r"(?i)unique"), session.begin_nested():
        add_rows(session, MEMBERS, ("number", "name", "version"), rows)
    session.commit()
    assert entries(session) == []


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_text_that_is_too_long_for_its_column_is_refused_and_not_cut_short(session: Session) -> None:
    begin_writing(session)
    with pytest.raises(DataError, match="too long"):
        add_rows(session, MEMBERS, ("number", "name", "version"), [("1" * 200, "Invented", 1)])


def test_a_statement_given_as_text_is_journalled_too(session: Session) -> None:
    add_members(session, 2)
    session.rollback()
    with writing(session):
        session.execute(text("UPDATE member SET email = 'one@demo.example' WHERE number = '1'"))
    last = entries(session)[-1]
    assert (last.change, last.record_type, last.record_count) == ("changed", "member", 1)


def test_rows_inserted_in_bulk_are_one_entry_with_their_number(session: Session) -> None:
    with writing(session):
        rows = [{"number": str(number), "name": "Invented", "version": 1} for number in range(250)]
        session.execute(insert(Member), rows)
    assert [(entry.change, entry.record_type, entry.record_count) for entry in entries(session)] == [
        ("added", "member", 250)
    ]


def test_the_rows_that_a_bulk_insert_returns_still_reach_its_caller(session: Session) -> None:
    with writing(session):
        rows = [{"number": str(number), "name": "Invented", "version": 1} for number in range(3)]
        numbers = session.scalars(insert(Member).returning(Member.number), rows).all()
    assert sorted(numbers) == ["0", "1", "2"]


def test_the_rows_that_an_update_returns_are_counted_and_still_reach_its_caller(session: Session) -> None:
    add_members(session, 3)
    session.rollback()
    with writing(session):
        changed = session.scalars(update(Member).values(name="Other").returning(Member.number)).all()
    assert sorted(changed) == ["0", "1", "2"]
    assert entries(session)[-1].record_count == 3


def test_a_statement_that_touches_no_row_leaves_no_entry(session: Session) -> None:
    with writing(session):
        session.execute(delete(Member))
    assert entries(session) == []


def test_a_table_that_is_not_journalled_leaves_no_entry(session: Session) -> None:
    with writing(session):
        account = make.account(session)
    before = len(entries(session))
    session.rollback()
    with writing(session):
        session.add(
            KeptPost(account_id=account.id, address="/", body="note=x", kept_at=entries(session)[0].at)
        )
        session.flush()
        session.execute(delete(KeptPost))
    assert len(entries(session)) == before


def test_a_look_at_personal_data_is_journalled_in_a_transaction_of_its_own(session: Session) -> None:
    member = add_member(session)
    viewer = Viewer(account_id=7, name="Invented", email="invented@demo.example", scopes=())
    session.query(Unit).all()  # the read of the page is still open
    note_view(session, viewer, "member", member.id)
    last = queries.history(session, "member", member.id)[-1]
    assert (last.change, last.account_id, last.act) == ("viewed", 7, "view member")
    assert queries.verify(session).is_whole


def test_however_many_records_and_savepoints_there_are_the_journal_takes_the_same_few_statements(
    session: Session,
) -> None:
    def statements(count: int) -> int:
        seen: list[str] = []

        def note(_c: object, _u: object, sql: str, *_: object) -> None:
            if "journal" in sql or "advisory" in sql:
                seen.append(sql)

        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", note)
        with writing(session):
            for number in range(count):
                with session.begin_nested():
                    session.add(Member(number=f"{count}-{number}", name="Invented"))
        event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    assert statements(1) == statements(40) <= 3


# What is not written ----------------------------------------------------------------------------------------


def test_no_personal_text_and_no_secret_stands_in_the_journal(session: Session) -> None:
    with writing(session):
        account = make.account(session, email="rare.name@demo.example")
        account.name = "Rare Name"
        session.add(Member(number="PC 4127", name="Rare Name", email="rare.name@demo.example"))
    with writing(session):
        account.password_hash = "$argon2id$rare-hash"
        session.execute(update(Member).values(name="Rarer Name"))
        session.execute(text("UPDATE member SET name = 'Rarest Name'"))
    with writing(session):
        session.execute(
            insert(Account),
            [{"email": "bulk.rare@demo.example", "name": "Bulk Rare", "password_hash": "rare", "version": 1}],
        )
    written = " ".join(entry.details for entry in entries(session))
    assert written
    assert [word for word in ("rare", "Rare", "4127", "argon2id") if word in written] == []


def test_a_personal_value_that_comes_back_is_recognised_by_its_digest(session: Session) -> None:
    member = add_member(session, name="First Name")
    for name in ("Second Name", "First Name"):
        with writing(session):
            member.name = name
    added, away, back = (details(entry)["name"] for entry in queries.history(session, "member", member.id))
    assert (added[1], away[1]) == (back[1], back[0])  # type: ignore[index]  # each is [old, new]
    assert added[1] != away[1]  # type: ignore[index]  # as above


def test_a_rollback_leaves_nothing_in_the_journal(session: Session) -> None:
    begin_writing(session)
    session.add(Member(number="1", name="Invented"))
    session.flush()
    session.rollback()
    add_member(session, number="2")
    assert [entry.record_type for entry in entries(session)] == ["member"]


def test_a_rollback_to_a_savepoint_leaves_only_what_came_before_and_after(session: Session) -> None:
    with writing(session):
        session.add(Member(number="before", name="Invented"))
        savepoint = session.begin_nested()
        session.add(Member(number="inside", name="Invented"))
        session.flush()
        savepoint.rollback()
        session.add(Member(number="after", name="Invented"))
    kept = [member.id for member in session.query(Member).order_by(Member.id)]
    assert [entry.record_id for entry in entries(session)] == kept
    assert len(kept) == 2


def test_what_a_released_savepoint_changed_is_journalled_once_at_the_commit(session: Session) -> None:
    with writing(session):
        with session.begin_nested():
            session.add(Member(number="inside", name="Invented"))
        session.add(Member(number="after", name="Invented"))
    assert [entry.sequence for entry in entries(session)] == [1, 2]
    assert queries.verify(session).is_whole


def test_a_savepoint_inside_a_savepoint_is_undone_with_it(session: Session) -> None:
    with writing(session):
        outer = session.begin_nested()
        session.add(Member(number="outer", name="Invented"))
        with session.begin_nested():
            session.add(Member(number="inner", name="Invented"))
        outer.rollback()
        session.add(Member(number="kept", name="Invented"))
    assert [entry.record_count for entry in entries(session)] == [1]


def test_a_refused_insert_inside_a_savepoint_leaves_nothing_in_the_journal(session: Session) -> None:
    add_member(session, number="1")
    session.rollback()
    with writing(session):
        savepoint = session.begin_nested()
        session.add(Member(number="2", name="Invented"))
        session.flush()
        session.add(Member(number="1", name="Taken"))
        with pytest.raises(DBAPIError, match=r"(?i)unique"):
            session.flush()
        savepoint.rollback()
        session.add(Member(number="3", name="Invented"))
    assert len(entries(session)) == 2
