"""Whoever is erased or merged, and whatever neighbourhood splits, the sums of what was heard stay."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.data_protection.actions import forget
from npt.data_protection.queries import person_named
from npt.engagement.actions import ContactFacts, record_contact
from npt.engagement.models import Contact
from npt.engagement.queries import contact_mix, contacts_counted
from npt.kin.actions import merge
from npt.kin.models import Encounter, KeyIndividual
from npt.kin.queries import individual_in
from npt.kin.rules import Stage
from npt.kit.stamps import Stamp
from npt.organisation.actions import close_unit
from npt.organisation.models import Unit
from npt.organisation.queries import neighbourhoods_of
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.phone.actions import Sending
from tests import make

NOW = datetime(2026, 11, 16, 14, 30, tzinfo=UTC)
TODAY = date(2026, 11, 16)
_FIRST = TODAY - timedelta(days=30)


class Heard:
    """A team whose people speak, are erased and merged, and whose neighbourhoods split."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.force = make.force(session, code="F")
        area = make.area(session, under=make.bcu(session, under=self.force, code="C"), code="A")
        self.team = make.team(session, under=area, code="T")
        place = make.neighbourhood(session, under=self.team, code="N1")
        self.members = [make.member(session, role=PolicingRole.PCSO, team=self.team) for _ in range(3)]
        self.people = [make.key_individual(session, unit=place, name=f"Person {n}") for n in range(4)]
        self.by = make.account(session, role=Role.SERGEANT, unit=self.team).id
        self.groups = Counter[str | None]()
        self.met = 0
        self.split = 1

    def speak(self, chance: int) -> None:
        """Somebody speaks to somebody, a key individual or not."""
        places = neighbourhoods_of(self.session, self.team, as_at=TODAY)
        place, group = places[chance % len(places)], (None, "NS", "W", "A4")[chance % 4]
        with_whom = self.people[chance % 4] if chance % 3 == 0 else None
        facts = ContactFacts(
            place,
            at=NOW - timedelta(hours=chance % 5),
            ethnicity=group,
            individual_id=None if with_whom is None else with_whom.id,
        )
        member = self.session.get_one(Member, self.members[chance % 3].id)
        record_contact(self.session, facts=facts, sending=Sending(Stamp(self.by, NOW), member))
        self.groups[group] += 1
        self.met += with_whom is not None

    def erase_member(self, chance: int) -> None:
        """One of the team is erased."""
        member = self.session.get_one(Member, self.members[chance % 3].id, populate_existing=True)
        if not member.name.startswith("Erased"):
            self._forget(f"member:{member.number}")

    def erase_person(self, chance: int) -> None:
        """A key individual is erased."""
        person = self.session.get_one(KeyIndividual, self.people[chance % 4].id, populate_existing=True)
        if not person.name.startswith("Erased"):
            self._forget(f"key_individual:{person.reference}")

    def _forget(self, who: str) -> None:
        forget(self.session, person_named(self.session, who), today=TODAY, now=NOW, also_current=True)

    def merge(self, chance: int) -> None:
        """Two records turn out to be of one person."""
        here = self.session.scalars(
            select(KeyIndividual)
            .where(KeyIndividual.stage == Stage.ACTIVE, KeyIndividual.name.like("Person%"))
            .order_by(KeyIndividual.id)
        ).all()
        if len(here) > 1:
            unit = self.session.get_one(Unit, here[0].unit_id)
            pair = [
                individual_in(self.session, unit, each.id) for each in here[chance % (len(here) - 1) :][:2]
            ]
            if pair[0] is not None and pair[1] is not None:
                merge(self.session, pair[0], pair[1], stamp=Stamp(self.by, NOW))

    def split_up(self, chance: int) -> None:
        """A neighbourhood is split into two from today on."""
        places = neighbourhoods_of(self.session, self.team, as_at=TODAY)
        old = places[chance % len(places)]
        if old.opened_on == TODAY:
            return
        new = []
        for _ in range(2):
            self.split += 1
            code = f"N{self.split}"
            new.append(make.neighbourhood(self.session, under=self.team, code=code, opened_on=TODAY))
        close_unit(self.session, old, on=TODAY - timedelta(days=1), taken_over_by=new)

    def check(self) -> None:
        """What was heard adds up by group, by team, and by whoever was met."""
        counted = Counter[str | None]()
        for each in contacts_counted(self.session, self.force.path, _FIRST, TODAY):
            counted[each.ethnicity] += each.people
        assert counted == self.groups
        whole, team = contact_mix(self.session, self.force, _FIRST, TODAY, [self.team])
        assert whole.contacts == team.contacts == self.groups.total()
        assert self.session.scalar(select(func.count()).select_from(Contact)) == self.groups.total()
        assert self.session.scalar(select(func.count()).select_from(Encounter)) == self.met


_ACTS = ("speak", "speak", "erase_member", "erase_person", "merge", "split_up")


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(_ACTS), st.integers(0, 59)), min_size=4, max_size=9))
def test_no_erasure_merge_or_split_changes_a_sum(session: Session, acts: list[tuple[str, int]]) -> None:
    try:
        heard = Heard(session)
        for number in range(4):
            heard.speak(number)
        for act, chance in acts:
            getattr(heard, act)(chance)
            heard.check()
    finally:
        session.rollback()
