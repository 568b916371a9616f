"""Key individuals on record: recorded, kept, met, merged, carried over."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.communities.actions import NeighbourhoodNotOpen, NotANeighbourhood
from npt.communities.actions import carry_over as carry_communities
from npt.communities.queries import left_behind as communities_left
from npt.communities.rules import InTheFuture, UnknownEthnicity
from npt.data_protection.actions import forget
from npt.data_protection.queries import person_of
from npt.journal.rules import PersonKey
from npt.kin import actions
from npt.kin.actions import (
    CommunityElsewhere,
    NoDayOfConsent,
    NotMerged,
    RecordedAlready,
    ReferenceTaken,
    change_consents,
    change_individual,
    come_back,
    keep,
    leave,
    merge,
    remove_encounters,
)
from npt.kin.actions.erasure import KIND
from npt.kin.models import Encounter, KeyIndividual, Move
from npt.kin.queries import (
    Asked,
    Attention,
    individual_in,
    individuals_under,
    left_behind,
    to_choose,
    units_with_left_behind,
    waiting_under,
)
from npt.kin.rules import (
    Basis,
    EncounterKind,
    KinTopic,
    LeaveReason,
    NoBasis,
    NotInNetwork,
    Sector,
    Stage,
    Status,
)
from npt.kit.paging import Page
from npt.kit.stamps import Stamp
from npt.kit.telephones import BadTelephone
from npt.organisation.actions import close_unit
from npt.organisation.models import Unit
from npt.store.versions import StaleRecord
from tests import make
from tests.records.kin_desk import DAY, NOBODY, NOW, ago, community, facts, join, meet


@pytest.fixture
def team(session: Session) -> Unit:
    return make.team(session, code="T1")


@pytest.fixture
def place(session: Session, team: Unit) -> Unit:
    """The neighbourhood N1 of team T1."""
    return make.neighbourhood(session, under=team, code="N1")


def names(session: Session, path: str, **asked: Any) -> list[str]:
    found = individuals_under(session, path, Asked(**asked), today=DAY, page=Page(1, 50))
    return [each.name for each in found.rows]


# Recorded ---------------------------------------------------------------------------------------------------


def test_somebody_is_recorded_with_what_is_known_of_them(session: Session, place: Unit) -> None:
    polish = community(session, place)
    stamp = Stamp(make.account(session).id, NOW)
    made = join(
        session,
        place,
        phone="(01632) 960 123",
        email=" Ann@Example.ORG ",
        communities=[polish],
        topics=[KinTopic.NEWS],
        stamp=stamp,
    )
    session.expire_all()
    found = individual_in(session, place, made.id)
    assert found is not None
    assert (found.phone, found.email) == ("+441632960123", "ann@example.org")
    assert found.reference == f"KIN-{made.id}"
    assert [each.name for each in found.communities] == ["Polish"]
    assert found.agreed == (KinTopic.NEWS,)
    assert (found.basis_by_id, found.recorded_by_id) == (stamp.by, stamp.by)
    assert found.status_on(DAY) is Status.ACTIVE


@pytest.mark.parametrize(
    "same", [{"phone": "01632 960123"}, {"email": "ANN@example.org"}, {"name": "ann example"}]
)
def test_somebody_much_like_another_of_the_neighbourhood_is_recorded_once(
    session: Session, place: Unit, same: dict[str, str]
) -> None:
    join(session, place, phone="01632 960123", email="ann@example.org")
    given = {"name": "Ben Sample", **same}
    with pytest.raises(RecordedAlready, match="Ann Example is recorded here already with the same"):
        join(session, place, **given)
    join(session, make.neighbourhood(session), **given)
    join(session, place, **given, may_be_twice=True)


def test_a_reference_is_one_persons(session: Session, place: Unit) -> None:
    join(session, place, reference="K1")
    with pytest.raises(ReferenceTaken):
        join(session, place, "Ben Sample", reference="K1")


def test_what_cannot_be_is_refused(session: Session, team: Unit, place: Unit) -> None:
    with pytest.raises(NotANeighbourhood):
        join(session, team)
    with pytest.raises(NeighbourhoodNotOpen):
        join(session, make.neighbourhood(session, closed_on=ago(1)))
    with pytest.raises(BadTelephone):
        join(session, place, phone="12345")
    with pytest.raises(NoBasis):
        join(session, place, basis=Basis.CONSENT, basis_on=ago(-1))
    with pytest.raises(InTheFuture):
        join(session, place, recorded_on=ago(-1))
    with pytest.raises(UnknownEthnicity):
        join(session, place, ethnicity="O1")
    with pytest.raises(CommunityElsewhere):
        join(session, place, communities=[community(session, make.neighbourhood(session))])


def test_a_correction_notes_who_said_on_what_ground_the_record_is_kept_only_where_that_changed(
    session: Session, place: Unit
) -> None:
    found = individual_in(session, place, join(session, place).id)
    assert found is not None
    stamp = Stamp(make.account(session).id, NOW)

    def correct(**given: Any) -> None:
        change_individual(session, found, facts=facts(**given), communities=[], stamp=stamp, today=DAY)

    correct(organisation="Corner Shop")
    assert (found.organisation, found.basis_by_id) == ("Corner Shop", None)
    correct(basis=Basis.CONSENT)
    assert (found.basis, found.basis_by_id) == (Basis.CONSENT, stamp.by)
    with pytest.raises(StaleRecord):
        change_individual(
            session, found, facts=facts(), communities=[], stamp=stamp, today=DAY, expected_version=1
        )


def test_who_is_proposed_is_active_once_somebody_accepts_them_and_kept_for_a_year(
    session: Session, place: Unit
) -> None:
    made = join(session, place, is_active=False, recorded_on=ago(400))
    assert made.status_on(DAY) is Status.PROPOSED
    assert waiting_under(session, place.path, DAY).to_review == 1
    keep(session, made, stamp=NOBODY, today=DAY)
    assert (made.status_on(DAY), made.active_on, made.reviewed_on) == (Status.ACTIVE, DAY, DAY)
    assert waiting_under(session, place.path, DAY).to_review == 0


def test_who_left_is_listed_only_where_that_is_asked_and_nothing_more_is_done(
    session: Session, place: Unit
) -> None:
    made = join(session, place, recorded_on=ago(10))
    with pytest.raises(NotInNetwork):
        leave(session, made, left_on=ago(11), left_because=LeaveReason.MOVED, today=DAY)
    leave(session, made, left_on=DAY, left_because=LeaveReason.MOVED, today=DAY)
    assert names(session, place.path) == []
    assert names(session, place.path, status=Status.LEFT) == ["Ann Example"]
    assert to_choose(session, place.path) == []
    with pytest.raises(NotInNetwork):
        keep(session, made, stamp=NOBODY, today=DAY)


def test_who_left_by_mistake_is_taken_back_as_they_were_and_nobody_else(
    session: Session, place: Unit
) -> None:
    made = join(session, place, recorded_on=ago(10))
    with pytest.raises(NotInNetwork):
        come_back(session, made, stamp=NOBODY, today=DAY)
    leave(session, made, left_on=DAY, left_because=LeaveReason.MOVED, today=DAY)
    come_back(session, made, stamp=NOBODY, today=DAY)
    assert (made.stage, made.active_on, made.left_on) == (Stage.ACTIVE, ago(10), None)
    forget(session, person_of(session, PersonKey(KIND, made.id)), today=DAY, now=NOW, also_current=True)
    with pytest.raises(NotInNetwork):
        come_back(session, session.get_one(KeyIndividual, made.id), stamp=NOBODY, today=DAY)


# Consent ----------------------------------------------------------------------------------------------------


def test_the_last_word_on_a_topic_holds_and_earlier_ones_stay(session: Session, place: Unit) -> None:
    made = join(session, place, topics=[KinTopic.NEWS, KinTopic.SURVEYS], recorded_on=ago(9))
    change_consents(session, made, topics=[KinTopic.SURVEYS], said_on=ago(2), stamp=NOBODY, today=DAY)
    assert made.agreed == (KinTopic.SURVEYS,)
    assert [(each.topic, each.is_given) for each in made.consents] == [
        (KinTopic.NEWS, True),
        (KinTopic.SURVEYS, True),
        (KinTopic.NEWS, False),
    ]
    with pytest.raises(NoDayOfConsent, match="said otherwise"):
        change_consents(session, made, topics=list(KinTopic), said_on=ago(3), stamp=NOBODY, today=DAY)


def test_consent_needs_its_day(session: Session, place: Unit) -> None:
    made = join(session, place)
    with pytest.raises(NoDayOfConsent):
        change_consents(session, made, topics=[KinTopic.NEWS], said_on=None, stamp=NOBODY, today=DAY)
    with pytest.raises(InTheFuture):
        change_consents(session, made, topics=[KinTopic.NEWS], said_on=ago(-1), stamp=NOBODY, today=DAY)


# Met --------------------------------------------------------------------------------------------------------


def test_whoever_was_not_seen_for_longest_comes_first(session: Session, place: Unit) -> None:
    for name, days in (("Ann", 10), ("Ben", 91), ("Cal", 181)):
        meet(session, join(session, place, name, recorded_on=ago(300)), days)
    join(session, place, "Dee")
    assert names(session, place.path) == ["Cal", "Ben", "Ann", "Dee"]
    assert names(session, place.path, attention=Attention.NOT_SEEN) == ["Cal", "Ben"]
    assert names(session, place.path, status=Status.DORMANT) == ["Cal"]
    assert waiting_under(session, place.path, DAY).not_seen == 2


def test_a_record_above_is_one_encounter_however_often_it_is_told(session: Session, place: Unit) -> None:
    made = join(session, place, recorded_on=ago(300))
    meet(session, made, 5, record="C-1", said="Parking.")
    told_again = meet(session, made, 6, record="C-1", kind=EncounterKind.CALL)
    assert session.scalars(select(Encounter)).all() == [told_again]
    assert (made.quiet_since, told_again.said) == (ago(6), None)


def test_what_is_removed_was_no_encounter_and_an_open_form_is_not_told(session: Session, place: Unit) -> None:
    made = join(session, place, recorded_on=ago(300))
    version = made.version
    meet(session, made, 20)
    meet(session, made, 5, record="C-1")
    assert remove_encounters(session, "C-1") == 1
    assert (made.quiet_since, made.last_met_at) == (ago(20), NOW - timedelta(days=20))
    assert made.version == version


def test_only_those_in_the_network_may_be_named_in_a_form(session: Session, place: Unit) -> None:
    join(session, place, "Ann Example", organisation="Corner Shop")
    join(session, place, "Ben Sample", is_active=False)
    assert [each.words for each in to_choose(session, place.path)] == ["Ann Example, Corner Shop"]


# Filtered ---------------------------------------------------------------------------------------------------


def test_the_list_is_asked_by_sector_community_and_what_is_recorded_twice(
    session: Session, team: Unit, place: Unit
) -> None:
    elsewhere = make.neighbourhood(session, under=team)
    join(session, place, "Ann", communities=[community(session, place)], phone="01632 960123")
    join(session, elsewhere, "Ben", communities=[community(session, elsewhere, "polish")])
    join(session, place, "Cal", sector=Sector.YOUTH, phone="01632 960123", may_be_twice=True)
    join(session, make.neighbourhood(session), "Dee")
    assert names(session, team.path, community="polish") == ["Ann", "Ben"]
    assert names(session, team.path, sector=Sector.YOUTH) == ["Cal"]
    assert names(session, team.path, attention=Attention.TWICE) == ["Ann", "Cal"]


def test_recorded_twice_is_who_shares_a_name_a_number_or_an_address_with_somebody_still_there(
    session: Session, team: Unit, place: Unit
) -> None:
    elsewhere = make.neighbourhood(session, under=team)
    again: dict[str, Any] = {"may_be_twice": True}
    gone = join(session, place, "Ann", email="ann@example.org")
    join(session, place, "Ben", email="ann@example.org", **again)
    join(session, place, "Cal", phone="01632 960123")
    join(session, elsewhere, "ben", phone="01632 960123")
    assert names(session, team.path, attention=Attention.TWICE) == ["Ann", "Ben"]
    leave(session, gone, left_on=DAY, left_because=LeaveReason.MOVED, today=DAY)
    join(session, elsewhere, "BEN", **again)
    assert names(session, team.path, attention=Attention.TWICE) == ["ben", "BEN"]
    assert names(session, team.path, attention=Attention.TWICE, status=Status.LEFT) == ["Ann"]


# Merged -----------------------------------------------------------------------------------------------------


def test_two_records_of_one_person_become_one_and_nothing_is_lost(session: Session, place: Unit) -> None:
    polish, traders = community(session, place), community(session, place, "Traders")
    kept = join(session, place, communities=[polish], email="ann@example.org", topics=[KinTopic.NEWS])
    other = join(
        session,
        place,
        communities=[polish, traders],
        email="other@example.org",
        phone="01632 960123",
        recorded_on=ago(100),
        may_be_twice=True,
    )
    meet(session, kept, 9, record="M-1")
    meet(session, other, 4, record="M-1")
    merge(session, kept, other, stamp=NOBODY)
    session.expire_all()
    found = individual_in(session, place, other.id)
    assert found is not None
    assert (found.id, found.email, found.phone) == (kept.id, "ann@example.org", "+441632960123")
    assert (found.recorded_on, found.active_on, found.quiet_since) == (ago(100), ago(100), ago(4))
    assert [each.name for each in found.communities] == ["Polish", "Traders"]
    assert session.scalar(select(func.count()).where(Encounter.individual_id == kept.id)) == 2
    assert names(session, place.path) == ["Ann Example"]


def test_whoever_was_merged_is_met_as_the_one_that_goes_on(session: Session, place: Unit) -> None:
    kept, other, third = (join(session, place, recorded_on=ago(100), may_be_twice=True) for _ in range(3))
    merge(session, other, third, stamp=NOBODY)
    merge(session, kept, other, stamp=NOBODY)
    session.refresh(third)
    assert meet(session, third, 1).individual_id == kept.id
    assert kept.quiet_since == ago(1)


def test_records_of_two_neighbourhoods_or_of_who_left_are_not_merged(session: Session, place: Unit) -> None:
    kept, left = join(session, place), join(session, place, "Ben")
    leave(session, left, left_on=DAY, left_because=LeaveReason.DIED, today=DAY)
    for other in (left, kept, join(session, make.neighbourhood(session))):
        with pytest.raises(NotMerged):
            merge(session, kept, other, stamp=NOBODY)


def test_a_merge_of_what_somebody_changed_meanwhile_is_refused(session: Session, place: Unit) -> None:
    kept, other = join(session, place), join(session, place, "Ben")
    with pytest.raises(StaleRecord):
        merge(session, kept, other, stamp=NOBODY, expected_version=kept.version, expected_other=99)


# Carried over -----------------------------------------------------------------------------------------------


def test_whoever_was_recorded_after_the_last_day_leaves_no_earlier(
    session: Session, team: Unit, place: Unit
) -> None:
    ann = join(session, place, "Ann", recorded_on=ago(3))
    ben = join(session, place, "Ben", recorded_on=ago(9))
    north = make.neighbourhood(session, under=team, code="N2", opened_on=ago(5))
    close_unit(session, place, on=ago(6), taken_over_by=[north])
    actions.carry_over(session, closed=place, to={}, left=[ann.id, ben.id])
    assert (ann.left_on, ben.left_on) == (ago(3), ago(6))


def test_people_of_a_neighbourhood_that_was_split_go_where_somebody_says(
    session: Session, team: Unit, place: Unit
) -> None:
    polish, traders = community(session, place), community(session, place, "Traders")
    ann = join(session, place, "Ann", communities=[polish, traders], recorded_on=ago(100))
    ben, cal = join(session, place, "Ben"), join(session, place, "Cal")
    meet(session, ann, 3)
    north = make.neighbourhood(session, under=team, code="N2", opened_on=DAY)
    south = make.neighbourhood(session, under=team, code="N3", opened_on=DAY)
    close_unit(session, place, on=ago(1), taken_over_by=[north, south])
    carry_communities(session, closed=place, to={polish.id: ["N2"]}, ended=[], stamp=NOBODY)
    assert units_with_left_behind(session, team.path) == [place]
    done = actions.carry_over(session, closed=place, to={ann.id: "N2"}, left=[ben.id])
    session.expire_all()
    assert ([each.id for each in done.moved], [each.id for each in done.left]) == ([ann.id], [ben.id])
    assert [each.name for each in left_behind(session, place)] == ["Cal"]
    moved = individual_in(session, north, ann.id)
    assert moved is not None
    assert {(each.name, each.unit_id) for each in moved.communities} == {
        ("Polish", north.id),
        ("Traders", place.id),
    }
    assert session.scalar(select(Encounter.unit_id)) == place.id
    with pytest.raises(actions.NotASuccessor):
        actions.carry_over(session, closed=place, to={cal.id: "T1"}, left=[])
    with pytest.raises(actions.CarriedMeanwhile):
        actions.carry_over(session, closed=place, to={ann.id: "N2"}, left=[])
    with pytest.raises(actions.NothingChosen):
        actions.carry_over(session, closed=place, to={}, left=[])


def test_whoever_was_carried_over_before_their_community_speaks_for_what_it_became(
    session: Session, team: Unit, place: Unit
) -> None:
    polish, traders = community(session, place), community(session, place, "Traders")
    ann = join(session, place, "Ann", communities=[polish, traders], recorded_on=ago(100))
    ben = join(session, place, "Ben", communities=[polish], recorded_on=ago(100))
    north = make.neighbourhood(session, under=team, code="N2", opened_on=DAY)
    south = make.neighbourhood(session, under=team, code="N3", opened_on=DAY)
    close_unit(session, place, on=ago(1), taken_over_by=[north, south])
    actions.carry_over(session, closed=place, to={ann.id: "N2", ben.id: "N3"}, left=[])
    carry_communities(session, closed=place, to={polish.id: ["N2"]}, ended=[], stamp=NOBODY)
    session.expire_all()
    spoken_for = {
        moved.name: {(each.name, each.unit_id) for each in moved.communities}
        for moved in (individual_in(session, north, ann.id), individual_in(session, south, ben.id))
        if moved is not None
    }
    assert spoken_for == {
        "Ann": {("Polish", north.id), ("Traders", place.id)},
        "Ben": {("Polish", place.id)},
    }


def test_who_waits_longer_than_a_successor_stands_speaks_for_what_became_of_their_community(
    session: Session, team: Unit, place: Unit
) -> None:
    polish = community(session, place)
    ann = join(session, place, "Ann", communities=[polish], recorded_on=ago(100))
    middle = make.neighbourhood(session, under=team, code="N2", opened_on=ago(5))
    last = make.neighbourhood(session, under=team, code="N3", opened_on=ago(2))
    close_unit(session, place, on=ago(6), taken_over_by=[middle])
    carry_communities(session, closed=place, to={polish.id: ["N2"]}, ended=[], stamp=NOBODY)
    close_unit(session, middle, on=ago(3), taken_over_by=[last])
    (waiting,) = communities_left(session, middle)
    carry_communities(session, closed=middle, to={waiting.id: ["N3"]}, ended=[], stamp=NOBODY)
    actions.carry_over(session, closed=place, to={ann.id: "N3"}, left=[])
    session.expire_all()
    moved = individual_in(session, last, ann.id)
    assert moved is not None
    assert [each.unit_id for each in moved.communities] == [last.id]
    assert session.scalars(select(Move.moved_on)).all() == [ago(2)]


def test_nobody_is_asked_where_they_belong_while_their_neighbourhood_stands(
    session: Session, place: Unit
) -> None:
    join(session, place)
    assert left_behind(session, place) == []
    assert session.scalar(select(func.count()).select_from(KeyIndividual)) == 1
