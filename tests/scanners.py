"""A virus scanner on this machine that speaks as clamd does, and ones that fail as it may.

How a real clamd behaves was compared with this one: findings/what_a_scanner_says_of_a_large_parcel.sh.
"""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

#: Harmless, and what this scanner takes for a virus.
SIGN = b"npt-harmless-test-sign"
FOUND = "Npt.Test.Sign-1"
#: The longest stream that it takes (StreamMaxLength).
LONGEST = 1_000_000


class Manner(Enum):
    """How a scanner behaves."""

    TRUE = "as clamd"
    #: takes all of a file, and says nothing
    SILENT = "silent"
    #: hangs up when a file begins
    RUDE = "hangs up"
    #: says what is no answer
    CONFUSED = "says something else"


class _Talk(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        command = self.rfile.read(10)
        if self.server.manner is Manner.RUDE:
            return
        if command != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = bytearray()
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > LONGEST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.append(bytes(content))
        if self.server.manner is Manner.SILENT:
            self.server.ends.wait(60)
        elif self.server.manner is Manner.CONFUSED:
            self.wfile.write(b"stream: not today\0")
        else:
            self.wfile.write(f"stream: {FOUND} FOUND\0".encode() if SIGN in content else b"stream: OK\0")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, manner: Manner) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.manner = manner
        self.seen: list[bytes] = []
        self.ends = threading.Event()

    @property
    def address(self) -> str:
        """What NPT_SCANNER says of it."""
        return f"127.0.0.1:{self.server_address[1]}"


@contextmanager
def open_scanner(manner: Manner = Manner.TRUE) -> Iterator[_Server]:
    """A scanner that listens until the end; its `manner` may be changed meanwhile."""
    with _Server(manner) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.ends.set()
            server.shutdown()
            thread.join()
