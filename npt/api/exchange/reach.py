"""Which rows of a push lie outside the reach of whoever pushes. What is there is not told to them.

A member nobody has ever heard of and one of another force are refused in the same words.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from typing import Any, cast

from sqlalchemy.orm import Session

from npt.api.exchange.incident_reach import incidents_outside
from npt.api.exchange.problem_reach import problems_outside
from npt.api.queries import posted_within, unit_paths
from npt.kit.clock import local_day
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.queries import units_coded
from npt.people.queries import member_ids_numbered
from npt.sheets.reading import Row
from npt.shifts.actions import Places
from npt.shifts.queries.collisions import RecordedShift, WantedTime, shifts_in_the_way
from npt.store.exchange import RowProblem
from npt.store.types import minute_number


def outside_reach(
    session: Session, kind: str, rows: Sequence[Row], paths: Collection[str]
) -> list[RowProblem]:
    """The rows that concern members, shifts or places outside the paths. Others may be refused later."""
    if kind == "incidents":
        return list(incidents_outside(session, rows, paths))
    if kind == "problems":
        return list(problems_outside(session, rows, paths))
    reach = _Reach(session, rows, tuple(paths))
    return list(reach.outside_duty() if kind == "duty" else reach.outside_away())


class _Reach:
    """The members that rows name, and what is recorded at their times."""

    def __init__(self, session: Session, rows: Sequence[Row], paths: tuple[str, ...]) -> None:
        self._session = session
        self._rows = rows
        self._paths = paths
        numbers = {cast(str, row.values["number"]) for row in rows}
        self._members = member_ids_numbered(session, numbers)
        self._ours = posted_within(session, paths, self._members.values())
        times = [_time(self._members[number], row) for number, row in self._known()]
        recorded = shifts_in_the_way(session, [time for time in times if time.starts < time.ends])
        self._shifts: dict[int, list[RecordedShift]] = {}
        for shift in sorted(recorded, key=lambda each: each.starts):
            self._shifts.setdefault(shift.member_id, []).append(shift)
        self._path_of = unit_paths(session, {shift.unit_id for shift in recorded})

    def _known(self) -> Iterator[tuple[str, Row]]:
        for row in self._rows:
            number = cast(str, row.values["number"])
            if number in self._members:
                yield number, row

    def _covers(self, path: str) -> bool:
        return path.startswith(self._paths)

    def outside_duty(self) -> Iterator[RowProblem]:
        """Shifts of members who are not ours, of teams that are not, or that count elsewhere."""
        codes = {cast(str, row.values["team"]) for row in self._rows if row.values["team"] is not None}
        teams = units_coded(self._session, codes)
        ours = [(number, row) for number, row in self._known() if self._members[number] in self._ours]
        places = Places(self._session)
        places.meet((self._members[number], None) for number, _ in ours)
        for row in self._rows:
            number, code = cast(str, row.values["number"]), cast("str | None", row.values["team"])
            member_id = self._members.get(number)
            if member_id is None or member_id not in self._ours:
                yield _stranger(row, number)
            elif code is not None and (code not in teams or not self._covers(teams[code].path)):
                yield RowProblem(
                    row.line,
                    "team",
                    f"There is no unit {code} that this token may use: correct the code.",
                )
            elif self._counts_elsewhere(row, member_id, places, teams.get(code or "")):
                yield RowProblem(
                    row.line,
                    "number",
                    f"On that day {number} belongs to a unit that this token may not use: name "
                    "another team, or leave the row out.",
                )

    def _counts_elsewhere(self, row: Row, member_id: int, places: Places, team: Unit | None) -> bool:
        """Whether the shift would count, or is recorded, outside. What cannot be placed is refused later."""
        time = _time(member_id, row)
        if any(
            shift.starts == time.starts and not self._covers(self._path_of[shift.unit_id])
            for shift in self._around(time)
        ):
            return True
        if team is not None:
            return False
        try:
            place = places.of(member_id, local_day(_instant(row, "starts")), None)
        except Refusal:
            return False
        if place.unit_id not in self._path_of:
            self._path_of.update(unit_paths(self._session, [place.unit_id]))
        return not self._covers(self._path_of[place.unit_id])

    def outside_away(self) -> Iterator[RowProblem]:
        """Time away in shifts that count elsewhere, or of members who are not ours and have no shift."""
        for row in self._rows:
            number = cast(str, row.values["number"])
            member_id = self._members.get(number)
            around = [] if member_id is None else list(self._around(_time(member_id, row)))
            is_ours = member_id in self._ours
            if not all(self._covers(self._path_of[shift.unit_id]) for shift in around) or not (
                around or is_ours
            ):
                yield _stranger(row, number)

    def _around(self, time: WantedTime) -> Iterator[RecordedShift]:
        """The recorded shifts of the member that share a minute with the time."""
        shifts = self._shifts.get(time.member_id, [])
        start = bisect_left(shifts, time.starts - 24 * 60, key=lambda each: each.starts)
        for shift in shifts[start:]:
            if shift.starts >= time.ends:
                return
            if shift.ends > time.starts:
                yield shift


def _stranger(row: Row, number: str) -> RowProblem:
    return RowProblem(
        row.line,
        "number",
        f"This token may use no records of a member {number} at that time: correct the number "
        f"or the times, or push with the token of an account that records duty for them.",
    )


def _instant(row: Row, column: str) -> Any:
    return cast(Any, row.values[column]).instant


def _time(member_id: int, row: Row) -> WantedTime:
    return WantedTime(member_id, minute_number(_instant(row, "starts")), minute_number(_instant(row, "ends")))
