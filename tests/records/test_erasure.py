"""Erasing a person: who they were goes everywhere, and what was counted stays."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import Account, KeptPost, SignInSession
from npt.api.models import ApiToken
from npt.data_protection.actions import replace_late_names
from npt.journal.models import Entry, PersonSalt
from npt.journal.queries import verify
from npt.outbox.actions import count_against
from npt.outbox.models import ReturnedAddress
from npt.people.actions import grant_role
from npt.people.models import Grant, Holder, Member
from npt.shifts.models import Act, Away, AwayChange, Loss, Shift
from tests import make
from tests.records.erased import EMAIL, NAME, NOW, NUMBER, changing, erase, everything


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
