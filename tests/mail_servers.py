"""Mail servers on this machine, for letters to be handed to: one that takes them, and ones that do not."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Event, Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "npt", "s3cret/with?signs"


@dataclass
class PostOffice:
    """What a server does, and what it has taken. The names of its verbs are those of aiosmtpd."""

    #: recipients that it does not know
    unknown: frozenset[str] = frozenset()
    #: how often it still puts a recipient off
    busy: dict[str, int] = field(default_factory=dict)
    #: closes the connection in place of answering to the letter with this number, from 1
    closes_at: int | None = None
    #: closes the connection in place of hearing of the letter with this number, from 1
    breaks_at: int | None = None
    #: has the letter with this number, from 1, and says nothing until `released`
    holds_at: int | None = None
    #: seconds that it takes over each letter
    takes: float = 0.0
    letters: list[EmailMessage] = field(default_factory=list)
    #: each letter as it came over the wire
    raw: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    #: whether whoever brought the last letter had given their password
    has_signed_in: bool = False
    #: how many recipients it was told of
    heard: int = 0
    #: where it listens
    port: int = 0
    held: Event = field(default_factory=Event)
    released: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        """What NPT_MAIL_URL says of it."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802  aiosmtpd calls it by this name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        self.heard += 1
        if self.breaks_at == self.heard:
            server.transport.abort()
        if address in self.unknown:
            return "550 5.1.1 nobody of that name\tlives here"
        if self.busy.get(address, 0) > 0:
            self.busy[address] -= 1
            return "450 4.2.0 come again later"
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
        self.raw.append(envelope.content)
        self.recipients += envelope.rcpt_tos
        if self.takes:
            await asyncio.sleep(self.takes)
        if self.holds_at == len(self.letters):
            self.held.set()
            while not self.released.is_set():
                await asyncio.sleep(0.01)
        return "250 taken"


@dataclass
class Counting(PostOffice):
    """A server that takes everything and reads nothing of it."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  see above
        await asyncio.sleep(self.takes)
        return "250 taken"


def _lets_in(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    is_right = isinstance(given, LoginPassword) and given == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)


@contextmanager
def open_office(
    office: PostOffice | None = None, *, asks_password: bool = False, **protected: Any
) -> Iterator[PostOffice]:
    """A server that listens until the end; without an office of one's own it takes everything.

    `protected`: its `ssl_context`, from the first word on; or its `tls_context`, from STARTTLS on.
    """
    office = office or PostOffice()
    asking: dict[str, Any] = {"authenticator": _lets_in, "auth_require_tls": False} if asks_password else {}
    controller = Controller(office, hostname="127.0.0.1", port=_free_port(), **asking, **protected)
    controller.start()
    try:
        office.port = controller.port
        yield office
    finally:
        office.released.set()
        controller.stop()


@contextmanager
def mute() -> Iterator[int]:
    """The port of a server that lets people in and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield int(listening.getsockname()[1])


@contextmanager
def reading_once() -> Iterator[tuple[int, list[bytes]]]:
    """The port of a server that reads once after it said that a letter may come; and what it has read."""
    read: list[bytes] = []
    answers = [b"250 hello", b"250 OK", b"250 OK", b"354 go on", b"250 taken", b"221 bye"]

    def serve() -> None:
        caller, _ = listening.accept()
        with caller:
            caller.sendall(b"220 ready\r\n")
            for answer in answers:
                read.append(caller.recv(100_000))
                caller.sendall(answer + b"\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = Thread(target=serve)
        serving.start()
        yield int(listening.getsockname()[1]), read
        serving.join()


def closed_port() -> int:
    """A port on which nobody listens."""
    return _free_port()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
