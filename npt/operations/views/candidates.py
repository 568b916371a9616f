"""The lists from which members are chosen for an operation: a list a day, a line a candidate."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from npt.counting.queries import DatedDefinition
from npt.operations.forms import box
from npt.operations.models import Ask, Operation
from npt.operations.queries import ChosenLine
from npt.operations.rules import Candidate, OperationDay, OperationStatus
from npt.webkit.parts import Heading

COLUMNS = (
    Heading("Member"),
    Heading("Time"),
    Heading("Headroom of the team", is_number=True),
    Heading("Left on duty", is_number=True),
    Heading("Taken in 90 days", is_number=True),
    Heading("Against"),
)

#: The day of the operation and the shift.
Key = tuple[date, int]


@dataclass(frozen=True, slots=True)
class LineToTick:
    """A member in the list to choose from. `value` is "" where there is nothing to tick.

    `who`: a candidate; or somebody who was chosen and is none any more.
    """

    who: Candidate | ChosenLine
    value: str
    is_ticked: bool

    @property
    def candidate(self) -> Candidate | None:
        """The candidate; None for somebody who is none any more."""
        return self.who if isinstance(self.who, Candidate) else None

    @property
    def was_chosen(self) -> bool:
        """Whether the choice that is saved holds them."""
        return self.candidate is None or self.candidate.is_chosen


@dataclass(frozen=True, slots=True)
class DayToChoose:
    """The list for one day of the operation."""

    day: OperationDay
    lines: list[LineToTick]

    @property
    def ticked(self) -> int:
        """How many are ticked."""
        return sum(line.is_ticked for line in self.lines)

    @property
    def whole(self) -> int:
        """How many of those ticked are there the whole time, or are candidates no more."""
        return sum(
            line.is_ticked and (line.candidate is None or line.candidate.covers_fully) for line in self.lines
        )

    @property
    def free(self) -> int:
        """How many members could be taken."""
        there = [line.candidate for line in self.lines if line.candidate is not None]
        return len({each.member_id for each in there if each.can_be_taken})


@dataclass(frozen=True, slots=True)
class Desk:
    """What is chosen from: the operation, the ask, the candidates in their order, who is chosen so far."""

    operation: Operation
    ask: Ask
    candidates: tuple[Candidate, ...]
    chosen: tuple[ChosenLine, ...]
    definition: DatedDefinition

    @property
    def is_committed(self) -> bool:
        """Whether a change of the choice is recorded at once."""
        return self.operation.status is OperationStatus.COMMITTED

    @property
    def of_ask(self) -> tuple[ChosenLine, ...]:
        """Who is chosen for this ask."""
        return tuple(line for line in self.chosen if line.ask_id == self.ask.id)

    @property
    def saved(self) -> list[Key]:
        """What is chosen for this ask already."""
        return [(line.on, line.shift_id) for line in self.of_ask if line.shift_id is not None]


def days_to_choose(desk: Desk, ticked: Collection[Key]) -> tuple[DayToChoose, ...]:
    """The lists of the operation's days, those of `ticked` ticked."""
    known = {each.key for each in desk.candidates}
    lines = [_to_tick(each, each.key in ticked) for each in desk.candidates]
    # Whoever was chosen and has moved away since stays in view, to be kept or released on purpose.
    lines += [
        LineToTick(line, box(line.on, line.shift_id), (line.on, line.shift_id) in ticked)
        for line in desk.of_ask
        if line.shift_id is not None and (line.on, line.shift_id) not in known
    ]
    return tuple(
        DayToChoose(day, [line for line in lines if line.who.on == day.on]) for day in desk.operation.days
    )


def _to_tick(each: Candidate, is_ticked: bool) -> LineToTick:
    # Somebody who is chosen can always be released, whatever has come between.
    has_box = each.can_be_taken or each.is_chosen
    return LineToTick(each, box(each.on, each.shift_id) if has_box else "", is_ticked and has_box)


def alone_breaks_target(desk: Desk, each: Candidate) -> bool:
    """Whether taking the candidate, and nobody else, would break the target of their team."""
    room = each.headroom_left
    is_recorded = desk.is_committed and each.is_chosen
    return room is not None and not is_recorded and each.can_be_taken and 0 <= room < each.taken.minutes
