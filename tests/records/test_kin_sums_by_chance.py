"""Whatever is done to records of people, in any order, every encounter stays counted where it was."""

from collections import Counter
from collections.abc import Callable
from itertools import combinations
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.data_protection.actions import forget
from npt.data_protection.queries import person_of
from npt.journal.rules import PersonKey
from npt.kin.actions import carry_over, leave, merge
from npt.kin.actions.erasure import KIND
from npt.kin.models import Encounter, KeyIndividual
from npt.kin.queries import left_behind, whole
from npt.kin.rules import EncounterKind, LeaveReason, Stage, quiet_since
from npt.kit.clock import local_day
from npt.organisation.actions import close_unit
from tests import make
from tests.records.kin_desk import DAY, NOBODY, NOW, ago, join, meet


class Network:
    """Two neighbourhoods and the people of both, and what is to be counted of them."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.team = make.team(session)
        self.places = [make.neighbourhood(session, under=self.team) for _ in range(2)]
        self.met: Counter[tuple[int, EncounterKind]] = Counter()
        for number in range(4):
            join(session, self.places[number % 2], "Ann", recorded_on=ago(400), may_be_twice=True)

    def people(self, *stages: Stage) -> list[KeyIndividual]:
        asked = whole().where(KeyIndividual.stage.in_(stages or Stage)).order_by(KeyIndividual.id)
        return list(self.session.scalars(asked.execution_options(populate_existing=True)))

    def meet(self, chance: Random) -> None:
        somebody, kind = chance.choice(self.people()), chance.choice(list(EncounterKind))
        made = meet(self.session, somebody, chance.randint(0, 300), kind=kind)
        self.met[made.unit_id, kind] += 1

    def merge(self, chance: Random) -> None:
        here = self.people(Stage.ACTIVE)
        pairs = [each for each in combinations(here, 2) if each[0].unit_id == each[1].unit_id]
        if pairs:
            merge(self.session, *chance.choice(pairs), stamp=NOBODY)

    def leave(self, chance: Random) -> None:
        here = self.people(Stage.ACTIVE)
        if here:
            leave(self.session, chance.choice(here), left_on=DAY, left_because=LeaveReason.MOVED, today=DAY)

    def erase(self, chance: Random) -> None:
        key = PersonKey(KIND, chance.choice(self.people()).id)
        person = person_of(self.session, key)
        names = [self.session.get_one(KeyIndividual, each.id).name for each in person.keys]
        if not all(each.startswith("Erased") for each in names):
            forget(self.session, person, today=DAY, now=NOW, also_current=True)

    def split(self, chance: Random) -> None:
        closing = chance.choice(self.places)
        if closing.closed_on is not None or closing.opened_on == DAY:
            return
        after = [make.neighbourhood(self.session, under=self.team, opened_on=DAY) for _ in range(2)]
        close_unit(self.session, closing, on=ago(1), taken_over_by=after)
        waiting = left_behind(self.session, closing)
        if waiting:
            codes = {each.id: chance.choice(after).code for each in waiting[1:]}
            carry_over(self.session, closed=closing, to=codes, left=[waiting[0].id])
        self.places += after

    def check(self) -> None:
        counted = select(Encounter.unit_id, Encounter.kind, func.count())
        rows = self.session.execute(counted.group_by(Encounter.unit_id, Encounter.kind))
        assert {(unit, kind): count for unit, kind, count in rows} == dict(self.met)
        last = select(Encounter.individual_id, func.max(Encounter.at)).group_by(Encounter.individual_id)
        latest = {row[0]: row[1] for row in self.session.execute(last)}
        for each in self.people(Stage.ACTIVE):
            at = latest.get(each.id)
            assert each.last_met_at == at
            assert each.quiet_since == quiet_since(
                recorded_on=each.recorded_on,
                active_on=each.active_on,
                last_met=None if at is None else local_day(at),
            )


STEPS: dict[str, Callable[[Network, Random], None]] = {
    "meet": Network.meet,
    "merge": Network.merge,
    "leave": Network.leave,
    "erase": Network.erase,
    "split": Network.split,
}


@pytest.fixture
def engine_name() -> str:
    """One engine: the statements are tried on both elsewhere."""
    return "sqlite"


@given(seed=st.integers(0, 2**32), steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=6, max_size=14))
# Each example ends by undoing all that it did.
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_merge_an_erasure_and_a_split_never_change_a_sum(
    session: Session, seed: int, steps: list[str]
) -> None:
    chance, network = Random(seed), Network(session)
    try:
        for step in ("meet", "meet", *steps):
            STEPS[step](network, chance)
            network.check()
    finally:
        session.rollback()
