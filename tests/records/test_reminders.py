"""Reminders: who is told of which days, in one letter a day at most, whatever the mail server does."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import close_account, existing_account, want_reminders
from npt.accounts.models import Account
from npt.commands import npt
from npt.organisation.models import Unit
from npt.outbox.actions import queue_daily
from npt.outbox.models import ReturnedAddress
from npt.outbox.rules import DailyPart
from npt.reminders.queries import digests
from npt.store.transaction import writing
from tests import make
from tests.letters import states
from tests.mail_servers import PostOffice, closed_port, open_office

TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
Run = Callable[..., Result]


@pytest.fixture
def area(session: Session) -> Unit:
    """Area A with teams T1, whose 2 and 3 November are open and 4 November is confirmed, and T2 (5 November).

    A day of September, and the day that is not over yet, are open too. Each has its sergeant; the area has
    its inspector, the force an administrator.
    """
    force = make.force(session, code="F")
    area = make.area(session, under=make.bcu(session, under=force, code="B"), code="A")
    for number, days in enumerate((("2026-11-02", "2026-11-03", "2026-11-04"), ("2026-11-05",)), start=1):
        team = make.team(session, under=area, code=f"T{number}")
        member = make.member(session, team=team)
        for day in ("2026-09-30", *days, "2026-11-16"):
            make.shift(session, member=member, starts=f"{day}T14:00", ends=f"{day}T22:00")
        make.account(session, role=Role.SERGEANT, unit=team, email=f"t{number}@force.example")
        if number == 1:
            make.confirmation(session, unit=team, day=date(2026, 11, 4))
    make.account(session, role=Role.INSPECTOR, unit=area, email="inspector@force.example")
    make.account(session, role=Role.ADMIN, unit=force, email="admin@force.example")
    make.account(session, role=Role.OFFICER, unit=area, email="officer@force.example")
    session.commit()
    return area


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, database_url: str, area: Unit, session: Session) -> Run:
    """Runs a command on the test's database, with a mail server where one is named."""
    session.rollback()
    for name, value in _environment(database_url).items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str, mail_url: str | None = None) -> Result:
        if mail_url is not None:
            monkeypatch.setenv("NPT_MAIL_URL", mail_url)
        return CliRunner().invoke(npt, arguments)

    return run


def _environment(database_url: str) -> dict[str, str]:
    return {
        "NPT_DATABASE_URL": database_url,
        "NPT_SECRET_KEY": "a-key-for-tests-which-protects-nothing-at-all",
        "NPT_DEMONSTRATION": "1",
        "NPT_TODAY": TODAY.isoformat(),
        "NPT_PUBLIC_URL": "https://npt.force.example/tracker/",
    }


def _told(session: Session) -> dict[str, list[tuple[str, int]]]:
    """By address, the days that each is told of: the team's code and the day of the month."""
    return {
        session.get_one(Account, each.account_id).email: [(day.code, day.on_date.day) for day in each.days]
        for each in digests(session, today=TODAY)
    }


def test_a_supervisor_is_told_of_the_open_days_of_their_own_teams(session: Session, area: Unit) -> None:
    assert _told(session) == {
        "inspector@force.example": [("T1", 2), ("T1", 3), ("T2", 5)],
        "t1@force.example": [("T1", 2), ("T1", 3)],
        "t2@force.example": [("T2", 5)],
    }


def test_a_closed_account_and_one_that_wants_none_are_not_written_to(session: Session, area: Unit) -> None:
    want_reminders(existing_account(session, "t1@force.example"), False)
    close_account(session, account=existing_account(session, "t2@force.example"), now=NOW)
    session.flush()
    assert list(_told(session)) == ["inspector@force.example"]


def test_each_supervisor_has_one_letter_a_day_however_often_the_commands_run(
    session: Session, run: Run
) -> None:
    with open_office() as office:
        first, second = run("remind"), run("remind")
        sent, again = (run("send", "--once", mail_url=office.url) for _ in range(2))
        third = run("remind")
    assert first.stdout == "3 emails queued.\n"
    assert second.stdout == third.stdout == "No email queued.\n3 emails of today had been queued before.\n"
    assert (sent.stdout, again.stdout) == ("3 emails sent.\n", "0 emails sent.\n")
    assert {each.exit_code for each in (first, second, third, sent, again)} == {0}
    assert sorted(office.recipients) == ["inspector@force.example", "t1@force.example", "t2@force.example"]
    assert states(session) == ["sent"] * 3
    (letter,) = (each for each in office.letters if "t2@" in str(each["To"]))
    assert letter["Subject"] == "1 day of Team T2 to confirm"
    assert letter["From"].addresses[0].addr_spec == "npt@npt.force.example"
    text = letter.get_content()
    assert text.startswith("Dear ")
    assert "https://npt.force.example/tracker/teams/T2/day/2026-11-05" in text
    assert "To stop these emails: https://npt.force.example/tracker/letters/stop/" in text


def test_a_dry_run_prints_the_letters_and_needs_no_mail_server(session: Session, run: Run) -> None:
    told = run("remind", "--dry-run")
    assert told.exit_code == 0
    assert "To: " in told.stdout
    assert "Subject: 3 days of 2 units to confirm" in told.stdout
    assert told.stdout.endswith("3 emails would be queued; none was.\n")
    assert states(session) == []


def test_a_letter_that_was_refused_is_said_and_the_others_go(session: Session, run: Run) -> None:
    run("remind")
    with open_office(PostOffice(unknown=frozenset({"t1@force.example"}))) as office:
        failed = run("send", "--once", mail_url=office.url)
    assert failed.exit_code == 1
    assert failed.stdout == "2 emails sent.\n"
    assert failed.stderr == "1 email refused for good.\n"
    assert sorted(states(session)) == ["refused", "sent", "sent"]


def test_a_server_that_is_not_there_changes_no_letter(session: Session, run: Run) -> None:
    run("remind")
    failed = run("send", "--once", mail_url=f"smtp://127.0.0.1:{closed_port()}")
    assert failed.exit_code == 1
    assert "cannot be reached" in str(failed.exception)
    assert states(session) == ["waiting"] * 3


def test_without_the_address_of_the_server_or_of_the_application_nothing_is_sent(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "NPT_MAIL_URL is not set" in str(run("send", "--once").exception)
    for wrong in ("", "npt.force.example", "ftp://npt.force.example", "https://npt.example/?a=b", "https://"):
        monkeypatch.setenv("NPT_PUBLIC_URL", wrong)
        for command in (["remind", "--dry-run"], ["send", "--once"]):
            refused = run(*command)
            assert refused.exit_code == 1
            assert "NPT_PUBLIC_URL is" in str(refused.exception)


def test_what_several_features_say_to_a_person_is_one_letter(session: Session, area: Unit) -> None:
    key = existing_account(session, "t1@force.example").id
    parts = [
        DailyPart(key, area.path, "2 days of Team T1 to confirm", "Two days wait."),
        DailyPart(key, area.path, "1 action due", "An action is due."),
    ]
    session.rollback()
    with writing(session):
        (letter,) = queue_daily(session, parts, now=NOW).letters
    assert letter.subject == "2 days of Team T1 to confirm; 1 action due"
    assert letter.text.endswith(",\n\nTwo days wait.\n\nAn action is due.\n")
    with writing(session):
        assert queue_daily(session, parts[1:], now=NOW).had_it == 1
    assert states(session) == ["waiting"]


def test_whoever_has_an_address_that_does_not_work_is_named(session: Session, run: Run) -> None:
    with writing(session):
        stopped = existing_account(session, "t1@force.example")
        session.add(
            ReturnedAddress(address=stopped.email, letters=2, last_at=NOW, stopped_at=NOW, answer="550 no")
        )
        existing_account(session, "t2@force.example").email = "no address"
    told = run("remind")
    assert told.stdout == "1 email queued.\n"
    assert told.stderr.count("their address does not work") == 2


def test_a_waiting_sender_that_is_told_to_stop_finishes_the_letter_in_hand(
    session: Session, run: Run
) -> None:
    run("remind")
    with open_office(PostOffice(holds_at=2)) as office, ThreadPoolExecutor(1) as pool:
        pool.submit(_stop_once_held, office)
        ended = run("send", mail_url=office.url)
    assert (ended.exit_code, ended.output) == (0, "")
    assert len(office.letters) == 2
    assert states(session) == ["sent", "sent", "waiting"]


def _stop_once_held(office: PostOffice) -> None:
    """Send this process the signal that ends services, and let the server go on."""
    assert office.held.wait(60)
    os.kill(os.getpid(), signal.SIGTERM)
    office.released.set()
