"""A block of a roster as it stands: the shifts of some members on some days, held, and who may be where."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from npt.kit.clock import day_in_words
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.rules import TeamMustBeNamed
from npt.rostering.rules import Cell
from npt.shifts.actions import Places, ShiftHasAway, Step
from npt.shifts.actions.held_shifts import HeldShift, held_where
from npt.shifts.actions.roster import away_no_longer_fits
from npt.shifts.models import Shift
from npt.shifts.queries import ReasonLine, reasons
from npt.shifts.rules import ShiftState, TypedTime, WhichOfTwo, check_shift, typed_shift
from npt.store.versions import Stale


class StaleRoster(Stale):
    """Somebody changed the block after the person opened the roster."""


class NothingChosen(Refusal):
    """Something was to be done to no member, or on no day."""


class NothingToChange(Refusal):
    """What was asked leaves every shift of the block as it is."""


class SeveralShifts(Refusal):
    """One shift's times were given for a day on which a member has two."""


def cell_of(shift: HeldShift) -> Cell:
    """The place of a shift in the grid."""
    return Cell(shift.member_id, shift.on_date)


@dataclass
class Block:
    """The chosen cells with the shifts that are held there, in order; none where there is no shift."""

    session: Session
    unit: Unit
    cells: Mapping[Cell, Sequence[HeldShift]]
    places: Places
    _reasons: dict[int, ReasonLine] = field(default_factory=dict)

    @classmethod
    def hold(cls, session: Session, unit: Unit, cells: Collection[Cell]) -> "Block":
        """Hold the block's members and shifts until the transaction ends. NothingChosen."""
        if not cells:
            raise NothingChosen(
                "No day is ticked: tick days in the table, or members and days at its edges.", field="cells"
            )
        days = [cell.day for cell in cells]
        members = {cell.member_id for cell in cells}
        found = held_where(
            session,
            Shift.unit_id == unit.id,
            Shift.member_id.in_(sorted(members)),
            Shift.on_date.between(min(days), max(days)),
        )
        by_cell: dict[Cell, list[HeldShift]] = {cell: [] for cell in sorted(set(cells))}
        for each in found:
            if cell_of(each) in by_cell:
                by_cell[cell_of(each)].append(each)
        places = Places(session, unit)
        places.meet((member_id, unit.id) for member_id in sorted(members))
        return cls(session, unit, by_cell, places)

    @property
    def shifts(self) -> list[HeldShift]:
        """Every shift of the block, by member and day."""
        return [shift for several in self.cells.values() for shift in several]

    def check_seen(self, seen: Mapping[Cell, Mapping[int, int]]) -> None:
        """Refuse (StaleRoster) a block that is not as it was shown: version by shift, by cell."""
        for cell, several in self.cells.items():
            if {shift.id: shift.version for shift in several} != dict(seen.get(cell, {})):
                raise StaleRoster(
                    f"Somebody else changed the roster of {self.who(cell)} after you opened it. Nothing "
                    "you entered was saved: check the roster as it is now, and save what is still right.",
                    field="cells",
                )

    def who(self, cell: Cell) -> str:
        """The member and the day in a message."""
        return f"{self.places.who(cell.member_id)} on {day_in_words(cell.day)}"

    def reason(self, reason_id: int) -> ReasonLine:
        """The reason of this key."""
        if not self._reasons:
            self._reasons.update((each.id, each) for each in reasons(self.session))
        return self._reasons[reason_id]

    def new(self, cell: Cell, interval: Interval, named: int | None = None) -> ShiftState:
        """A shift of the cell's member, counting where their posting says, or for the team that is named.

        Where two postings of one kind count, the unit of the roster is named. NotPosted, OutsidePlace,
        TeamClosed.
        """
        try:
            place = self.places.of(cell.member_id, cell.day, named)
        except TeamMustBeNamed:
            named = self.unit.id
            place = self.places.of(cell.member_id, cell.day, named)
        except Refusal as refusal:
            raise type(refusal)(refusal.message, field="cells") from None
        return ShiftState(cell.member_id, interval, place.unit_id, place.role, named is not None)

    def interval(self, cell: Cell, starts: TypedTime, ends: TypedTime) -> Interval:
        """The times of a shift that starts on the cell's day; of a time that happens twice the first.

        TimeNeverHappens, ShiftTooLong, NoLength, with the member and the day in front.
        """
        first = WhichOfTwo.FIRST
        try:
            return check_shift(
                *typed_shift(
                    cell.day,
                    TypedTime(starts.clock, starts.which or first),
                    TypedTime(ends.clock, ends.which or first),
                )
            )
        except Refusal as refusal:
            field_name = "ends" if refusal.field in ("ends", "ends_which") else "starts"
            raise type(refusal)(f"{self.who(cell)}: {refusal.message}", field=field_name) from None

    def replaced(self, cell: Cell, wanted: Sequence[ShiftState]) -> list[Step]:
        """The steps that leave exactly the `wanted` shifts in the cell; what is so already stays.

        A shift that changes keeps its key and the time away in it. AwayNoLongerFits, ShiftHasAway.
        """
        left = list(self.cells[cell])
        steps: list[Step] = []
        unmet: list[ShiftState] = []
        for each in wanted:
            same = next((h for h in left if h.state.interval.starts == each.interval.starts), None)
            if same is None:
                unmet.append(each)
            else:
                left.remove(same)
                steps += self.moved(same, each)
        for now, each in zip(list(left), list(unmet), strict=False):
            steps += self.moved(now, each)
            left.remove(now)
            unmet.remove(each)
        steps += [self.removed(now) for now in left]
        steps += [Step(None, each) for each in unmet]
        return steps

    def moved(self, now: HeldShift, then: ShiftState) -> list[Step]:
        """The step that gives a shift other values, with the time away in it; none when it has them."""
        then = ShiftState(
            then.member_id,
            then.interval,
            then.unit_id,
            then.role,
            then.is_team_named,
            now.state.away,
        )
        if then == now.state:
            return []
        for away in now.state.away:
            if not then.interval.contains(away.interval):
                refusal = away_no_longer_fits(away.interval)
                raise type(refusal)(f"{self.who(cell_of(now))}: {refusal.message}", field="cells")
        return [Step(now, then)]

    def removed(self, now: HeldShift) -> Step:
        """The step that takes a shift away. ShiftHasAway."""
        self.check_bare(now)
        return Step(now, None)

    def check_bare(self, now: HeldShift) -> None:
        """Refuse (ShiftHasAway) a shift in which time away is recorded, which would be lost with it."""
        if now.state.away:
            away = now.state.away[0]
            raise ShiftHasAway(
                f"{self.who(cell_of(now))} is recorded as away in the shift,"
                f" {away.interval.in_words} ({self.reason(away.reason_id).name}):"
                " remove that first, or leave the day out.",
                field="cells",
            )


def source_shifts(
    session: Session, unit: Unit, member_ids: Collection[int], first: date, last: date
) -> dict[Cell, list[ShiftState]]:
    """The unit's shifts of these members as they stand, to be copied; their times away are left out."""
    found: dict[Cell, list[ShiftState]] = {}
    for each in held_where(
        session,
        Shift.unit_id == unit.id,
        Shift.member_id.in_(sorted(member_ids)),
        Shift.on_date.between(first, last),
    ):
        found.setdefault(cell_of(each), []).append(each.state)
    return found
