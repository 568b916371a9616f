"""What rostering and recording of many records at once have in common: memories, and lines of a file."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from npt.store import lines_of_file

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Remembered(dict[Asked, Answer]):
    """What a function makes of a value, worked out once: thousands of rows share their times.

    When the limit is reached all is forgotten, so that a file of any length keeps to its memory.
    """

    def __init__(self, work_out: Callable[[Asked], Answer], limit: int = 50_000) -> None:
        super().__init__()
        self._work_out = work_out
        self._limit = limit

    def __missing__(self, value: Asked) -> Answer:
        if len(self) >= self._limit:
            self.clear()
        answer = self[value] = self._work_out(value)
        return answer


class LinesOfFile:
    """On which line of a file each record stood, known by a key (a member's, or a shift's) and its start."""

    def __init__(self) -> None:
        self._lines = lines_of_file.LinesOfFile()

    def add(self, records: Iterable[tuple[int, int, int]]) -> None:
        """Remember key, start (in minutes) and line of some records."""
        self._lines.add((key << 32 | starts, line) for key, starts, line in records)

    def of(self, key: int, starts: int) -> int | None:
        """The line of the record, if it came from this file."""
        return self._lines.of(key << 32 | starts)
