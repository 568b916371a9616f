"""Reminders: who is written to, about which days, once a day at most, whatever the mail server does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import close_account, existing_account, want_reminders
from npt.commands import npt
from npt.commands.reminders import Desk, send_letters
from npt.mail.server import MailServer
from npt.organisation.models import Unit
from npt.reminders.actions import NotWanted, take_in_hand
from npt.reminders.models import Reminder
from npt.reminders.queries import digests
from npt.reminders.rules import Addresses
from npt.store.transaction import engine_at
from tests import make
from tests.mail_servers import PostOffice, closed_port, open_office

TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
ADDRESSES = Addresses(day=lambda code, on: f"{code} {on}", week=lambda code, on: f"{code} {on}", account="/")
Remind = Callable[..., Result]


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
def remind(monkeypatch: pytest.MonkeyPatch, database_url: str, area: Unit, session: Session) -> Remind:
    """Runs the command on the test's database, with a mail server."""
    session.rollback()
    for name, value in _environment(database_url).items():
        monkeypatch.setenv(name, value)

    def run(mail_url: str | None, *arguments: str) -> Result:
        if mail_url is not None:
            monkeypatch.setenv("NPT_MAIL_URL", mail_url)
        return CliRunner().invoke(npt, ["remind", *arguments])

    return run


def _environment(database_url: str) -> dict[str, str]:
    return {
        "NPT_DATABASE_URL": database_url,
        "NPT_SECRET_KEY": "a-key-for-tests-which-protects-nothing-at-all",
        "NPT_DEMONSTRATION": "1",
        "NPT_TODAY": TODAY.isoformat(),
        "NPT_PUBLIC_URL": "https://npt.force.example/tracker/",
    }


def kept(session: Session) -> list[bool]:
    """Of each account that was taken in hand, whether its letter is known to be sent."""
    session.rollback()
    found = [sent_at is not None for sent_at in session.scalars(select(Reminder.sent_at))]
    session.rollback()
    return found


def test_a_supervisor_is_told_of_the_open_days_of_their_own_teams(session: Session, area: Unit) -> None:
    found = {
        each.email: [(day.code, day.on_date.day) for day in each.days]
        for each in digests(session, today=TODAY)
    }
    assert found == {
        "inspector@force.example": [("T1", 2), ("T1", 3), ("T2", 5)],
        "t1@force.example": [("T1", 2), ("T1", 3)],
        "t2@force.example": [("T2", 5)],
    }


def test_a_closed_account_and_one_that_wants_none_are_not_written_to(session: Session, area: Unit) -> None:
    want_reminders(existing_account(session, "t1@force.example"), False)
    close_account(session, account=existing_account(session, "t2@force.example"), now=NOW)
    session.flush()
    assert [each.email for each in digests(session, today=TODAY)] == ["inspector@force.example"]


def test_whoever_stops_the_letters_while_they_go_out_gets_none(session: Session, area: Unit) -> None:
    due = digests(session, today=TODAY)[0]
    want_reminders(existing_account(session, due.email), False)
    with pytest.raises(NotWanted):
        take_in_hand(session, due, on=TODAY, now=NOW)


def test_each_supervisor_has_one_letter_a_day_however_often_the_command_runs(
    session: Session, remind: Remind
) -> None:
    with open_office() as office:
        first, second = remind(office.url), remind(office.url)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout == "3 emails sent.\n"
    assert second.stdout == "3 emails had already been sent today.\n"
    assert sorted(office.recipients) == ["inspector@force.example", "t1@force.example", "t2@force.example"]
    assert kept(session) == [True] * 3
    (letter,) = (each for each in office.letters if "t2@" in str(each["To"]))
    assert letter["Subject"] == "1 day of Team T2 to confirm"
    assert letter["From"].addresses[0].addr_spec == "npt@npt.force.example"
    assert "https://npt.force.example/tracker/teams/T2/day/2026-11-05" in letter.get_content()


def test_a_dry_run_prints_the_letters_and_needs_no_mail_server(session: Session, remind: Remind) -> None:
    told = remind(None, "--dry-run")
    assert told.exit_code == 0
    assert "To: " in told.stdout
    assert "Subject: 3 days of 2 units to confirm" in told.stdout
    assert told.stdout.endswith("3 emails would be sent; none was.\n")
    assert kept(session) == []


def test_a_letter_that_was_refused_is_tried_again_by_the_next_run(session: Session, remind: Remind) -> None:
    with open_office(PostOffice(unknown=frozenset({"t1@force.example"}))) as office:
        failed = remind(office.url)
    assert failed.exit_code == 1
    assert "t1@force.example: not sent, the mail server refused the recipient: 550" in failed.stderr
    assert kept(session) == [True, True]
    with open_office() as office:
        again = remind(office.url)
    assert again.stdout == "1 email sent.\n2 emails had already been sent today.\n"
    assert office.recipients == ["t1@force.example"]


def test_a_server_that_closes_ends_the_run_and_what_it_did_not_take_goes_with_the_next(
    session: Session, remind: Remind
) -> None:
    with open_office(PostOffice(closes_at=2)) as office:
        failed = remind(office.url)
    assert failed.exit_code == 1
    assert "the mail server closed the connection" in str(failed.exception)
    assert "1 email sent, 2 left for the next run" in str(failed.exception)
    assert kept(session) == [True]
    with open_office() as office:
        assert remind(office.url).exit_code == 0
    assert len(office.letters) == 2


def test_a_server_that_is_not_there_changes_nothing(session: Session, remind: Remind) -> None:
    failed = remind(f"smtp://127.0.0.1:{closed_port()}")
    assert failed.exit_code == 1
    assert "cannot be reached" in str(failed.exception)
    assert kept(session) == []


def test_without_the_address_of_the_server_or_of_the_application_nothing_is_sent(
    remind: Remind, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "NPT_MAIL_URL is not set" in str(remind(None).exception)
    for wrong in ("", "npt.force.example", "ftp://npt.force.example", "https://npt.example/?a=b", "https://"):
        monkeypatch.setenv("NPT_PUBLIC_URL", wrong)
        refused = remind(None, "--dry-run")
        assert refused.exit_code == 1
        assert "NPT_PUBLIC_URL is" in str(refused.exception)


def test_a_letter_in_the_hands_of_a_run_that_died_is_not_sent_a_second_time(
    session: Session, remind: Remind
) -> None:
    for due in digests(session, today=TODAY)[:1]:
        take_in_hand(session, due, on=TODAY, now=NOW)
    session.commit()
    with open_office() as office:
        told = remind(office.url)
    assert "inspector@force.example" not in office.recipients
    assert "1 email of today is with another run, or with one that stopped" in told.stdout


def test_two_runs_at_once_write_to_nobody_twice(session: Session, area: Unit, database_url: str) -> None:
    due = digests(session, today=TODAY)
    session.rollback()
    engine, ready = engine_at(database_url), Barrier(2)

    def run(server: MailServer) -> None:
        with Session(engine) as own:
            ready.wait()
            send_letters(Desk(own, NOW, ADDRESSES, "npt@force.example", "Tracker"), server, due)

    with open_office() as office, ThreadPoolExecutor(2) as pool:
        for ended in [pool.submit(run, MailServer.parse(office.url)) for _ in range(2)]:
            ended.result()
    engine.dispose()
    assert sorted(office.recipients) == ["inspector@force.example", "t1@force.example", "t2@force.example"]
    assert kept(session) == [True] * 3
