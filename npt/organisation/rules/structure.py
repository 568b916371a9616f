"""The structure of a force: levels, codes and paths.

The levels and the priority classes are those of the HMIC report on Bedfordshire of September 2008; codes and
paths are ours.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum
from functools import total_ordering

from npt.kit.refusals import Refusal

CODE_LENGTH = 20
_CODE = re.compile(rf"[A-Za-z0-9._-]{{1,{CODE_LENGTH}}}")
_SEPARATOR = "/"


@total_ordering
class Level(Enum):
    """A level of the structure. Ordered from the top: the force comes first, a neighbourhood last."""

    FORCE = "force"
    BCU = "bcu"
    AREA = "area"
    TEAM = "team"
    NEIGHBOURHOOD = "neighbourhood"

    @property
    def depth(self) -> int:
        """How many levels lie above: 0 for the force, 4 for a neighbourhood."""
        return _LEVELS.index(self)

    @property
    def above(self) -> "Level | None":
        """The level of the parent; None for the force."""
        return _LEVELS[self.depth - 1] if self.depth else None

    @property
    def below(self) -> "Level | None":
        """The level of the children; None for a neighbourhood."""
        return _LEVELS[self.depth + 1] if self.depth + 1 < len(_LEVELS) else None

    @property
    def wording(self) -> str:
        """The level in a sentence: "area"."""
        return "basic command unit" if self is Level.BCU else self.value

    @property
    def plural(self) -> str:
        """More than one of the level in a sentence: "areas"."""
        return f"{self.wording}s"

    def __lt__(self, other: object) -> bool:
        return self.depth < other.depth if isinstance(other, Level) else NotImplemented


_LEVELS = tuple(Level)


class PriorityClass(IntEnum):
    """How much cover a neighbourhood needs: 1 is the densest with the highest demand (HMIC 2008)."""

    ONE = 1
    TWO = 2
    THREE = 3
    FOUR = 4

    @property
    def wording(self) -> str:
        """The class as a person reads it: "Priority 1"."""
        return f"Priority {self.value}"


class BadCode(Refusal):
    """A unit's code has characters or a length that a code cannot have."""


class WrongParent(Refusal):
    """A unit was placed under a unit that is not of the level directly above its own."""


class PriorityClassOutOfPlace(Refusal):
    """A priority class was given to a unit that is not a neighbourhood."""


def check_code(code: str) -> None:
    """Refuse (BadCode) what is not a unit code: 1 to 20 letters A to Z, digits, dots, underscores or hyphens.

    A code is kept as given and compared exactly. It needs a letter or a digit, because it stands in
    addresses, where "." and ".." mean something else.
    """
    if _CODE.fullmatch(code) is None or code.strip("._-") == "":
        raise BadCode(
            f"“{code[:40]}” is not a unit code: use up to {CODE_LENGTH} letters A to Z, digits, dots,"
            " underscores or hyphens, with at least one letter or digit.",
            field="code",
        )


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is recorded of a unit besides its code and its place; its days are both included."""

    name: str
    opened_on: date
    closed_on: date | None = None
    priority_class: int | None = None


@dataclass(frozen=True, slots=True)
class Lineage:
    """A unit's codes from the force down to its own, and the path that stores them: "BEDS/C/C1/".

    Every code is followed by "/", so that the path of C1 is never the beginning of the path of C10.
    """

    codes: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.codes) <= len(_LEVELS):
            raise ValueError(f"A path has 1 to {len(_LEVELS)} codes, not {len(self.codes)}.")
        for code in self.codes:
            check_code(code)

    @classmethod
    def parse(cls, path: str) -> "Lineage":
        """Read a stored path.

        ValueError when it does not end with "/" or is too deep; BadCode for a bad code.
        """
        if not path.endswith(_SEPARATOR):
            raise ValueError(f"The path “{path}” does not end with “/”.")
        return cls(tuple(path[:-1].split(_SEPARATOR)))

    @property
    def path(self) -> str:
        """The path as stored."""
        return "".join(code + _SEPARATOR for code in self.codes)

    @property
    def code(self) -> str:
        """The unit's own code."""
        return self.codes[-1]

    @property
    def level(self) -> Level:
        """The unit's level: no level is ever left out, so the depth of the path tells it."""
        return _LEVELS[len(self.codes) - 1]

    @property
    def parent(self) -> "Lineage | None":
        """The lineage of the parent; None for a force."""
        return Lineage(self.codes[:-1]) if len(self.codes) > 1 else None

    @property
    def ancestors(self) -> tuple["Lineage", ...]:
        """The units above, the force first; empty for a force."""
        return tuple(Lineage(self.codes[:depth]) for depth in range(1, len(self.codes)))

    def holds(self, other: "Lineage") -> bool:
        """Whether `other` is this unit or lies under it."""
        return other.codes[: len(self.codes)] == self.codes

    def child(self, code: str) -> "Lineage":
        """The lineage of the unit `code` under this one.

        ValueError under a neighbourhood; BadCode for a bad code.
        """
        return Lineage((*self.codes, code))


def subtree_bounds(path: str) -> tuple[str, str]:
    """Bounds with `lower <= p < upper`, byte by byte, for exactly the paths of a unit and all under it.

    Exact because "0" is the character after "/": every text that begins with the path lies before the path
    with its last "/" turned into "0", and no other text lies between. ValueError when the path does not end
    with "/".
    """
    if not path.endswith(_SEPARATOR):
        raise ValueError(f"The path “{path}” does not end with “/”.")
    return path, path[:-1] + chr(ord(_SEPARATOR) + 1)


def check_parent(level: Level, parent: Level | None) -> None:
    """Refuse (WrongParent) a parent that is not of the level directly above; a force has none."""
    if parent is level.above:
        return
    needed = level.above
    if needed is None:
        raise WrongParent("A force is at the top: leave its parent blank.", field="parent")
    given = "no unit" if parent is None else f"a unit of level {parent.value}"
    raise WrongParent(
        f"A unit of level {level.value} belongs directly under one of level {needed.value}, not "
        f"under {given}:"
        f" name its {needed.wording}.",
        field="parent",
    )


def check_priority_class(level: Level, priority_class: int | None) -> None:
    """Refuse (PriorityClassOutOfPlace) a class outside 1 to 4, or on any unit but a neighbourhood."""
    if priority_class is None:
        return
    if level is not Level.NEIGHBOURHOOD:
        why = f"Only a neighbourhood has a priority class: leave it blank for a unit of level {level.value}."
    elif priority_class not in list(PriorityClass):
        why = f"There is no priority class {priority_class}: give 1, 2, 3 or 4."
    else:
        return
    raise PriorityClassOutOfPlace(why, field="priority_class")
