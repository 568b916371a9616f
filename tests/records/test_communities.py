"""Communities on record: added, flagged, said, closed, carried over; the population; specialist contacts."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from npt.communities.actions import (
    CarriedMeanwhile,
    CommunityNotThere,
    CommunityThere,
    FiguresThere,
    FlaggedAlready,
    FlaggedLater,
    ListChanged,
    NeighbourhoodNotOpen,
    NotANeighbourhood,
    NotASuccessor,
    NothingToConfirm,
    SpecialistFacts,
    StillFlagged,
    add_community,
    carry_over,
    change_community,
    change_flag,
    change_population,
    change_specialist_contact,
    name_specialist_contact,
    record_population,
    record_share,
    remove_flag,
    say,
    set_flag,
)
from npt.communities.models import Community, Population
from npt.communities.queries import (
    called_for,
    carried_over,
    communities_of,
    communities_under,
    left_behind,
    people_of,
    said_under,
    specialists_at,
    statements_of,
    units_with_left_behind,
)
from npt.communities.rules import (
    BadText,
    Calling,
    CodeSystem,
    CommunityKind,
    EthnicGroup,
    Flag,
    InTheFuture,
    NotForceOrBcu,
    NoWay,
    Said,
)
from npt.kit.spans import EndsBeforeItStarts
from npt.kit.stamps import Stamp
from npt.organisation.actions import close_unit
from npt.organisation.models import Unit
from npt.store.versions import StaleRecord
from tests import make

DAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
VULNERABLE, EMERGING = Flag.VULNERABLE, Flag.EMERGING


@pytest.fixture
def team(session: Session) -> Unit:
    return make.team(session, code="T1")


@pytest.fixture
def place(session: Session, team: Unit) -> Unit:
    """The neighbourhood N1 of team T1."""
    return make.neighbourhood(session, under=team, code="N1")


@pytest.fixture
def stamp(session: Session) -> Stamp:
    return Stamp(make.account(session).id, NOW)


def add(session: Session, place: Unit, name: str = "Polish", **facts: Any) -> Community:
    wanted = {"kind": CommunityKind.ETHNIC, "stamp": Stamp(None, NOW), "today": DAY, **facts}
    return add_community(session, neighbourhood=place, name=name, **wanted)


def flagged(session: Session, place: Unit, *flags: Flag, **facts: Any) -> Community:
    return add(session, place, flags=flags, reason="They do not call us.", **facts)


def standing(session: Session, place: Unit, flag: Flag, day: date = DAY) -> Said:
    (found,) = said_under(session, place, day)
    return found.standings[flag].said


# Communities ------------------------------------------------------------------------------------------------


def test_a_community_has_a_code_of_its_name_its_share_and_flags_with_a_reason(
    session: Session, place: Unit, stamp: Stamp
) -> None:
    flagged(
        session,
        place,
        VULNERABLE,
        EMERGING,
        share=Decimal("4.5"),
        as_at=date(2021, 3, 21),
        source="census",
        stamp=stamp,
    )
    session.expire_all()
    (found,) = communities_under(session, place.path, as_at=DAY)
    assert (found.code, found.starts_on) == ("polish", DAY)
    assert [(each.flag, each.reason, each.set_by_id) for each in found.flags_on(DAY)] == [
        (VULNERABLE, "They do not call us.", stamp.by),
        (EMERGING, "They do not call us.", stamp.by),
    ]
    share = found.share_on(DAY)
    assert share is not None
    assert (share.percent, share.as_at, share.source) == (Decimal("4.5"), date(2021, 3, 21), "census")


def test_a_flag_needs_a_reason_and_a_community_a_neighbourhood_that_stands(
    session: Session, place: Unit
) -> None:
    with pytest.raises(BadText, match="why it is flagged"):
        add(session, place, flags=[VULNERABLE])
    with pytest.raises(NotANeighbourhood):
        add(session, make.team(session))
    with pytest.raises(NeighbourhoodNotOpen, match="closed on"):
        add(session, make.neighbourhood(session, closed_on=YESTERDAY))
    with pytest.raises(InTheFuture):
        add(session, place, starts_on=TOMORROW)


def test_a_name_is_there_once_at_a_time(session: Session, place: Unit) -> None:
    add(session, place)
    with pytest.raises(CommunityThere, match="Polish is recorded here already"):
        add(session, place, "POLISH")
    assert add(session, make.neighbourhood(session)).code == "polish"


def test_a_list_is_that_of_its_day(session: Session, place: Unit) -> None:
    community = add(session, place, starts_on=DAY - timedelta(days=9))
    change_community(
        session, community, name="Polish", kind=community.kind, languages=None, ends_on=YESTERDAY, today=DAY
    )

    def there(day: date) -> list[str]:
        return [each.name for each in communities_under(session, place.path, as_at=day)]

    assert there(DAY - timedelta(days=10)) == []
    assert there(YESTERDAY) == ["Polish"]
    assert there(DAY) == []
    assert add(session, place).code == "polish-2"


def test_a_community_that_closes_takes_its_flags_with_it(session: Session, place: Unit) -> None:
    community = flagged(session, place, VULNERABLE, starts_on=DAY - timedelta(days=9))
    facts: dict[str, Any] = {"name": "Polish", "kind": community.kind, "languages": None, "today": DAY}
    with pytest.raises(EndsBeforeItStarts):
        change_community(session, community, ends_on=DAY - timedelta(days=10), **facts)
    change_community(session, community, ends_on=YESTERDAY, expected_version=1, **facts)
    assert [(each.ends_on, each.end_reason) for each in community.flags] == [
        (YESTERDAY, "The community was closed.")
    ]
    with pytest.raises(StaleRecord):
        change_community(session, community, ends_on=None, expected_version=1, **facts)


def test_a_community_does_not_close_before_a_flag_was_set(session: Session, place: Unit) -> None:
    community = add(session, place, starts_on=DAY - timedelta(days=9))
    _set(session, community, VULNERABLE)
    with pytest.raises(FlaggedLater, match="16 November 2026"):
        change_community(
            session,
            community,
            name="Polish",
            kind=community.kind,
            languages=None,
            ends_on=YESTERDAY,
            today=DAY,
        )


def test_shares_are_kept_day_by_day_and_one_of_the_same_day_is_corrected(
    session: Session, place: Unit
) -> None:
    community = add(session, place)

    def record(percent: str, as_at: date) -> None:
        record_share(session, community, share=Decimal(percent), as_at=as_at, source="census", today=DAY)

    record("4.5", date(2021, 3, 21))
    record("6", DAY)
    record("6.5", DAY)
    session.expire_all()
    (found,) = communities_of(session, [place.id])
    assert [each.percent for each in found.shares] == [Decimal("4.5"), Decimal("6.5")]
    before = found.share_on(YESTERDAY)
    assert before is not None
    assert before.percent == Decimal("4.5")


# Flags ------------------------------------------------------------------------------------------------------


def _set(session: Session, community: Community, flag: Flag, first: date = DAY) -> None:
    set_flag(session, community, flag=flag, reason="Seen", starts_on=first, stamp=Stamp(None, NOW), today=DAY)


def test_a_community_has_a_flag_once_a_day_and_only_while_it_is_there(session: Session, place: Unit) -> None:
    community = add(session, place, starts_on=YESTERDAY)
    _set(session, community, EMERGING, YESTERDAY)
    with pytest.raises(FlaggedAlready, match="correct that flag"):
        _set(session, community, EMERGING)
    with pytest.raises(CommunityNotThere):
        _set(session, community, VULNERABLE, DAY - timedelta(days=2))
    with pytest.raises(InTheFuture):
        _set(session, community, VULNERABLE, TOMORROW)


def test_a_flag_ends_for_a_reason_and_may_then_be_set_again(session: Session, place: Unit) -> None:
    community = flagged(session, place, VULNERABLE, starts_on=YESTERDAY)
    (flag,) = community.flags

    def end(reason: str | None) -> None:
        change_flag(
            session,
            flag,
            neighbourhood=place,
            reason="Seen",
            ends_on=YESTERDAY,
            end_reason=reason,
            today=DAY,
            expected_version=flag.version,
        )

    with pytest.raises(BadText, match="no longer flagged"):
        end(None)
    end("They have settled in.")
    _set(session, community, VULNERABLE)
    assert standing(session, place, VULNERABLE) is Said.NAMED
    assert len(community.flags) == 2


def test_a_flag_that_was_a_mistake_is_as_if_it_had_never_been(
    session: Session, place: Unit, stamp: Stamp
) -> None:
    say(session, neighbourhood=place, flag=VULNERABLE, is_none=True, stamp=stamp, today=DAY)
    community = flagged(session, place, VULNERABLE)
    remove_flag(session, community.flags[0], neighbourhood=place)
    assert standing(session, place, VULNERABLE) is Said.NONE


# What is said -----------------------------------------------------------------------------------------------


def test_recommendation_1_is_met_once_both_lists_are_said(
    session: Session, place: Unit, stamp: Stamp
) -> None:
    (silent,) = said_under(session, place, DAY)
    assert (silent.is_met, silent.silent_from) == (False, place.opened_on)
    flagged(session, place, EMERGING)
    say(session, neighbourhood=place, flag=VULNERABLE, is_none=True, stamp=stamp, today=DAY)
    (found,) = said_under(session, place, DAY)
    assert found.is_met
    assert not said_under(session, place, date(2027, 11, 17))[0].is_met
    assert not said_under(session, place, YESTERDAY)[0].is_met


def test_none_is_not_signed_while_some_are_flagged_nor_some_confirmed_where_there_are_none(
    session: Session, place: Unit, stamp: Stamp
) -> None:
    with pytest.raises(NothingToConfirm):
        say(session, neighbourhood=place, flag=EMERGING, is_none=False, stamp=stamp, today=DAY)
    flagged(session, place, EMERGING)
    with pytest.raises(StillFlagged, match="Polish is flagged emerging"):
        say(session, neighbourhood=place, flag=EMERGING, is_none=True, stamp=stamp, today=DAY)
    closed = make.neighbourhood(session, closed_on=YESTERDAY)
    with pytest.raises(NeighbourhoodNotOpen):
        say(session, neighbourhood=closed, flag=EMERGING, is_none=True, stamp=stamp, today=DAY)


def test_a_list_that_changed_after_it_was_seen_is_not_signed(
    session: Session, place: Unit, stamp: Stamp
) -> None:
    first = flagged(session, place, EMERGING)
    flagged(session, place, EMERGING, name="Lithuanian")
    with pytest.raises(ListChanged):
        say(
            session,
            neighbourhood=place,
            flag=EMERGING,
            is_none=False,
            stamp=stamp,
            today=DAY,
            seen=[first.id],
        )


def test_a_double_click_signs_once(session: Session, place: Unit, stamp: Stamp) -> None:
    for _ in range(2):
        say(session, neighbourhood=place, flag=EMERGING, is_none=True, stamp=stamp, today=DAY)
    assert len(statements_of(session, place, as_at=DAY)) == 1


# Population -------------------------------------------------------------------------------------------------


def count(session: Session, place: Unit, people: Mapping[str, int], as_at: date = DAY) -> Population:
    return record_population(
        session,
        neighbourhood=place,
        as_at=as_at,
        codes=CodeSystem.EIGHTEEN,
        source="census",
        people=people,
        today=DAY,
    )


GROUPS = {"W": 60, "M": 5, "A": 20, "B": 10, "O": 5}


def test_a_teams_people_are_those_of_its_neighbourhoods_with_whole_figures_and_the_others_are_named(
    session: Session, team: Unit, place: Unit
) -> None:
    second, third = (make.neighbourhood(session, under=team) for _ in range(2))
    count(session, place, {**GROUPS, "NS": 7})
    count(session, second, GROUPS)
    count(session, third, {"W": 500})
    found = people_of(session, team, DAY)
    assert [each.neighbourhood.code for each in found.unknown] == [third.code]
    assert found.figures is not None
    assert (found.figures.stated, found.figures.not_stated) == (200, 7)
    assert found.figures.of(EthnicGroup.ASIAN) == 40


def test_figures_are_the_latest_as_at_the_day(session: Session, place: Unit) -> None:
    count(session, place, GROUPS, date(2011, 3, 27))
    count(session, place, {**GROUPS, "A": 30}, date(2021, 3, 21))

    def asian(day: date) -> int | None:
        figures = people_of(session, place, day).figures
        return None if figures is None else figures.of(EthnicGroup.ASIAN)

    assert [asian(date(year, 6, 1)) for year in (2010, 2015, 2026)] == [None, 20, 30]


def test_figures_of_one_day_are_there_once_and_a_correction_leaves_out_what_is_left_blank(
    session: Session, place: Unit
) -> None:
    found = count(session, place, {"W": 10, "A": 5})
    change_population(
        session,
        found,
        as_at=DAY,
        codes=CodeSystem.SIXTEEN,
        source="council",
        people={"A": 6, "O1": 1},
        today=DAY,
        expected_version=1,
    )
    session.expire_all()
    (again,) = people_of(session, place, DAY).neighbourhoods
    assert again.figures is not None
    assert again.figures.people == {"A": 6, "O1": 1}
    assert again.population is not None
    assert again.population.version > 1
    with pytest.raises(FiguresThere):
        count(session, place, {"W": 10})


# Specialist contacts ----------------------------------------------------------------------------------------


def facts_of(subject: str, *calls: Calling, **other: Any) -> SpecialistFacts:
    return SpecialistFacts(
        subject, "Pat Sample", **{"telephone": "01234 0", "email": None, **other}, calls=calls
    )


def test_a_specialist_contact_of_the_bcu_or_force_is_shown_where_a_community_calls_for_one(
    session: Session, place: Unit
) -> None:
    force = make.force(session)
    bcu = make.bcu(session, under=force)
    here = make.neighbourhood(session, under=make.team(session, under=make.area(session, under=bcu)))
    for unit, facts in (
        (force, facts_of("Diversity", Calling.FAITH)),
        (bcu, facts_of("Hate crime", Calling.VULNERABLE)),
        (make.bcu(session), facts_of("Elsewhere", Calling.VULNERABLE)),
    ):
        name_specialist_contact(session, unit=unit, starts_on=DAY, facts=facts)
    community = flagged(session, here, VULNERABLE)
    contacts = specialists_at(session, here, as_at=DAY)
    assert [each.subject for each in contacts] == ["Hate crime", "Diversity"]
    assert [each.subject for each in called_for(contacts, community, DAY)] == ["Hate crime"]
    assert specialists_at(session, here, as_at=YESTERDAY) == []


def test_a_specialist_contact_is_of_a_force_or_bcu_and_can_be_reached(session: Session) -> None:
    with pytest.raises(NotForceOrBcu):
        name_specialist_contact(session, unit=make.team(session), starts_on=DAY, facts=facts_of("Diversity"))
    with pytest.raises(NoWay):
        name_specialist_contact(
            session, unit=make.force(session), starts_on=DAY, facts=facts_of("Diversity", telephone=None)
        )


def test_what_calls_for_a_contact_is_corrected_and_noticed_by_whoever_saw_it_before(session: Session) -> None:
    contact = name_specialist_contact(
        session, unit=make.force(session), starts_on=DAY, facts=facts_of("Diversity", Calling.FAITH)
    )
    changed = facts_of("Diversity", Calling.FAITH, Calling.ETHNIC)
    change_specialist_contact(session, contact, facts=changed, expected_version=1)
    assert contact.calls == {Calling.FAITH, Calling.ETHNIC}
    with pytest.raises(StaleRecord):
        change_specialist_contact(session, contact, facts=changed, expected_version=1)


# Units that change ------------------------------------------------------------------------------------------


@pytest.fixture
def split(session: Session, team: Unit, place: Unit) -> tuple[Unit, Sequence[Unit]]:
    """N1 with three communities, one of them vulnerable, closed yesterday and split into N2 and N3."""
    first = DAY - timedelta(days=30)
    flagged(session, place, VULNERABLE, starts_on=first)
    for name in ("Mosques", "Traders"):
        add(session, place, name, starts_on=first)
    assert place.parent is not None
    after = [
        make.neighbourhood(session, under=place.parent, code=code, opened_on=DAY) for code in ("N2", "N3")
    ]
    close_unit(session, place, on=YESTERDAY, taken_over_by=after)
    session.flush()
    return place, after


def names(session: Session, unit: Unit, day: date = DAY) -> list[str]:
    return [each.name for each in communities_under(session, unit.path, as_at=day)]


def test_communities_of_a_closed_neighbourhood_wait_until_each_is_decided_on(
    session: Session, team: Unit, split: tuple[Unit, Sequence[Unit]], stamp: Stamp
) -> None:
    closed, (one, other) = split
    polish, mosques, traders = (
        next(each.id for each in left_behind(session, closed) if each.name == name)
        for name in ("Polish", "Mosques", "Traders")
    )
    assert units_with_left_behind(session, team.path) == [closed]
    assert names(session, one) == []
    carry_over(session, closed=closed, to={polish: ["N2", "N3"]}, ended=[traders], stamp=stamp)
    assert [names(session, unit) for unit in (one, other)] == [["Polish"], ["Polish"]]
    assert [each.id for each in left_behind(session, closed)] == [mosques]
    (carried,) = communities_of(session, [one.id])
    assert (carried.carried_from_id, carried.starts_on) == (polish, DAY)
    assert [(each.flag, each.reason) for each in carried.flags] == [(VULNERABLE, "They do not call us.")]
    assert names(session, closed, YESTERDAY) == ["Mosques", "Polish", "Traders"]
    carry_over(session, closed=closed, to={mosques: ["N2"]}, ended=[], stamp=stamp)
    assert units_with_left_behind(session, team.path) == []


def test_a_community_that_is_there_already_is_not_made_twice(
    session: Session, split: tuple[Unit, Sequence[Unit]], stamp: Stamp
) -> None:
    closed, (one, _) = split
    add(session, one)
    polish = next(each.id for each in left_behind(session, closed) if each.name == "Polish")
    done = carry_over(session, closed=closed, to={polish: ["N2"]}, ended=[], stamp=stamp)
    assert (len(done.made), len(done.there)) == (0, 1)
    assert polish not in {each.id for each in left_behind(session, closed)}


def test_of_two_neighbourhoods_that_merge_both_hand_over_the_community_that_they_share(
    session: Session, team: Unit, place: Unit, stamp: Stamp
) -> None:
    first = DAY - timedelta(days=30)
    assert place.parent is not None
    sister = make.neighbourhood(session, under=place.parent, code="N4")
    merged = make.neighbourhood(session, under=place.parent, code="N5", opened_on=DAY)
    polish = [add(session, each, starts_on=first) for each in (place, sister)]
    for closed in (place, sister):
        close_unit(session, closed, on=YESTERDAY, taken_over_by=[merged])
    session.flush()
    for closed, community in zip((place, sister), polish, strict=True):
        carry_over(session, closed=closed, to={community.id: ["N5"]}, ended=[], stamp=stamp)
    assert units_with_left_behind(session, team.path) == []
    assert names(session, merged) == ["Polish"]
    into = carried_over(session, polish)
    assert [[each.unit.code for each in into[community.id]] for community in polish] == [["N5"], ["N5"]]


def test_a_community_of_both_that_merge_has_the_flags_and_languages_of_both(
    session: Session, place: Unit, stamp: Stamp
) -> None:
    assert place.parent is not None
    sister = make.neighbourhood(session, under=place.parent, code="N4")
    merged = make.neighbourhood(session, under=place.parent, code="N5", opened_on=DAY)
    first = DAY - timedelta(days=30)
    polish = [
        flagged(session, place, EMERGING, starts_on=first),
        flagged(session, sister, VULNERABLE, EMERGING, starts_on=first, languages="Polish"),
    ]
    for closed, community in zip((place, sister), polish, strict=True):
        close_unit(session, closed, on=YESTERDAY, taken_over_by=[merged])
        carry_over(session, closed=closed, to={community.id: ["N5"]}, ended=[], stamp=stamp)
    (there,) = communities_of(session, [merged.id])
    assert {(each.flag, each.starts_on) for each in there.flags} == {(EMERGING, DAY), (VULNERABLE, DAY)}
    assert there.languages == "Polish"


def test_what_waits_longer_than_its_successor_stands_is_carried_to_those_that_took_over_in_the_end(
    session: Session, place: Unit, stamp: Stamp
) -> None:
    assert place.parent is not None
    polish = add(session, place, starts_on=DAY - timedelta(days=30))
    middle = make.neighbourhood(session, under=place.parent, code="N4", opened_on=YESTERDAY)
    last = make.neighbourhood(session, under=place.parent, code="N5", opened_on=DAY)
    close_unit(session, place, on=YESTERDAY - timedelta(days=1), taken_over_by=[middle])
    close_unit(session, middle, on=YESTERDAY, taken_over_by=[last])
    with pytest.raises(NotASuccessor):
        carry_over(session, closed=place, to={polish.id: ["N4"]}, ended=[], stamp=stamp)
    carry_over(session, closed=place, to={polish.id: ["N5"]}, ended=[], stamp=stamp)
    assert names(session, last) == ["Polish"]


def test_nothing_is_carried_over_twice_nor_to_somebody_else(
    session: Session, split: tuple[Unit, Sequence[Unit]], stamp: Stamp
) -> None:
    closed, _ = split
    make.neighbourhood(session, code="N9")
    polish = next(each.id for each in left_behind(session, closed) if each.name == "Polish")
    with pytest.raises(NotASuccessor):
        carry_over(session, closed=closed, to={polish: ["N9"]}, ended=[], stamp=stamp)
    carry_over(session, closed=closed, to={polish: ["N2"]}, ended=[], stamp=stamp)
    with pytest.raises(CarriedMeanwhile):
        carry_over(session, closed=closed, to={polish: ["N3"]}, ended=[], stamp=stamp)
