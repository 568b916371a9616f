"""Handing letters to a mail server by SMTP (RFC 5321), with what may go wrong told apart.

One letter is refused, for now or for good, and the next may pass; or the server cannot be used at all, and no
letter was taken; or, in the worst case, the whole letter was handed over and no answer came, so that nobody
can tell. A server that does not answer is waited for so long and no longer.
"""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from typing import NoReturn

from npt.kit.refusals import Refusal
from npt.mail.server import MailServer, Security

#: Seconds for which an answer of the server is waited for. RFC 5321 section 4.5.3.2 allows minutes, but there
#: is another try.
TIMEOUT = 30.0
#: Seconds for which it is waited for once the whole letter is handed over: if it does not come nobody knows
#: whether the letter was taken, so here the ten minutes of RFC 5321 are kept to.
LAST_TIMEOUT = 600.0
#: The longest answer of a server that is repeated to a person.
_LONGEST_ANSWER = 200
#: "5.1.1" at the beginning of an answer (RFC 3463).
_STATUS = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}\b")
#: Sizes are judged before a letter is sent (RFC 1870), by an answer to the sender that is about the letter.
_TOO_LARGE = 552
#: The server is closing the connection (RFC 5321 section 3.8).
_CLOSING = 421


class LetterRefused(Refusal):
    """The server did not take this letter; the next one may pass."""

    def __init__(
        self, message: str, *, is_for_good: bool, status: str = "", names_recipient: bool = False
    ) -> None:
        super().__init__(message)
        #: whether to try again is of no use
        self.is_for_good = is_for_good
        #: the enhanced status code (RFC 3463), like "5.1.1"; "" where the server gave none
        self.status = status
        #: whether it refused the recipient, and not what was sent
        self.names_recipient = names_recipient


class ServerFailed(Refusal):
    """The server cannot be used: not reached, hung, closed, or not letting us in. It took nothing."""


class FateUnknown(ServerFailed):
    """The whole letter was handed over, and no answer came: it was taken, or it was not."""


class Carrier:
    """An open connection to the server."""

    def __init__(self, smtp: smtplib.SMTP, timeout: float, last_timeout: float) -> None:
        self._smtp = smtp
        self._timeout, self._last_timeout = timeout, last_timeout

    def send(self, letter: EmailMessage) -> None:
        """Hand in one letter: the server has taken it. LetterRefused, ServerFailed, FateUnknown."""
        raw = letter.as_bytes()
        try:
            self._announce(letter, len(raw))
            # In one piece: the end of a letter that comes by itself waits in the network until the server has
            # acknowledged what was before it, and servers take their time over that (RFC 1122, 4.2.3.2).
            self._smtp.send(_with_dots(raw) + b".\r\n")
        except (smtplib.SMTPException, OSError) as error:  # its end was not sent: the server drops it
            raise ServerFailed(_failure(error)) from None
        code, answer = self._ended()
        if code != 250:
            self._refuse("the email", code, answer)

    def _announce(self, letter: EmailMessage, size: int) -> None:
        """Say from whom the letter is, to whom, and that it comes."""
        (sender,), (recipient,) = letter["From"].addresses, letter["To"].addresses
        if not (sender.addr_spec + recipient.addr_spec).isascii():
            raise LetterRefused(
                "the mail server accepts only addresses in the letters a to z: correct the address",
                is_for_good=True,
                names_recipient=True,
            )
        self._smtp.ehlo_or_helo_if_needed()
        options = [f"size={size}"] if self._smtp.has_extn("size") else []
        code, answer = self._smtp.mail(sender.addr_spec, options)
        if code == _TOO_LARGE:
            self._refuse("the email", code, answer)
        if code != 250:
            raise ServerFailed(
                f"the mail server refused the sender {letter['From']}: {_words(code, answer)};"
                " set NPT_MAIL_FROM to an address it accepts"
            )
        code, answer = self._smtp.rcpt(recipient.addr_spec)
        if code not in {250, 251}:
            self._refuse("the recipient", code, answer)
        code, answer = self._smtp.docmd("DATA")
        if code != 354:
            self._refuse("the email", code, answer)

    def _ended(self) -> tuple[int, bytes]:
        """What the server says once it has the whole letter."""
        sock = self._smtp.sock
        try:
            if sock is not None:
                sock.settimeout(self._last_timeout)
            code, answer = self._smtp.getreply()
            if sock is not None:
                sock.settimeout(self._timeout)
        except (smtplib.SMTPException, OSError) as error:
            raise FateUnknown(f"{_failure(error)}; whether it took the email is not known") from None
        if not 200 <= code < 600:
            raise FateUnknown(
                "the mail server’s answer means nothing; whether it took the email is not known"
            )
        return code, answer

    def _refuse(self, what: str, code: int, answer: bytes) -> NoReturn:
        """Say that the server refused `what`, after telling it to forget the letter."""
        said = _words(code, answer)
        if code == _CLOSING:
            raise ServerFailed(f"the mail server closes the connection: {said}")
        if not 400 <= code < 600:
            raise ServerFailed(f"the mail server answered what was not asked: {said}")
        with suppress(smtplib.SMTPException, OSError):  # the next letter notices that it is gone
            self._smtp.rset()
        found = _STATUS.match(said.partition(" ")[2])
        raise LetterRefused(
            f"the mail server refused {what}: {said}",
            is_for_good=code >= 500,
            status=found[0] if found else "",
            names_recipient=what == "the recipient",
        )


def _with_dots(raw: bytes) -> bytes:
    """The letter as it goes over the wire but for the dot at its end (RFC 5321 section 4.5.2)."""
    dotted = re.sub(rb"(?m)^\.", b"..", raw)
    return dotted if dotted.endswith(b"\r\n") else dotted + b"\r\n"


@contextmanager
def connected(
    server: MailServer,
    *,
    timeout: float = TIMEOUT,
    last_timeout: float = LAST_TIMEOUT,
) -> Iterator[Carrier]:
    """A connection to `server`, ended in the end. ServerFailed when there can be none."""
    smtp = _connect(server, timeout)
    try:
        _enter(smtp, server)
        yield Carrier(smtp, timeout, last_timeout)
        with suppress(smtplib.SMTPException, OSError):  # whatever was sent has been taken
            smtp.quit()
    finally:
        smtp.close()


def _connect(server: MailServer, timeout: float) -> smtplib.SMTP:
    try:
        if server.security is Security.TLS:
            return smtplib.SMTP_SSL(
                server.host, server.port, timeout=timeout, context=ssl.create_default_context()
            )
        return smtplib.SMTP(server.host, server.port, timeout=timeout)
    except (smtplib.SMTPException, OSError) as error:
        raise ServerFailed(f"{_failure(error)} ({server.host}, port {server.port})") from None


def _enter(smtp: smtplib.SMTP, server: MailServer) -> None:
    """Protect the way where that is asked for, and sign in where a user is named."""
    try:
        if server.security is Security.STARTTLS:
            smtp.starttls(context=ssl.create_default_context())
        if server.user is not None and server.password is not None:
            smtp.login(server.user, server.password)
    except smtplib.SMTPAuthenticationError as error:
        raise ServerFailed(
            f"the mail server does not let {server.user} in: {_words(error.smtp_code, error.smtp_error)};"
            " check the user and the password in NPT_MAIL_URL"
        ) from None
    except smtplib.SMTPNotSupportedError:
        is_late = server.security is Security.STARTTLS
        what = "protect the connection (STARTTLS)" if is_late else "take a password"
        raise ServerFailed(
            f"the mail server does not offer to {what}: check the beginning of NPT_MAIL_URL"
        ) from None
    except UnicodeError:
        raise ServerFailed(
            "the mail server accepts only users and passwords in the letters a to z: have them changed"
        ) from None
    except (smtplib.SMTPException, OSError) as error:
        raise ServerFailed(_failure(error)) from None


def _failure(error: smtplib.SMTPException | OSError) -> str:
    """Why the server cannot be used, in words and with what to do."""
    # What happens while an answer is read reaches us as a closed connection, with what it was behind it.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "the mail server did not answer in time: check that it is running, and try again"
    if isinstance(error, ssl.SSLError):
        return (
            f"no secure connection to the mail server: {_one_line(str(error))};"
            " check the beginning and the port of NPT_MAIL_URL, and the server's certificate"
        )
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the mail server refused the connection: {_words(error.smtp_code, error.smtp_error)}"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "the mail server closed the connection: check its log, and try again"
    return f"the mail server cannot be reached: {_one_line(str(error))}"


def _words(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {_one_line(text)}".strip()


def _one_line(text: str) -> str:
    """What another machine said, fit for a terminal."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(plain.split())[:_LONGEST_ANSWER]
