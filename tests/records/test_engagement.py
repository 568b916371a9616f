"""Contacts, patrols, five a day and the mix on record."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import Account
from npt.categories.actions import change_category
from npt.categories.models import Category
from npt.categories.queries import category_coded
from npt.categories.rules import CategoryClosed
from npt.communities.actions import NeighbourhoodNotOpen, NotANeighbourhood, add_community, record_population
from npt.communities.models import Community
from npt.communities.rules import CodeSystem, CommunityKind
from npt.data_protection.actions import forget
from npt.data_protection.queries import person_named
from npt.engagement.actions import (
    AnswerPromised,
    CommunityElsewhere,
    ContactFacts,
    PatrolFacts,
    change_contact,
    check_mix,
    record_contact,
    record_patrol,
    remove_contact,
    set_target,
    sign_nil,
)
from npt.engagement.models import AskedNobody, AskingTarget, Contact, ContactWords
from npt.engagement.queries import (
    ContactsAsked,
    asking_days,
    checks_of,
    contact_in,
    contact_mix,
    contacts_under,
    not_spoken_to,
    own_day,
    silent_streets,
    unheard_communities,
)
from npt.engagement.rules import Asker, AskingState, BadContactText, PatrolMode
from npt.kin.models import Encounter
from npt.kit.paging import Page
from npt.kit.stamps import Stamp
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.phone.actions import ReferenceUsed, Sending
from npt.places.models import Street
from npt.places.rules import street_key
from npt.work.models import Clock
from tests import make

NOW = datetime(2026, 11, 16, 14, 30, tzinfo=UTC)
TODAY = date(2026, 11, 16)
HOUR = timedelta(hours=1)


class Patch(NamedTuple):
    """A team with two neighbourhoods, a PCSO with an account, and a neighbourhood of another team."""

    bcu: Unit
    team: Unit
    places: tuple[Unit, Unit]
    elsewhere: Unit
    pcso: Member
    account: Account


@pytest.fixture
def patch(session: Session) -> Patch:
    bcu = make.bcu(session, under=make.force(session, code="F"), code="C")
    area = make.area(session, under=bcu, code="A")
    team, other = make.team(session, under=area, code="T1"), make.team(session, under=area, code="T2")
    places = tuple(make.neighbourhood(session, under=team, code=code) for code in ("N1", "N2"))
    pcso = make.member(session, role=PolicingRole.PCSO, team=team)
    account = make.account(session, role=Role.PCSO, unit=team, member=pcso)
    found = Patch(
        bcu, team, (places[0], places[1]), make.neighbourhood(session, under=other, code="N3"), pcso, account
    )
    session.commit()
    return found


def sending(patch: Patch, reference: str | None = None, typed_at: datetime | None = None) -> Sending:
    return Sending(Stamp(patch.account.id, NOW), patch.pcso, reference, typed_at)


def speak(session: Session, patch: Patch, reference: str | None = None, **said: object) -> Contact:
    facts = ContactFacts(**{"neighbourhood": patch.places[0], **said})  # type: ignore[arg-type]  # by name
    return record_contact(session, facts=facts, sending=sending(patch, reference))[0]


def test_a_reference_that_was_sent_again_is_kept_once(session: Session, patch: Patch) -> None:
    first = speak(session, patch, "r1")
    again, is_new = record_contact(
        session, facts=ContactFacts(patch.places[1], words="Other"), sending=sending(patch, "r1")
    )
    assert (again.id, is_new, again.unit_id) == (first.id, False, patch.places[0].id)


def test_the_database_itself_keeps_a_reference_once(session: Session, patch: Patch) -> None:
    speak(session, patch, "r1")
    other = speak(session, patch, "r2")
    with pytest.raises(Exception, match=r"community_contact[._]reference"):
        session.execute(update(Contact).where(Contact.id == other.id).values(reference="r1"))


def test_a_reference_of_another_account_is_refused(session: Session, patch: Patch) -> None:
    speak(session, patch, "r1")
    with pytest.raises(ReferenceUsed):
        record_contact(
            session, facts=ContactFacts(patch.places[0]), sending=Sending(Stamp(None, NOW), None, "r1")
        )


def test_a_promise_opens_a_matter_with_a_clock_of_72_hours_on_whoever_spoke(
    session: Session, patch: Patch
) -> None:
    contact = speak(session, patch, at=NOW - 5 * HOUR, wants_answer=True)
    clock = session.scalars(select(Clock)).one()
    assert (clock.matter_id, clock.owner_member_id) == (contact.matter_id, patch.pcso.id)
    assert clock.due_at == contact.at + 72 * HOUR
    reference = session.scalars(select(Matter.reference)).one()
    found = contact_in(session, patch.team.path, reference)
    assert found is not None
    assert found.id == contact.id
    assert contact_in(session, patch.elsewhere.path, reference) is None
    with pytest.raises(AnswerPromised):
        remove_contact(session, contact, expected_version=contact.version)


def test_a_contact_is_refused_where_no_neighbourhood_stands(session: Session, patch: Patch) -> None:
    with pytest.raises(NotANeighbourhood):
        speak(session, patch, neighbourhood=patch.team)
    with pytest.raises(NeighbourhoodNotOpen):
        speak(session, patch, at=datetime(2001, 1, 1, tzinfo=UTC))


def test_a_community_of_another_neighbourhood_and_a_closed_category_are_refused(
    session: Session, patch: Patch
) -> None:
    polish = _community(session, patch, patch.places[1])
    with pytest.raises(CommunityElsewhere):
        speak(session, patch, community=polish)
    noise = category_coded(session, "noise")
    assert noise is not None
    change_category(session, noise, name="Noise", closed_on=TODAY - timedelta(days=1))
    with pytest.raises(CategoryClosed):
        speak(session, patch, category=noise)


def test_a_contact_of_a_closed_category_can_still_be_corrected(session: Session, patch: Patch) -> None:
    noise = session.scalars(select(Category).where(Category.code == "noise")).one()
    speak(session, patch, "r1", category=noise)
    noise.closed_on = TODAY - timedelta(days=1)
    contact = contact_in(session, patch.team.path, "r1")
    assert contact is not None
    change_contact(
        session,
        contact,
        facts=ContactFacts(patch.places[0], category=noise, words="Loud"),
        stamp=Stamp(patch.account.id, NOW),
    )
    assert contact.words == "Loud"


def test_words_go_with_a_correction_and_with_the_contact(session: Session, patch: Patch) -> None:
    speak(session, patch, "r1", words="Music")
    contact = contact_in(session, patch.team.path, "r1")
    assert contact is not None
    change_contact(session, contact, facts=ContactFacts(patch.places[0]), stamp=Stamp(patch.account.id, NOW))
    assert session.scalars(select(ContactWords)).all() == []
    remove_contact(session, contact, expected_version=contact.version)
    assert session.scalars(select(Contact)).all() == []


def test_a_key_individual_is_noted_as_met_and_the_note_follows_corrections(
    session: Session, patch: Patch
) -> None:
    ann, ben = (make.key_individual(session, unit=patch.places[0], name=name) for name in ("Ann", "Ben"))
    stamp = Stamp(patch.account.id, NOW)
    speak(session, patch, "r1", individual_id=ann.id, words="Bins")
    contact = contact_in(session, patch.team.path, "r1")
    assert contact is not None
    assert contact.individual is not None
    assert contact.individual.id == ann.id
    facts = ContactFacts(patch.places[0], individual_id=ben.id)
    change_contact(session, contact, facts=facts, stamp=stamp)
    assert [each.individual_id for each in session.scalars(select(Encounter))] == [ben.id]
    remove_contact(session, contact, expected_version=contact.version)
    assert session.scalars(select(Encounter)).all() == []


def test_what_somebody_said_goes_with_them_and_the_contact_stays(session: Session, patch: Patch) -> None:
    ann, ben = (make.key_individual(session, unit=patch.places[0], name=name) for name in ("Ann", "Ben"))
    speak(session, patch, "r1", individual_id=ann.id, words="Ann at number 7 hears the bins")
    speak(session, patch, "r2", individual_id=ben.id, words="Ben hears nothing")
    person = person_named(session, f"key_individual:{ann.reference}")
    forget(session, person, today=TODAY, now=NOW, also_current=True)
    assert session.scalars(select(ContactWords.words)).all() == ["Ben hears nothing"]
    assert session.scalars(select(Contact.reference).order_by(Contact.reference)).all() == ["r1", "r2"]


def test_a_list_of_contacts_is_that_of_the_unit_and_of_what_is_asked(session: Session, patch: Patch) -> None:
    speak(session, patch, "r1", ethnicity="A")
    speak(session, patch, "r2", at=NOW - timedelta(days=40))
    speak(session, patch, "r3", neighbourhood=patch.elsewhere)
    asked = ContactsAsked(first_on=TODAY - timedelta(days=27), ethnicity="A", member=patch.pcso.number)
    found = contacts_under(session, patch.team.path, asked, page=Page(1, 50))
    assert [each.reference for each in found.rows] == ["r1"]


# Five a day -------------------------------------------------------------------------------------------------


def target(session: Session, patch: Patch, people: int = 5) -> AskingTarget:
    return set_target(
        session,
        unit=patch.bcu,
        asker=Asker.PCSO,
        people=people,
        starts_on=date(2026, 11, 1),
        stamp=Stamp(patch.account.id, NOW),
    )


def test_a_target_set_again_for_its_day_is_replaced(session: Session, patch: Patch) -> None:
    target(session, patch)
    target(session, patch, 4)
    assert session.scalars(select(AskingTarget.people)).all() == [4]


def test_days_come_out_by_shifts_time_away_contacts_and_signatures(session: Session, patch: Patch) -> None:
    target(session, patch, 2)
    for day in range(9, 14):
        make.shift(
            session, member=patch.pcso, starts=f"2026-11-{day:02}T08:00", ends=f"2026-11-{day:02}T16:00"
        )
    shift = make.shift(session, member=patch.pcso, starts="2026-11-14T22:00", ends="2026-11-15T06:00")
    lost = make.shift(session, member=patch.pcso, starts="2026-11-15T14:00", ends="2026-11-15T22:00")
    make.away(session, shift=lost, ends="2026-11-15T19:00", reason="custody")
    make.away(session, shift=shift, ends="2026-11-14T23:00", reason="leave")
    for number, at in enumerate(
        ("2026-11-09T09:00", "2026-11-09T10:00", "2026-11-10T09:00", "2026-11-15T01:00")
    ):
        speak(session, patch, f"r{number}", at=datetime.fromisoformat(f"{at}+00:00"))
    stamp = Stamp(patch.account.id, NOW)
    sign_nil(session, member=patch.pcso, on=date(2026, 11, 11), reason="Search", stamp=stamp)
    days = asking_days(session, patch.team.path, date(2026, 11, 9), date(2026, 11, 15))
    assert [(each.on.day, each.day.state, each.day.asked) for each in days] == [
        (9, AskingState.MET, 2),
        (10, AskingState.SHORT, 1),
        (11, AskingState.NIL, 0),
        (12, AskingState.NOT_RECORDED, 0),
        (13, AskingState.NOT_RECORDED, 0),
        (14, AskingState.SHORT, 1),
        (15, AskingState.ABSTRACTED, 0),
    ]
    own = own_day(session, patch.pcso.id, date(2026, 11, 9))
    assert own == days[0]


def test_without_a_target_nobody_is_expected(session: Session, patch: Patch) -> None:
    make.shift(session, member=patch.pcso, starts="2026-11-09T08:00", ends="2026-11-09T16:00")
    assert asking_days(session, patch.team.path, date(2026, 11, 9), TODAY) == []
    assert own_day(session, patch.pcso.id, date(2026, 11, 9)) is None


def test_a_day_is_signed_once_with_its_last_reason(session: Session, patch: Patch) -> None:
    stamp = Stamp(patch.account.id, NOW)
    for reason in ("Search", "Court"):
        sign_nil(session, member=patch.pcso, on=TODAY, reason=reason, stamp=stamp)
    assert session.scalars(select(AskedNobody.reason)).all() == ["Court"]
    with pytest.raises(BadContactText):
        sign_nil(session, member=patch.pcso, on=TODAY, reason=" ", stamp=stamp)


# The mix ----------------------------------------------------------------------------------------------------


def _community(
    session: Session, patch: Patch, place: Unit, name: str = "Polish", share: Decimal | None = None
) -> Community:
    return add_community(
        session,
        neighbourhood=place,
        name=name,
        kind=CommunityKind.ETHNIC,
        share=share,
        as_at=None if share is None else make.START,
        source=None if share is None else "Census",
        starts_on=make.START,
        stamp=Stamp(patch.account.id, NOW),
        today=TODAY,
    )


def test_the_mix_holds_contacts_against_the_people_and_leaves_out_who_was_not_asked(
    session: Session, patch: Patch
) -> None:
    for place in patch.places:
        record_population(
            session,
            neighbourhood=place,
            as_at=date(2021, 3, 21),
            codes=CodeSystem.EIGHTEEN,
            source="Census",
            people={"W": 70, "A": 12, "B": 10, "M": 5, "O": 3},
            today=TODAY,
        )
    polish = _community(session, patch, patch.places[0])
    for number in range(60):
        speak(session, patch, f"w{number}", ethnicity="W1", community=polish if number == 0 else None)
    for number, ethnicity in enumerate(("NS", None, None)):
        speak(session, patch, f"n{number}", neighbourhood=patch.places[1], ethnicity=ethnicity)
    speak(session, patch, "old", at=NOW - timedelta(days=200), ethnicity="A")
    speak(session, patch, "other", neighbourhood=patch.elsewhere, ethnicity="A")
    mix, one = contact_mix(session, patch.team, TODAY - timedelta(days=90), TODAY, [patch.places[1]])
    rows = {row.name: row for row in mix.ethnicities.rows}
    asian = rows["Asian or Asian British"]
    assert (mix.contacts, mix.ethnicities.of) == (63, 60)
    assert (mix.ethnicities.not_stated, mix.ethnicities.not_asked) == (1, 2)
    assert (asian.heard, asian.expected, asian.in_words) == (0, 60 * asian.share, "under")  # type: ignore[operator]  # known here
    assert [(row.name, row.heard) for row in mix.communities.rows] == [("Polish", 1)]
    assert (one.contacts, one.ethnicities.of) == (3, 0)


def test_who_was_not_asked_of_their_community_says_nothing_of_it(session: Session, patch: Patch) -> None:
    polish = _community(session, patch, patch.places[0], share=Decimal(10))
    for number in range(300):
        speak(session, patch, f"n{number}", ethnicity="W", street=None)
    for number in range(4):
        speak(session, patch, f"c{number}", ethnicity="W", community=polish)
    for number in range(36):
        speak(session, patch, f"o{number}", is_of_none=True)
    (mix,) = contact_mix(session, patch.places[0], TODAY, TODAY)
    (row,) = mix.communities.rows
    assert (mix.contacts, row.heard, row.of, mix.communities.not_asked) == (340, 4, 40, 300)
    assert (row.expected, row.in_words) == (Fraction(4), "too few to say")


def test_a_community_of_which_nobody_was_heard_is_under_among_those_who_were_asked(
    session: Session, patch: Patch
) -> None:
    _community(session, patch, patch.places[0], share=Decimal(10))
    for number in range(60):
        speak(session, patch, f"o{number}", is_of_none=True)
    (mix,) = contact_mix(session, patch.places[0], TODAY, TODAY)
    assert [(row.name, row.of, row.in_words) for row in mix.communities.under] == [("Polish", 60, "under")]


def test_nobody_is_both_of_a_community_and_of_none(session: Session, patch: Patch) -> None:
    polish = _community(session, patch, patch.places[0])
    with pytest.raises(IntegrityError, match="is_of_a_community_or_of_none"):
        speak(session, patch, community=polish, is_of_none=True)


def test_who_checked_the_mix_and_what_is_to_be_done_is_kept(session: Session, patch: Patch) -> None:
    stamp = Stamp(patch.account.id, NOW)
    check_mix(session, unit=patch.team, first_on=TODAY, last_on=TODAY, to_do="Nothing", stamp=stamp)
    (check,) = checks_of(session, patch.team)
    assert (check.checked_by.id, check.to_do) == (patch.account.id, "Nothing")
    assert checks_of(session, patch.bcu) == []


def test_a_community_is_not_heard_without_a_voice_or_after_90_days(session: Session, patch: Patch) -> None:
    never, lately, long_ago, spoken_for = (
        _community(session, patch, patch.places[0], name) for name in ("Never", "Lately", "Long ago", "Voice")
    )
    for community, days in ((lately, 90), (long_ago, 91), (spoken_for, 1)):
        make.key_individual(session, unit=patch.places[0], name=community.name, communities=[community])
        speak(session, patch, community=community, at=NOW - timedelta(days=days))
    found = unheard_communities(session, patch.team.path, TODAY)
    assert [each.community.name for each in found] == ["Never", "Long ago"]
    assert [each.community.id for each in found] == [never.id, long_ago.id]
    assert not_spoken_to(session, patch.team.path, TODAY) == sum(each.is_silent for each in found) == 2


def test_a_community_that_was_carried_over_keeps_what_was_heard_of_it(session: Session, patch: Patch) -> None:
    before = _community(session, patch, patch.places[0])
    speak(session, patch, community=before)
    after = _community(session, patch, patch.places[1])
    after.carried_from_id = before.id
    session.flush()
    found = {each.community.id: each.last for each in unheard_communities(session, patch.team.path, TODAY)}
    assert found[after.id] == TODAY
    assert not_spoken_to(session, patch.team.path, TODAY) == 0


def test_a_street_is_silent_until_somebody_speaks_there_or_a_patrol_names_it(
    session: Session, patch: Patch
) -> None:
    for name in ("Mill Lane", "High Street", "Oak Road"):
        session.add(
            Street(name=name, search_key=street_key(name), lat=1, lng=1, neighbourhood_id=patch.places[0].id)
        )
    speak(session, patch, street="Mill Ln", at=NOW - timedelta(days=60))
    walk = PatrolFacts(
        patch.places[0], NOW - 2 * HOUR, NOW - HOUR, PatrolMode.FOOT, None, "High Street: bins"
    )
    record_patrol(session, facts=walk, sending=sending(patch))
    found = silent_streets(session, patch.team.path, TODAY, 60)
    assert [(each.name, each.last) for each in found] == [("Oak Road", None)]
    later = silent_streets(session, patch.team.path, TODAY + timedelta(days=1), 60)
    assert {each.name for each in later} == {"Oak Road", "Mill Lane"}
