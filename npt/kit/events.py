"""What whoever runs the product watches for: a line of JSON for each event, on standard error.

A line names accounts and records by their keys, and places by keyed digests: no name, no address and nothing
that anybody typed, so that the log may be kept where the records may not. JSON leaves no line break and no
control character in a line, so nobody can write one that looks like another.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

_NAME = "npt"
_log = logging.getLogger(f"{_NAME}.events")
#: What of a digest a line has: enough to see that two are the same.
SHOWN_OF_A_DIGEST = 16


def note(event: str, *, level: int = logging.WARNING, **facts: str | int | None) -> None:
    """Tell that something happened, with facts that are no personal values."""
    _log.log(level, event, extra={"facts": facts})


class Lines(logging.Formatter):
    """A log line as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """The record in one line. Of an error: where it happened and of what kind, without what it says."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            told |= _of_error(record.exc_info[1], record.exc_info[2])
        return json.dumps(told, ensure_ascii=True)


def _of_error(error: BaseException, trace: TracebackType | None) -> dict[str, object]:
    """The kinds of an error and of those behind it, and its way through the code; messages hold values."""
    kinds: list[str] = []
    behind: BaseException | None = error
    while behind is not None:
        kinds.append(f"{type(behind).__module__}.{type(behind).__qualname__}")
        behind = behind.__cause__ or behind.__context__
    frames = traceback.extract_tb(trace)
    return {"error": kinds, "trace": [f"{each.filename}:{each.lineno} {each.name}" for each in frames]}


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to what is standard error at the time, and not when it was made."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]  # its base keeps the stream of the beginning
        return sys.stderr


def write_lines() -> None:
    """Let everything that the product logs go to standard error, a line each. Once is enough."""
    log = logging.getLogger(_NAME)
    log.setLevel(logging.INFO)
    if not any(isinstance(handler, _StandardError) for handler in log.handlers):
        handler = _StandardError()
        handler.setFormatter(Lines())
        log.addHandler(handler)
