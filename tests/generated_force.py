"""Files of an invented force in which everything happens that a rate could get wrong.

Transfers in mid-month, temporary postings and attachments, two half-time postings, a team that closes with a
successor, nights across both clock changes of 2026, absence, days nobody confirmed, a month without duty, a
team exactly on target, and a second force whose duty must not be counted. The same seed gives the same files.
"""

import csv
import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 11, 15)
#: no duty at all is rostered in this month
EMPTY = (2026, 6)
NIGHTS_OF_CHANGE = (dt.date(2026, 3, 28), dt.date(2026, 10, 24))
ABSTRACTIONS = ("response", "custody", "event", "training", "court", "scene-guard", "public-order", "station")
ABSENCES = ("leave", "sickness", "rest-day", "other-absence")
HOURS = ((7, 9 * 60), (14, 9 * 60), (22, 9 * 60), (9, 4 * 60 + 35))

UNITS = """code,name,level,parent,opened_on,closed_on,priority_class,successors
GF,Generated force,force,,2008-04-01,,,
GA,North,bcu,GF,2008-04-01,,,
GB,South,bcu,GF,2008-04-01,,,
GA1,North area,area,GA,2008-04-01,,,
GB1,South area,area,GB,2008-04-01,,,
GX1,Quiet area,area,GB,2008-04-01,,,
GA11,North one,team,GA1,2008-04-01,,,
GA12,North two,team,GA1,2008-04-01,2026-10-14,,GA13
GA13,North three,team,GA1,2026-10-15,,,
GB11,South one,team,GB1,2008-04-01,,,
GX11,On target,team,GX1,2008-04-01,,,
GX111,On target neighbourhood,neighbourhood,GX11,2008-04-01,,2,
OF,Other force,force,,2008-04-01,,,
OA,Other,bcu,OF,2008-04-01,,,
OA1,Other area,area,OA,2008-04-01,,,
OA11,Other team,team,OA1,2008-04-01,,,
"""

POSTINGS = """number,team,role,fte,kind,from,to
I1,GA1,inspector,1,substantive,2020-01-01,
I2,GB1,inspector,1,,2020-01-01,
S1,GA11,sergeant,1,substantive,2020-01-01,
S2,GB11,sergeant,1,substantive,2020-01-01,
C1,GA11,constable,1,substantive,2020-01-01,
C2,GA11,constable,1,substantive,2020-01-01,2026-10-16
C2,GB11,constable,1,substantive,2026-10-17,
C3,GB11,constable,0.5,substantive,2020-01-01,
C3,GA11,constable,0.5,substantive,2020-01-01,
C4,GA12,constable,0.8,substantive,2020-01-01,2026-10-14
C4,GA13,constable,0.8,substantive,2026-10-15,
C5,GB11,constable,1,substantive,2020-01-01,
C5,GA11,constable,1,temporary,2026-04-08,2026-05-21
C5,GA12,constable,1,attachment,2026-05-11,2026-05-31
C6,GA11,constable,1,substantive,2020-01-01,
C6,GA11,sergeant,1,temporary,2026-07-10,2026-08-20
P1,GA11,pcso,1,substantive,2020-01-01,
P2,GB11,pcso,0.6,substantive,2020-01-01,
P2,GA11,pcso,0.6,attachment,2026-03-12,2026-03-29
P3,GA12,pcso,1,substantive,2020-01-01,2026-10-14
P3,GA13,pcso,1,substantive,2026-10-15,
V1,GA11,special,1,substantive,2020-01-01,
X1,GX11,constable,1,substantive,2020-01-01,
X2,GX11,pcso,1,substantive,2020-01-01,
O1,OA11,constable,1,substantive,2020-01-01,
O2,OA11,pcso,1,substantive,2020-01-01,
"""

#: Exactly 20% and exactly 5% under local-2008: 600 minutes with 120, 1,200 with 60.
ON_TARGET_DUTY = [
    ("X1", "2026-05-04T08:00", "2026-05-04T18:00", ""),
    ("X2", "2026-05-04T08:00", "2026-05-04T18:00", ""),
    ("X2", "2026-05-05T08:00", "2026-05-05T18:00", ""),
]
ON_TARGET_AWAY = [
    ("X1", "2026-05-04T09:00", "2026-05-04T11:00", "custody", ""),
    ("X2", "2026-05-05T17:00", "2026-05-05T18:00", "response", ""),
]


@dataclass
class _Files:
    """Rows as they are made, and the means to make them."""

    chance: random.Random
    duty: list[tuple[str, ...]] = field(default_factory=list)
    away: list[tuple[str, ...]] = field(default_factory=list)
    worked: dict[str, dt.datetime] = field(default_factory=dict)

    def written(self, instant: dt.datetime) -> str:
        """An instant in one of the three ways that a file may write it."""
        local = instant.astimezone(LONDON)
        # A local time that happens twice is only said by its offset.
        happens_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
        ways = [
            instant.strftime("%Y-%m-%dT%H:%MZ"),
            local.isoformat(timespec="minutes"),
            local.strftime("%Y-%m-%dT%H:%M"),
        ]
        return self.chance.choice(ways[:2] if happens_twice else ways)

    def shift(self, number: str, day: dt.date, hour: int, minutes: int, team: str) -> None:
        """A shift from the local `hour` until the clock shows `minutes` later, with time away in it."""
        local = dt.datetime.combine(day, dt.time(hour))
        starts = local.replace(tzinfo=LONDON).astimezone(dt.UTC)
        ends = (local + dt.timedelta(minutes=minutes)).replace(tzinfo=LONDON).astimezone(dt.UTC)
        if starts < self.worked.get(number, starts):
            return
        self.worked[number] = ends
        self.duty.append((number, self.written(starts), self.written(ends), team))
        for begins, until, reason in self._times_away(starts, ends):
            note = "see log" if reason == "other" else ""
            self.away.append((number, self.written(begins), self.written(until), reason, note))

    def _times_away(
        self, starts: dt.datetime, ends: dt.datetime
    ) -> Iterator[tuple[dt.datetime, dt.datetime, str]]:
        if self.chance.random() < 0.08:
            yield starts, ends, self.chance.choice(ABSENCES)
            return
        at = starts
        while (left := int((ends - at).total_seconds()) // 60) > 45 and self.chance.random() < 0.4:
            length = self.chance.randint(10, min(240, left))
            until = at + dt.timedelta(minutes=length)
            kind = ABSENCES if self.chance.random() < 0.2 else (*ABSTRACTIONS, "other")
            yield at, until, self.chance.choice(kind)
            at = until + dt.timedelta(minutes=self.chance.choice((0, 0, 15)))


def _days() -> Iterator[dt.date]:
    day = FIRST
    while day <= LAST:
        if (day.year, day.month) != EMPTY:
            yield day
        day += dt.timedelta(days=1)


def write_force(folder: Path, *, seed: int) -> None:
    """Write units, members, postings, duty, away and confirmations as CSV files into `folder`."""
    files = _Files(random.Random(seed))
    numbers = sorted({line.split(",")[0] for line in POSTINGS.splitlines()[1:]})
    for day in _days():
        for number in numbers:
            if number.startswith("X"):
                continue
            works_night = day in NIGHTS_OF_CHANGE and number in ("C1", "C5", "P2", "S1")
            if not works_night and files.chance.random() > 0.3:
                continue
            hour, minutes = (22, 9 * 60) if works_night else files.chance.choice(HOURS)
            team = files.chance.choice(("GA11", "GB11")) if number == "C3" else ""
            files.shift(number, day, hour, minutes, team)
    confirmations = [
        (unit, day.isoformat(), "S1")
        for day in _days()
        for unit in ("GA1", "GB1", "GA11", "GA12", "GA13", "GB11", "OA11")
        if files.chance.random() < 0.85
        and not (unit == "GA12" and day > dt.date(2026, 10, 14))
        and not (unit == "GA13" and day < dt.date(2026, 10, 15))
    ]
    confirmations += [("GX11", "2026-05-04", "S2")]
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    (folder / "postings.csv").write_text(POSTINGS, encoding="utf-8")
    _write(folder, "members", "number,name,email", [(number, f"Member {number}", "") for number in numbers])
    _write(folder, "duty", "number,starts,ends,team", [*files.duty, *ON_TARGET_DUTY])
    _write(folder, "away", "number,starts,ends,reason,note", [*files.away, *ON_TARGET_AWAY])
    _write(folder, "confirmations", "unit,date,by", confirmations)


def _write(folder: Path, kind: str, header: str, rows: Sequence[tuple[str, ...]]) -> None:
    with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        writer.writerows(rows)
