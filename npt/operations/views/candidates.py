"""The lists from which members are chosen for an operation, worded: a list a day, a line a candidate."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from npt.counting.queries import DatedDefinition
from npt.operations.forms import box
from npt.operations.models import Ask, Operation
from npt.operations.queries import ChosenLine
from npt.operations.rules import Candidate, OperationStatus
from npt.operations.views.operation import times_in_words
from npt.webkit.filters import day_short, hours
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
class CandidateShown:
    """A member in the list to choose from, worded. `value` is "" where there is nothing to tick."""

    value: str
    is_ticked: bool
    was_chosen: bool
    name: str
    number: str
    team: str
    times: str
    part: str
    room: str
    breaks_target: bool
    left: str
    lately: str
    last: str
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayToChoose:
    """The list for one day of the operation."""

    on: date
    when: str
    #: members ticked, and of them those who are there the whole time
    ticked: int
    whole: int
    free: int
    lines: tuple[CandidateShown, ...]


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
    found: list[DayToChoose] = []
    known = {each.key for each in desk.candidates}
    for day in desk.operation.days:
        of_day = [each for each in desk.candidates if each.on == day.on]
        lines = [_candidate(desk, each, each.key in ticked) for each in of_day]
        # Whoever was chosen and has moved away since stays in view, to be kept or released on purpose.
        lines += [
            _moved(line, (line.on, line.shift_id) in ticked)
            for line in desk.of_ask
            if line.on == day.on and line.shift_id is not None and (line.on, line.shift_id) not in known
        ]
        found.append(
            DayToChoose(
                on=day.on,
                when=day.interval.in_words,
                ticked=sum(line.is_ticked for line in lines),
                whole=sum(line.is_ticked and not line.part for line in lines),
                free=len({each.member_id for each in of_day if each.can_be_taken}),
                lines=tuple(lines),
            )
        )
    return tuple(found)


def _candidate(desk: Desk, each: Candidate, is_ticked: bool) -> CandidateShown:
    # Somebody who is chosen can always be released, whatever has come between.
    has_box = each.can_be_taken or each.is_chosen
    is_recorded = desk.is_committed and each.is_chosen
    room = each.headroom_left
    breaks = room is not None and not is_recorded and each.can_be_taken and 0 <= room < each.taken.minutes
    return CandidateShown(
        value=box(each.on, each.shift_id) if has_box else "",
        is_ticked=is_ticked and has_box,
        was_chosen=each.is_chosen,
        name=each.name,
        number=each.number,
        team=each.unit_name,
        times=times_in_words(each.taken),
        part="" if each.covers_fully else f"part of it: shift {times_in_words(each.shift)}",
        room="no target" if room is None else f"{hours(room)} left",
        breaks_target=breaks,
        left=str(each.left_on_duty),
        lately=hours(each.minutes_lately),
        last=f"last {day_short(each.last_taken_on)}" if each.last_taken_on else "not taken",
        against=tuple(objection.words for objection in each.objections),
    )


def _moved(line: ChosenLine, is_ticked: bool) -> CandidateShown:
    return CandidateShown(
        value="" if line.shift_id is None else box(line.on, line.shift_id),
        is_ticked=is_ticked,
        was_chosen=True,
        name=line.name,
        number=line.number,
        team=line.unit_name,
        times=times_in_words(line.taken),
        part="",
        room="",
        breaks_target=False,
        left="",
        lately="",
        last="",
        against=(line.problem or "no longer on shift in the role and the units that were asked",),
    )
