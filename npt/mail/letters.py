"""Writing a letter: plain text, with headers that nobody's name can break out of."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from npt.kit.refusals import Refusal


class AddressNotPossible(Refusal):
    """An email address to which no letter can be written."""


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
    Message-ID is made of it. `unsubscribe` is the address of the page on which the person stops such letters
    (RFC 2369). AddressNotPossible when `to` or `sender` is no address that a header can hold.
    """
    made = EmailMessage(policy=SMTP)
    made["From"] = _address(sender, sender_name)
    made["To"] = _address(to, to_name)
    made["Subject"] = one_line(subject)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{identity}@{sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    if unsubscribe is not None:
        made["List-Unsubscribe"] = f"<{unsubscribe}>"
    # Seven bits and short lines: no server on the way has a reason to change it.
    made.set_content(text, cte="quoted-printable")
    return made


def one_line(text: str) -> str:
    """The text without line ends and other control characters, so that it can be part of a header."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _address(email: str, name: str) -> Address:
    try:
        return Address(display_name=one_line(name), addr_spec=email)
    except (ValueError, IndexError):
        raise AddressNotPossible(
            f"no email can be sent to or from “{one_line(email)[:254]}”: correct the address"
        ) from None
