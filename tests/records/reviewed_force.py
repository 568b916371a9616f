"""A force with two teams whose neighbourhoods are full of everything, day after day."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.categories.queries import categories
from npt.communities import actions as of_communities
from npt.communities import queries as communities
from npt.communities.rules import CommunityKind, Flag
from npt.data_protection.actions import forget
from npt.data_protection.queries import person_named
from npt.engagement.actions import ContactFacts, PatrolFacts, record_contact, record_patrol
from npt.engagement.rules import PatrolMode
from npt.incidents.actions import IncidentRecording, WantedIncident
from npt.kin import actions as of_network
from npt.kin import queries as network
from npt.kin.models import KeyIndividual
from npt.kin.rules import Stage
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.organisation.queries import neighbourhoods_of
from npt.phone.actions import Sending
from npt.profiles import actions as of_profiles
from npt.profiles.rules import Part
from npt.work.actions import set_action, start_clock
from npt.work.rules import (
    ActionFacts,
    ClockFacts,
    ClockKind,
    Measure,
    Owner,
    OwnerKind,
    Rule,
    Until,
)
from tests import make
from tests.records.kin_desk import join

FIRST = date(2026, 9, 14)


class Force:
    """A force with two teams, whose neighbourhoods are full of everything, day after day."""

    def __init__(self, session: Session) -> None:
        self.session, self.today, self.opened = session, FIRST, 0
        self.force = make.force(session, code="F")
        area = make.area(session, under=make.bcu(session, under=self.force, code="B"), code="A")
        self.teams = [make.team(session, under=area, code=code) for code in ("T1", "T2")]
        self.by = make.account(session, role=Role.INSPECTOR, unit=area).id
        self.contacts, self.people = Counter[str | None](), Counter[str]()
        self.patrolled = self.met = self.incidents = self.numbered = 0
        for number in range(3):
            self._fill(make.neighbourhood(session, under=self.teams[number % 2], code=f"N{number}"), number)

    @property
    def now(self) -> datetime:
        return datetime.combine(self.today, time(18), UTC)

    @property
    def stamp(self) -> Stamp:
        return Stamp(self.by, self.now)

    @property
    def open_places(self) -> list[Unit]:
        return [
            unit for team in self.teams for unit in neighbourhoods_of(self.session, team, as_at=self.today)
        ]

    @property
    def closed_places(self) -> list[Unit]:
        asked = select(Unit).where(Unit.closed_on.is_not(None)).order_by(Unit.id)
        return list(self.session.scalars(asked))

    def next_number(self) -> int:
        self.numbered += 1
        return self.numbered

    def _fill(self, unit: Unit, number: int) -> None:
        session = self.session
        of_communities.add_community(
            session,
            neighbourhood=unit,
            name=("Polish", "Somali")[number % 2],
            kind=CommunityKind.ETHNIC,
            starts_on=make.START,
            flags=[(Flag.VULNERABLE, Flag.EMERGING)[number // 2]],
            reason="They do not call us.",
            stamp=self.stamp,
            today=self.today,
        )
        of_profiles.write_part(
            session, unit, Part.ABOUT, words=f"Of {unit.code}.", stamp=self.stamp, today=self.today
        )
        owner = Owner(OwnerKind.ACCOUNT, self.by)
        facts = ActionFacts("Light", owner, date(2027, 12, 1))
        matter = make.matter(session, unit=unit, title=f"Plan of {unit.code}")
        for of in (None, matter):
            set_action(session, stamp=self.stamp, today=self.today, unit=unit, facts=facts, matter=of)
        clock = ClockFacts(ClockKind.OTHER, "An answer", owner, Rule(500, Measure.DAYS, Until.TIME), self.now)
        start_clock(session, unit=unit, facts=clock, now=self.now, today=self.today)
        for _ in range(2):
            self.meet_somebody(unit)

    # What happens ------------------------------------------------------------------------------------------

    def meet_somebody(self, unit: Unit) -> None:
        number = self.next_number()
        stage = (Stage.ACTIVE, Stage.ACTIVE, Stage.PROPOSED)[number % 3]
        lives_here = communities.communities_of(self.session, [unit.id])
        join(
            self.session,
            unit,
            f"Person {number}",
            communities=[each for each in lives_here if each.ends_on is None],
            is_active=stage is Stage.ACTIVE,
            recorded_on=self.today,
            basis_on=self.today,
            today=self.today,
            stamp=self.stamp,
        )
        self.people[stage.value] += 1

    def speak(self, unit: Unit, chance: int) -> None:
        network_here = self.individuals(unit, Stage.ACTIVE)
        somebody = network_here[chance % len(network_here)] if network_here and chance % 2 else None
        lives_here = [
            each for each in communities.communities_of(self.session, [unit.id]) if each.ends_on is None
        ]
        group = (None, "NS", "W", "A4")[chance % 4]
        facts = ContactFacts(
            unit,
            ethnicity=group,
            community=lives_here[chance % len(lives_here)] if lives_here else None,
            individual_id=None if somebody is None else somebody.id,
            wants_answer=chance % 3 == 0,
        )
        sending = Sending(self.stamp, None, f"c{self.next_number()}", None)
        record_contact(self.session, facts=facts, sending=sending)
        self.contacts[group] += 1
        self.met += somebody is not None

    def patrol(self, unit: Unit, chance: int) -> None:
        minutes = 10 + chance % 200
        facts = PatrolFacts(unit, self.now - timedelta(minutes=minutes), self.now, PatrolMode.FOOT)
        record_patrol(
            self.session, facts=facts, sending=Sending(self.stamp, None, f"p{self.next_number()}", None)
        )
        self.patrolled += minutes

    def report(self, unit: Unit) -> None:
        category = categories(self.session)[0]
        wanted = WantedIncident(
            1, f"i{self.next_number()}", self.now, category, None, None, unit, "Mill Lane"
        )
        IncidentRecording(self.session, self.now).take([wanted], _refused)
        self.incidents += 1

    def individuals(self, unit: Unit | None, *stages: Stage) -> list[KeyIndividual]:
        asked = network.whole().where(KeyIndividual.stage.in_(stages), ~KeyIndividual.name.like("Erased%"))
        if unit is not None:
            asked = asked.where(KeyIndividual.unit_id == unit.id)
        asked = asked.order_by(KeyIndividual.id).execution_options(populate_existing=True)
        return list(self.session.scalars(asked))

    def erase(self, chance: int) -> None:
        known = self.individuals(None, Stage.PROPOSED, Stage.ACTIVE, Stage.LEFT)
        if known:
            whom = known[chance % len(known)]
            self.people[whom.stage.value] -= 1
            self.people[Stage.LEFT.value] += 1
            person = person_named(self.session, f"key_individual:{whom.reference}")
            forget(self.session, person, today=self.today, now=self.now, also_current=True)

    def merge_people(self, unit: Unit, chance: int) -> None:
        here = self.individuals(unit, Stage.PROPOSED, Stage.ACTIVE)
        if len(here) > 1:
            kept, other = here[chance % (len(here) - 1) :][:2]
            for each in (kept, other):
                self.people[each.stage.value] -= 1
            of_network.merge(self.session, kept, other, stamp=self.stamp)
            self.people[kept.stage.value] += 1


def _refused(_place: int, refusal: Refusal) -> None:
    raise refusal
