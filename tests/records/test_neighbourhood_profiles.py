"""Profiles on record: written, put back, signed, kept, overdue, carried over."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import Account
from npt.kit.stamps import Stamp
from npt.organisation.actions import close_unit
from npt.organisation.models import Unit
from npt.people.queries import postings_of
from npt.people.rules import PolicingRole
from npt.profiles.actions import (
    CarriedMeanwhile,
    NeighbourhoodNotOpen,
    NoSuchVersion,
    NotANeighbourhood,
    NotASuccessor,
    NothingChosen,
    NothingWritten,
    NotPostedHere,
    carry_over,
    keep_profile,
    restore_part,
    seen_of,
    sign_profile,
    write_part,
    written_part,
)
from npt.profiles.models import PartVersion, Profile, ProfileReview
from npt.profiles.queries import (
    kept_under,
    latest_parts,
    left_behind,
    profile_of,
    reviews_of,
    units_with_left_behind,
    versions_of,
)
from npt.profiles.rules import LONGEST_WORDS, BadReviewDate, BadWords, Keeping, Part
from npt.reorganisation.actions import Scene, carry_out, hanging
from npt.reorganisation.rules import Opening, Plan, ReviewKind
from npt.store.versions import Stale, StaleRecord
from tests import make

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def place(session: Session) -> Unit:
    """Neighbourhood N1 of team T1 in area A1."""
    team = make.team(session, under=make.area(session, code="A1"), code="T1")
    return make.neighbourhood(session, under=team, code="N1")


@pytest.fixture
def sergeant(session: Session, place: Unit) -> Account:
    return make.account(session, role=Role.SERGEANT, unit=place, email="s@f.example", name="Sam Sample")


@pytest.fixture
def stamp(sergeant: Account) -> Stamp:
    return Stamp(sergeant.id, NOW)


def write(session: Session, place: Unit, words: str, stamp: Stamp, part: Part = Part.ABOUT) -> None:
    write_part(session, place, part, words=words, stamp=stamp, today=TODAY)


def said(session: Session, place: Unit, part: Part = Part.ABOUT) -> list[str]:
    """What the versions of a part say, the latest first."""
    return [each.words for each in versions_of(session, place, part)]


# Written ----------------------------------------------------------------------------------------------------


def test_every_change_is_a_version_with_who_and_when(session: Session, place: Unit, stamp: Stamp) -> None:
    write(session, place, "One school.", stamp)
    write(session, place, "Two schools.", stamp)
    latest = versions_of(session, place, Part.ABOUT)[0]
    assert said(session, place) == ["Two schools.", "One school."]
    assert (latest.number, latest.written_by and latest.written_by.name, latest.written_at) == (
        2,
        "Sam Sample",
        NOW,
    )


def test_saving_what_it_says_already_makes_no_version(session: Session, place: Unit, stamp: Stamp) -> None:
    write(session, place, "One school.", stamp)
    again = write_part(session, place, Part.ABOUT, words=" One school.\n", stamp=stamp, today=TODAY)
    assert (again, len(said(session, place))) == (None, 1)


def test_whoever_saw_an_older_version_is_told(session: Session, place: Unit, stamp: Stamp) -> None:
    write(session, place, "One school.", stamp)
    for seen in (0, 2):
        with pytest.raises(StaleRecord):
            write_part(
                session, place, Part.ABOUT, words="Mine.", stamp=stamp, today=TODAY, expected_version=seen
            )
    assert said(session, place) == ["One school."]


def test_an_old_version_is_put_back_as_a_new_one(session: Session, place: Unit, stamp: Stamp) -> None:
    for words in ("One.", "Two.", "Three."):
        write(session, place, words, stamp)
    made = restore_part(session, place, Part.ABOUT, number=1, stamp=stamp, today=TODAY, expected_version=3)
    assert (made.number, made.restored_number) == (4, 1)
    assert said(session, place) == ["One.", "Three.", "Two.", "One."]


@pytest.mark.parametrize("number", [2, 9])
def test_the_present_version_and_none_at_all_cannot_be_put_back(
    session: Session, place: Unit, stamp: Stamp, number: int
) -> None:
    write(session, place, "One.", stamp)
    write(session, place, "Two.", stamp)
    with pytest.raises(NoSuchVersion):
        restore_part(session, place, Part.ABOUT, number=number, stamp=stamp, today=TODAY)


def test_parts_are_apart(session: Session, place: Unit, stamp: Stamp) -> None:
    write(session, place, "One school.", stamp)
    write(session, place, "The market.", stamp, Part.KEY_LOCATIONS)
    found = latest_parts(session, [place.id])
    assert {part: each.words for (_, part), each in found.items()} == {
        Part.ABOUT: "One school.",
        Part.KEY_LOCATIONS: "The market.",
    }


def test_a_team_and_a_closed_neighbourhood_are_not_written_of(
    session: Session, place: Unit, stamp: Stamp
) -> None:
    team = session.get_one(Unit, place.parent_id)
    with pytest.raises(NotANeighbourhood):
        write(session, team, "A team.", stamp)
    close_unit(session, place, on=YESTERDAY, taken_over_by=[])
    with pytest.raises(NeighbourhoodNotOpen):
        write(session, place, "Too late.", stamp)


def test_too_long_a_part_is_refused(session: Session, place: Unit, stamp: Stamp) -> None:
    write(session, place, "x" * LONGEST_WORDS, stamp)
    with pytest.raises(BadWords):
        write(session, place, "x" * (LONGEST_WORDS + 1), stamp)


# Owner, review ----------------------------------------------------------------------------------------------


def test_a_new_profile_is_reviewed_within_a_year(session: Session, place: Unit, stamp: Stamp) -> None:
    write(session, place, "One school.", stamp)
    (kept,) = kept_under(session, place, TODAY)
    assert (kept.keeping, kept.due_on, kept.reviewed_on) == (Keeping.CURRENT, date(2027, 11, 16), None)


def test_the_owner_is_posted_to_the_team_or_the_area(session: Session, place: Unit) -> None:
    team = session.get_one(Unit, place.parent_id)
    pcso = make.member(session, number="1", role=PolicingRole.PCSO, team=team)
    stranger = make.member(session, number="2", role=PolicingRole.PCSO, team=make.team(session, code="T9"))
    due = date(2027, 3, 1)
    kept = keep_profile(session, place, owner=pcso, review_due_on=due, today=TODAY, expected_version=0)
    assert (kept.owner, kept.review_due_on) == (pcso, due)
    with pytest.raises(NotPostedHere):
        keep_profile(session, place, owner=stranger, review_due_on=due, today=TODAY)
    with pytest.raises(StaleRecord):
        keep_profile(session, place, owner=None, review_due_on=due, today=TODAY, expected_version=0)
    with pytest.raises(BadReviewDate):
        keep_profile(session, place, owner=None, review_due_on=date(2028, 1, 1), today=TODAY)


def test_an_owner_who_left_the_team_stays_until_another_is_chosen(session: Session, place: Unit) -> None:
    team = session.get_one(Unit, place.parent_id)
    pcso = make.member(session, number="1", role=PolicingRole.PCSO, team=team)
    due = date(2027, 3, 1)
    keep_profile(session, place, owner=pcso, review_due_on=due, today=TODAY)
    for posting in postings_of(session, pcso.id):
        posting.ends_on = YESTERDAY
    keep_profile(session, place, owner=pcso, review_due_on=date(2027, 2, 1), today=TODAY)
    found = profile_of(session, place)
    assert found is not None
    assert (found.owner, found.review_due_on) == (pcso, date(2027, 2, 1))


def test_an_overdue_profile_keeps_its_date_when_only_the_owner_changes(
    session: Session, place: Unit, stamp: Stamp
) -> None:
    write(session, place, "One school.", stamp)
    later = date(2027, 12, 1)
    kept = keep_profile(session, place, owner=None, review_due_on=date(2027, 11, 16), today=later)
    assert kept.review_due_on == date(2027, 11, 16)


def test_signed_as_still_right_it_is_due_in_a_year_again(session: Session, place: Unit, stamp: Stamp) -> None:
    write(session, place, "One school.", stamp)
    later = date(2027, 12, 1)
    (kept,) = kept_under(session, place, later)
    assert kept.keeping is Keeping.OVERDUE
    for _ in range(2):  # pressed twice it is one signature
        sign_profile(session, place, stamp=stamp, today=later, seen=seen_of(session, place))
    (kept,) = kept_under(session, place, later)
    assert (kept.keeping, kept.reviewed_on, kept.due_on) == (Keeping.CURRENT, later, date(2028, 12, 1))
    profile = profile_of(session, place)
    assert profile is not None
    assert [each.reviewed_by.name for each in reviews_of(session, profile)] == ["Sam Sample"]


def test_nobody_signs_what_somebody_changed_meanwhile(session: Session, place: Unit, stamp: Stamp) -> None:
    write(session, place, "One school.", stamp)
    seen = seen_of(session, place)
    write(session, place, "Two schools.", stamp)
    with pytest.raises(Stale):
        sign_profile(session, place, stamp=stamp, today=TODAY, seen=seen)
    assert session.scalars(select(ProfileReview)).all() == []


def test_nobody_signs_an_empty_profile(session: Session, place: Unit, stamp: Stamp) -> None:
    with pytest.raises(NothingWritten):
        sign_profile(session, place, stamp=stamp, today=TODAY, seen="none")


def test_neighbourhoods_without_a_profile_are_missing_since_they_opened(
    session: Session, place: Unit, stamp: Stamp
) -> None:
    team = session.get_one(Unit, place.parent_id)
    other = make.neighbourhood(session, under=team, code="N2")
    write(session, place, "One school.", stamp)
    found = kept_under(session, team, TODAY)
    assert [(each.neighbourhood, each.keeping) for each in found] == [
        (place, Keeping.CURRENT),
        (other, Keeping.MISSING),
    ]
    assert found[1].due_on == other.opened_on
    close_unit(session, other, on=YESTERDAY, taken_over_by=[place])
    assert len(kept_under(session, team, TODAY)) == 1


# Carried over -----------------------------------------------------------------------------------------------


@pytest.fixture
def heirs(session: Session, place: Unit, stamp: Stamp) -> list[Unit]:
    """N1, with two parts written, closed yesterday; N2 and N3 took over from it."""
    write_part(session, place, Part.ABOUT, words="The market.", stamp=stamp, today=YESTERDAY)
    write_part(session, place, Part.CRIME, words="Theft.", stamp=stamp, today=YESTERDAY)
    team = session.get_one(Unit, place.parent_id)
    heirs = [make.neighbourhood(session, under=team, code=code, opened_on=TODAY) for code in ("N2", "N3")]
    close_unit(session, place, on=YESTERDAY, taken_over_by=heirs)
    return heirs


def carry(session: Session, place: Unit, stamp: Stamp, to: dict[Part, list[str]], *left: Part) -> None:
    carry_over(session, closed=place, to=to, left=left, stamp=stamp, today=TODAY)


def test_what_nobody_decides_on_waits_with_the_closed_neighbourhood(
    session: Session, place: Unit, heirs: list[Unit], stamp: Stamp
) -> None:
    team = session.get_one(Unit, place.parent_id)
    assert units_with_left_behind(session, team.path) == [place]
    carry(session, place, stamp, {Part.ABOUT: ["N2", "N3"]})
    assert [each.part for each in left_behind(session, place)] == [Part.CRIME]
    carry(session, place, stamp, {}, Part.CRIME)
    assert left_behind(session, place) == []
    assert units_with_left_behind(session, team.path) == []
    assert [said(session, each) for each in heirs] == [["The market."], ["The market."]]
    assert said(session, heirs[0], Part.CRIME) == []
    assert said(session, place, Part.CRIME) == ["Theft."]


def test_words_come_below_those_that_are_there_and_say_where_they_are_from(
    session: Session, place: Unit, heirs: list[Unit], stamp: Stamp
) -> None:
    write(session, heirs[0], "Shops.", stamp)
    carry(session, place, stamp, {Part.ABOUT: ["N2"]})
    latest, first = versions_of(session, heirs[0], Part.ABOUT)
    assert latest.words == f"Shops.\n\nFrom {place.name}, closed on 15 November 2026:\nThe market."
    assert first.words == "Shops."
    assert latest.carried_from_id == versions_of(session, place, Part.ABOUT)[0].id


def test_words_that_do_not_fit_stop_all_of_it(
    session: Session, place: Unit, heirs: list[Unit], stamp: Stamp
) -> None:
    write(session, heirs[0], "x" * LONGEST_WORDS, stamp)
    session.commit()
    with pytest.raises(BadWords, match="shorten one of the two") as refusal:
        carry(session, place, stamp, {Part.ABOUT: ["N3", "N2"]})
    session.rollback()
    assert refusal.value.field == "part_about"
    assert (len(left_behind(session, place)), said(session, heirs[1])) == (2, [])


def test_only_those_that_took_over_get_anything_and_each_part_once(
    session: Session, place: Unit, heirs: list[Unit], stamp: Stamp
) -> None:
    with pytest.raises(NothingChosen):
        carry(session, place, stamp, {})
    with pytest.raises(NotASuccessor):
        carry(session, place, stamp, {Part.ABOUT: ["T1"]})
    carry(session, place, stamp, {Part.ABOUT: ["N2"]})
    with pytest.raises(CarriedMeanwhile):
        carry(session, place, stamp, {Part.ABOUT: ["N2"]})
    assert said(session, heirs[0]) == ["The market."]


def test_words_that_wait_while_their_successor_closes_too_go_to_those_that_took_over_in_the_end(
    session: Session, place: Unit, stamp: Stamp
) -> None:
    write(session, place, "The market.", stamp)
    team = session.get_one(Unit, place.parent_id)
    middle = make.neighbourhood(session, under=team, code="N2", opened_on=YESTERDAY)
    last = make.neighbourhood(session, under=team, code="N3", opened_on=TODAY)
    close_unit(session, place, on=YESTERDAY - timedelta(days=1), taken_over_by=[middle])
    close_unit(session, middle, on=YESTERDAY, taken_over_by=[last])
    carry(session, place, stamp, {Part.ABOUT: ["N3"]})
    assert said(session, last) == ["The market."]
    assert left_behind(session, place) == []


def test_in_a_review_of_boundaries_each_part_goes_where_it_is_sent(
    session: Session, place: Unit, stamp: Stamp
) -> None:
    write(session, place, "The market.", stamp)
    write(session, place, "Theft.", stamp, Part.CRIME)
    team = session.get_one(Unit, place.parent_id)
    openings = tuple(Opening(code, code, "T1", None) for code in ("N2", "N3"))
    plan = Plan(ReviewKind.SPLIT, TODAY, ("N1",), openings)
    scene = Scene(session, plan, {"N1": place}, {"T1": team}, stamp, TODAY, lambda *_: True)
    seen = hanging(scene, is_held=True)
    lines = {line.words: line for line in seen.lines}
    about = lines[f"The neighbourhood, {place.name}: The market."]
    assert about.usual == ("to:N2", "to:N3")
    chosen = {line.name: line.usual for line in seen.lines}
    chosen[lines[f"Behind the figures, {place.name}: Theft."].name] = ("to:N3",)
    two, three = carry_out(scene, seen, chosen)
    assert (said(session, two), said(session, two, Part.CRIME)) == (["The market."], [])
    assert (said(session, three), said(session, three, Part.CRIME)) == (["The market."], ["Theft."])


def test_a_profile_never_loses_a_version(
    session: Session, place: Unit, heirs: list[Unit], stamp: Stamp
) -> None:
    before = set(session.scalars(select(PartVersion.id)))
    carry(session, place, stamp, {Part.ABOUT: ["N2"], Part.CRIME: ["N2", "N3"]})
    assert before <= set(session.scalars(select(PartVersion.id)))
    assert session.scalars(select(Profile.unit_id).order_by(Profile.unit_id)).all() == sorted(
        [place.id, *(each.id for each in heirs)]
    )
    assert written_part(session, heirs[1], Part.CRIME).words == "Theft."
