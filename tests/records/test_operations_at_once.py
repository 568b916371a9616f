"""Two inspectors who commit at the same moment: whoever is taken is taken once, and the other is told."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from npt.counting.rollup.settle import differences
from npt.journal.queries import verify
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.operations.actions import ChangedSince, NoLongerFree, commit
from npt.operations.models import Choice, Operation
from npt.operations.queries import operation_planned_in
from npt.operations.rules import OperationStatus
from npt.shifts.models import Act, Away, AwayChange, Shift
from npt.store.transaction import engine_at, writing
from npt.store.versions import StaleRecord
from tests.records.match_day import NOW, MatchDay, open_match_day

#: Both want 1001; each wants somebody else as well, whom nobody else asks for.
WANTED = (("1001", "1002"), ("1001", "2001"))


@pytest.fixture
def engine(app: Flask, database_url: str) -> Iterator[Engine]:
    """An engine on which each inspector has a session of their own."""
    engine = engine_at(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def drafts(engine: Engine) -> tuple[MatchDay, list[int]]:
    """Two drafts of the area, complete, that want a member in common; their keys."""
    with Session(engine) as session, writing(session):
        day = open_match_day(session)
        keys = []
        for numbers in WANTED:
            operation = day.plan()
            day.ask(operation, len(numbers))
            day.choose(operation, numbers)
            keys.append(operation.id)
    return day, keys


def test_of_two_who_commit_the_same_member_at_once_one_is_told_and_nothing_of_theirs_is_recorded(
    engine: Engine, drafts: tuple[MatchDay, list[int]]
) -> None:
    day, keys = drafts
    ready = Barrier(len(keys))

    def press(operation_id: int) -> Refusal | None:
        with Session(engine) as session:
            operation = operation_planned_in(session, day.path, operation_id)
            assert operation is not None
            version = operation.version
            seen = {row.id: row.version for row in session.execute(select(Shift.id, Shift.version))}
            # What they saw is a page; sending it is another transaction.
            session.rollback()
            ready.wait()
            try:
                with writing(session):
                    again = operation_planned_in(session, day.path, operation_id)
                    assert again is not None
                    commit(
                        session,
                        stamp=Stamp(day.by_id, NOW),
                        operation=again,
                        expected_version=version,
                        seen=seen,
                    )
            except Refusal as refusal:
                return refusal
        return None

    with ThreadPoolExecutor(len(keys)) as inspectors:
        said = list(inspectors.map(press, keys))
    (winner,) = [place for place, refusal in enumerate(said) if refusal is None]
    loser = 1 - winner
    told = said[loser]
    assert isinstance(told, NoLongerFree | ChangedSince)
    assert told.message.startswith("Nothing was recorded")
    with Session(engine) as session:
        status = {row.id: row.status for row in session.execute(select(Operation.id, Operation.status))}
        assert status == {keys[winner]: OperationStatus.COMMITTED, keys[loser]: OperationStatus.DRAFT}
        taken = session.scalars(select(Away.shift_id).order_by(Away.shift_id)).all()
        assert taken == sorted(day.ids[number] for number in WANTED[winner])
        recorded = session.scalars(select(Choice.operation_id).where(Choice.act_id.is_not(None)).distinct())
        assert recorded.all() == [keys[winner]]
        acts = session.scalar(select(func.count()).select_from(Act))
        assert acts == session.scalar(select(func.count(AwayChange.act_id.distinct())))
        assert differences(session) == []
        assert verify(session, None).is_whole


# On SQLite the later of the two waits before it reads anything.
@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_whoever_commits_an_operation_that_another_commits_meanwhile_is_told_that_it_changed(
    engine: Engine, drafts: tuple[MatchDay, list[int]]
) -> None:
    day, (key, _) = drafts

    def press(session: Session, operation: Operation | None) -> None:
        assert operation is not None
        seen = {row.id: row.version for row in session.execute(select(Shift.id, Shift.version))}
        stamp = Stamp(day.by_id, NOW)
        commit(session, stamp=stamp, operation=operation, expected_version=operation.version, seen=seen)

    with Session(engine) as late, writing(late):
        opened = operation_planned_in(late, day.path, key)
        with Session(engine) as early, writing(early):
            press(early, operation_planned_in(early, day.path, key))
        with pytest.raises(StaleRecord):
            press(late, opened)
