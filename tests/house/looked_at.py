"""What axe has looked at in this run: once at each look of an element, on whatever page, by any worker."""

import fcntl
from collections.abc import Collection
from hashlib import blake2b
from pathlib import Path

from tests.house.markup import Look, looks_drawn


class LookedAt:
    """The looks of elements that a run has seen so far, in a file that its workers share."""

    def __init__(self, run: Path) -> None:
        self._file = run / "looked-at"

    def new_in(self, page: str) -> frozenset[Look]:
        """The looks of elements of the page as none was seen before; from now on they all were."""
        looks = {_digest(look): look for look in looks_drawn(page)}
        return frozenset(looks[digest] for digest in self._note(looks))

    def _note(self, digests: Collection[str]) -> Collection[str]:
        """Those that are new."""
        with self._file.open("a+", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            new = set(digests).difference(file.read().split())
            file.write("".join(f"{digest}\n" for digest in sorted(new)))
        return new


def _digest(look: Look) -> str:
    return blake2b(repr(look).encode(), digest_size=12).hexdigest()
