"""Files of duty: bringing rows in, and what an import has to say."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from npt.duty.exchange import IMPORTS
from npt.organisation.models import Unit
from npt.sheets.reading import Row, read
from npt.store.exchange import ImportOrder, Outcome
from tests import make

TWO_SHIFTS = "1,2026-11-16T14:00,2026-11-16T22:00,\n2,2026-11-16T14:00,2026-11-16T22:00,\n"
TWO_AWAY = (
    "1,2026-11-16T15:00,2026-11-16T16:00,response,\n"
    '1,2026-11-16T18:00,2026-11-16T19:00,other,"Lost child\nat the fair, 👮"\n'
)
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
HEADERS = {
    "duty": "number,starts,ends,team\n",
    "away": "number,starts,ends,reason,note\n",
    "confirmations": "unit,date,by\n",
}


def rows_of(folder: Path, kind: str, rows: str) -> list[Row]:
    path = folder / f"{kind}.csv"
    path.write_text(HEADERS[kind] + rows, encoding="utf-8")
    table = read(path, IMPORTS[kind].shape)
    assert table.problems == []
    return table.rows


def bring_in(
    session: Session, folder: Path, kind: str, rows: str, *, may_update: bool = False, size: int = 1000
) -> Outcome:
    """Take the rows in, in chunks of `size`."""
    read_rows = rows_of(folder, kind, rows)
    chunks = [read_rows[first : first + size] for first in range(0, len(read_rows), size)]
    return IMPORTS[kind].save(session, chunks, ImportOrder(may_update, NOW, NOW.date()))


def told(outcome: Outcome) -> list[tuple[int, str | None]]:
    return sorted((problem.line, problem.column) for problem in outcome.problems)


def message(outcome: Outcome) -> str:
    (problem,) = outcome.problems
    return problem.message


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.added, outcome.changed, outcome.unchanged


def team_of_two(session: Session) -> Unit:
    """Team T1 with the members 1 and 2."""
    team = make.team(session, code="T1")
    for number in ("1", "2"):
        make.member(session, number=number, team=team)
    return team


def rostered_team(session: Session, folder: Path) -> Unit:
    """T1, both on duty from 14:00 to 22:00, and 1 again from 22:00 to 06:00."""
    team = team_of_two(session)
    bring_in(session, folder, "duty", TWO_SHIFTS + "1,2026-11-16T22:00,2026-11-17T06:00,\n")
    return team
