"""Letters that came back: known by their Message-ID, counted against an address that is at fault."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.commands import npt
from npt.mail.returned import Returned, returned_letters
from npt.outbox.actions import let_address_be
from npt.outbox.models import Letter, LetterEvent
from npt.outbox.queries import returned_address
from npt.outbox.rules import LetterState, Outcome
from npt.store.transaction import writing
from tests.letters import NOW, letter_row, queued, sender, states
from tests.mail_servers import open_office
from tests.rules.returned_mail import ABSENCE, EXCHANGE, KEY, POSTFIX

Read = Callable[..., Result]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path) -> Read:
    """Runs npt bounces on these mails."""
    monkeypatch.setenv("NPT_DATABASE_URL", database_url)
    monkeypatch.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing-at-all")

    def run(*mails: str) -> Result:
        box = tmp_path / "mbox"
        box.write_text("".join(f"From - Mon Nov 16 10:00:00 2026\n{mail}\n\n" for mail in mails))
        return CliRunner().invoke(npt, ["bounces", str(box)])

    return run


def sent(session: Session, *keys: str) -> None:
    """Letters to Ann with these keys, sent."""
    with writing(session):
        session.add_all(letter_row(message_key=key) for key in keys)


def test_a_letter_that_came_back_is_marked_once_however_often_it_is_read(
    session: Session, read: Read
) -> None:
    sent(session, KEY)
    for noted in ("1 email noted", "0 emails noted"):
        told = read(POSTFIX, ABSENCE)
        assert (told.exit_code, told.stdout) == (0, f"2 emails read, {noted} as returned.\n")
        session.rollback()
    letter = session.scalars(select(Letter)).one()
    assert (letter.state, letter.answer[:9]) == (LetterState.BOUNCED, "550 5.1.1")
    assert session.scalars(select(LetterEvent.outcome)).all() == [Outcome.BOUNCED]


def test_an_address_gets_no_more_after_two_letters_that_came_back_for_good_until_it_is_corrected(
    session: Session, read: Read
) -> None:
    other = KEY[::-1]
    sent(session, KEY, other)
    read(POSTFIX)
    first = returned_address(session, "ann@town.example")
    assert first is not None
    assert first.stopped_at is None
    session.rollback()
    read(POSTFIX.replace(KEY, other))
    queued(session, to_address="ann@town.example", identity="third")
    with open_office() as office:
        sender(session, office.url).send_due()
        assert states(session) == ["bounced", "bounced", "not-sent"]
        with writing(session):
            let_address_be(session, "Ann@Town.Example")
        queued(session, to_address="ann@town.example", identity="fourth", is_urgent=True)
        sender(session, office.url).send_due()
    assert office.recipients == ["ann@town.example"]


def test_a_letter_that_was_not_allowed_says_nothing_of_the_address(session: Session, read: Read) -> None:
    sent(session, KEY)
    read(EXCHANGE)
    assert states(session) == ["bounced"]
    assert returned_address(session, "ann@town.example") is None


def test_a_letter_that_was_never_sent_cannot_come_back(session: Session, read: Read) -> None:
    with writing(session):
        session.add(letter_row(message_key=KEY, state=LetterState.WAITING, settled_at=None))
    assert "0 emails noted" in read(POSTFIX).stdout
    assert states(session) == ["waiting"]


def test_an_uncertain_letter_that_came_back_is_uncertain_no_more(session: Session, read: Read) -> None:
    with writing(session):
        session.add(
            letter_row(
                message_key=KEY, state=LetterState.SENDING, settled_at=None, claim="c" * 32, claimed_until=NOW
            )
        )
    assert "1 email noted" in read(POSTFIX).stdout
    assert states(session) == ["bounced"]


def test_what_is_no_mail_is_refused_and_changes_nothing(session: Session, read: Read, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("no,mail\n")
    refused = CliRunner().invoke(npt, ["bounces", str(tmp_path / "table.csv")])
    assert refused.exit_code == 1
    assert "is no mail and no mbox" in str(refused.exception)


def test_while_returned_mail_is_read_others_can_save(
    session: Session, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(session, KEY)

    def slowly(path: Path) -> Iterator[Returned | None]:
        for returned in returned_letters(path):
            with writing(session):
                session.add(letter_row())
            yield returned

    monkeypatch.setattr("npt.commands.bounces.returned_letters", slowly)
    assert "1 email noted" in read(POSTFIX, ABSENCE).stdout
