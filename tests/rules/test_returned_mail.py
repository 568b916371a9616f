"""Returned mail: which letter did not arrive, and why, in the words of several servers."""

import mailbox
from email import message_from_string
from email.policy import compat32
from pathlib import Path

import pytest

from npt.mail.returned import NotReadable, Returned, returned_by, returned_letters
from npt.outbox.rules import counts_against_address
from tests.rules.returned_mail import (
    ABSENCE,
    CUT_SHORT,
    DELAYED,
    EXCHANGE,
    EXIM,
    KEY,
    OF_ANOTHER,
    OLD_EXIM,
    POSTFIX,
    REPLY,
)

UNKNOWN = "550 5.1.1 <ann@town.example>: Recipient address rejected: User unknown"


def read(mail: str) -> Returned | None:
    return returned_by(message_from_string(mail, policy=compat32))


@pytest.mark.parametrize(
    ("mail", "status", "answer"),
    [
        (POSTFIX, "5.1.1", UNKNOWN),
        (EXIM, "4.4.7", ""),
        (OLD_EXIM, "5.2.1", "550 5.2.1 The mailbox is disabled"),
        (EXCHANGE, "5.7.1", "550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized"),
    ],
    ids=["Postfix", "Exim", "an older Exim", "Exchange"],
)
def test_each_servers_way_of_returning_a_letter_is_understood(mail: str, status: str, answer: str) -> None:
    assert read(mail) == Returned(KEY, status, answer)


@pytest.mark.parametrize(
    "mail",
    [
        DELAYED,
        OF_ANOTHER,
        ABSENCE,
        REPLY,
        CUT_SHORT,
        "",
        "Subject: x\n\n",
        POSTFIX.replace("failed", "delivered"),
    ],
    ids=[
        "a delay",
        "another's letter",
        "an absence",
        "a reply",
        "cut short",
        "nothing",
        "no words",
        "arrived",
    ],
)
def test_what_returns_no_letter_of_ours_is_passed_over(mail: str) -> None:
    assert read(mail) is None


@pytest.mark.parametrize(
    ("status", "counts"),
    [
        ("5.1.1", True),
        ("5.2.1", True),
        ("5.4.4", True),
        ("", True),
        ("5.0.0", True),
        ("5.2.2", False),
        ("5.3.4", False),
        ("5.7.1", False),
        ("4.4.7", False),
    ],
)
def test_only_what_is_the_fault_of_an_address_counts_against_it(status: str, counts: bool) -> None:
    assert counts_against_address(status) is counts


def test_a_mail_an_mbox_and_a_maildir_are_read(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_text(POSTFIX)
    mbox = mailbox.mbox(str(tmp_path / "mbox"))
    maildir = mailbox.Maildir(str(tmp_path / "maildir"))
    for mail in (POSTFIX, ABSENCE, EXCHANGE):
        mbox.add(mail)
        maildir.add(mail)
    mbox.close()
    assert [each is not None for each in returned_letters(tmp_path / "one.eml")] == [True]
    for name in ("mbox", "maildir"):
        found = list(returned_letters(tmp_path / name))
        assert sorted(each is not None for each in found) == [False, True, True]


@pytest.mark.parametrize("beginning", [b"", b"PK\x03\x04", b"\xff\xfe\x00", b"no header\n\nat all"])
def test_what_is_no_mail_is_refused(tmp_path: Path, beginning: bytes) -> None:
    (tmp_path / "file").write_bytes(beginning)
    with pytest.raises(NotReadable, match="is no mail"):
        list(returned_letters(tmp_path / "file"))
    with pytest.raises(NotReadable, match="no maildir"):
        list(returned_letters(tmp_path))
