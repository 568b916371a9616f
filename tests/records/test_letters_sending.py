"""Letters handed to a mail server: each once, or held back for a reason; what fails is told apart."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import close_account, existing_account, want_reminders
from npt.kit.clock import local_midnight
from npt.kit.stamps import Stamp
from npt.mail.handing_in import ServerFailed
from npt.outbox.actions import queue_daily, send_again, stop_letters
from npt.outbox.delivery import NotNoted
from npt.outbox.models import Letter, LetterEvent, ReturnedAddress
from npt.outbox.rules import DailyPart, LetterState, Outcome, Standing, Topic, standing_of
from npt.store.transaction import engine_at, writing
from tests import make
from tests.letters import NOW, letter_row, queued, sender, states
from tests.mail_servers import PostOffice, closed_port, open_office

DAY = timedelta(days=1)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_office() as office:
        yield office


def history(session: Session) -> list[Outcome]:
    """What happened to all letters, in order."""
    session.rollback()
    found = list(session.scalars(select(LetterEvent.outcome).order_by(LetterEvent.id)))
    session.rollback()
    return found


def only_letter(session: Session) -> Letter:
    """The one letter there is."""
    session.rollback()
    return session.scalars(select(Letter)).one()


def test_letters_are_sent_once_each_over_one_connection(session: Session, office: PostOffice) -> None:
    queued(session, 40)
    at_work = sender(session, office.url)
    at_work.send_due()
    at_work.send_due()
    assert sorted(office.recipients) == sorted(f"person{number}@town.example" for number in range(1, 41))
    assert states(session) == ["sent"] * 40
    assert at_work.outcomes == {Outcome.SENT: 40}


def test_an_urgent_letter_goes_first_and_one_for_later_goes_later(
    session: Session, office: PostOffice
) -> None:
    queued(session, first=1, not_before=NOW + DAY)
    queued(session, first=2)
    queued(session, first=3, is_urgent=True)
    sender(session, office.url).send_due()
    assert office.recipients == ["person3@town.example", "person2@town.example"]
    sender(session, office.url, now=NOW + DAY).send_due()
    assert office.recipients[2:] == ["person1@town.example"]


def test_the_headers_that_programs_read_arrive_in_one_piece(session: Session, office: PostOffice) -> None:
    queued(
        session,
        to_name="Siân “the Sergeant” Ørsted, of a neighbourhood with a name longer than a line\r\nBcc: all@x",
        subject=f"Grüße{' und so weiter' * 30}\r\nX-Evil: yes",
        text=f".\r\n..dots\n{'x' * 2000}\x00\ud800 end",
    )
    sender(session, office.url).send_due()
    (raw,), (letter,) = office.raw, office.letters
    head = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    (stop,) = (line for line in head if line.startswith(b"List-Unsubscribe:"))
    assert stop.startswith(b"List-Unsubscribe: <https://npt.force.example/tracker/letters/stop/")
    assert stop.endswith(b">")
    assert len(stop) > 78
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head
    assert max(len(line) for line in raw.split(b"\r\n")) < 998
    assert letter["Bcc"] is letter["X-Evil"] is None
    assert letter["To"].addresses[0].addr_spec == "person1@town.example"
    assert str(letter["Subject"]).endswith(" …")
    lines = letter.get_content().splitlines()
    assert lines[:4] == [".", "..dots", f"{'x' * 2000} end", ""]
    assert lines[4].startswith("You get this email because")


@pytest.mark.parametrize("what", ["closed", "stopped-by-account", "stopped-by-link", "returned", "late"])
def test_what_must_not_go_any_more_is_held_back_and_says_why(
    session: Session, office: PostOffice, what: str
) -> None:
    team = make.team(session)
    account = make.account(session, role=Role.SERGEANT, unit=team, email="ann@force.example")
    part = DailyPart(account.id, team.path, "Days wait", "Days wait.")
    session.commit()
    if what == "stopped-by-link":
        queued(session, topic=Topic.NEWSLETTER, to_address="ann@force.example")
    else:
        with writing(session):
            queue_daily(session, [part], now=NOW)
    with writing(session):
        if what == "closed":
            close_account(session, account=existing_account(session, "ann@force.example"), now=NOW)
        elif what == "stopped-by-account":
            want_reminders(existing_account(session, "ann@force.example"), False)
        elif what == "stopped-by-link":
            stop_letters(session, session.scalars(select(Letter)).one(), now=NOW)
        elif what == "returned":
            session.add(
                ReturnedAddress(
                    address="ann@force.example", letters=2, last_at=NOW, stopped_at=NOW, answer=""
                )
            )
    sender(session, office.url, now=NOW + DAY if what == "late" else NOW).send_due()
    assert office.recipients == []
    reason = only_letter(session).not_sent_because
    assert reason is not None
    assert (
        reason.wording
        in {
            "closed": "the account was closed",
            "stopped-by-account": "the person wants no such emails",
            "stopped-by-link": "the person wants no such emails",
            "returned": "emails to this address came back",
            "late": "it was out of date before it could go",
        }[what]
    )


# One a week -------------------------------------------------------------------------------------------------


def test_a_person_has_one_message_a_week_and_the_next_one_waits_for_its_day(
    session: Session, office: PostOffice
) -> None:
    queued(session, 1, identity="first")
    queued(session, 1, identity="second")
    sender(session, office.url).send_due()
    assert len(office.letters) == 1
    assert history(session) == [Outcome.SENT, Outcome.HELD] or history(session) == [
        Outcome.HELD,
        Outcome.SENT,
    ]
    sender(session, office.url, now=local_midnight((NOW + 7 * DAY).date()) - timedelta(seconds=1)).send_due()
    assert len(office.letters) == 1
    sender(session, office.url, now=local_midnight((NOW + 7 * DAY).date())).send_due()
    assert len(office.letters) == 2


def test_an_urgent_message_goes_although_the_person_had_one_this_week(
    session: Session, office: PostOffice
) -> None:
    for identity, is_urgent in (("first", False), ("second", True)):
        queued(session, identity=identity, is_urgent=is_urgent)
        sender(session, office.url).send_due()
    assert len(office.letters) == 2


def test_a_clock_that_ran_ahead_holds_nobodys_letters_back(session: Session, office: PostOffice) -> None:
    with writing(session):
        ahead = NOW + timedelta(days=300)
        session.add(
            letter_row(
                to_address="person1@town.example",
                queued_at=ahead,
                tries=1,
                first_tried_at=ahead,
                tried_at=ahead,
            )
        )
    queued(session)
    sender(session, office.url).send_due()
    assert office.recipients == ["person1@town.example"]


# What the server says ---------------------------------------------------------------------------------------


def test_a_letter_that_is_put_off_goes_after_a_pause(session: Session) -> None:
    queued(session, 2)
    with open_office(PostOffice(busy={"person1@town.example": 2})) as office:
        for minutes, arrived in ((0, 1), (4, 1), (5, 1), (19, 1), (20, 2)):
            sender(session, office.url, now=NOW + timedelta(minutes=minutes)).send_due()
            assert len(office.letters) == arrived, f"after {minutes} minutes"
    assert states(session) == ["sent", "sent"]
    assert history(session).count(Outcome.PUT_OFF) == 2
    assert len({str(letter["Message-ID"]) for letter in office.letters}) == 2


def test_a_letter_that_is_put_off_for_two_days_is_given_up(session: Session) -> None:
    queued(session)
    with open_office(PostOffice(busy={"person1@town.example": 99})) as office:
        for hours in range(0, 60, 4):
            sender(session, office.url, now=NOW + timedelta(hours=hours)).send_due()
    letter = only_letter(session)
    assert letter.state is LetterState.GIVEN_UP
    assert letter.settled_at is not None
    assert letter.settled_at <= NOW + 2 * DAY
    assert letter.answer == "the mail server refused the recipient: 450 4.2.0 come again later"


def test_a_letter_that_is_refused_for_good_is_not_tried_again_and_keeps_no_other_back(
    session: Session,
) -> None:
    queued(session, 3)
    with open_office(PostOffice(unknown=frozenset({"person2@town.example"}))) as office:
        for days in (0, 1):
            sender(session, office.url, now=NOW + days * DAY).send_due()
    assert states(session) == ["sent", "refused", "sent"]
    assert office.heard == 3


def test_an_address_that_refused_two_letters_gets_no_more(session: Session) -> None:
    with open_office(PostOffice(unknown=frozenset({"person1@town.example"}))) as office:
        for week in range(3):
            queued(session, identity=f"week {week}", now=NOW + 7 * week * DAY)
            sender(session, office.url, now=NOW + 7 * week * DAY).send_due()
    assert states(session) == ["refused", "refused", "not-sent"]
    assert office.heard == 2


def test_a_server_that_has_had_enough_of_a_connection_gets_another(session: Session) -> None:
    queued(session, 6)
    with open_office(PostOffice(breaks_at=4)) as office:
        sender(session, office.url).send_due()
    assert states(session) == ["sent"] * 6
    assert len(set(office.recipients)) == len(office.recipients) == 6


def test_a_server_that_fails_at_the_first_letter_puts_that_one_off_and_leaves_the_others(
    session: Session,
) -> None:
    queued(session, 3)
    with open_office(PostOffice(breaks_at=1)) as office:
        with pytest.raises(ServerFailed, match="closed the connection"):
            sender(session, office.url).send_due()
        assert states(session) == ["waiting"] * 3
        sender(session, office.url).send_due()
        assert sorted(states(session)) == ["sent", "sent", "waiting"]
        sender(session, office.url, now=NOW + timedelta(minutes=5)).send_due()
    assert sorted(office.recipients) == [f"person{number}@town.example" for number in (1, 2, 3)]


def test_a_server_that_is_not_there_changes_nothing(session: Session) -> None:
    queued(session)
    with pytest.raises(ServerFailed, match="cannot be reached"):
        sender(session, f"smtp://127.0.0.1:{closed_port()}").send_due()
    assert (states(session), only_letter(session).tries) == (["waiting"], 0)


@pytest.mark.parametrize("how", ["closes", "hangs"])
def test_a_letter_whose_answer_was_lost_is_uncertain_and_only_a_person_has_it_sent_again(
    session: Session, how: str
) -> None:
    queued(session, 2)
    with open_office(PostOffice(holds_at=1 if how == "hangs" else None, closes_at=1)) as office:
        if how == "hangs":
            office.closes_at = None
        with pytest.raises(ServerFailed, match="whether it took the email is not known"):
            sender(session, office.url).send_due()
        office.holds_at = office.closes_at = None
        for later in (timedelta(), DAY):
            sender(session, office.url, now=NOW + later).send_due()
        assert states(session) == ["sending", "sent"]
        with writing(session):
            letter = session.scalars(select(Letter).order_by(Letter.id).limit(1)).one()
            assert standing_of(letter.state, letter.claimed_until, NOW) is Standing.UNCERTAIN
            identity = f"<{letter.message_key}@force.example>"
            send_again(session, letter, stamp=Stamp(None, NOW))
        sender(session, office.url, now=NOW + DAY).send_due()
    sent = [str(each["Message-ID"]) for each in office.letters if "person1@" in str(each["To"])]
    assert set(sent) == {identity}
    assert len(sent) == (2 if how == "hangs" else 1)
    assert states(session) == ["sent", "sent"]


# Several senders, and one that stops ------------------------------------------------------------------------


def test_two_senders_at_once_send_no_letter_twice(session: Session, database_url: str) -> None:
    queued(session, 60)
    engine, ready = engine_at(database_url), Barrier(2)

    def run(url: str) -> int:
        with Session(engine) as own:
            at_work = sender(own, url)
            ready.wait()
            at_work.send_due()
            return at_work.outcomes[Outcome.SENT]

    with open_office(PostOffice(takes=0.002)) as office, ThreadPoolExecutor(2) as pool:
        counts = [each.result() for each in [pool.submit(run, office.url) for _ in range(2)]]
    engine.dispose()
    assert len(set(office.recipients)) == len(office.recipients) == sum(counts) == 60
    assert min(counts) > 0
    assert states(session) == ["sent"] * 60


def test_two_senders_at_once_send_one_person_one_message(session: Session, database_url: str) -> None:
    for number in range(12):
        for turn in (1, 2):
            queued(session, identity=f"{number}-{turn}", to_address=f"both{number}@town.example")
    engine, ready = engine_at(database_url), Barrier(2)

    def run(url: str) -> None:
        with Session(engine) as own:
            ready.wait()
            sender(own, url).send_due()

    with open_office() as office, ThreadPoolExecutor(2) as pool:
        for each in [pool.submit(run, office.url) for _ in range(2)]:
            each.result()
    engine.dispose()
    assert sorted(office.recipients) == sorted(f"both{number}@town.example" for number in range(12))


def test_a_sender_that_is_to_stop_ends_after_the_letter_in_hand(session: Session, office: PostOffice) -> None:
    queued(session, 9)
    sender(session, office.url, is_to_stop=lambda: len(office.letters) >= 4).send_due()
    assert len(office.letters) == 4
    assert states(session).count("sent") == 4
    assert states(session).count("waiting") == 5
    assert session.scalars(select(Letter.tries).where(Letter.state == LetterState.WAITING)).all() == [0] * 5


def test_a_sender_looks_again_until_it_is_stopped_and_outlasts_a_server_that_is_away(
    session: Session,
) -> None:
    queued(session)
    waits: list[float] = []
    said: list[str] = []
    with open_office() as office:
        for url in (f"smtp://127.0.0.1:{closed_port()}", office.url):
            before = len(waits)
            at_work = sender(
                session,
                url,
                wait=waits.append,
                is_to_stop=lambda before=before: len(waits) >= before + 3,
            )
            at_work.send_for_ever(5, said.append)
    assert waits == [5.0, 10.0, 20.0, 5, 5, 5]
    assert len(said) == 3
    assert "trying again in 20 seconds" in said[-1]
    assert states(session) == ["sent"]


def test_a_full_disk_while_it_is_noted_stops_the_sender_which_says_what_was_sent(
    session: Session, database_url: str
) -> None:
    keys, engine, at = queued(session, 2), engine_at(database_url), PostOffice()

    def refuse(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if at.letters and statement.startswith(("UPDATE", "INSERT")):
            raise OperationalError(statement, {}, Exception("database or disk is full"))

    event.listen(engine, "before_cursor_execute", refuse)
    with open_office(at):
        with Session(engine) as own, pytest.raises(NotNoted, match=f"took number {keys[0]}"):
            sender(own, at.url).send_due()
        engine.dispose()
        sender(session, at.url).send_due()
    assert at.recipients == ["person1@town.example", "person2@town.example"]
    assert states(session) == ["sending", "sent"]
