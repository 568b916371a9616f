"""On which line of a file each record stood, in 16 bytes a record: a file may have a million."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable


class LinesOfFile:
    """The lines of records, each known by a whole number of at most 63 bits."""

    def __init__(self) -> None:
        self._chunks: list[tuple[array[int], array[int]]] = []

    def add(self, records: Iterable[tuple[int, int]]) -> None:
        """Remember key and line of some records."""
        ordered = sorted(records)
        self._chunks.append(
            (array("q", [key for key, _ in ordered]), array("q", [line for _, line in ordered]))
        )

    def of(self, key: int) -> int | None:
        """The line of the record, if it came from this file."""
        for keys, lines in self._chunks:
            place = bisect_left(keys, key)
            if place < len(keys) and keys[place] == key:
                return lines[place]
        return None
