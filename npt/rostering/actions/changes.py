"""What can be done to a block: one class a verb, each turning the block as it stands into steps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from npt.kit.clock import day_in_words, monday_of, to_local
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.rostering.actions.blocks import Block, SeveralShifts, cell_of, source_shifts
from npt.rostering.rules import Cell
from npt.shifts.actions import HeldShift, Step
from npt.shifts.actions.away_entries import UnknownReason, checked_note
from npt.shifts.queries import ReasonLine, reasons
from npt.shifts.rules import (
    AbstractionDuringAbsence,
    AwayState,
    ReasonKind,
    ShiftState,
    TypedTime,
    check_open,
)


class NotTwoMembers(Refusal):
    """A swap was asked of a block that does not have exactly two members."""


class SameTeam(Refusal):
    """Shifts were to move to the team that they are for already."""


class Change(Protocol):
    """One thing that can be done to a block."""

    @property
    def title(self) -> str:
        """What is done, in words: "Times set to 07:00 to 15:00"."""
        ...

    def steps(self, block: Block) -> list[Step]:
        """What it does to each shift of the block as it stands; every refusal leaves all as it is."""
        ...


@dataclass(frozen=True, slots=True)
class SetTimes:
    """One shift with these times on every day of the block, whether there is one or not."""

    starts: TypedTime
    ends: TypedTime

    @property
    def title(self) -> str:
        """What is done, in words."""
        return f"Times set to {self.starts.clock:%H:%M} to {self.ends.clock:%H:%M}"

    def steps(self, block: Block) -> list[Step]:
        """SeveralShifts, NotPosted, OutsidePlace, AwayNoLongerFits; what `Block.interval` refuses."""
        steps: list[Step] = []
        for cell, shifts in block.cells.items():
            if len(shifts) > 1:
                raise SeveralShifts(
                    f"{block.who(cell)} has {len(shifts)} shifts: leave that day out, and change them on the"
                    " page of the day.",
                    field="cells",
                )
            interval = block.interval(cell, self.starts, self.ends)
            if shifts:
                steps += block.moved(shifts[0], replace(shifts[0].state, interval=interval))
            else:
                steps.append(Step(None, block.new(cell, interval)))
        return steps


@dataclass(frozen=True, slots=True)
class CopyWeek:
    """On every day of the block, the shifts that the member has on that weekday of another week.

    Their time away stays where it is. A day without a shift in that week ends without one in the block too.
    """

    monday: date

    @property
    def title(self) -> str:
        """What is done, in words."""
        return f"Copied from the week of {day_in_words(self.monday)}"

    def steps(self, block: Block) -> list[Step]:
        """NotPosted, OutsidePlace, AwayNoLongerFits, ShiftHasAway; what `Block.interval` refuses."""
        monday = monday_of(self.monday)
        members = {cell.member_id for cell in block.cells}
        there = source_shifts(block.session, block.unit, members, monday, monday + timedelta(days=6))
        steps: list[Step] = []
        for cell in block.cells:
            source = Cell(cell.member_id, monday + timedelta(days=cell.day.weekday()))
            if source != cell:
                wanted = [self._copy(block, cell, each) for each in there.get(source, ())]
                steps += block.replaced(cell, wanted)
        return steps

    def _copy(self, block: Block, cell: Cell, source: ShiftState) -> ShiftState:
        starts, ends = (
            TypedTime(to_local(instant).time()) for instant in (source.interval.starts, source.interval.ends)
        )
        return block.new(
            cell, block.interval(cell, starts, ends), source.unit_id if source.is_team_named else None
        )


@dataclass(frozen=True, slots=True)
class Clear:
    """No shift on any day of the block."""

    @property
    def title(self) -> str:
        """What is done, in words."""
        return "Cleared"

    def steps(self, block: Block) -> list[Step]:
        """ShiftHasAway."""
        return [block.removed(shift) for shift in block.shifts]


@dataclass(frozen=True, slots=True)
class RecordAbsence:
    """Every shift of the block spent absent, whole, for one reason; it takes the place of other absences."""

    reason: str
    note: str | None = None

    @property
    def title(self) -> str:
        """What is done, in words."""
        return "Absence recorded"

    def steps(self, block: Block) -> list[Step]:
        """UnknownReason, ReasonClosed, NoteMissing, NoteTooLong, AbstractionDuringAbsence."""
        reason = _absence(reasons(block.session), self.reason)
        note = checked_note(reason, self.note)
        steps: list[Step] = []
        for shift in block.shifts:
            _check_not_abstracted(block, shift)
            away = (AwayState(shift.state.interval, reason.id, note),)
            if shift.state.away != away:
                if reason.id not in {each.reason_id for each in shift.state.away}:
                    check_open(reason.name, reason.closed_on, shift.state.day)
                steps.append(Step(shift, replace(shift.state, away=away)))
        return steps


@dataclass(frozen=True, slots=True)
class BackOnDuty:
    """No absence in any shift of the block; what was recorded as abstraction stays."""

    @property
    def title(self) -> str:
        """What is done, in words."""
        return "Absences removed"

    def steps(self, block: Block) -> list[Step]:
        """Nothing is refused."""
        steps: list[Step] = []
        for shift in block.shifts:
            stays = tuple(
                away
                for away in shift.state.away
                if block.reason(away.reason_id).kind is not ReasonKind.ABSENCE
            )
            if stays != shift.state.away:
                steps.append(Step(shift, replace(shift.state, away=stays)))
        return steps


@dataclass(frozen=True, slots=True)
class Swap:
    """On every day of the block, each of two members has the shifts of the other."""

    @property
    def title(self) -> str:
        """What is done, in words."""
        return "Shifts swapped"

    def steps(self, block: Block) -> list[Step]:
        """NotTwoMembers, ShiftHasAway, NotPosted, OutsidePlace."""
        members = sorted({cell.member_id for cell in block.cells})
        if len(members) != 2:
            count = "one is" if len(members) == 1 else f"{len(members)} are"
            raise NotTwoMembers(
                f"A swap is between two members, and {count} ticked: tick days of exactly two.",
                field="cells",
            )
        steps: list[Step] = []
        for day in sorted({cell.day for cell in block.cells}):
            one, other = (block.cells.get(Cell(member_id, day)) for member_id in members)
            if one is None or other is None:
                raise NotTwoMembers(
                    f"On {day_in_words(day)} only one of the two is ticked: tick both, or neither.",
                    field="cells",
                )
            for shifts, taker in ((one, members[1]), (other, members[0])):
                for shift in shifts:
                    steps.append(block.removed(shift))
                    named = shift.state.unit_id if shift.state.is_team_named else None
                    steps.append(Step(None, block.new(Cell(taker, day), shift.state.interval, named)))
        return steps


@dataclass(frozen=True, slots=True)
class MoveTo:
    """Every shift of the block counted for another team, whose help the members are on those days.

    Who may do this is for the door to say: whoever records for both teams.
    """

    team: Unit

    @property
    def title(self) -> str:
        """What is done, in words."""
        return f"Moved to {self.team.name}"[:120]

    def steps(self, block: Block) -> list[Step]:
        """SameTeam, TeamClosed, NotATeam."""
        if self.team.id == block.unit.id:
            raise SameTeam(f"The shifts are for {self.team.name} already: choose another team.", field="team")
        # Members who help elsewhere count outside the unit that rosters them.
        places = replace(block.places, within=None)
        places.meet((cell.member_id, self.team.id) for cell in block.cells)
        steps: list[Step] = []
        for shift in block.shifts:
            place = places.of(shift.state.member_id, shift.state.day, self.team.id)
            then = replace(shift.state, unit_id=place.unit_id, role=place.role, is_team_named=True)
            steps += block.moved(shift, then)
        return steps


def _absence(known: Sequence[ReasonLine], code: str) -> ReasonLine:
    for reason in known:
        if reason.code == code and reason.kind is ReasonKind.ABSENCE:
            return reason
    raise UnknownReason(f"There is no absence “{code[:40]}”: choose one from the list.", field="reason")


def _check_not_abstracted(block: Block, shift: HeldShift) -> None:
    for away in shift.state.away:
        reason = block.reason(away.reason_id)
        if reason.kind is ReasonKind.ABSTRACTION:
            raise AbstractionDuringAbsence(
                f"{block.who(cell_of(shift))} is recorded as taken off duty, {away.interval.in_words}"
                f" ({reason.name}), and cannot be absent then: correct that first, or leave the day out.",
                field="cells",
            )
