"""What a measure is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from npt.kit.months import Month
from npt.organisation.rules import Level


class CountedIn(Enum):
    """What the number of a figure is, and so how it is written."""

    SHARE = "percent"
    COUNT = "number"
    MINUTES = "hours"
    DAYS = "days"
    #: so many for each one, as constables and PCSOs for each sergeant
    RATIO = "for each"
    POSTS = "posts"


class Better(Enum):
    """Which way is better."""

    LOWER = "lower"
    HIGHER = "higher"
    #: a figure that informs, and has no good way
    NEITHER = "neither"


class RecordSeen(NamedTuple):
    """A record that a figure rests on, as it was: its kind, its number, and what of it counts.

    The mark is a version, or the few numbers that the figure takes from it; never anything personal.
    """

    kind: str
    record_id: int
    mark: str


class Behind(NamedTuple):
    """The page that opens the records behind a figure."""

    view: str
    values: Mapping[str, Any]

    @classmethod
    def on_day(cls, view: str, code: str, day: date, **values: Any) -> "Behind":
        """A page of the unit of the code as at a day, as its address carries the day."""
        return cls(view, {"code": code, "as-at": day.isoformat(), **values})


_TO_TEAMS = frozenset({Level.FORCE, Level.BCU, Level.AREA, Level.TEAM})


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured; how is said beside it, by the file that registers it."""

    code: str
    name: str
    #: in a sentence: what is counted, out of what, on which day
    definition: str
    counted_in: CountedIn
    better: Better
    #: what the inspectorate, or the standard, asked that this answers
    question: str
    #: who answers for it, in words: "the sergeant of the team"
    owner: str
    #: whether a share is of things that each count or do not, so that it has an exact interval: minutes, of
    #: which one follows another, and posts in full-time equivalents are none
    is_of_things: bool = True
    #: whether the records give the same figure again later; else it is kept as it was seen
    is_recomputable: bool = True
    #: whether it is counted by a definition of abstraction, so that another definition gives another figure
    goes_by_definition: bool = False
    #: the ceiling or the floor as installed, in what it is counted in (a share in per cent); None without one
    target: int | None = None
    #: where its target is set, if not with the others: "the same in every rate, and cannot be changed here"
    target_kept_at: str = ""
    #: units of other levels have no figure of it
    levels: frozenset[Level] = _TO_TEAMS

    @property
    def may_have_target(self) -> bool:
        """Whether a target can be set for it where the others are."""
        return self.better is not Better.NEITHER and not self.target_kept_at


#: A figure's place: the path of its unit, and the month.
At = tuple[str, Month]
