"""Rostering shifts: one, a pattern's, or a file's million. Every way in passes through here.

Each shift is attributed, compared with what the member already has, and written with many others by one
statement.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, insert, update
from sqlalchemy.orm import Session

from npt.duty.actions.many import LinesOfFile, Refused, Saved
from npt.duty.actions.placing import Places
from npt.duty.invariants import SHIFTS_APART
from npt.duty.models import SHIFTS
from npt.duty.queries import GridAway, away_of
from npt.duty.queries.collisions import LONGEST, WantedTime, shifts_in_the_way
from npt.duty.rules import ShiftOverlaps, check_shift
from npt.kit.clock import local_day
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.store.constraints import refuse_on, refusing
from npt.store.types import minute_instant, minute_number

for _constraint in (SHIFTS_APART, "uq_shift_member_id_starts_at"):
    refuse_on(
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


@dataclass(frozen=True, slots=True)
class WantedShift:
    """A shift to be rostered; `unit_id` when the roster names the team, `line` when it stands in a file."""

    member_id: int
    starts: datetime
    ends: datetime
    unit_id: int | None = None
    line: int | None = None


class _Held(NamedTuple):
    """A shift that a member has, recorded or just wanted; `id` 0 for one that is not recorded yet."""

    starts: int
    ends: int
    id: int
    unit_id: int
    is_team_named: bool
    line: int | None


# Times are bound as the integers they are stored as: a million of them are not to be turned into instants
# and back.
_ADD = insert(SHIFTS).values(
    member_id=bindparam("member_id"),
    unit_id=bindparam("unit_id"),
    role=bindparam("role"),
    on_date=bindparam("on_date"),
    starts_at=bindparam("starts_at", type_=Integer),
    ends_at=bindparam("ends_at", type_=Integer),
    minutes=bindparam("minutes"),
    is_team_named=bindparam("is_team_named"),
    version=1,
)
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

    def refuse(_number: int, refusal: Refusal) -> None:
        raise refusal

    return Rostering(session, Places(session, place), may_update=may_update).take(wanted, refuse)


@dataclass
class Rostering:
    """What is known while shifts are rostered, for a file that comes in pieces: members, postings, teams."""

    session: Session
    places: Places
    may_update: bool = False
    _lines: LinesOfFile = field(default_factory=LinesOfFile)
    _days: dict[datetime, date] = field(default_factory=dict)

    def take(self, wanted: Sequence[WantedShift], refused: Refused) -> Saved:
        """Roster the next piece, and send it to the database. `refused` is told of each bad one.

        NoLength, EndsBeforeItStarts, ShiftTooLong; ShiftOverlaps; ShiftDiffers, AwayNoLongerFits; NotPosted,
        TeamMustBeNamed, TeamClosed, NotATeam, OutsidePlace.
        """
        self.places.meet((shift.member_id, shift.unit_id) for shift in wanted)
        held = self._held(wanted)
        done = Saved()
        added: list[dict[str, Any]] = []
        changed: list[tuple[int, dict[str, Any]]] = []
        # In the order of members and times: a shift is looked at after those before it have their new ends.
        for number in sorted(
            range(len(wanted)), key=lambda each: (wanted[each].member_id, wanted[each].starts)
        ):
            shift = wanted[number]
            try:
                values = self._values(shift, held.setdefault(shift.member_id, []))
            except Refusal as refusal:
                refused(number, refusal)
                continue
            if values is None:
                done.unchanged += 1
            elif "shift_id" in values:
                changed.append((number, values))
            else:
                added.append(values)
        changes = self._fitting(changed, refused)
        with refusing(self.session):
            if changes:
                self.session.execute(_CHANGE, changes)
            if added:
                self.session.execute(_ADD, added)
        self._lines.add(
            (shift.member_id, minute_number(shift.starts), shift.line)
            for shift in wanted
            if shift.line is not None
        )
        done.added, done.changed = len(added), len(changes)
        return done

    def _held(self, wanted: Sequence[WantedShift]) -> dict[int, list[_Held]]:
        """By member, in order, the recorded shifts around those wanted."""
        times = [
            WantedTime(shift.member_id, minute_number(shift.starts), minute_number(shift.ends))
            for shift in wanted
            if shift.starts < shift.ends
        ]
        held: dict[int, list[_Held]] = {}
        for found in shifts_in_the_way(self.session, times):
            held.setdefault(found.member_id, []).append(
                _Held(found.starts, found.ends, found.id, found.unit_id, found.is_team_named, None)
            )
        for shifts in held.values():
            shifts.sort()
        return held

    def _values(self, shift: WantedShift, held: list[_Held]) -> dict[str, Any] | None:
        """What to write for the shift, with the key of the one to change, if any; None to leave it."""
        starts, ends = minute_number(shift.starts), minute_number(shift.ends)
        if not 0 < ends - starts <= LONGEST:
            check_shift(shift.starts, shift.ends)
        index = bisect_left(held, (starts,))
        same = held[index] if index < len(held) and held[index].starts == starts else None
        is_named = shift.unit_id is not None
        if same is not None:
            if (same.ends, same.is_team_named) == (ends, is_named) and shift.unit_id in (None, same.unit_id):
                return None
            self._check_may_change(shift, same)
        after = index + (same is not None)
        for other in (*held[index - 1 : index], *held[after : after + 1]):
            if other.starts < ends and starts < other.ends:
                raise self._overlap(shift, other)
        unit_id, role = self.places.of(shift.member_id, self._day(shift.starts), shift.unit_id)
        now_held = _Held(starts, ends, same.id if same else 0, unit_id, is_named, shift.line)
        held[index:after] = [now_held]
        values: dict[str, Any] = {
            "unit_id": unit_id,
            "role": role,
            "ends_at": ends,
            "minutes": ends - starts,
            "is_team_named": is_named,
        }
        if same is not None:
            return values | {"shift_id": same.id}
        return values | {
            "member_id": shift.member_id,
            "on_date": self._day(shift.starts),
            "starts_at": starts,
        }

    def _day(self, starts: datetime) -> date:
        """The local day of a start; few starts are told apart in a roster of many members."""
        day = self._days.get(starts)
        if day is None:
            day = self._days[starts] = local_day(starts)
        return day

    def _check_may_change(self, shift: WantedShift, same: _Held) -> None:
        line = same.line if same.line is not None else self._lines.of(shift.member_id, same.starts)
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
            raise ShiftDiffers(
                f"The shift of {who} is recorded as {recorded}, with {team}: correct this one, or,"
                " for a file, import with --update to change the shift.",
                field="ends",
            )

    def _overlap(self, shift: WantedShift, other: _Held) -> ShiftOverlaps:
        line = other.line if other.line is not None else self._lines.of(shift.member_id, other.starts)
        where = "already recorded" if line is None else f"on line {line}"
        new = Interval(shift.starts, shift.ends).in_words
        old = Interval(minute_instant(other.starts), minute_instant(other.ends)).in_words
        return ShiftOverlaps(
            f"{self.places.who(shift.member_id)}: the shift {new} overlaps their shift {old}, {where}:"
            " change one of the two.",
            field="starts",
        )

    def _fitting(self, changed: list[tuple[int, dict[str, Any]]], refused: Refused) -> list[dict[str, Any]]:
        """Those of the changed shifts whose time away still lies inside; the others are refused."""
        last: dict[int, GridAway] = {}
        for shift_id, several in away_of(self.session, [values["shift_id"] for _, values in changed]).items():
            last[shift_id] = several[-1]
        fitting: list[dict[str, Any]] = []
        for number, values in changed:
            away = last.get(values["shift_id"])
            if away is not None and minute_number(away.interval.ends) > values["ends_at"]:
                refused(number, away_no_longer_fits(away.interval))
            else:
                fitting.append(values)
        return fitting
