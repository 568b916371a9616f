"""The mail server: read from `NPT_MAIL_URL`, spoken to by SMTP (RFC 5321), with its failures told apart.

Either one letter is refused and the next may pass, or the server cannot be used at all. A server that does
not answer is waited for so long and no longer.
"""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import Enum
from urllib.parse import SplitResult, unquote, urlsplit

from npt.kit.refusals import Refusal
from npt.settings import WrongSetting

#: Seconds for which an answer of the server is waited for. RFC 5321 section 4.5.3.2 allows minutes, but a
#: command that is run every hour has another try.
TIMEOUT = 30.0
#: The longest answer of a server that is repeated to a person.
_LONGEST_ANSWER = 200


class Security(Enum):
    """How the way to the server is protected."""

    NONE = "not at all"
    STARTTLS = "from the second word on"
    TLS = "from the first word on"


_SCHEMES = {
    "smtp": (Security.NONE, 25),
    "smtp+starttls": (Security.STARTTLS, 587),
    "smtps": (Security.TLS, 465),
}
_EXAMPLE = "smtps://USER:PASSWORD@mail.example.org"


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed in, and as whom."""

    host: str
    port: int
    security: Security
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, url: str | None) -> "MailServer":
        """The server of an address like smtps://USER:PASSWORD@HOST:PORT.

        WrongSetting when there is none or it cannot be used; the message never repeats the address, which may
        hold a password.
        """
        if not url:
            raise WrongSetting(
                f"NPT_MAIL_URL is not set: name the mail server that sends the emails, like {_EXAMPLE}"
            )
        parts = _split(url)
        security, usual_port = _SCHEMES[parts.scheme]
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if bool(user) != bool(password):
            raise _wrong(f"it names a user or a password but not both: write both, like {_EXAMPLE}")
        if not (user + password).isprintable():
            raise _wrong("user and password must not have control characters")
        if password and security is Security.NONE and not _is_this_machine(parts.hostname or ""):
            raise _wrong("smtp:// would send the password unprotected: write smtps:// or smtp+starttls://")
        return cls(parts.hostname or "", parts.port or usual_port, security, user or None, password or None)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        _ = parts.port  # read only when asked for: this is where a wrong one is told
    except ValueError:
        raise _wrong(f"its port or host cannot be read: write it like {_EXAMPLE}:465") from None
    if parts.scheme not in _SCHEMES:
        raise _wrong("it must begin with smtp://, smtp+starttls:// or smtps://")
    if not parts.hostname or not re.fullmatch(r"[A-Za-z0-9.:_-]+", parts.hostname):
        raise _wrong(f"it names no host: write it like {_EXAMPLE}")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise _wrong("nothing may follow the host and the port; in a password write %2F for / and %3F for ?")
    return parts


def _wrong(why: str) -> WrongSetting:
    return WrongSetting(f"NPT_MAIL_URL cannot be used: {why}")


def _is_this_machine(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")


# Handing letters in -----------------------------------------------------------------------------------------


class LetterRefused(Refusal):
    """The server did not take this letter; the next one may pass."""


class ServerFailed(Refusal):
    """The server cannot be used: not reached, hung, closed, or not letting us in. Nothing more is sent."""


class Carrier:
    """An open connection to the server."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        self._smtp = smtp

    def send(self, letter: EmailMessage) -> None:
        """Hand in one letter. LetterRefused, ServerFailed; without either the server has taken it."""
        try:
            self._smtp.send_message(letter)
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            raise LetterRefused(f"the mail server refused the recipient: {_words(code, answer)}") from None
        except smtplib.SMTPDataError as error:
            raise LetterRefused(
                f"the mail server refused the email: {_words(error.smtp_code, error.smtp_error)}"
            ) from None
        except (smtplib.SMTPNotSupportedError, UnicodeError):
            raise LetterRefused(
                "the mail server accepts only addresses in the letters a to z: correct the address"
            ) from None
        except smtplib.SMTPSenderRefused as error:
            raise ServerFailed(
                f"the mail server refused the sender {letter['From']}:"
                f" {_words(error.smtp_code, error.smtp_error)}; set NPT_MAIL_FROM to an address it accepts"
            ) from None
        except (smtplib.SMTPException, OSError) as error:
            raise ServerFailed(_failure(error)) from None


@contextmanager
def connected(server: MailServer, *, timeout: float = TIMEOUT) -> Iterator[Carrier]:
    """A connection to `server`, ended in the end. ServerFailed when there can be none."""
    smtp = _connect(server, timeout)
    try:
        _enter(smtp, server)
        yield Carrier(smtp)
        with suppress(smtplib.SMTPException, OSError):  # whatever was sent has been taken
            smtp.quit()
    finally:
        smtp.close()


def _connect(server: MailServer, timeout: float) -> smtplib.SMTP:
    try:
        if server.security is Security.TLS:
            trusted = ssl.create_default_context()
            return smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=trusted)
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
