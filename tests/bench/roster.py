"""A regular force of any size as files: units, members, postings, and a roster of so many shifts.

It is made for counting, not for believing: every team is alike. Eight work in a team, two earlies, two lates,
two nights and four days off, as in the forces of England one after another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from npt.people.rules import PolicingRole
from npt.sheets.writing import write

_OPENED_ON = "2008-04-01"
_FIRST_DAY = date(2026, 1, 5)
_BCUS, _AREAS_IN_BCU, _TEAMS_IN_AREA = 4, 4, 5
_TEAM = (
    PolicingRole.SERGEANT,
    *(PolicingRole.CONSTABLE,) * 3,
    *(PolicingRole.PCSO,) * 4,
)
#: where a shift of the cycle starts; each lasts nine hours
_CYCLE = (time(7), time(7), time(14), time(14), time(22), time(22), None, None, None, None)
_LASTS = timedelta(hours=9)

Rows = Iterator[Sequence[object]]


@dataclass(frozen=True)
class Roster:
    """A force of 640 members and the files of it, with exactly so many shifts, by day and then by member."""

    shifts: int

    def write(self, folder: Path) -> dict[str, Path]:
        """Write a file of each kind; the kinds in the order in which they are taken in."""
        made = {
            "units": ("code,name,level,parent,opened_on,closed_on,priority_class,successors", self._units()),
            "members": ("number,name,email", self._members()),
            "postings": ("number,team,role,fte,kind,from,to", self._postings()),
            "duty": ("number,starts,ends,team", self._duty()),
        }
        files: dict[str, Path] = {}
        for kind, (header, rows) in made.items():
            files[kind] = folder / f"roster-{kind}.csv"
            write(files[kind], header.split(","), rows)
        return files

    def _units(self) -> Rows:
        yield self._unit("F", "force", "")
        for bcu in range(_BCUS):
            yield self._unit(f"F{bcu}", "bcu", "F")
            for area in range(_AREAS_IN_BCU):
                yield self._unit(f"F{bcu}{area}", "area", f"F{bcu}")
                for team in range(_TEAMS_IN_AREA):
                    yield self._unit(f"F{bcu}{area}{team}", "team", f"F{bcu}{area}")

    def _unit(self, code: str, level: str, parent: str) -> Sequence[object]:
        return code, f"Unit {code}", level, parent, _OPENED_ON, None, None, None

    def _everybody(self) -> Iterator[tuple[str, str, PolicingRole]]:
        """Number, team and role."""
        for bcu in range(_BCUS):
            for area in range(_AREAS_IN_BCU):
                for team in range(_TEAMS_IN_AREA):
                    for place, role in enumerate(_TEAM):
                        yield f"{bcu}{area}{team}{place}", f"F{bcu}{area}{team}", role

    def _members(self) -> Rows:
        for number, team, role in self._everybody():
            yield number, f"{role.wording} {number} of {team}", None

    def _postings(self) -> Rows:
        for number, team, role in self._everybody():
            yield number, team, role.value, "1", None, _OPENED_ON, None

    def _duty(self) -> Rows:
        left, day = self.shifts, _FIRST_DAY
        everybody = [number for number, _, _ in self._everybody()]
        while True:
            for seat, number in enumerate(everybody):
                starts = _CYCLE[(day.toordinal() + 3 * seat) % len(_CYCLE)]
                if starts is None:
                    continue
                if not left:
                    return
                left -= 1
                local = datetime.combine(day, starts)
                # Written as local time without an offset, as most duty systems do.
                yield number, f"{local:%Y-%m-%dT%H:%M}", f"{local + _LASTS:%Y-%m-%dT%H:%M}", None
            day += timedelta(days=1)
