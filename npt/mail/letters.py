"""Writing a letter: plain text, with headers that nobody's name can break out of."""

import re
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from email.utils import format_datetime

from npt.kit.refusals import Refusal

#: What a mail program posts to stop letters (RFC 8058), and says that it may.
ONE_CLICK = "List-Unsubscribe=One-Click"


#: Words with dots between, an @, and the name of a host: without quotes, comments and numbers for hosts.
_WORD, _LABEL = r"[^\s@.<>()\[\],;:\\\"]+", r"[^\W_]([\w-]*[^\W_])?"
_SHAPE = re.compile(rf"{_WORD}(\.{_WORD})*@{_LABEL}(\.{_LABEL})*")
#: RFC 5321 section 4.5.3.1.3 allows 256 with the angle brackets.
LONGEST_ADDRESS = 254


class AddressNotPossible(Refusal):
    """An email address to which no letter can be written."""


class _InOnePiece(UnstructuredHeader, BaseHeader):
    """A header whose text stands on one line as it is, however long: to fold an address would break it."""

    def fold(self, *, policy: Policy) -> str:
        """The header as it is sent."""
        return f"{self.name}: {self}{policy.linesep}"


def _policy() -> "EmailPolicy[EmailMessage]":
    """As SMTP wants letters, but with the addresses that programs read in one piece.

    The library makes encoded words of whatever has no blank in 78 characters, and no program reads those
    there.
    """
    headers = HeaderRegistry()
    headers.map_to_type("list-unsubscribe", _InOnePiece)
    return SMTP.clone(header_factory=headers)


_POLICY = _policy()


def letter(
    *,
    to: str,
    to_name: str,
    sender: str,
    sender_name: str,
    subject: str,
    text: str,
    at: datetime,
    identity: str,
    unsubscribe: str | None = None,
) -> EmailMessage:
    """A letter in plain text, written by a machine and saying so (RFC 3834).

    `identity` is what makes this letter this letter: a server that is handed it twice can tell, because the
    Message-ID is made of it. `unsubscribe` is where the person stops such letters: by the link (RFC 2369), or
    by a button of their mail program, which posts to it without being asked anything (RFC 8058).
    AddressNotPossible when `to` or `sender` is no address that a header can hold.
    """
    made = EmailMessage(policy=_POLICY)
    made["From"] = _address(sender, sender_name)
    made["To"] = _address(to, to_name)
    made["Subject"] = one_line(subject)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{identity}@{sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    if unsubscribe is not None:
        made["List-Unsubscribe"] = f"<{unsubscribe}>"
        made["List-Unsubscribe-Post"] = ONE_CLICK
    # Seven bits and short lines: no server on the way has a reason to change it.
    made.set_content(text, cte="quoted-printable")
    return made


def one_line(text: str) -> str:
    """The text without line ends and other control characters, so that it can be part of a header."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def check_address(email: str) -> None:
    """Refuse (AddressNotPossible) an address that no header can hold."""
    _address(email, "")


def _address(email: str, name: str) -> Address:
    try:
        # The library chokes on much that is no address, each time in another way.
        if len(email) > LONGEST_ADDRESS or not email.isprintable() or not _SHAPE.fullmatch(email):
            raise ValueError
        return Address(display_name=one_line(name), addr_spec=email)
    except (ValueError, IndexError, MessageError):
        raise AddressNotPossible(
            f"no email can be sent to or from “{one_line(email)[:254]}”: correct the address"
        ) from None
