"""What carriers are given, and the lines that they make: one for each thing that hangs on what closes."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from sqlalchemy.orm import Session

from npt.access.rules import Permission
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.reorganisation.rules import Plan, ReviewKind

#: Chosen in place of a neighbourhood: the line stays with what closes, or ends with it.
STAYS, ENDS = "stays", "ends"
_TO = "to:"

#: Whether whoever reviews may do something at the unit of a path.
May = Callable[[Permission, str], bool]


@dataclass(frozen=True, slots=True)
class Option:
    """Where a line may go: the value that is sent, and its words."""

    value: str
    words: str


def to(code: str) -> str:
    """The value that sends a line to the unit of a code."""
    return f"{_TO}{code}"


def code_in(value: str) -> str | None:
    """The code of the unit to which a value sends a line; None where it goes nowhere."""
    return value.removeprefix(_TO) if value.startswith(_TO) else None


@dataclass(frozen=True, slots=True)
class Line:
    """Something that hangs on a neighbourhood, and where it may go."""

    #: the name of its control: "community_12"
    name: str
    words: str
    #: tells it as it is now from what it was: its key with its version
    state: str
    options: tuple[Option, ...]
    #: what is chosen already
    usual: tuple[str, ...]
    is_many: bool = False

    @property
    def part(self) -> str:
        """Its name with a digest of its state, for the page to carry: what was shown."""
        return f"{self.name}:{hashlib.sha256(self.state.encode()).hexdigest()[:12]}"

    @property
    def key(self) -> int:
        """The key of its record."""
        return int(self.name.rpartition("_")[2])


Chosen = Mapping[str, Sequence[str]]


@dataclass
class Scene:
    """A review as it is carried out: its plan, the units that close, and once they are open those that do."""

    session: Session
    plan: Plan
    #: by code, in the order of the plan
    closing: Mapping[str, Unit]
    #: the teams under which neighbourhoods open, by code
    teams: Mapping[str, Unit]
    stamp: Stamp
    today: date
    may: May
    opened: dict[str, Unit] = field(default_factory=dict)

    @property
    def ids(self) -> list[int]:
        """The keys of the units that close."""
        return [unit.id for unit in self.closing.values()]

    def of(self, unit_id: int) -> Unit:
        """The unit that closes with this key."""
        return next(unit for unit in self.closing.values() if unit.id == unit_id)

    def target(self, value: str) -> Unit | None:
        """The unit to which a value sends a line, open by now; None where it stays or ends."""
        code = code_in(value)
        return None if code is None else self.opened.get(code) or self.teams[code]

    def successors(self, unit_id: int) -> tuple[Option, ...]:
        """The neighbourhoods that take over from the one of this key."""
        codes = self.plan.taking_over(self.of(unit_id).code)
        names = {each.code: each.name for each in self.plan.openings}
        return tuple(Option(to(code), f"{names[code]} ({code})") for code in codes)

    def team_or_successors(self, unit_id: int) -> tuple[Option, ...]:
        """The same, and the team above what closes, which answers for what no neighbourhood does."""
        team = self.teams[self.of(unit_id).path.rstrip("/").split("/")[-2]]
        return (*self.successors(unit_id), Option(to(team.code), f"{team.name}, the team"))

    @property
    def is_split(self) -> bool:
        """Whether nobody can tell by itself where something goes."""
        return self.plan.kind is ReviewKind.SPLIT

    def name_of(self, unit_id: int) -> str:
        """What the closing unit is called, for a line that is one of several units' lines."""
        return self.of(unit_id).name


class Carrier(Protocol):
    """A kind of thing that is carried over: its lines, and what is done about them."""

    heading: str

    def lines(self, scene: Scene) -> Iterable[Line]:
        """A line for each thing that hangs on what closes. A fixed number of statements."""
        ...

    def carry(self, scene: Scene, lines: Sequence[Line], chosen: Chosen) -> None:
        """Do what was chosen, once all is open and closed. Refusals of its room."""
        ...
