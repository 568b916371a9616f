"""Letters are queued in the transaction of what causes them, once each; what cannot go is refused."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.commands import npt
from npt.kit.refusals import Refusal
from npt.mail.letters import AddressNotPossible
from npt.outbox.actions import LetterNotPossible, erase_old, queue
from npt.outbox.models import Letter, LetterEvent
from npt.outbox.queries import stuck_letters
from npt.outbox.rules import LONGEST_TEXT, LetterState, Outcome, Topic
from npt.store.transaction import engine_at, writing
from tests import make
from tests.letters import NOW, facts, letter_row, queued, states


def test_a_letter_is_there_exactly_if_its_cause_is(session: Session) -> None:
    make.force(session)
    assert queue(session, facts(), now=NOW) is not None
    session.rollback()
    assert states(session) == []
    make.force(session)
    queue(session, facts(), now=NOW)
    session.commit()
    assert states(session) == ["waiting"]


def test_the_same_letter_is_queued_once(session: Session) -> None:
    assert len(queued(session)) == 1
    assert queued(session, subject="Another") == []
    with writing(session):  # what else the transaction does is saved all the same
        make.force(session, code="F")
        assert queue(session, facts(), now=NOW) is None
    assert states(session) == ["waiting"]


def test_two_who_queue_the_same_letters_at_once_queue_them_once(session: Session, database_url: str) -> None:
    engine, ready = engine_at(database_url), Barrier(2)
    found: list[int] = []

    def run() -> None:
        with Session(engine) as own:
            ready.wait()
            found.append(len(queued(own, 20)))

    threads = [Thread(target=run) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    engine.dispose()
    assert sum(found) == len(states(session)) == 20


@pytest.mark.parametrize(
    "address",
    [
        "",
        "  ",
        "ann",
        "a b@town.example",
        "ann@town.example\r\nBcc: all@town.example",
        "ann@",
        "@x",
        "0@[",
        f"{'a' * 250}@town.example",
    ],
)
def test_a_letter_to_nobody_or_to_what_is_no_address_is_refused(session: Session, address: str) -> None:
    with pytest.raises(AddressNotPossible, match="correct the address"):
        queue(session, facts(to_address=address), now=NOW)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"text": "x" * 1_000_000}, f"1,000,000 characters, and {LONGEST_TEXT:,} fit"),
        ({"text": " \n\x00"}, "needs a subject and a text"),
        ({"subject": "\r\n"}, "needs a subject and a text"),
    ],
)
def test_a_letter_that_cannot_be_read_is_refused(session: Session, changed: dict[str, str], why: str) -> None:
    with pytest.raises(LetterNotPossible) as refused:
        queue(session, facts(1, **changed), now=NOW)
    assert why in str(refused.value)
    assert isinstance(refused.value, Refusal)


def test_hostile_names_and_texts_are_kept_harmless(session: Session) -> None:
    queued(
        session,
        to_name="Ann\r\nBcc: all@town.example\x00" + "n" * 300,
        subject="\u202eNews\r\nX-Evil: yes" + " long" * 100,
        text="a\r\nb\rc\x00\x1b[2J\ud800\tend",
        to_address="Ann@Town.Example ",
    )
    letter = session.scalars(select(Letter)).one()
    assert letter.to_name.startswith("Ann Bcc: all@town.example")
    assert (len(letter.to_name), letter.to_address) == (200, "ann@town.example")
    assert letter.subject is not None
    assert letter.subject.startswith("News X-Evil: yes long")
    assert len(letter.subject) <= 200
    assert letter.text == "a\nb\nc[2J\tend"


def test_the_text_is_erased_after_a_month_and_the_letter_after_three(session: Session) -> None:
    ages = (timedelta(days=29), timedelta(days=31), timedelta(days=93))
    with writing(session):
        for age in ages:
            letter = letter_row(queued_at=NOW - age)
            letter.events.append(LetterEvent(at=NOW - age, outcome=Outcome.SENT))
            session.add(letter)
        session.add(letter_row(queued_at=NOW - ages[-1], state=LetterState.WAITING, settled_at=None))
    with writing(session):
        assert erase_old(session, now=NOW) == (2, 1)
    kept = session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [each.text is None for each in kept] == [False, True, False]
    assert [each.subject is None for each in kept] == [False, True, False]


@pytest.mark.parametrize(
    "now", [datetime(2026, 10, 24, 22, 59, tzinfo=UTC), datetime(2026, 10, 25, 23, 59, tzinfo=UTC)]
)
def test_a_letter_of_the_day_is_worth_sending_until_midnight_here_also_when_the_clocks_change(
    session: Session, now: datetime
) -> None:
    queued(session, now=now, topic=Topic.DAILY)
    letter = session.scalars(select(Letter)).one()
    assert letter.worth_until == now + timedelta(minutes=1)


def test_letters_that_nobody_sends_and_those_that_are_uncertain_are_stuck(session: Session) -> None:
    queued(session, 2, now=NOW - timedelta(hours=1))
    queued(session, 1, now=NOW - timedelta(minutes=59), identity="not yet")
    queued(session, 1, now=NOW - timedelta(days=1), identity="for later", not_before=NOW + timedelta(days=1))
    with writing(session):
        for until in (NOW, NOW + timedelta(minutes=1)):
            session.add(
                letter_row(
                    state=LetterState.SENDING,
                    settled_at=None,
                    claim="c" * 32,
                    claimed_until=until,
                    path="F/B/",
                )
            )
    found = stuck_letters(session, NOW)
    assert (found.waiting, found.oldest) == (2, NOW - timedelta(hours=1))
    assert (found.uncertain, found.path) == (1, "F/B/")


def test_retention_erases_letters_as_well(
    session: Session, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for age in (31, 93):
        with writing(session):
            session.add(letter_row(queued_at=NOW - timedelta(days=age)))
    monkeypatch.setenv("NPT_DATABASE_URL", database_url)
    monkeypatch.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing-at-all")
    monkeypatch.setenv("NPT_DEMONSTRATION", "1")
    monkeypatch.setenv("NPT_TODAY", NOW.date().isoformat())
    told = CliRunner().invoke(npt, ["retention"])
    assert told.exit_code == 0, told.output
    assert "letter: 1 deleted, their time is over" in told.stdout
    assert session.scalars(select(Letter.text)).all() == [None]
