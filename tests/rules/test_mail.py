"""The mail server's address, letters that nobody's name breaks out of, and a server's failures in words."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from npt.mail.handing_in import FateUnknown, LetterRefused, ServerFailed, connected
from npt.mail.letters import AddressNotPossible, letter
from npt.mail.server import MailServer, Security
from npt.settings import WrongSetting
from tests.mail_servers import PASSWORD, USER, PostOffice, closed_port, mute, open_office, reading_once

AT = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
#: how long a server is waited for that never answers
IMPATIENT = 0.05


def written(
    to: str = "ann@force.example", to_name: str = "Ann Example", subject: str = "Days"
) -> EmailMessage:
    return letter(
        to=to,
        to_name=to_name,
        sender="npt@force.example",
        sender_name="Tracker",
        subject=subject,
        text="Grüße – 3 days\n",
        at=AT,
        identity="confirm-1-2026-11-16",
        unsubscribe="https://npt.force.example/account",
    )


def test_the_address_of_a_server_says_how_the_way_is_protected_and_where_it_goes() -> None:
    assert MailServer.parse("smtp://mail.force.example") == MailServer(
        "mail.force.example", 25, Security.NONE
    )
    assert MailServer.parse("smtp+starttls://mail.force.example").port == 587
    assert MailServer.parse("smtps://mail.force.example").port == 465
    server = MailServer.parse("smtps://a%40b.example:p%2Fq%3F@mail.force.example:2465")
    assert (server.user, server.password, server.port) == ("a@b.example", "p/q?", 2465)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (None, "NPT_MAIL_URL is not set"),
        ("", "NPT_MAIL_URL is not set"),
        ("mail.force.example", "must begin with smtp://"),
        ("https://u:hidden@mail.force.example", "must begin with smtp://"),
        ("smtps://u:hidden@", "names no host"),
        ("smtps://u:hidden@mail.force.example:mail", "port or host cannot be read"),
        ("smtps://u:hidden@mail.force.example:99999", "port or host cannot be read"),
        ("smtps://u:hid/den@mail.force.example", "port or host cannot be read"),
        ("smtps://u:hidden@mail.force.example/inbox", "nothing may follow"),
        ("smtps://u@mail.force.example", "but not both"),
        ("smtp://u:hidden@mail.force.example", "unprotected"),
        ("smtps://u:hidden%0Dden@mail.force.example", "control characters"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_it(url: str | None, why: str) -> None:
    with pytest.raises(WrongSetting, match="NPT_MAIL_URL") as refused:
        MailServer.parse(url)
    assert why in str(refused.value)
    assert "hid" not in str(refused.value)


def test_a_server_shown_in_a_log_keeps_its_password() -> None:
    assert "hidden" not in repr(MailServer.parse("smtps://u:hidden@mail.force.example"))


def test_a_name_with_a_line_end_adds_no_header() -> None:
    made = written(to_name="Ann\r\nBcc: all@force.example", subject="Days\nX-Evil: yes")
    assert made["Bcc"] is None
    assert made["X-Evil"] is None
    assert made["Subject"] == "Days X-Evil: yes"


@pytest.mark.parametrize(
    "email", ["ann@force.example\nBcc: all@force.example", "ann", "a b@force.example", ""]
)
def test_what_is_no_address_gets_no_letter(email: str) -> None:
    with pytest.raises(AddressNotPossible, match="correct the address"):
        written(to=email)


def test_the_server_takes_the_letter_with_names_in_every_script() -> None:
    with open_office() as office, connected(MailServer.parse(office.url)) as carrier:
        carrier.send(written(to_name="Siân Zoë Ørsted, sergeant"))
    (taken,) = office.letters
    assert str(taken["To"]) == '"Siân Zoë Ørsted, sergeant" <ann@force.example>'
    assert taken["Message-ID"] == "<confirm-1-2026-11-16@force.example>"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken["List-Unsubscribe"] == "<https://npt.force.example/account>"
    assert taken.get_content().splitlines() == ["Grüße – 3 days"]


def test_a_recipient_whom_the_server_does_not_know_keeps_nobody_else_from_theirs() -> None:
    office = PostOffice(unknown=frozenset({"gone@force.example"}))
    with open_office(office), connected(MailServer.parse(office.url)) as carrier:
        with pytest.raises(LetterRefused, match=r"550 5\.1\.1 nobody of that name lives here"):
            carrier.send(written("gone@force.example"))
        carrier.send(written())
    assert office.recipients == ["ann@force.example"]


def test_a_server_signs_us_in_with_the_password_of_the_address() -> None:
    with open_office(asks_password=True) as office:
        url = f"smtp://{USER}:s3cret%2Fwith%3Fsigns@127.0.0.1:{office.port}"
        with connected(MailServer.parse(url)) as carrier:
            carrier.send(written())
    assert office.has_signed_in
    assert len(office.letters) == 1


def test_a_wrong_password_is_said_and_not_repeated() -> None:
    with open_office(asks_password=True) as office:
        server = MailServer("127.0.0.1", office.port, Security.NONE, USER, "not-it-at-all")
        with pytest.raises(ServerFailed, match="does not let npt in") as refused, connected(server):
            pass
    assert "not-it-at-all" not in str(refused.value)
    assert PASSWORD not in str(refused.value)


def test_a_server_without_protection_is_not_spoken_to_where_protection_was_asked_for() -> None:
    with open_office() as office:
        for security, why in (
            (Security.STARTTLS, "does not offer to protect the connection"),
            (Security.TLS, "no secure connection"),
        ):
            server = MailServer("127.0.0.1", office.port, security)
            with pytest.raises(ServerFailed, match=why), connected(server):
                pass
    assert office.letters == []


def test_a_letter_comes_with_its_end_and_is_not_kept_waiting_for_it() -> None:
    with (
        reading_once() as (port, read),
        connected(MailServer.parse(f"smtp://127.0.0.1:{port}"), timeout=5, last_timeout=5) as carrier,
    ):
        carrier.send(written())
    assert read[4].endswith(b"\r\n.\r\n")


def test_a_server_that_never_answers_is_given_up() -> None:
    with mute() as port:
        server = MailServer("127.0.0.1", port, Security.NONE)
        with (
            pytest.raises(ServerFailed, match="did not answer in time"),
            connected(server, timeout=IMPATIENT),
        ):
            pass


def test_a_server_that_is_not_there_is_named() -> None:
    port = closed_port()
    server = MailServer("127.0.0.1", port, Security.NONE)
    with (
        pytest.raises(ServerFailed, match=rf"cannot be reached.*127\.0\.0\.1, port {port}"),
        connected(server),
    ):
        pass


def test_a_server_that_closes_before_it_answers_to_the_whole_letter_leaves_its_fate_unknown() -> None:
    office = PostOffice(closes_at=1)
    with (
        open_office(office),
        connected(MailServer.parse(office.url)) as carrier,
        pytest.raises(FateUnknown, match=r"closed the connection.*whether it took the email is not known"),
    ):
        carrier.send(written())
    assert office.letters == []
