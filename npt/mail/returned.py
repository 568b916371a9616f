"""Returned mail: what a mail server says of a letter that it could not deliver (RFC 3464), and which it was.

Servers agree on the shape and not on what is in it. So the letter is known by the Message-ID that we gave it,
wherever it stands: in what was returned of the letter, in `In-Reply-To` or `References`, or in the words of
an old server that knows no reports.
"""

import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from pathlib import Path

from npt.kit.refusals import Refusal

#: A returned letter that is larger is passed over: what is returned of ours is small.
LARGEST = 5_000_000
#: Our Message-ID: a key of 32 hexadecimal digits at whatever host.
_OURS = re.compile(r"\b([0-9a-f]{32})@", re.IGNORECASE)
_STATUS = re.compile(r"\b([245]\.[0-9]{1,3}\.[0-9]{1,3})\b")
#: A refusal for good as servers without reports repeat it: "550 5.1.1 unknown", "550-unknown".
_ANSWER = re.compile(r"\b5[0-9]{2}[ -][^\n]*")


class NotReadable(Refusal):
    """What was given is no mail, mbox or maildir."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A letter of ours that did not arrive."""

    message_key: str
    #: the enhanced status code (RFC 3463), like "5.1.1"; "" where there is none
    status: str
    #: what the last server said
    answer: str


def returned_letters(path: Path) -> Iterator[Returned | None]:
    """What each mail of a file, an mbox or a maildir says; None for one that returns no letter of ours.

    NotReadable.
    """
    for mail in _mails(path):
        yield returned_by(mail)


def returned_by(mail: Message) -> Returned | None:
    """What a mail says of a letter of ours that did not arrive; None when it says no such thing.

    A delay, a receipt, an answer by a person or an absence notice returns nothing.
    """
    report = _report(mail)
    if report is None and not _is_from_a_server(mail):
        return None
    if report is not None and not _has_failed(report):
        return None
    key = _key(mail)
    if key is None:
        return None
    said = _ANSWER.search(_words(mail))
    diagnosis = (report or {}).get("diagnostic-code", "")
    answer = diagnosis.partition(";")[2] or diagnosis or (said[0] if said else "")
    status = _status((report or {}).get("status", "")) or _status(answer)
    return Returned(key, status, " ".join(answer.split()))


def _mails(path: Path) -> Iterator[Message]:
    """The mails at `path`. NotReadable."""
    if path.is_dir():
        if not (path / "new").is_dir() and not (path / "cur").is_dir():
            raise NotReadable(f"{path} is a folder, but no maildir: name one that has new and cur")
        box: mailbox.Mailbox[mailbox.Message] = mailbox.Maildir(str(path), factory=None, create=False)
    else:
        with path.open("rb") as file:
            beginning = file.read(5)
        if beginning != b"From ":
            raw = path.read_bytes()
            if len(raw) > LARGEST or b":" not in raw.partition(b"\n")[0]:
                raise NotReadable(f"{path} is no mail and no mbox: its first line is no header")
            yield message_from_bytes(raw, policy=compat32)
            return
        box = mailbox.mbox(str(path), create=False)
    try:
        for key in box.iterkeys():
            raw = box.get_bytes(key)
            if len(raw) <= LARGEST:
                yield message_from_bytes(raw, policy=compat32)
    finally:
        box.close()


def _report(mail: Message) -> dict[str, str] | None:
    """What a report says of its recipient, by field in lower case; None where there is none."""
    for part in mail.walk():
        if part.get_content_type() in {"message/delivery-status", "message/global-delivery-status"}:
            found: dict[str, str] = {}
            for block in part.walk():
                fields = {name.lower(): str(value) for name, value in block.items()}
                if "final-recipient" in fields or "original-recipient" in fields or "action" in fields:
                    found = fields
                    if fields.get("action", "").strip().lower() == "failed":
                        return fields
            return found
    return None


def _has_failed(report: dict[str, str]) -> bool:
    """Whether a report is about a failure that is final, and not about a delay or an arrival."""
    action = report.get("action", "").strip().lower()
    return action == "failed" or (not action and _status(report.get("status", "")).startswith("5"))


def _is_from_a_server(mail: Message) -> bool:
    """Whether a mail without a report is a return all the same: sent by no one, and for good."""
    sender = str(mail.get("Return-Path", "")).strip()
    is_from_no_one = sender == "<>" or re.search(r"mailer-daemon|postmaster", str(mail.get("From", "")), re.I)
    return bool(is_from_no_one) and (
        "X-Failed-Recipients" in mail or _ANSWER.search(_words(mail)) is not None
    )


def _key(mail: Message) -> str | None:
    """The key of our letter that the mail is about."""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            if found := re.search(rf"(?im)^message-id:\s*<?{_OURS.pattern}", _text(part)):
                return found[1].lower()
        elif part is not mail and (found := _OURS.search(str(part.get("Message-ID", "")))):
            return found[1].lower()
    beside = " ".join(
        str(mail.get(name, "")) for name in ("In-Reply-To", "References", "X-Original-Message-ID")
    )
    found = _OURS.search(beside) or re.search(rf"(?im)^message-id:\s*<?{_OURS.pattern}", _words(mail))
    return found[1].lower() if found else None


def _words(mail: Message) -> str:
    """The plain text of a mail, of its first part where it has several."""
    for part in mail.walk():
        if part.get_content_type() == "text/plain":
            return _text(part)
    return ""


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""


def _status(text: str) -> str:
    found = _STATUS.search(text)
    return found[1] if found else ""
