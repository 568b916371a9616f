"""Mail servers on this machine, for letters to be handed to: one that takes them, and ones that do not."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "npt", "s3cret/with?signs"


@dataclass
class PostOffice:
    """What a server does, and what it has taken. The names of its verbs are those of aiosmtpd."""

    #: recipients that it does not know
    unknown: frozenset[str] = frozenset()
    #: closes the connection in place of taking the letter with this number, from 1
    closes_at: int | None = None
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    #: whether whoever brought the last letter had given their password
    has_signed_in: bool = False
    #: where it listens
    port: int = 0

    @property
    def url(self) -> str:
        """What NPT_MAIL_URL says of it."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802  aiosmtpd calls it by this name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 5.1.1 nobody of that name\tlives here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  see above
        self.has_signed_in = bool(session.authenticated)
        if self.closes_at == len(self.letters) + 1:
            server.transport.abort()
            return "421 closing"
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.recipients += envelope.rcpt_tos
        return "250 taken"


def _lets_in(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    is_right = isinstance(given, LoginPassword) and given == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)


@contextmanager
def open_office(office: PostOffice | None = None, *, asks_password: bool = False) -> Iterator[PostOffice]:
    """A server that listens until the end; without an office of one's own it takes everything."""
    office = office or PostOffice()
    asking: dict[str, Any] = {"authenticator": _lets_in, "auth_require_tls": False} if asks_password else {}
    controller = Controller(office, hostname="127.0.0.1", port=_free_port(), **asking)
    controller.start()
    try:
        office.port = controller.port
        yield office
    finally:
        controller.stop()


@contextmanager
def mute() -> Iterator[int]:
    """The port of a server that lets people in and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield int(listening.getsockname()[1])


def closed_port() -> int:
    """A port on which nobody listens."""
    return _free_port()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
