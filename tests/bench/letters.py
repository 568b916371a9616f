"""How much quicker two senders empty the queue of letters than one, at a mail server that takes its time.

The server is aiosmtpd in a process of its own and waits some milliseconds before it takes a letter, as
servers over a network do. The senders are processes that have started before anything is timed; all letters
are due.
"""

import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from decimal import Decimal
from functools import partial

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from npt.kit.clock import local_midnight
from npt.outbox.models import Letter, LetterEvent
from npt.outbox.rules import LetterState, Topic
from npt.settings import ROOT
from npt.store.transaction import engine_at
from tests.bench.measures import WAITING, Measure, Pair, interleaved
from tests.bench.place import TODAY, Place

_LETTERS = 3_334
_PAIRS = 3
#: What the server takes over a letter, in seconds.
_TAKES = 0.005
_NOW = local_midnight(TODAY) + timedelta(hours=10)
_SERVER = """
import sys
from tests.mail_servers import Counting, open_office
with open_office(Counting(takes=float(sys.argv[1]))) as office:
    print(office.url, flush=True)
    sys.stdin.read()
"""
# A sender as npt send has it: it begins at each line that it is given, and answers when nothing is left.
_SENDER = """
import sys
from sqlalchemy.orm import Session
from npt.store.transaction import engine_at
from tests.letters import NOW, sender
engine = engine_at(sys.argv[1])
for line in sys.stdin:
    with Session(engine) as session:
        sender(session, sys.argv[2], timeouts=(60, 60)).send_due()
    print("done", flush=True)
"""


class _Process:
    """A process of ours that is told lines and answers with lines."""

    def __init__(self, script: str, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", script, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def begin(self) -> None:
        """Let it work."""
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def answer(self) -> str:
        """What it answers next. RuntimeError when it ended instead."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        if not line:
            raise RuntimeError("a process that is measured ended before its time")
        return line

    def end(self) -> None:
        """Let it end."""
        self._process.communicate()


@contextmanager
def _running(script: str, *arguments: str) -> Iterator[_Process]:
    process = _Process(script, *arguments)
    try:
        yield process
    finally:
        process.end()


def _timings(engine: str, place: Place) -> Iterator[Pair]:
    url = place.database(engine, "letters")
    with ExitStack() as stack:
        server = stack.enter_context(_running(_SERVER, str(_TAKES)))
        address = server.answer()
        senders = [stack.enter_context(_running(_SENDER, url, address)) for _ in range(2)]
        _work(senders)  # with nothing to send: they have started
        yield from interleaved(
            lambda: _work(senders),
            lambda: _work(senders[:1]),
            pairs=_PAIRS,
            clock=WAITING,
            before=partial(_queue, url),
        )
        _check(url)


def _work(senders: list[_Process]) -> None:
    for sender in senders:
        sender.begin()
    for sender in senders:
        sender.answer()


def _queue(url: str) -> None:
    """Letters to as many people, all due, and none from before."""
    engine = engine_at(url)
    with Session(engine) as session:
        session.execute(delete(LetterEvent))
        session.execute(delete(Letter))
        session.execute(
            insert(Letter),
            [
                {
                    "identity": f"letter {number}",
                    "message_key": secrets.token_hex(16),
                    "to_address": f"person{number}@town.example",
                    "to_name": f"Person {number}",
                    "subject": "What is new in the neighbourhood",
                    "text": "A paragraph of what is new, and of what was done about it.\n\n" * 20,
                    "topic": Topic.NEWSLETTER,
                    "is_urgent": False,
                    "path": "F/",
                    "queued_at": _NOW,
                    "not_before": _NOW,
                    "worth_until": _NOW + timedelta(days=14),
                    "state": LetterState.WAITING,
                    "tries": 0,
                    "answer": "",
                }
                for number in range(_LETTERS)
            ],
        )
        session.commit()
    engine.dispose()


def _check(url: str) -> None:
    """Whether all letters are sent, each once."""
    engine = engine_at(url)
    with Session(engine) as session:
        sent = session.scalar(select(func.count()).where(Letter.state == LetterState.SENT, Letter.tries == 1))
        events = session.scalar(select(func.count()).select_from(LetterEvent))
    engine.dispose()
    if (sent, events) != (_LETTERS, _LETTERS):
        raise RuntimeError(f"{sent} of {_LETTERS} letters are sent, by {events} tries")


MEASURES = [
    Measure(
        f"letters {engine}",
        f"{_LETTERS * _PAIRS:,} letters by two senders, {name}",
        "by one",
        "time",
        Decimal("0.59"),
        partial(_timings, engine),
    )
    for engine, name in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL"))
]
