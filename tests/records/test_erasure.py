"""Erasing a person: who they were goes everywhere, what was counted stays, and it is done once."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import Account, KeptPost, SignInSession
from npt.api.actions import make_token
from npt.api.models import ApiToken
from npt.data_protection.actions import forget, replace_late_names, retain
from npt.data_protection.models import Erasure
from npt.data_protection.queries import erased_on, person_named
from npt.data_protection.rules import (
    AlreadyErased,
    LastAdministrator,
    Outcome,
    StillHere,
    UnknownPerson,
)
from npt.journal.models import Entry, PersonSalt
from npt.journal.queries import verify
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.outbox.actions import count_against
from npt.outbox.models import ReturnedAddress
from npt.people import exchange as people_files
from npt.people.actions import grant_role, link_account_to_member
from npt.people.models import Grant, Holder, Member, Posting
from npt.sheets.reading import Row
from npt.shifts.actions import AwayEntry, record_away
from npt.shifts.models import Act, Away, AwayChange, Loss, Shift
from npt.shifts.rules import LossKind
from npt.store.exchange import ExportOrder, ImportOrder
from npt.store.transaction import begin_writing, writing
from npt.training import exchange as training_files
from tests import make

TODAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
NAME, NUMBER, EMAIL = "Quentin Xylander", "XQ4711", "q.xylander@demo.example"


@contextmanager
def changing(session: Session) -> Iterator[None]:
    """A transaction of its own, whatever was read before."""
    session.rollback()
    with writing(session):
        yield


@pytest.fixture
def quentin(session: Session) -> int:
    """A member who left in October, with an account of the same name, a shift, time away and words on it."""
    with changing(session):
        posting = make.posting(session)
        member = posting.member
        member.number, member.name, member.email = NUMBER, NAME, EMAIL
        account = make.account(session, email=EMAIL)
        account.name = NAME
        link_account_to_member(session, account, member)
        shift = make.shift(session, member=member, starts="2026-10-16T14:00", ends="2026-10-16T22:00")
        unit = session.get_one(Unit, shift.unit_id)
        other = make.account(session)
        record_away(
            session,
            stamp=Stamp(other.id, NOW),
            unit=unit,
            day=shift.on_date,
            entries=[AwayEntry(shift.id, shift.starts_at, shift.starts_at + timedelta(hours=2))],
            reason="response",
            note=f"{NAME} was sick",
            expected={shift.id: shift.version},
        )
        session.add(
            Loss(
                member_id=member.id,
                starts_at=shift.starts_at,
                kind=LossKind.OTHER,
                words="visit by Quentin",
                account_id=other.id,
                noted_at=NOW,
            )
        )
        make_token(session, account, "xylander's tool", now=NOW)
        session.add_all(
            [
                SignInSession(account_id=account.id, token_digest="x", started_at=NOW, expires_at=NOW),
                KeptPost(account_id=account.id, address=f"/members/{NUMBER}", body="note=x", kept_at=NOW),
            ]
        )
        posting.ends_on = date(2026, 10, 31)
    return member.id


def erase(session: Session, reference: str = NUMBER, *, also_current: bool = False) -> Outcome:
    """Erase somebody, as the command does."""
    with changing(session):
        found = person_named(session, reference)
        return forget(session, found, today=TODAY, now=NOW, also_current=also_current)


def everything(session: Session) -> str:
    """All that is in the database, as text."""
    names = session.scalars(
        text(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            if session.get_bind().dialect.name == "sqlite"
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
    ).all()
    rows = [str(row) for name in names for row in session.execute(text(f'SELECT * FROM "{name}"'))]  # noqa: S608  names of the engine
    return "\n".join(rows)


# What goes and what stays -----------------------------------------------------------------------------------


def test_nothing_in_the_database_names_an_erased_person(session: Session, quentin: int) -> None:
    assert "Xylander" in everything(session)
    erase(session)
    left = everything(session).lower()
    assert [each for each in ("xylander", "quentin", NUMBER.lower()) if each in left] == []


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_no_page_of_the_embedded_database_keeps_the_name(session: Session, quentin: int) -> None:
    file = str(session.get_bind().url.database)  # type: ignore[union-attr]  # an engine of this test
    erase(session)
    with open(file, "rb") as stream:
        assert b"Xylander" not in stream.read()


def test_a_pseudonym_takes_the_place_of_the_member_and_their_account(session: Session, quentin: int) -> None:
    erase(session)
    member = session.get_one(Member, quentin)
    assert (member.number, member.name, member.email) == (
        f"erased-{quentin}",
        f"Erased member {quentin}",
        None,
    )
    account = session.scalars(select(Account).where(Account.closed_at.is_not(None))).one()
    assert (account.email, account.name) == (f"erased-{account.id}", f"Erased account {account.id}")
    assert account.password_hash is None


def test_shifts_and_time_away_stay_with_every_minute(session: Session, quentin: int) -> None:
    counted = select(Shift.minutes, Shift.unit_id, Away.minutes, Away.reason_id).join(
        Away, Away.shift_id == Shift.id
    )
    before = session.execute(counted).all()
    erase(session)
    assert session.execute(counted).all() == before != []


def test_words_in_their_own_rows_are_erased_and_in_others_the_pseudonym_stands(
    session: Session, quentin: int
) -> None:
    erase(session)
    assert session.scalars(select(Away.note)).all() == ["(erased)"]
    assert session.scalars(select(Loss.words)).all() == ["(erased)"]
    assert session.scalars(select(AwayChange.after_note)).all() == ["(erased)"]
    assert session.scalars(select(AwayChange.before_note)).all() == [None]
    assert f"Erased member {quentin}" in session.scalars(select(Act.summary)).one()


def test_what_opened_a_door_for_them_is_gone(session: Session, quentin: int) -> None:
    with changing(session):
        account = session.scalars(select(Account).where(Account.email == EMAIL)).one()
        grant_role(session, account=account, unit=make.team(session), role=Role.SERGEANT)
    erase(session, also_current=True)
    for table in (Grant, Holder, ApiToken, KeptPost, SignInSession):
        assert session.scalars(select(table)).all() == []


def test_the_journal_stays_whole_and_keeps_nothing_that_tells_who_it_was(
    session: Session, quentin: int
) -> None:
    entries = len(session.scalars(select(Entry.sequence)).all())
    erase(session)
    assert verify(session).is_whole
    assert len(session.scalars(select(Entry.sequence)).all()) > entries
    assert session.get_one(PersonSalt, ("member", quentin)).salt is None
    last = session.scalars(
        select(Entry.details).where(Entry.record_type == "member").order_by(Entry.sequence.desc())
    ).first()
    assert json.loads(last or "")["name"] == ["(erased)", "(erased)"]


def test_that_an_address_does_not_work_is_forgotten_with_whose_it_was(session: Session, quentin: int) -> None:
    with changing(session):
        count_against(session, EMAIL, "550 5.1.1 unknown", NOW)
    erase(session)
    assert session.scalars(select(ReturnedAddress)).all() == []


def test_an_outcome_says_by_table_what_was_done(session: Session, quentin: int) -> None:
    outcome = erase(session)
    assert outcome.rows["member", "has a pseudonym"] == 1
    assert outcome.rows["away", "words erased"] == 1
    assert outcome.rows["api_token", "deleted"] == 1
    assert outcome.rows["duty_act", "pseudonym in words"] == 1


def test_a_namesake_keeps_what_is_said_of_them_and_somebody_has_to_read_it(
    session: Session, quentin: int
) -> None:
    with changing(session):
        make.posting(session).member.name = NAME
    outcome = erase(session)
    assert NAME in session.scalars(select(Act.summary)).one()
    assert outcome.to_read == {"duty_act": 1}
    with changing(session):
        outcome.look_again(replace_late_names(session, outcome.namings))
    assert outcome.to_read == {"duty_act": 1}


# Who may not be erased --------------------------------------------------------------------------------------


def test_forgotten_twice_says_so_and_changes_nothing(session: Session, quentin: int) -> None:
    erase(session)
    before = everything(session)
    for reference in (NUMBER, f"member:{NUMBER}", EMAIL, f"erased-{quentin}", f"member:erased-{quentin}"):
        with pytest.raises(AlreadyErased, match="erased"):
            erase(session, reference)
    assert everything(session) == before


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("nobody", "Nobody in the records is known by nobody"),
        (f"member:{EMAIL}", f"give account:{EMAIL}"),
        ("caller:1", "There is no kind of person 'caller'"),
        ("", "Nobody in the records"),
    ],
)
def test_who_is_not_there_or_of_another_kind_is_told(
    session: Session, quentin: int, reference: str, said: str
) -> None:
    with pytest.raises(UnknownPerson, match=said):
        erase(session, reference)


def test_a_reference_that_means_two_people_is_asked_about(session: Session, quentin: int) -> None:
    with changing(session):
        session.execute(update(Member).values(number="both"))
        make.account(session, email="other@demo.example")
        session.execute(update(Account).where(Account.email == "other@demo.example").values(email="both"))
    with pytest.raises(UnknownPerson, match="member:both or account:both"):
        erase(session, "both")


def test_somebody_who_still_works_here_is_refused_with_the_reason(session: Session, quentin: int) -> None:
    with changing(session):
        session.execute(update(Posting).values(ends_on=date(2026, 12, 24)))
    with pytest.raises(StillHere, match=r"is posted to .* until 24 December 2026"):
        erase(session)
    erase(session, also_current=True)
    assert session.get_one(Member, quentin).number == f"erased-{quentin}"


def test_somebody_who_can_still_sign_in_with_a_role_is_refused(session: Session, quentin: int) -> None:
    with changing(session):
        account = session.scalars(select(Account).where(Account.email == EMAIL)).one()
        grant_role(session, account=account, unit=make.team(session), role=Role.SERGEANT)
    with pytest.raises(StillHere, match="can still sign in as"):
        erase(session)


def test_the_last_administrator_is_refused_whatever_is_said(session: Session) -> None:
    with changing(session):
        force, account = make.force(session), make.account(session, email="admin@demo.example")
        grant_role(session, account=account, unit=force, role=Role.ADMIN)
    with pytest.raises(LastAdministrator, match="last administrator"):
        erase(session, "admin@demo.example", also_current=True)
    with changing(session):
        grant_role(session, account=make.account(session), unit=force, role=Role.ADMIN)
    erase(session, "admin@demo.example", also_current=True)


# The list, and time -----------------------------------------------------------------------------------------


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


# Files ------------------------------------------------------------------------------------------------------


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
