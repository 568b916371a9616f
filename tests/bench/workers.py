"""What a worker of the served application holds in memory once it has answered a good many requests.

`npt serve` itself, with one worker, on the demonstration force. People of several roles walk through it in
turns, by the links of its pages, files to keep included; nobody opens an address twice.
"""

import os
import re
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from html import unescape
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from npt.access.rules import Role
from npt.demonstration.accounts import ACCOUNTS
from tests import make
from tests.bench.measures import Measure, Pair
from tests.bench.pages import load_force
from tests.bench.place import TODAY, Place

_REQUESTS = 1_000
_ROLES = (Role.BOARD, Role.MANAGER, Role.INSPECTOR, Role.SERGEANT, Role.PCSO, Role.HMIC)
_SECONDS_TO_START = 60
_LINK = re.compile(r'href="(/(?!static/)[^"#]*)')
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class _Walker:
    """Somebody who opens one page after another, each by a link of those before."""

    connection: HTTPConnection
    _cookies: SimpleCookie = field(default_factory=SimpleCookie)
    _waiting: deque[str] = field(default_factory=lambda: deque(["/"]))
    _known: set[str] = field(default_factory=lambda: {"/"})

    def sign_in(self, email: str) -> None:
        """Sign in with the password of the accounts that are measured with."""
        found = _TOKEN.search(self._ask("GET", "/sign-in")[1])
        if found is None:
            raise RuntimeError("the page for signing in has no token")
        sent = {"csrf_token": found[1], "email": email, "password": make.PASSWORD}
        status, _text = self._ask("POST", "/sign-in", urlencode(sent))
        if status != 303:
            raise RuntimeError(f"{email} could not sign in: {status}")

    def step(self) -> bool:
        """Open the next page. False when there is none left."""
        if not self._waiting:
            return False
        address = self._waiting.popleft()
        status, text = self._ask("GET", address)
        if status >= 500:
            raise RuntimeError(f"{address} answers {status}: there is nothing to measure")
        for link in _LINK.findall(text):
            if (found := unescape(link)) not in self._known:
                self._known.add(found)
                self._waiting.append(found)
        return True

    def _ask(self, method: str, address: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, address, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        self.connection.close()  # the server does not wait for the next request as long as the others take
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self._cookies.load(cookie)
        is_page = answer.headers.get_content_type() == "text/html"
        return answer.status, content.decode() if is_page else ""


def _memory(place: Place) -> Iterator[Pair]:
    url = place.database("sqlite", "worker")
    place.app(url)
    load_force(url, place.folder, place.months)
    with _served(url, place.folder) as (port, worker):
        walkers = []
        for role in _ROLES:
            walkers.append(_Walker(HTTPConnection("127.0.0.1", port, timeout=120)))
            walkers[-1].sign_in(next(each.email for each in ACCOUNTS if each.role is role))
        asked = 0
        while asked < _REQUESTS:
            stepped = sum(walker.step() for walker in walkers)
            if not stepped:
                raise RuntimeError(f"the links end after {asked} pages")
            asked += stepped
        yield Pair(_resident(worker), 1)


@contextmanager
def _served(url: str, folder: Path) -> Iterator[tuple[int, int]]:
    """The command on a free port: the port, and the key of its worker's process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "NPT_DATABASE_URL": url,
        "NPT_SECRET_KEY": "a-key-for-measuring-that-protects-nothing",
        "NPT_DEMONSTRATION": "1",
        "NPT_DEMO_PASSWORD": make.PASSWORD,
        "NPT_TODAY": TODAY.isoformat(),
    }
    command = [str(Path(sys.executable).with_name("npt")), "serve", "--workers", "1", "--port", str(port)]
    with (folder / "serve.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield port, _worker_of(server, port)
    finally:
        server.terminate()
        server.wait()


def _worker_of(server: "subprocess.Popen[bytes]", port: int) -> int:
    """The worker of the server, once it answers."""
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
            return int(children[0])
    raise RuntimeError(f"npt serve does not answer within {_SECONDS_TO_START} seconds: see serve.log")


def _resident(process: int) -> float:
    """What a process holds in memory, in megabytes, with what it shares with others."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the system does not say what the worker holds in memory")


MEASURES = [
    Measure(
        name="worker-memory",
        work=f"Memory of a worker of npt serve after {_REQUESTS:,} requests of {len(_ROLES)} roles, SQLite",
        against="one megabyte",
        counted="memory",
        reach=Decimal(120),
        timings=_memory,
    ),
]
