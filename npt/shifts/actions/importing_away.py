"""Recording time away row by row from a file: each finds the shift it lies in by its times.

Time away is known by its shift and its start. No act is kept of it: a file is corrected by the next file.
"""

from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.sheets.columns import nearest, shown
from npt.shifts.actions.away_entries import UnknownReason, checked_note
from npt.shifts.actions.bulk import LinesOfFile
from npt.shifts.actions.held_shifts import HeldShift, held_shifts
from npt.shifts.actions.shift_writes import write
from npt.shifts.actions.steps import Step
from npt.shifts.queries import ReasonLine, reasons
from npt.shifts.queries.collisions import RecordedShift, WantedTime, shifts_in_the_way
from npt.shifts.rules import AwayState, AwayTime, ShiftState, check_away, check_open, interval_of
from npt.store.exchange import Saved, Tell
from npt.store.types import minute_number


class NoShift(Refusal):
    """Time away at a time at which the member has no shift."""


class AwayDiffers(Refusal):
    """Time away that starts then in the shift is recorded with other values, and may not be changed."""


@dataclass(frozen=True, slots=True)
class WantedAway:
    """Time away to be recorded: `reason` is its code, `line` where it stands in a file."""

    member_id: int
    starts: datetime
    ends: datetime
    reason: str
    note: str | None
    line: int | None = None


class _Stands(NamedTuple):
    """Time away in a shift, recorded or just wanted; `id` None for what is not recorded yet."""

    interval: Interval
    reason: ReasonLine
    note: str | None
    id: int | None
    line: int | None

    @property
    def away_time(self) -> AwayTime:
        """The same as the rules take it."""
        return AwayTime(self.interval, self.reason.code, self.reason.kind)


class _Row(NamedTuple):
    """A wanted time away that makes sense by itself, the shift it lies in, its place among those wanted."""

    place: int
    shift_id: int
    wanted: _Stands


@dataclass
class AwayRecording:
    """What is known while time away is recorded from a file that comes in pieces."""

    session: Session
    may_update: bool = False
    _reasons: dict[str, ReasonLine] = field(default_factory=dict)
    _lines: LinesOfFile = field(default_factory=LinesOfFile)

    def take(self, wanted: Sequence[WantedAway], tell: Tell) -> Saved:
        """Record the next piece, and send it to the database. `tell` is told of each bad one.

        Time away that a file says twice is taken once; of two rows that contradict each other the second is
        refused. NoLength, EndsBeforeItStarts, UnknownReason, NoteMissing, NoteTooLong; NoShift,
        AwayOutsideShift; ReasonClosed; AwayDiffers; AwayOverlaps, AbstractionDuringAbsence.
        """
        self._reasons = self._reasons or {reason.code: reason for reason in reasons(self.session)}
        rows = self._rows(wanted, tell)
        held = held_shifts(self.session, {row.shift_id for row in rows})
        by_id = {reason.id: reason for reason in self._reasons.values()}
        stands = {
            shift.id: [
                _Stands(away.interval, by_id[away.reason_id], away.note, away.id, None) for away in shift.away
            ]
            for shift in held.values()
        }
        saved = Saved()
        touched: set[int] = set()
        said: list[_Row] = []
        # In order of time, so that what ends earlier than before makes room for what follows it.
        for row in sorted(rows, key=lambda each: (each.shift_id, each.wanted.interval.starts, each.place)):
            try:
                done = self._fit(row, held[row.shift_id], stands[row.shift_id])
            except Refusal as refusal:
                tell(row.place, refusal)
                continue
            said.append(row)
            saved.count(done)
            if not done.unchanged:
                touched.add(row.shift_id)
        write(self.session, [Step(held[key], _state(held[key], stands[key])) for key in sorted(touched)])
        self._lines.add(
            (row.shift_id, minute_number(row.wanted.interval.starts), row.wanted.line)
            for row in said
            if row.wanted.line is not None
        )
        return saved

    def _rows(self, wanted: Sequence[WantedAway], tell: Tell) -> list[_Row]:
        """Those that make sense by themselves, each with the shift it lies in; the others are refused."""
        sensible: list[tuple[int, _Stands]] = []
        for place, away in enumerate(wanted):
            try:
                interval = interval_of(away.starts, away.ends)
                reason = self._reason(away.reason)
                note = checked_note(reason, away.note)
                sensible.append((place, _Stands(interval, reason, note, None, away.line)))
            except Refusal as refusal:
                tell(place, refusal)
        times = [
            WantedTime(
                wanted[place].member_id,
                minute_number(each.interval.starts),
                minute_number(each.interval.ends),
            )
            for place, each in sensible
        ]
        around: dict[int, list[RecordedShift]] = {}
        for shift in shifts_in_the_way(self.session, times):
            insort(around.setdefault(shift.member_id, []), shift, key=lambda each: each.starts)
        rows: list[_Row] = []
        for (place, each), time in zip(sensible, times, strict=True):
            lies_in = _shift_around(around.get(time.member_id, []), time)
            if lies_in is None:
                tell(
                    place,
                    NoShift(
                        f"The member has no shift during {each.interval.in_words}: correct the number or the"
                        " times, or import the shift first.",
                        field="starts",
                    ),
                )
            else:
                rows.append(_Row(place, lies_in.id, each))
        return rows

    def _reason(self, code: str) -> ReasonLine:
        if code not in self._reasons:
            near = nearest(code, self._reasons)
            cure = f"did you mean “{near}”?" if near else f"the reasons are {', '.join(self._reasons)}."
            raise UnknownReason(f"There is no reason {shown(code)}: {cure}", field="reason")
        return self._reasons[code]

    def _fit(self, row: _Row, shift: HeldShift, stands: list[_Stands]) -> Saved:
        """Let the row stand in its shift, where it fits; what that adds, changes or leaves."""
        wanted = row.wanted
        same = next((each for each in stands if each.interval.starts == wanted.interval.starts), None)
        if same is not None:
            if (same.interval, same.reason.id, same.note) == (wanted.interval, wanted.reason.id, wanted.note):
                if same.line is None:
                    stands[stands.index(same)] = same._replace(line=wanted.line)
                return Saved(unchanged=1)
            self._check_may_change(shift, same)
        if same is None or same.reason.id != wanted.reason.id:
            check_open(wanted.reason.name, wanted.reason.closed_on, shift.on_date)
        others = [each for each in stands if each is not same]
        try:
            with shift.named():
                check_away(shift.interval, (each.away_time for each in others), wanted.away_time)
        except Refusal as refusal:
            for other in others:
                line = self._line(shift, other)
                if line is not None and other.interval.overlaps(wanted.interval):
                    message = f"{refusal.message} That one is on line {line}."
                    raise type(refusal)(message, field=refusal.field) from None
            raise
        stands[:] = [*others, wanted if same is None else wanted._replace(id=same.id)]
        return Saved(added=1) if same is None else Saved(changed=1)

    def _line(self, shift: HeldShift, stands: _Stands) -> int | None:
        if stands.line is not None:
            return stands.line
        return self._lines.of(shift.id, minute_number(stands.interval.starts))

    def _check_may_change(self, shift: HeldShift, same: _Stands) -> None:
        line = self._line(shift, same)
        if line is not None:
            raise AwayDiffers(
                f"Time away of {shift.number} from that start is on line {line} already with other values:"
                " keep one of the two rows.",
                field="starts",
            )
        if not self.may_update:
            raise AwayDiffers(
                f"Time away of {shift.number} is recorded there as {same.reason.code},"
                f" {same.interval.in_words}, or with another note: correct the row, or import with --update"
                " to change the record.",
                field="starts",
            )


def _state(shift: HeldShift, stands: Sequence[_Stands]) -> ShiftState:
    away = (AwayState(each.interval, each.reason.id, each.note, each.id) for each in stands)
    return replace(shift.state, away=tuple(away))


def _shift_around(shifts: Sequence[RecordedShift], time: WantedTime) -> RecordedShift | None:
    """Of the member's shifts in order, the one during which the time starts, else the first it reaches."""
    after = bisect_right(shifts, time.starts, key=lambda each: each.starts)
    for shift in shifts[max(after - 1, 0) : after + 1]:
        if shift.starts < time.ends and time.starts < shift.ends:
            return shift
    return None
