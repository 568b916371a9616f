"""The mail server: where letters are handed in, and as whom, as `NPT_MAIL_URL` says it."""

import re
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import SplitResult, unquote, urlsplit

from npt.settings import WrongSetting


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
