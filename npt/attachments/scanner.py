"""A virus scanner that speaks as clamd does: a file goes out in pieces, one line comes back.

Sixty lines of our own, since the published clients (clamd 1.0.2, pyClamd 0.4) have had no release for years
and wait without end where a scanner stops in the middle. The protocol is that of clamd's manual, INSTREAM.
"""

import socket
import time
from collections.abc import Iterable
from contextlib import suppress

from npt.attachments.rules import Answer

Piece = bytes | memoryview

#: How long all of a scan may take, in seconds: then the file waits in quarantine, and not the person.
PATIENCE = 20.0
_CONNECT = 3.0
_LONGEST_ANSWER = 4_096
_PREFIX = "stream: "


def scan(address: str, pieces: Iterable[Piece], *, patience: float = PATIENCE) -> Answer:
    """What the scanner at `address` ("host:port" or the path of a socket) says of a file, given in pieces.

    Whatever goes wrong is an answer with its trouble, never an error and never "nothing found".
    """
    until = time.monotonic() + patience
    try:
        with _connected(address) as line:
            # Who has stopped listening may still say why.
            with suppress(BrokenPipeError, ConnectionResetError):
                _send(line, pieces, until)
            return _answer(_received(line, until))
    except TimeoutError:
        return Answer(trouble=f"the scanner gave no answer within {patience:g} seconds")
    except OSError as error:
        return Answer(trouble=f"the scanner cannot be reached ({error.strerror or error})")


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(_CONNECT)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), _CONNECT)


def _send(line: socket.socket, pieces: Iterable[Piece], until: float) -> None:
    _wait(line, until)
    line.sendall(b"zINSTREAM\0")
    for piece in pieces:
        _wait(line, until)
        line.sendall(len(piece).to_bytes(4, "big"))
        line.sendall(piece)
    line.sendall(bytes(4))


def _received(line: socket.socket, until: float) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        _wait(line, until)
        some = line.recv(_LONGEST_ANSWER)
        if not some:
            break
        answer += some
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _wait(line: socket.socket, until: float) -> None:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    line.settimeout(left)


def _answer(said: str) -> Answer:
    """What a line of the scanner means; only its own words for it mean that nothing was found."""
    told = said.removeprefix(_PREFIX)
    if told == "OK":
        return Answer()
    if told.endswith(" FOUND"):
        return Answer(found=told.removesuffix(" FOUND") or "something")
    return Answer(trouble=f"the scanner said {told!r}" if told else "the scanner broke off")
