"""Whatever is reviewed, erased and merged, in any order: no sum of the force changes, and nothing is lost."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.communities import actions as of_communities
from npt.communities import queries as communities
from npt.communities.models import Community
from npt.engagement.models import Patrol
from npt.engagement.queries import contacts_counted
from npt.incidents.queries import counts_by_month
from npt.kin import actions as of_network
from npt.kin import queries as network
from npt.kin.models import Encounter, KeyIndividual
from npt.kin.rules import Stage, Status
from npt.kit.months import Month
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.organisation.queries import last_successors, units_under
from npt.profiles import actions as of_profiles
from npt.profiles import queries as profiles
from npt.reorganisation.actions import Line, Scene, carry_out, hanging
from npt.reorganisation.rules import Opening, Plan, ReviewKind
from npt.work.models import Action, Clock
from npt.work.rules import (
    OPEN_STATES,
)
from tests.records.reviewed_force import FIRST, Force

_NUMBERS = st.integers(0, 10_000)


class ReviewedForce(Force):
    """The same, reviewed again and again."""

    def review(self, kind: ReviewKind, closing: Sequence[Unit], days_ago: int, chance: int) -> None:
        first = max(
            self.today - timedelta(days=days_ago), *(unit.opened_on + timedelta(days=1) for unit in closing)
        )
        if first > self.today:
            return
        teams = {unit.id: unit.code for unit in self.teams}
        given = [teams[unit.parent_id or 0] for unit in closing]
        if kind is ReviewKind.TRANSFER:
            given = ["T2" if code == "T1" else "T1" for code in given]
        elif kind is ReviewKind.SPLIT:
            given = given * 2
        else:
            given = given[:1]
        codes = [f"R{self.next_number()}" for _ in given]
        openings = [Opening(code, f"New {code}", team, None) for code, team in zip(codes, given, strict=True)]
        scene = Scene(
            self.session,
            Plan(kind, first, tuple(unit.code for unit in closing), tuple(openings)),
            {unit.code: unit for unit in closing},
            {unit.code: unit for unit in self.teams},
            self.stamp,
            self.today,
            lambda _permission, _path: True,
        )
        found = hanging(scene, is_held=True)
        chosen = {line.name: self._chosen(line, chance + place) for place, line in enumerate(found.lines)}
        for name, values in chosen.items():
            if name.startswith("key-individual") and values == ("ends",):
                stage = self.session.get_one(KeyIndividual, int(name.rpartition("_")[2])).stage
                self.people[stage.value] -= 1
                self.people[Stage.LEFT.value] += 1
        carry_out(scene, found, chosen)

    def _chosen(self, line: Line, chance: int) -> Sequence[str]:
        """Any of the choices, but for leaving for good what somebody has still to do."""
        if line.name.startswith(("action", "clock", "matter")):
            values = [option.value for option in line.options if option.value != "stays"]
        else:
            values = [option.value for option in line.options]
        return (values[chance % len(values)],)

    def settle(self, unit: Unit, chance: int) -> bool:
        """Decide on all that waits at a closed neighbourhood, as far as there is something to choose."""
        return any(
            [
                self._settle_people(unit, chance),
                self._settle_communities(unit, chance),
                self._settle_words(unit, chance),
            ]
        )

    def settle_all(self) -> bool:
        """The same at every closed neighbourhood; whether anything waited."""
        return [unit for unit in self.closed_places if self.settle(unit, 1)] != []

    def _settle_people(self, unit: Unit, chance: int) -> bool:
        waiting, into = network.left_behind(self.session, unit), last_successors(self.session, unit)
        if waiting and into:
            to = {each.id: into[(chance + place) % len(into)].code for place, each in enumerate(waiting)}
            of_network.carry_over(self.session, closed=unit, to=to, left=[])
        return bool(waiting)

    def _settle_communities(self, unit: Unit, chance: int) -> bool:
        waiting, into = communities.left_behind(self.session, unit), last_successors(self.session, unit)
        if waiting and into:
            to = {each.id: [into[(chance + place) % len(into)].code] for place, each in enumerate(waiting)}
            of_communities.carry_over(self.session, closed=unit, to=to, ended=[], stamp=self.stamp)
        return bool(waiting)

    def _settle_words(self, unit: Unit, chance: int) -> bool:
        waiting, into = profiles.left_behind(self.session, unit), last_successors(self.session, unit)
        if waiting and into:
            to = {each.part: [into[chance % len(into)].code] for each in waiting}
            of_profiles.carry_over(
                self.session, closed=unit, to=to, left=[], stamp=self.stamp, today=self.today
            )
        return bool(waiting)

    # What has to hold --------------------------------------------------------------------------------------

    def check_sums(self) -> None:
        session, path = self.session, self.force.path
        counted = Counter[str | None]()
        for each in contacts_counted(session, path, FIRST, self.today):
            counted[each.ethnicity] += each.people
        assert counted == self.contacts
        assert (session.scalar(select(func.sum(Patrol.minutes))) or 0) == self.patrolled
        assert session.scalar(select(func.count()).select_from(Encounter)) == self.met
        months = counts_by_month(session, path, Month.of(FIRST), Month.of(self.today))
        assert sum(months.values()) == self.incidents
        statuses = network.kin_counts(session, self.force, self.today).statuses
        assert {
            Stage.PROPOSED.value: statuses[Status.PROPOSED],
            Stage.ACTIVE.value: statuses[Status.ACTIVE] + statuses[Status.DORMANT],
            Stage.LEFT.value: statuses[Status.LEFT],
        } == {stage.value: self.people[stage.value] for stage in (Stage.PROPOSED, Stage.ACTIVE, Stage.LEFT)}

    def check_places(self) -> None:
        """Everything belongs to a unit that stands, or is asked for at the closed one that it was of."""
        session, path = self.session, self.force.path
        open_ids = {unit.id for unit in (*units_under(session, path, as_at=self.today), self.force)}
        people = KeyIndividual.stage.in_((Stage.PROPOSED, Stage.ACTIVE))
        lost = session.scalars(select(KeyIndividual.id).where(people, KeyIndividual.unit_id.not_in(open_ids)))
        units = network.units_with_left_behind(session, path)
        assert set(lost) == {each.id for unit in units for each in network.left_behind(session, unit)}
        lasting = Community.ends_on.is_(None), Community.carried_into_id.is_(None)
        lost = session.scalars(select(Community.id).where(*lasting, Community.unit_id.not_in(open_ids)))
        units = communities.units_with_left_behind(session, path)
        assert set(lost) == {each.id for unit in units for each in communities.left_behind(session, unit)}
        for kind, is_open in (
            (Action, Action.state.in_(OPEN_STATES)),
            (Clock, Clock.ended_at.is_(None)),
            (Matter, Matter.closed_on.is_(None)),
        ):
            assert session.scalars(select(kind.id).where(is_open, kind.unit_id.not_in(open_ids))).all() == []


class Reviews(RuleBasedStateMachine):
    """Steps by chance; each run ends by deciding on all that waits, and by undoing everything."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        session.rollback()  # whatever a run before this one left
        self.force = ReviewedForce(session)

    def _place(self, chance: int) -> Unit:
        there = self.force.open_places
        return there[chance % len(there)]

    @rule(chance=_NUMBERS)
    def days_go_by(self, chance: int) -> None:
        for number in range(2):
            self.force.today += timedelta(days=1 + chance % 3)
            unit = self._place(chance + number)
            self.force.speak(unit, chance + number)
            self.force.patrol(unit, chance)
            self.force.report(self._place(chance + 2 * number))

    @rule(chance=_NUMBERS)
    def erase(self, chance: int) -> None:
        self.force.erase(chance)

    @rule(chance=_NUMBERS)
    def merge_people(self, chance: int) -> None:
        self.force.merge_people(self._place(chance), chance)

    @rule(kind=st.sampled_from(ReviewKind), chance=_NUMBERS, days=st.integers(0, 5))
    def review(self, kind: ReviewKind, chance: int, days: int) -> None:
        self.force.today += timedelta(days=1)
        there = self.force.open_places
        count = {ReviewKind.MERGE: 2, ReviewKind.SPLIT: 1}.get(kind, 1 + chance % 2)
        closing = (there * 2)[chance % len(there) :][:count]
        if len({unit.id for unit in closing}) == count:
            self.force.review(kind, closing, days, chance)

    @rule(chance=_NUMBERS)
    def decide_later(self, chance: int) -> None:
        closed = self.force.closed_places
        if closed:
            self.force.settle(closed[chance % len(closed)], chance)

    @invariant()
    def no_sum_changes_and_nothing_is_lost(self) -> None:
        self.force.check_sums()
        self.force.check_places()

    def teardown(self) -> None:
        try:
            for _ in range(8):
                if not self.force.settle_all():
                    break
            else:
                raise AssertionError("something waits at a closed neighbourhood for ever")
            self.no_sum_changes_and_nothing_is_lost()
        finally:
            self.force.session.rollback()


def test_no_review_erasure_or_merge_changes_a_sum_or_loses_anything(session: Session) -> None:
    class OfThisDatabase(Reviews):
        def __init__(self) -> None:
            super().__init__(session)

    run_state_machine_as_test(
        OfThisDatabase,
        settings=settings(
            max_examples=3,
            stateful_step_count=6,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # to make a failing run shorter takes minutes
        ),
    )
