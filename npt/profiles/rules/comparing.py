"""How two versions of a text differ, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

_WORDS = re.compile(r"\n|[^\S\n]+|[^\s]+")


class Change(Enum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text that both versions have, or only one of them."""

    change: Change
    text: str


def compared(old: str, new: str) -> Sequence[Piece]:
    """The pieces of both in their order: without what was added they are the old one, and the reverse."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[Piece] = []
    for change, i1, i2, j1, j2 in SequenceMatcher(None, before, after).get_opcodes():
        if change == "equal":
            pieces.append(Piece(Change.SAME, "".join(before[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece(Change.REMOVED, "".join(before[i1:i2])))
        if j2 > j1:
            pieces.append(Piece(Change.ADDED, "".join(after[j1:j2])))
    return pieces
