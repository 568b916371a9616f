"""Whatever is done to a priority, in any order: the law of its states holds, and no answer is lost."""

from collections.abc import Callable
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.priorities.actions import (
    OriginatorFacts,
    add_originator,
    answer_by_link,
    link_for,
    look_again,
    overrule,
    stop_choosing,
)
from npt.priorities.models import Priority, PriorityLink
from npt.priorities.queries import load_again
from npt.priorities.rules import (
    REFUSALS_TO_OVERRULE,
    Answered,
    Ending,
    OriginatorKind,
    PriorityState,
    Recorded,
    Way,
    lacking_attempts,
)
from tests import make
from tests.records.priority_desk import DAY, FILE, NOW, after, agreed, asked, first_of, lead_of, told

_OTHER = OriginatorFacts(OriginatorKind.CALL, name="Bo Sample", phone="01632 960126")


class Desk:
    """A priority, what is done to it, and what is known of it."""

    def __init__(self, session: Session) -> None:
        self.session, team = session, make.team(session)
        made = agreed(session, team, lead_of(session, team))
        add_originator(session, made, _OTHER, is_first=False, stamp=FILE)
        self.key, self.days, self.links = made.id, 0, list[PriorityLink]()

    @property
    def priority(self) -> Priority:
        return load_again(self.session, self.key)

    def ask(self, _: Random) -> None:
        asked(self.session, self.priority, after(self.days))

    def record(self, chance: Random) -> None:
        self.days += chance.randint(0, 1)
        whom = chance.choice(self.priority.originators)
        told(
            self.session,
            self.priority,
            chance.choice(list(Recorded)),
            days=self.days,
            way=chance.choice(list(Way)),
            originator_id=whom.id,
        )

    def write(self, _: Random) -> None:
        found = self.priority
        if found.round is not None:
            self.links.append(
                link_for(self.session, found.round, first_of(found), stamp=after(self.days), today=DAY)
            )

    def click(self, chance: Random) -> None:
        if self.links:
            link, is_solved = chance.choice(self.links), chance.random() < 0.5
            answer_by_link(self.session, link, is_solved=is_solved, reason="Still.", now=NOW, today=DAY)

    def look(self, _: Random) -> None:
        look_again(self.session, self.priority, words="It goes on.", stamp=FILE, today=DAY)

    def overrule(self, _: Random) -> None:
        overrule(self.session, self.priority, reason="All was done.", stamp=FILE, today=DAY)

    def stop(self, chance: Random) -> None:
        if chance.random() < 0.1:
            stop_choosing(self.session, self.priority, reason="Chosen afresh.", stamp=FILE, today=DAY)

    def check(self) -> None:
        found = self.priority
        waiting = [each for each in found.rounds if each.answered is None]
        assert (found.state is PriorityState.WAITING) == (len(waiting) == 1)
        refused = [each for each in found.rounds if each.answered is Answered.REFUSED]
        assert found.refusals == len(refused)
        first = first_of(found)
        by_first = [one for each in found.rounds for one in each.answers if one.originator_id == first.id]
        assert sum(not each.is_solved for each in by_first) == len(refused)
        assert (found.ending is Ending.ACCEPTED) == any(each.is_solved for each in by_first)
        if found.ending is Ending.OVERRULED:
            assert found.refusals >= REFUSALS_TO_OVERRULE
        if found.ending is Ending.NOT_REACHED:
            assert not lacking_attempts(found.rounds[-1].attempts_with(first), first.ways)
        assert all(link.used_at is None or link.closing.answered is not None for link in self.links)


STEPS: dict[str, Callable[[Desk, Random], None]] = {
    "ask": Desk.ask,
    "record": Desk.record,
    "write": Desk.write,
    "click": Desk.click,
    "look": Desk.look,
    "overrule": Desk.overrule,
    "stop": Desk.stop,
}


@given(seed=st.integers(0, 2**32), steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=6, max_size=14))
# Each example ends by undoing all that it did.
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_priority_ends_only_as_the_law_has_it(session: Session, seed: int, steps: list[str]) -> None:
    chance, desk = Random(seed), Desk(session)
    try:
        for step in ("ask", "record", *steps):
            with session.begin_nested() as undo:
                try:
                    STEPS[step](desk, chance)
                except Refusal:
                    undo.rollback()
            desk.check()
    finally:
        session.rollback()
