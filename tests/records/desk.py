"""A sergeant at their team's day: what the tests of recording, undoing and confirming work with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.duty.actions import undo
from npt.kit.clock import clock_in_words, parse_instant
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.shifts.actions import AwayEntry, correct_away, record_away, remove_away
from npt.shifts.models import Act, Shift
from npt.shifts.queries import DayGrid, GridAway, day_grid
from tests import make

DAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 18, 0, tzinfo=UTC)


@dataclass
class Desk:
    """A sergeant at their team's day, on which three constables have a late shift, 14:00 to 22:00."""

    session: Session
    team: Unit
    by: Account
    shifts: list[Shift]

    def grid(self) -> DayGrid:
        return day_grid(self.session, self.team, DAY)

    def away(self) -> list[tuple[str, str, str, str | None]]:
        """Every time away of the day: who, when, why and the note."""
        return [
            (row.number, in_words(away), away.reason_code, away.note)
            for row in self.grid().rows
            for shift in row.shifts
            for away in shift.away
        ]

    def entry(self, starts: str, ends: str, number: int = 0) -> AwayEntry:
        return AwayEntry(self.shifts[number].id, at(starts), at(ends))

    def record(
        self,
        *entries: AwayEntry,
        reason: str = "response",
        note: str | None = None,
        expected: dict[int, int] | None = None,
    ) -> Act:
        return record_away(
            self.session,
            stamp=Stamp(self.by.id, NOW),
            unit=self.team,
            day=DAY,
            entries=entries,
            reason=reason,
            note=note,
            expected=self.grid().versions if expected is None else expected,
        )

    def correct(
        self,
        away: GridAway,
        starts: str,
        ends: str,
        *,
        reason: str = "response",
        note: str | None = None,
    ) -> Act:
        return correct_away(
            self.session,
            stamp=Stamp(self.by.id, NOW),
            unit=self.team,
            day=DAY,
            away_id=away.id,
            expected_version=away.version,
            starts=at(starts),
            ends=at(ends),
            reason=reason,
            note=note,
        )

    def remove(self, away: GridAway) -> Act:
        return remove_away(
            self.session,
            stamp=Stamp(self.by.id, NOW),
            unit=self.team,
            day=DAY,
            away_id=away.id,
            expected_version=away.version,
        )

    def undo(self, act: Act) -> Act:
        return undo(self.session, now=NOW, unit=self.team, act_id=act.id)

    def only_away(self) -> GridAway:
        (away,) = (away for shift in self.grid().shifts for away in shift.away)
        return away


def at(time: str) -> datetime:
    return parse_instant(f"2026-11-16T{time}").instant


def in_words(away: GridAway) -> str:
    return f"{clock_in_words(away.interval.starts)} to {clock_in_words(away.interval.ends)}"


def sit_down(session: Session) -> Desk:
    team = make.team(session, code="T1")
    members = [make.member(session, team=team, name=f"{name} Example") for name in ("Ann", "Ben", "Cas")]
    shifts = [make.shift(session, member=member) for member in members]
    return Desk(session, team, make.account(session), shifts)
