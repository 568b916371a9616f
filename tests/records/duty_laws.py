"""What is always true of a force's duty, counted from its bare rows in plain Python.

Nothing here adds up in SQL and nothing reads the roll-up: what the product says is held against it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from npt.counting.models import Definition, DefinitionReason
from npt.counting.queries import headrooms, headrooms_by_unit
from npt.counting.rollup.read import monthly_sums, whole_sums
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.rules import PolicingRole, RoleGroup
from npt.performance.queries import rates
from npt.shifts.models import Away, Confirmation, Reason, Shift
from npt.shifts.rules import ReasonKind
from tests.records.november import defined

#: What stands of time away, but for its key and version: which shift, when, why, with which note.
AwayRow = tuple[int, int, int, int, int, str | None]

GROUPS = {
    RoleGroup.OFFICERS: {PolicingRole.INSPECTOR, PolicingRole.SERGEANT, PolicingRole.CONSTABLE},
    RoleGroup.PCSOS: {PolicingRole.PCSO},
}


def rows_of_duty(session: Session) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Every shift and all time away, whole rows but for versions and the keys of time away."""
    shifts = select(
        Shift.id,
        Shift.member_id,
        Shift.unit_id,
        Shift.role,
        Shift.on_date,
        Shift.starts_at,
        Shift.ends_at,
        Shift.minutes,
        Shift.is_team_named,
    ).order_by(Shift.id)
    away = select(
        Away.shift_id, Away.starts_at, Away.ends_at, Away.minutes, Away.reason_id, Away.note
    ).order_by(Away.shift_id, Away.starts_at)
    return [tuple(row) for row in session.execute(shifts)], [tuple(row) for row in session.execute(away)]


@dataclass(frozen=True)
class Counted:
    """The minutes and shifts of a unit and group in a month, counted from the rows."""

    rostered: int = 0
    duty: int = 0
    used: int = 0
    planned: int = 0
    shifts: int = 0
    confirmed: int = 0


class Laws:
    """The rows of the units at and under a force, read once, and what has to hold of them."""

    def __init__(self, session: Session, force: Unit, months: list[Month], today: date) -> None:
        self.session, self.force, self.months, self.today = session, force, months, today
        self.units = {unit.id: unit for unit in session.scalars(select(Unit).where(within(force.path)))}
        asked = select(Shift).where(Shift.unit_id.in_(self.units)).order_by(Shift.member_id, Shift.starts_at)
        self.shifts = list(session.scalars(asked.execution_options(populate_existing=True)))
        self.away: dict[int, list[Row[Away, str, ReasonKind]]] = {}
        for row in session.execute(
            select(Away, Reason.code, Reason.kind)
            .join(Reason, Reason.id == Away.reason_id)
            .order_by(Away.starts_at)
            .execution_options(populate_existing=True)
        ):
            self.away.setdefault(row[0].shift_id, []).append(row)
        self.confirmed = {
            (unit_id, day)
            for unit_id, day in session.execute(select(Confirmation.unit_id, Confirmation.on_date))
        }
        self.marks: dict[str, list[tuple[date, bool]]] = {}
        for code, starts_on, counts in session.execute(
            select(Reason.code, DefinitionReason.starts_on, DefinitionReason.counts)
            .join(Reason, Reason.id == DefinitionReason.reason_id)
            .join(Definition, Definition.id == DefinitionReason.definition_id)
            .where(Definition.code == "local-2008")
            .order_by(DefinitionReason.starts_on)
        ):
            self.marks.setdefault(code, []).append((starts_on, counts))

    def broken(self) -> list[str]:
        """What does not hold, a sentence each."""
        return [
            *self._times(),
            *self._parts_and_wholes(),
            *self._headroom(),
            *self._known_and_unknown(),
        ]

    def _times(self) -> Iterator[str]:
        for first, second in pairwise(self.shifts):
            if first.member_id == second.member_id and second.starts_at < first.ends_at:
                yield f"shifts {first.id} and {second.id} of one member overlap"
        for shift in self.shifts:
            if (shift.ends_at - shift.starts_at).total_seconds() != shift.minutes * 60:
                yield f"shift {shift.id} does not last its minutes"
            there = [row[0] for row in self.away.get(shift.id, [])]
            for before, after in pairwise(there):
                if after.starts_at < before.ends_at:
                    yield f"two times away overlap in shift {shift.id}"
            for each in there:
                if not shift.starts_at <= each.starts_at < each.ends_at <= shift.ends_at:
                    yield f"time away sticks out of shift {shift.id}"
                if (each.ends_at - each.starts_at).total_seconds() != each.minutes * 60:
                    yield f"time away in shift {shift.id} does not last its minutes"
        for shift_id in self.away.keys() - {shift.id for shift in self.shifts}:
            if self.session.get(Shift, shift_id) is None:
                yield f"time away is left of shift {shift_id}, which is gone"

    def _parts_and_wholes(self) -> Iterator[str]:
        """Every unit's month, of each role, by every reason: as the rows say, at each level."""
        first, last = self.months[0], self.months[-1]
        wanted: dict[tuple[int, PolicingRole, Month], Counter[str]] = {}
        for shift in self.shifts:
            path = self.units[shift.unit_id].path
            for unit in self.units.values():
                if path.startswith(unit.path):
                    sums = wanted.setdefault((unit.id, shift.role, Month.of(shift.on_date)), Counter())
                    sums["rostered"] += shift.minutes
                    sums["shifts"] += 1
                    sums["confirmed"] += (shift.unit_id, shift.on_date) in self.confirmed
                    for away, code, _kind in self.away.get(shift.id, []):
                        sums[code] += away.minutes
        wanted = {key: +sums for key, sums in wanted.items()}
        said: dict[tuple[int, PolicingRole, Month], Counter[str]] = {}
        for part in whole_sums(self.session, [unit.path for unit in self.units.values()], first, last):
            sums = said.setdefault((part.unit_id, part.role, part.month), Counter())
            sums["rostered"] += part.rostered
            sums["shifts"] += part.shifts
            sums["confirmed"] += part.confirmed_shifts
            sums.update(part.absent)
            sums.update(part.abstracted)
        said = {key: +sums for key, sums in said.items()}
        for key in wanted.keys() | said.keys():
            if wanted.get(key) != said.get(key):
                yield f"the month of {self._named(*key)}: {wanted.get(key)} in rows, {said.get(key)} added up"
        own = monthly_sums(self.session, self.force.path, first, last)
        if sum(part.rostered for part in own) != sum(shift.minutes for shift in self.shifts):
            yield "the units' own minutes are not those of the force"

    def _headroom(self) -> Iterator[str]:
        definition = defined(self.session, "local-2008")
        for month in self.months:
            by_unit = headrooms_by_unit(
                self.session, self.force.path, month, month, today=self.today, definition=definition
            )
            for unit in self.units.values():
                rooms = headrooms(self.session, unit.path, month, today=self.today, definition=definition)
                for group, room in rooms.items():
                    counted = self.counted(unit, group, month)
                    if (room.denominator, room.used, room.planned) != (
                        counted.duty,
                        counted.used,
                        counted.planned,
                    ):
                        yield f"the headroom of {unit.code} in {month}: {counted} in rows, {room} reckoned"
                    if room.left + room.used + room.planned != group.target * counted.duty // 100:
                        yield f"left, used and planned of {unit.code} in {month} are not its allowance"
                    under = [
                        rooms_of[group]
                        for (unit_id, _), rooms_of in by_unit.items()
                        if self.units[unit_id].path.startswith(unit.path)
                    ]
                    if sum(part.used for part in under) != room.used:
                        yield f"what was used under {unit.code} in {month} is not what it used"

    def _known_and_unknown(self) -> Iterator[str]:
        """A rate is unknown without duty and only then; a confirmed nothing is 0 of something."""
        for level in {unit.level for unit in self.units.values()}:
            for row in rates(
                self.session,
                unit=self.force,
                first=self.months[0],
                last=self.months[-1],
                each=level,
                definition="local-2008",
            ):
                unit = next(each for each in self.units.values() if each.code == row.unit)
                counted = self.counted(unit, RoleGroup(row.group), row.month)
                if (row.abstracted, row.denominator) != (counted.used + counted.planned, counted.duty):
                    yield f"the rate of {row.unit} in {row.month} is {row.rate}, in rows {counted}"
                if (row.rate.fraction is None) is not (counted.duty == 0):
                    yield f"the rate of {row.unit} in {row.month} is known without duty, or unknown with it"
                if (row.coverage.part, row.coverage.whole) != (counted.confirmed, counted.shifts):
                    yield f"{row.unit} in {row.month} is covered {row.coverage}, in rows {counted}"
                if (row.coverage.fraction is None) is not (counted.shifts == 0):
                    yield f"the coverage of {row.unit} in {row.month} is known without a shift, or unknown"

    def counted(self, unit: Unit, group: RoleGroup, month: Month) -> Counted:
        """The group's month at the unit and under it."""
        found: Counter[str] = Counter()
        for shift in self.shifts:
            is_there = self.units[shift.unit_id].path.startswith(unit.path)
            if not is_there or shift.role not in GROUPS[group] or Month.of(shift.on_date) != month:
                continue
            found["rostered"] += shift.minutes
            found["duty"] += shift.minutes
            found["shifts"] += 1
            found["confirmed"] += (shift.unit_id, shift.on_date) in self.confirmed
            for away, code, kind in self.away.get(shift.id, []):
                if kind is ReasonKind.ABSENCE:
                    found["duty"] -= away.minutes
                elif self._counts(code, shift.on_date):
                    found["used" if shift.on_date <= self.today else "planned"] += away.minutes
        return Counted(**found)

    def _counts(self, code: str, day: date) -> bool:
        return next((counts for since, counts in reversed(self.marks.get(code, [])) if since <= day), False)

    def _named(self, unit_id: int, role: PolicingRole, month: Month) -> str:
        return f"{self.units[unit_id].code}, {role.plural}, {month}"
