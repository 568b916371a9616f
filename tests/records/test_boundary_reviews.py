"""Neighbourhoods are merged, split and given to another team, with all that hangs on them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.access.rules import Permission, Role
from npt.categories.queries import categories
from npt.communities.actions import add_community, record_population
from npt.communities.models import Community, Population
from npt.communities.queries import communities_under, left_behind, people_of
from npt.communities.rules import CodeSystem, CommunityKind, Flag
from npt.counting.models import DutySum
from npt.engagement.actions import ContactFacts, PatrolFacts, record_contact, record_patrol
from npt.engagement.models import Contact as Heard
from npt.engagement.models import Patrol
from npt.engagement.rules import PatrolMode
from npt.incidents.actions import IncidentRecording, WantedIncident
from npt.incidents.models import Incident
from npt.kin.models import KeyIndividual
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.matters.models import Matter
from npt.organisation.actions import CodeTaken
from npt.organisation.models import Unit
from npt.organisation.queries import priority_reviews, successors
from npt.organisation.rules import OutsideParentDates
from npt.people.rules import PolicingRole
from npt.phone.actions import Sending
from npt.places.models import Boundary, Street
from npt.priorities.models import Priority
from npt.problems.models import Problem
from npt.reorganisation.actions import STAYS, Chosen, Hanging, Scene, carry_out, hanging, to
from npt.reorganisation.rules import Opening, Plan, ReviewKind
from npt.staffing.models import Contact
from npt.staffing.rules import ContactKind
from npt.store.exchange import Saved
from npt.work.actions import set_action, start_clock
from npt.work.models import Action, Clock
from npt.work.rules import ActionFacts, ClockFacts, ClockKind, Measure, Owner, OwnerKind, Rule, Until
from tests import make
from tests.records.priority_desk import agreed, lead_of, proposed

TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
FIRST = date(2026, 11, 10)
LAST = date(2026, 11, 9)


class Patch:
    """Team T1 of area A with the neighbourhoods N1 and N2, full of everything, and team T2 beside it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.area = make.area(session, code="A")
        self.t1, self.t2 = (make.team(session, under=self.area, code=code) for code in ("T1", "T2"))
        self.n1, self.n2 = (make.neighbourhood(session, under=self.t1, code=code) for code in ("N1", "N2"))
        self.n1.priority_class, self.n2.priority_class = 3, 1
        self.by = make.account(session, role=Role.INSPECTOR, unit=self.area)
        session.flush()
        self.stamp = Stamp(self.by.id, NOW)
        for unit in (self.n1, self.n2):
            self._fill(unit)
        session.commit()

    def _fill(self, unit: Unit) -> None:
        session, west = self.session, {"N1": -0.5, "N2": -0.49}[unit.code]
        make.boundary(session, unit=unit, west=west)
        add_community(
            session,
            neighbourhood=unit,
            name=f"Polish of {unit.code}",
            kind=CommunityKind.ETHNIC,
            starts_on=make.START,
            flags=[Flag.VULNERABLE],
            reason="They do not call us.",
            stamp=self.stamp,
            today=TODAY,
        )
        make.key_individual(session, unit=unit, name=f"Kit {unit.code}")
        record_population(
            session,
            neighbourhood=unit,
            as_at=date(2021, 3, 21),
            codes=CodeSystem.EIGHTEEN,
            source="Census",
            people=dict.fromkeys(CodeSystem.EIGHTEEN.codes, 100),
            today=TODAY,
        )
        self.contact = make.contact(session, neighbourhood=unit)
        self.matter = make.matter(session, unit=unit, title=f"Plan of {unit.code}")
        owner = Owner(OwnerKind.ACCOUNT, self.by.id)
        facts = ActionFacts(f"Light {unit.code}", owner, date(2026, 12, 1))
        set_action(session, stamp=self.stamp, today=TODAY, unit=unit, facts=facts)
        set_action(session, stamp=self.stamp, today=TODAY, unit=unit, facts=facts, matter=self.matter)
        clock = ClockFacts(ClockKind.OTHER, "An answer", owner, Rule(5, Measure.DAYS, Until.TIME), NOW)
        start_clock(session, unit=unit, facts=clock, now=NOW, today=TODAY)
        session.add(
            Street(
                name=f"High Street {unit.code}", search_key="high street", lat=1, lng=1, neighbourhood=unit
            )
        )
        session.flush()

    def scene(
        self, kind: ReviewKind, closing: Sequence[Unit], *openings: Opening, first: date = FIRST
    ) -> Scene:
        codes = tuple(unit.code for unit in closing)
        return Scene(
            self.session,
            Plan(kind, first, codes, openings),
            {unit.code: unit for unit in closing},
            {"T1": self.t1, "T2": self.t2},
            self.stamp,
            TODAY,
            lambda _permission, _path: True,
        )

    def merge(self, **chosen: Sequence[str]) -> Unit:
        """N1 and N2 become N9 of team T1, everything where it goes by default unless chosen otherwise."""
        scene = self.scene(ReviewKind.MERGE, [self.n1, self.n2], Opening("N9", "Old Town", "T1", 1))
        return done(scene, chosen)[0]


def usual(found: Hanging, chosen: Mapping[str, Sequence[str]]) -> Chosen:
    return {line.name: chosen.get(line.name, line.usual) for line in found.lines}


def done(scene: Scene, chosen: Mapping[str, Sequence[str]] = {}) -> list[Unit]:
    found = hanging(scene, is_held=True)
    opened = carry_out(scene, found, usual(found, chosen))
    scene.session.commit()
    return opened


@pytest.fixture
def patch(session: Session) -> Patch:
    return Patch(session)


def codes_of(
    session: Session, model: type[Action] | type[Clock] | type[Matter] | type[KeyIndividual]
) -> set[str]:
    """The codes of the units whose records of a kind there are."""
    return set(session.scalars(select(Unit.code).join(model, model.unit_id == Unit.id)))


# Merged -----------------------------------------------------------------------------------------------------


def test_a_merge_closes_two_and_opens_one_that_takes_over_from_both(session: Session, patch: Patch) -> None:
    merged = patch.merge()
    assert (merged.path, merged.opened_on, merged.priority_class) == (f"{patch.t1.path}N9/", FIRST, 1)
    for unit in (patch.n1, patch.n2):
        assert unit.closed_on == LAST
        assert [each.code for each in successors(session, unit)] == ["N9"]


def test_everything_goes_along_and_nothing_is_left_behind(session: Session, patch: Patch) -> None:
    merged = patch.merge()
    for model in (Action, Clock, Matter, KeyIndividual):
        assert codes_of(session, model) == {"N9"}
    there = communities_under(session, merged.path, as_at=TODAY)
    assert {each.name for each in there} == {"Polish of N1", "Polish of N2"}
    assert all([flag.flag for flag in each.flags_on(TODAY)] == [Flag.VULNERABLE] for each in there)
    assert left_behind(session, patch.n1) == []
    assert {each.neighbourhood_id for each in session.scalars(select(Street))} == {merged.id}
    assert session.get_one(Boundary, merged.id).is_inherited


def test_a_priority_goes_to_what_takes_over_from_its_neighbourhood(session: Session, patch: Patch) -> None:
    made = proposed(session, patch.t1, neighbourhood=patch.n1)
    merged = patch.merge()
    assert session.get_one(Priority, made.id).neighbourhood_id == merged.id


def test_what_is_of_a_whole_team_goes_with_the_last_of_its_neighbourhoods(
    session: Session, patch: Patch
) -> None:
    lead = lead_of(session, patch.t1)
    made = agreed(session, patch.t1, lead)
    first, last = (Opening(f"M{number}", f"Part {number}", "T2", None) for number in (1, 2))
    done(patch.scene(ReviewKind.TRANSFER, [patch.n1], first))
    assert session.get_one(Priority, made.id).unit_id == patch.t1.id
    done(patch.scene(ReviewKind.TRANSFER, [patch.n2], last, first=TODAY))
    found = session.get_one(Priority, made.id)
    assert (found.unit_id, found.neighbourhood_id) == (patch.t2.id, None)
    assert session.get_one(Problem, made.problem_id).matter_id in of_team(session, patch.t2)


def of_team(session: Session, team: Unit) -> set[int]:
    """The matters of a team."""
    return set(session.scalars(select(Matter.id).where(Matter.unit_id == team.id)))


def test_the_population_of_a_merge_is_the_sum_with_its_sources(session: Session, patch: Patch) -> None:
    merged = patch.merge()
    (here,) = people_of(session, merged, TODAY).neighbourhoods
    assert here.figures is not None
    assert here.figures.stated == 2 * 1800
    assert here.population is not None
    assert here.population.source == "N1: Census, 21 March 2021; N2: Census, 21 March 2021"


def test_the_second_contact_becomes_the_deputy_and_the_old_entries_end(
    session: Session, patch: Patch
) -> None:
    merged = patch.merge()
    found = session.scalars(select(Contact).order_by(Contact.id)).all()
    assert [each.ends_on for each in found[:2]] == [LAST, LAST]
    assert [(each.unit_id, each.kind, each.starts_on) for each in found[2:]] == [
        (merged.id, ContactKind.CONTACT, FIRST),
        (merged.id, ContactKind.DEPUTY, FIRST),
    ]


def test_the_class_given_in_the_review_counts_as_reviewed(session: Session, patch: Patch) -> None:
    (review,) = priority_reviews(session, patch.merge())
    assert (review.priority_class, review.reviewed_on) == (1, TODAY)
    assert review.reason == "Review of boundaries: merged from N1 (priority 3), N2 (priority 1)."


def test_every_line_can_be_changed(session: Session, patch: Patch) -> None:
    community = session.scalars(select(Community.id).order_by(Community.id)).first()
    person = session.scalars(select(KeyIndividual.id).order_by(KeyIndividual.id)).first()
    action = session.scalars(select(Action.id).where(Action.matter_id.is_(None)).order_by(Action.id)).first()
    patch.merge(
        **{
            f"community_{community}": ("ends",),
            f"key-individual_{person}": (STAYS,),
            f"action_{action}": (to("T1"),),
        }
    )
    assert session.get_one(Community, community).ends_on == LAST
    assert codes_of(session, KeyIndividual) == {"N1", "N9"}
    assert session.get_one(Action, action).unit_id == patch.t1.id


def test_a_record_that_is_closed_goes_along_while_there_is_work_to_do_for_it(
    session: Session, patch: Patch
) -> None:
    idle = make.matter(session, unit=patch.n2, title="Old plan")
    for matter in (patch.matter, idle):
        matter.closed_on = LAST
    session.commit()
    merged = patch.merge()
    assert codes_of(session, Action) == {"N9"}
    assert (patch.matter.unit_id, idle.unit_id) == (merged.id, patch.n2.id)


# Split ------------------------------------------------------------------------------------------------------


@pytest.fixture
def split(patch: Patch) -> list[Unit]:
    """N1 became N8 and N9 of team T1, everything where it goes by default."""
    openings = (Opening("N8", "East", "T1", 2), Opening("N9", "West", "T1", None))
    return done(patch.scene(ReviewKind.SPLIT, [patch.n1], *openings))


def test_of_a_split_each_part_has_the_communities_and_no_ground_or_figures_are_made_up(
    session: Session, patch: Patch, split: list[Unit]
) -> None:
    for part in split:
        assert [each.name for each in communities_under(session, part.path, as_at=TODAY)] == ["Polish of N1"]
        assert session.get(Boundary, part.id) is None
    assert session.scalar(select(func.count()).select_from(Population)) == 2


def test_of_a_split_work_goes_to_the_team_and_people_wait_for_a_decision(
    session: Session, patch: Patch, split: list[Unit]
) -> None:
    assert codes_of(session, Matter) == {"T1", "N2"}
    assert codes_of(session, Action) == {"T1", "N2"}
    assert codes_of(session, KeyIndividual) == {"N1", "N2"}


# Given to another team --------------------------------------------------------------------------------------


def test_given_to_another_team_all_goes_along_but_for_the_contact(session: Session, patch: Patch) -> None:
    (moved,) = done(patch.scene(ReviewKind.TRANSFER, [patch.n1], Opening("N9", "N1", "T2", 3)))
    assert moved.path == f"{patch.t2.path}N9/"
    assert codes_of(session, Action) == {"N9", "N2"}
    (here,) = people_of(session, moved, TODAY).neighbourhoods
    assert here.figures is not None
    assert here.figures.stated == 1800
    assert session.scalars(select(Contact).where(Contact.unit_id == moved.id)).all() == []
    assert session.get_one(Boundary, moved.id).is_inherited


def test_what_was_heard_since_the_first_day_was_heard_in_what_took_over(
    session: Session, patch: Patch
) -> None:
    (polish,) = session.scalars(select(Community).where(Community.unit_id == patch.n1.id))
    for day in (9, 10):
        at = datetime(2026, 11, day, 12, 0, tzinfo=UTC)
        sending = Sending(patch.stamp, None, f"c{day}", None)
        record_contact(session, facts=ContactFacts(patch.n1, at=at, community=polish), sending=sending)
        patrolled = PatrolFacts(patch.n1, at, at + timedelta(hours=1), PatrolMode.FOOT)
        record_patrol(session, facts=patrolled, sending=Sending(patch.stamp, None, f"p{day}", None))
    (moved,) = done(patch.scene(ReviewKind.TRANSFER, [patch.n1], Opening("N9", "N1", "T2", 3)))
    heard = {each.reference: each for each in session.scalars(select(Heard))}
    assert {name: each.unit_id for name, each in heard.items()} == {"c9": patch.n1.id, "c10": moved.id}
    assert heard["c9"].community_id == polish.id
    assert heard["c10"].community_id == polish.carried_into_id
    patrols = session.scalars(select(Patrol))
    assert {each.reference: each.unit_id for each in patrols} == {"p9": patch.n1.id, "p10": moved.id}


def test_incidents_since_the_first_day_happened_in_what_took_over_also_once_their_file_comes_again(
    session: Session, patch: Patch
) -> None:
    wanted = [
        WantedIncident(
            1,
            f"i{day}",
            datetime(2026, 11, day, 12, tzinfo=UTC),
            categories(session)[0],
            None,
            None,
            patch.n1,
            "Mill Lane",
        )
        for day in (9, 10)
    ]

    def import_them() -> Saved:
        def tell(_place: int, refusal: Refusal) -> None:
            raise refusal

        return IncidentRecording(session, NOW).take(wanted, tell)

    assert import_them().added == 2
    (moved,) = done(patch.scene(ReviewKind.TRANSFER, [patch.n1], Opening("N9", "N1", "T2", 3)))
    happened = {each.reference: each.unit_id for each in session.scalars(select(Incident))}
    assert happened == {"i9": patch.n1.id, "i10": moved.id}
    assert import_them().unchanged == 2


def test_incidents_of_a_split_stay_unless_somebody_says_in_which_part_they_were(
    session: Session, patch: Patch
) -> None:
    scene = patch.scene(
        ReviewKind.SPLIT, [patch.n1], Opening("N8", "East", "T1", 2), Opening("N9", "West", "T1", 2)
    )
    at = datetime(2026, 11, 10, 12, tzinfo=UTC)
    session.add(
        Incident(
            reference="i1",
            happened_at=at,
            on_date=FIRST,
            month=0,
            category_id=categories(session)[0].id,
            unit_id=patch.n1.id,
        )
    )
    session.flush()
    (line,) = [each for each in hanging(scene, is_held=False).lines if each.name.startswith("incidents")]
    assert line.words == f"In {patch.n1.name} since 10 November 2026: incidents 1"
    assert line.usual == (STAYS,)
    done(scene, {line.name: (to("N8"),)})
    assert session.scalars(select(Unit.code).join(Incident, Incident.unit_id == Unit.id)).all() == ["N8"]


def test_a_contact_of_another_team_is_refused_beside_their_line(session: Session, patch: Patch) -> None:
    contact = session.scalars(select(Contact.id).where(Contact.unit_id == patch.n1.id)).one()
    scene = patch.scene(ReviewKind.TRANSFER, [patch.n1], Opening("N9", "N1", "T2", 3))
    with pytest.raises(Refusal) as refused:
        done(scene, {f"contact_{contact}": ("contact:N9",)})
    assert refused.value.field == f"contact_{contact}"


# All or nothing ---------------------------------------------------------------------------------------------


def test_what_is_refused_leaves_everything_as_it_was(session: Session, patch: Patch) -> None:
    make.neighbourhood(session, under=patch.t2, code="N9")
    session.commit()
    with pytest.raises(CodeTaken):
        patch.merge()
    session.rollback()
    session.refresh(patch.n1)
    assert patch.n1.closed_on is None
    assert codes_of(session, Action) == {"N1", "N2"}


def test_a_neighbourhood_does_not_open_under_a_team_before_the_team_does(
    session: Session, patch: Patch
) -> None:
    patch.t2.opened_on = TODAY
    scene = patch.scene(ReviewKind.TRANSFER, [patch.n1], Opening("N9", "N1", "T2", 3))
    with pytest.raises(OutsideParentDates):
        done(scene)


def test_what_hangs_there_differs_once_somebody_changes_any_of_it(session: Session, patch: Patch) -> None:
    scene = patch.scene(ReviewKind.MERGE, [patch.n1, patch.n2], Opening("N9", "Old Town", "T1", 1))
    before = hanging(scene, is_held=False).digest
    assert hanging(scene, is_held=False).digest == before
    next(session.scalars(select(Community))).name = "Poles"
    session.flush()
    assert hanging(scene, is_held=False).digest != before


def test_who_does_not_keep_key_individuals_reads_references_in_place_of_names(patch: Patch) -> None:
    scene = patch.scene(ReviewKind.MERGE, [patch.n1, patch.n2], Opening("N9", "Old Town", "T1", 1))
    assert "Kit N1" in " ".join(line.words for line in hanging(scene, is_held=False).lines)
    scene.may = lambda permission, _path: permission is not Permission.KEEP_KIN
    assert "Kit" not in " ".join(line.words for line in hanging(scene, is_held=False).lines)


def test_in_mid_month_no_figure_of_duty_changes(session: Session, patch: Patch) -> None:
    officer = make.member(session, team=patch.t1, role=PolicingRole.CONSTABLE)
    for day in ("03", "12"):
        make.shift(session, member=officer, starts=f"2026-11-{day}T07:00", ends=f"2026-11-{day}T17:00")
    session.commit()
    before = _duty(session)
    patch.merge()
    assert before
    assert _duty(session) == before


def _duty(session: Session) -> list[tuple[object, ...]]:
    return sorted(tuple(row) for row in session.execute(select(*DutySum.__table__.columns)))
