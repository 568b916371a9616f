"""Rostering shifts: one, a pattern's, or a file's million. Every way in passes through here.

Each shift is attributed, compared with what the member already has, and written with many others by one
statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, update
from sqlalchemy.orm import Session

from npt.journal.many import add_rows
from npt.kit.clock import local_day
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.shifts.actions.bulk import LinesOfFile, Remembered
from npt.shifts.actions.confirmed_days import UnitDay, count_changes
from npt.shifts.actions.shift_attribution import Places
from npt.shifts.invariants import SHIFTS_APART
from npt.shifts.models import SHIFTS
from npt.shifts.queries import GridAway, away_of
from npt.shifts.queries.collisions import LONGEST, RecordedShift, shifts_around
from npt.shifts.rules import ShiftOverlaps, check_shift
from npt.store.constraints import name_violation, refusing
from npt.store.exchange import Saved, Tell
from npt.store.many import Stored
from npt.store.types import minute_instant, minute_number

for _constraint in (SHIFTS_APART, "uq_shift_member_id_starts_at"):
    name_violation(
        _constraint,
        lambda: ShiftOverlaps(
            "Somebody else has just rostered the same member at that time:"
            " open the day again and compare the two.",
            field="starts",
        ),
    )


class ShiftDiffers(Refusal):
    """A shift of the member that starts then is recorded with other values, and may not be changed."""


class AwayNoLongerFits(Refusal):
    """A shift whose new times would leave time away outside it."""


def away_no_longer_fits(outside: Interval) -> AwayNoLongerFits:
    """The refusal of new times for a shift that would leave the time away `outside` it."""
    return AwayNoLongerFits(
        f"Time away is recorded in the shift, {outside.in_words}, which would lie outside its new times:"
        " correct or remove that first.",
        field="ends",
    )


class WantedShift(NamedTuple):
    """A shift to be rostered; `unit_id` when the roster names the team, `line` when it stands in a file."""

    member_id: int
    starts: datetime
    ends: datetime
    unit_id: int | None = None
    line: int | None = None


#: The columns of a new shift, its key left to the database.
_NEW = (
    "member_id",
    "unit_id",
    "role",
    "on_date",
    "starts_at",
    "ends_at",
    "minutes",
    "is_team_named",
    "version",
)
# Times are bound as the integers they are stored as: a million of them are not to be turned into instants
# and back.
_CHANGE = (
    update(SHIFTS)
    .where(SHIFTS.c.id == bindparam("shift_id"))
    .values(
        unit_id=bindparam("unit_id"),
        role=bindparam("role"),
        ends_at=bindparam("ends_at", type_=Integer),
        minutes=bindparam("minutes"),
        is_team_named=bindparam("is_team_named"),
        version=SHIFTS.c.version + 1,
    )
)


def roster_shifts(
    session: Session, wanted: Sequence[WantedShift], *, may_update: bool = False, place: Unit | None = None
) -> Saved:
    """Roster these shifts, and send them to the database; a shift that is there already stays as it is.

    A shift is known by its member and its start; other values are refused (ShiftDiffers) unless `may_update`.
    With `place`, each has to count at that unit or under it (OutsidePlace). Else as `Rostering.take` refuses,
    the first of them.
    """

    def tell(_number: int, refusal: Refusal) -> None:
        raise refusal

    return Rostering(session, Places(session, place), may_update=may_update).take(wanted, tell)


@dataclass
class Rostering:
    """What is known while shifts are rostered, for a file that comes in pieces: members, postings, teams."""

    session: Session
    places: Places
    may_update: bool = False
    _lines: LinesOfFile = field(default_factory=LinesOfFile)
    _piece: Sequence[WantedShift] = ()
    #: by member and start, the place in this piece of what it said first of a shift, unless that was refused
    _said: dict[tuple[int, int], int] = field(default_factory=dict)
    _minutes: Remembered[datetime, int] = field(default_factory=lambda: Remembered(minute_number))
    _days: Remembered[datetime, date] = field(default_factory=lambda: Remembered(local_day))

    def take(self, wanted: Sequence[WantedShift], tell: Tell) -> Saved:
        """Roster the next piece, and send it to the database. `tell` is told of each bad one.

        A shift that a file says twice is taken once; of two rows that contradict each other the second is
        refused. NoLength, EndsBeforeItStarts, ShiftTooLong; ShiftOverlaps; ShiftDiffers, AwayNoLongerFits;
        NotPosted, TeamMustBeNamed, TeamClosed, NotATeam, OutsidePlace.
        """
        self.places.meet((shift.member_id, shift.unit_id) for shift in wanted)
        self._piece = wanted
        done = Saved()
        refused: dict[int, Refusal] = {}
        #: those that say again what another of this piece says, each with it
        repeated: list[tuple[int, int]] = []
        added: list[tuple[Stored, ...]] = []
        changed: list[tuple[int, dict[str, Any]]] = []
        #: the days of units that each of those touches, by its place
        touched: dict[int, set[UnitDay]] = {}
        # In the order of members and times: a shift is looked at after those before it have their new ends,
        # and one walk along what each member has finds what is there at each start.
        minutes = self._minutes
        ordered = sorted(
            (shift.member_id, minutes[shift.starts], number, minutes[shift.ends])
            for number, shift in enumerate(wanted)
        )
        held = self._held(ordered)
        whose, shifts, place = 0, list[RecordedShift](), 0
        for member_id, starts, number, ends in ordered:
            if member_id != whose:
                whose, shifts, place = member_id, held.get(member_id, []), 0
            while place < len(shifts) and shifts[place].starts < starts:
                place += 1
            same = shifts[place] if place < len(shifts) and shifts[place].starts == starts else None
            shift = wanted[number]
            if (
                same is not None
                and same.ends == ends
                and same.is_team_named == (shift.unit_id is not None)
                and shift.unit_id in (None, same.unit_id)
            ):
                first = self._said.setdefault((member_id, starts), number)
                if first == number:
                    done.unchanged += 1
                else:
                    repeated.append((number, first))
                continue
            try:
                now, role = self._placed_shift(number, starts, ends, same, shifts, place)
            except Refusal as refusal:
                refused[number] = refusal
                continue
            length, is_named, day = ends - starts, now.is_team_named, self._days[shift.starts]
            if same is not None:
                values = {"unit_id": now.unit_id, "role": role, "ends_at": ends, "minutes": length}
                changed.append((number, values | {"is_team_named": is_named, "shift_id": same.id}))
            else:
                row = member_id, now.unit_id, role.value, day.isoformat(), starts, ends, length, is_named, 1
                added.append(row)
            touched[number] = {(each.unit_id, day) for each in (now, same) if each is not None}
        changes = self._fitting(changed, refused)
        for number, first in repeated:
            if first in refused:
                refused[number] = refused[first]
            else:
                done.unchanged += 1
        for number, why in refused.items():
            tell(number, why)
        with refusing(self.session):
            if changes:
                self.session.execute(_CHANGE, changes)
            add_rows(self.session, SHIFTS, _NEW, added)
            count_changes(
                self.session,
                (day for number, days in touched.items() if number not in refused for day in days),
            )
        self._lines.add(
            (member_id, starts, line)
            for (member_id, starts), number in self._said.items()
            if (line := wanted[number].line) is not None and number not in refused
        )
        self._said.clear()
        done.added, done.changed = len(added), len(changes)
        return done

    def _held(self, ordered: Sequence[tuple[int, int, int, int]]) -> dict[int, list[RecordedShift]]:
        """By member, in order, the recorded shifts around those wanted (member, start, place, end)."""
        times = ((member_id, starts, ends) for member_id, starts, _, ends in ordered if starts < ends)
        held: dict[int, list[RecordedShift]] = {}
        for found in shifts_around(self.session, times):
            held.setdefault(found.member_id, []).append(found)
        return held

    def _placed_shift(
        self,
        number: int,
        starts: int,
        ends: int,
        same: RecordedShift | None,
        shifts: list[RecordedShift],
        place: int,
    ) -> tuple[RecordedShift, PolicingRole]:
        """The shift put in its place among the member's `shifts`, at which `same` may stand, and its role."""
        shift = self._piece[number]
        if not 0 < ends - starts <= LONGEST:
            check_shift(shift.starts, shift.ends)
        if same is not None:
            self._check_may_change(shift, same)
        after = place + (same is not None)
        for other in (*shifts[place - 1 : place], *shifts[after : after + 1]):
            if other.starts < ends and starts < other.ends:
                raise self._overlap(shift, other)
        unit_id, role = self.places.of(shift.member_id, self._days[shift.starts], shift.unit_id)
        is_named = shift.unit_id is not None
        now = RecordedShift(same.id if same else 0, shift.member_id, starts, ends, unit_id, is_named)
        shifts[place:after] = [now]
        self._said[shift.member_id, starts] = number
        return now, role

    def _line(self, shift: RecordedShift) -> int | None:
        """The line of the file that the shift came from; None if it was recorded before."""
        number = self._said.get((shift.member_id, shift.starts))
        if number is not None:
            return self._piece[number].line
        return self._lines.of(shift.member_id, shift.starts)

    def _check_may_change(self, shift: WantedShift, same: RecordedShift) -> None:
        line = self._line(same)
        who = self.places.who(shift.member_id)
        recorded = Interval(minute_instant(same.starts), minute_instant(same.ends)).in_words
        if line is not None:
            raise ShiftDiffers(
                f"The shift {recorded} of {who} is on line {line} already with another end or team:"
                " keep one of the two rows.",
                field="starts",
            )
        if not self.may_update:
            team = "its team named" if same.is_team_named else "no team named"
            cure = "change that shift on the page of its day."
            if shift.line is not None:
                cure = "correct this row, or import with --update to change the shift."
            raise ShiftDiffers(
                f"The shift of {who} is recorded as {recorded}, with {team}: {cure}",
                field="ends",
            )

    def _overlap(self, shift: WantedShift, other: RecordedShift) -> ShiftOverlaps:
        line = self._line(other)
        where = "already recorded" if line is None else f"on line {line}"
        new = Interval(shift.starts, shift.ends).in_words
        old = Interval(minute_instant(other.starts), minute_instant(other.ends)).in_words
        return ShiftOverlaps(
            f"{self.places.who(shift.member_id)}: the shift {new} overlaps their shift {old}, {where}:"
            " change one of the two.",
            field="starts",
        )

    def _fitting(
        self, changed: list[tuple[int, dict[str, Any]]], refused: dict[int, Refusal]
    ) -> list[dict[str, Any]]:
        """Those of the changed shifts whose time away still lies inside; the others are refused."""
        last: dict[int, GridAway] = {}
        for shift_id, several in away_of(self.session, [values["shift_id"] for _, values in changed]).items():
            last[shift_id] = several[-1]
        fitting: list[dict[str, Any]] = []
        for number, values in changed:
            away = last.get(values["shift_id"])
            if away is not None and minute_number(away.interval.ends) > values["ends_at"]:
                refused[number] = away_no_longer_fits(away.interval)
            else:
                fitting.append(values)
        return fitting
