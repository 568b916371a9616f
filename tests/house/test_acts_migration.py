"""The migration that keeps acts on rosters as those on days are kept: what could be undone still can."""

from dataclasses import dataclass

import flask_migrate
import pytest
from sqlalchemy import Date, bindparam, text, update
from sqlalchemy.orm import Session

from npt.duty.actions import undo
from npt.shifts.models import Shift
from npt.shifts.queries import roster_acts
from npt.store.transaction import engine_at, writing
from npt.store.types import UtcInstant, minute_number
from tests import make
from tests.engines import ENGINES
from tests.house.migrating import application_at, upgrade
from tests.records.desk import DAY, NOW, Desk, at, sit_down

BEFORE = "0014"


_ACT = text(
    "INSERT INTO roster_act (id, unit_id, first_on, last_on, account_id, done_at, summary)"
    " VALUES (:id, :unit_id, :day, :day, :by, :now, :summary)"
).bindparams(bindparam("now", type_=UtcInstant()), bindparam("day", type_=Date()))
_CHANGE = text(
    "INSERT INTO roster_change (act_id, shift_id, member_id, before_starts_at, before_ends_at,"
    " before_unit_id, before_role, before_is_team_named, before_version, after_starts_at, after_version)"
    " VALUES (:act_id, :shift_id, :member_id, :starts, :ends, :unit_id, 'constable', false, :was,"
    " :after_starts, :after)"
)


@dataclass
class Old:
    """What the builds before wrote when something was done to a roster."""

    session: Session
    desk: Desk
    acts: int = 0

    def act(self, shift: Shift, starts: str, ends: str, was: int, after: int | None) -> None:
        """An act that found the shift at these times in version `was`, and left it in version `after`."""
        self.acts += 1
        ids = {"unit_id": self.desk.team.id, "by": self.desk.by.id}
        self.session.execute(
            _ACT, {"id": self.acts, "day": DAY, "now": NOW, "summary": str(self.acts), **ids}
        )
        change = {
            "act_id": self.acts,
            "shift_id": shift.id,
            "member_id": shift.member_id,
            "unit_id": ids["unit_id"],
            "starts": minute_number(at(starts)),
            "ends": minute_number(at(ends)),
            "was": was,
            "after_starts": minute_number(at("14:00")) if after is not None else None,
            "after": after,
        }
        self.session.execute(_CHANGE, change)


def stands(desk: Desk) -> list[tuple[str, int]]:
    """Every shift of the day: when, and how many times away are in it."""
    lines = [(shift.interval.in_words, len(shift.away)) for shift in desk.grid().shifts]
    return sorted((words.removeprefix("16 November 2026 "), count) for words, count in lines)


@pytest.mark.parametrize("engine_name", ENGINES)
def test_acts_from_before_are_undone_exactly_and_those_overtaken_stay(
    migrated_database_url: str,
) -> None:
    with application_at(migrated_database_url):
        engine = engine_at(migrated_database_url)
        with Session(engine, expire_on_commit=False) as session:
            with writing(session):
                desk = sit_down(session)
                of_day = desk.record(desk.entry("15:00", "16:00"))
                for number in (1, 2):
                    make.away(session, shift=desk.shifts[number])
                session.execute(update(Shift).where(Shift.id == desk.shifts[2].id).values(version=3))
            flask_migrate.downgrade(revision=BEFORE)
            with writing(session):
                old = Old(session, desk)
                earlier, moved, ill = desk.shifts
                old.act(moved, "06:00", "13:00", 0, moved.version)
                old.act(ill, "05:00", "13:00", 1, 2)
                old.act(ill, "14:00", "22:00", 2, 3)
                old.act(earlier, "08:00", "16:00", 7, 8)
                gone = Shift(id=999, member_id=moved.member_id)
                old.act(gone, "22:00", "23:00", 1, None)
            upgrade()
            assert [line.summary for line in roster_acts(session, desk.team, DAY, DAY)] == ["5", "3", "1"]
            assert [line.id for line in desk.grid().acts] == [of_day.id]
            session.rollback()
            with writing(session):
                for summary in ("5", "3", "2", "1"):
                    offered = {line.summary: line.id for line in roster_acts(session, desk.team, DAY, DAY)}
                    undo(session, now=NOW, unit=desk.team, act_id=offered[summary])
                desk.undo(of_day)
                assert session.get_one(Shift, 999).version == 2
            assert stands(desk) == [
                ("05:00 to 13:00", 0),
                ("06:00 to 13:00", 0),
                ("14:00 to 22:00", 0),
                ("22:00 to 23:00", 0),
            ]
        engine.dispose()
