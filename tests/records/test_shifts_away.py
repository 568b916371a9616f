"""Recording who was taken off duty, correcting it, removing it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.journal.models import Entry
from npt.kit.clock import parse_instant
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.actions import change_member
from npt.people.models import Member
from npt.people.rules import MemberFacts
from npt.shifts.actions import (
    AwayEntry,
    NoteTooLong,
    NothingChosen,
    StaleDay,
    UnknownReason,
    record_away,
    remove_away,
)
from npt.shifts.actions.acts import names_in_words, summary_naming
from npt.shifts.models import Away
from npt.shifts.queries import away_in
from npt.shifts.rules import (
    AbstractionDuringAbsence,
    AwayOutsideShift,
    AwayOverlaps,
    EndsBeforeItStarts,
    NoLength,
    NoteMissing,
)
from tests import make
from tests.records.desk import DAY, NOW, Desk, sit_down


@pytest.fixture
def desk(session: Session) -> Desk:
    return sit_down(session)


def test_three_members_are_recorded_in_one_act(desk: Desk) -> None:
    act = desk.record(*(desk.entry("15:00", "18:00", number) for number in range(3)))
    assert desk.away() == [
        (number, "15:00 to 18:00", "response", None) for number in ("1001", "1002", "1003")
    ]
    assert act.summary == (
        "Response to incidents recorded for Ann Example, Ben Example and Cas Example, 15:00 to 18:00"
    )
    assert [line.summary for line in desk.grid().acts] == [act.summary]


def test_a_shift_may_be_away_as_a_whole_and_times_may_touch(desk: Desk) -> None:
    desk.record(desk.entry("14:00", "18:00"), desk.entry("18:00", "22:00"))
    assert [when for _, when, _, _ in desk.away()] == ["14:00 to 18:00", "18:00 to 22:00"]


@pytest.mark.parametrize(
    ("starts", "ends", "refusal"),
    [
        ("13:59", "15:00", AwayOutsideShift),
        ("21:00", "22:01", AwayOutsideShift),
        ("15:00", "15:00", NoLength),
        ("16:00", "15:00", EndsBeforeItStarts),
    ],
)
def test_times_that_do_not_lie_in_the_shift_are_refused_naming_the_member(
    desk: Desk, starts: str, ends: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal, match=r"Ben Example \(1002\)"):
        desk.record(desk.entry("15:00", "16:00"), desk.entry(starts, ends, 1))
    assert desk.away() == []


def test_overlapping_time_away_is_refused_with_member_and_local_times(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"))
    with pytest.raises(AwayOverlaps, match=r"Ann Example .*17:59 to 19:00 overlaps.*15:00 to 18:00"):
        desk.record(desk.entry("17:59", "19:00"))


def test_entries_of_one_form_may_not_overlap_each_other(desk: Desk) -> None:
    with pytest.raises(AwayOverlaps):
        desk.record(desk.entry("15:00", "18:00"), desk.entry("17:00", "19:00"))


def test_nobody_is_abstracted_during_an_absence(desk: Desk) -> None:
    desk.record(desk.entry("14:00", "16:00"), reason="sickness")
    with pytest.raises(AbstractionDuringAbsence, match="Ann Example"):
        desk.record(desk.entry("15:00", "17:00"))


def test_nobody_is_absent_during_an_abstraction(desk: Desk) -> None:
    desk.record(desk.entry("14:00", "16:00"))
    with pytest.raises(AbstractionDuringAbsence):
        desk.record(desk.entry("15:00", "17:00"), reason="leave")


def test_other_needs_a_note_and_keeps_it(desk: Desk) -> None:
    with pytest.raises(NoteMissing):
        desk.record(desk.entry("15:00", "16:00"), reason="other", note="  ")
    desk.record(desk.entry("15:00", "16:00"), reason="other", note=" Searching for a child 🧒 ")
    assert desk.away()[0][3] == "Searching for a child 🧒"


def test_a_note_has_a_thousand_characters_at_most(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "16:00"), note="é" * 1000)
    with pytest.raises(NoteTooLong):
        desk.record(desk.entry("17:00", "18:00"), note="é" * 1001)


def test_an_unknown_reason_and_an_empty_choice_are_refused(desk: Desk) -> None:
    with pytest.raises(UnknownReason):
        desk.record(desk.entry("15:00", "16:00"), reason="holiday")
    with pytest.raises(NothingChosen):
        desk.record()


def test_time_away_in_a_night_across_the_october_change_has_its_real_minutes(session: Session) -> None:
    made = make.shift(session, starts="2026-10-24T22:00", ends="2026-10-25T07:00")
    record_away(
        session,
        stamp=Stamp(make.account(session).id, NOW),
        unit=session.get_one(Unit, made.unit_id),
        day=made.on_date,
        entries=[
            AwayEntry(
                made.id,
                parse_instant("2026-10-25T00:30").instant,
                parse_instant("2026-10-25T02:30").instant,
            )
        ],
        reason="night-time-economy",
        note=None,
        expected={made.id: 1},
    )
    assert session.scalar(select(Away.minutes)) == 180


def test_time_away_is_corrected_in_place(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"))
    before = desk.only_away()
    desk.correct(before, "15:30", "17:00", reason="custody", note="Ended early")
    after = desk.only_away()
    assert (after.id, after.version) == (before.id, before.version + 1)
    assert desk.away() == [("1001", "15:30 to 17:00", "custody", "Ended early")]


def test_a_correction_is_held_to_the_same_rules(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "16:00"), desk.entry("18:00", "19:00"))
    first = desk.grid().shifts[0].away[0]
    with pytest.raises(AwayOverlaps):
        desk.correct(first, "15:00", "18:01")
    with pytest.raises(AwayOutsideShift):
        desk.correct(first, "13:00", "16:00")
    with pytest.raises(NoteMissing):
        desk.correct(first, "15:00", "16:00", reason="other")


def test_a_correction_of_what_somebody_else_corrected_is_stale(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"))
    seen = desk.only_away()
    desk.correct(seen, "15:00", "17:00")
    with pytest.raises(StaleDay):
        desk.correct(seen, "15:00", "16:00")
    assert desk.away() == [("1001", "15:00 to 17:00", "response", None)]


def test_removing_what_is_gone_is_stale(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"))
    seen = desk.only_away()
    desk.remove(seen)
    assert desk.away() == []
    with pytest.raises(StaleDay):
        desk.remove(seen)


def test_time_away_of_another_team_is_not_found_through_this_one(desk: Desk) -> None:
    elsewhere = make.away(desk.session)
    assert away_in(desk.session, desk.team, elsewhere.id) is None
    with pytest.raises(StaleDay):
        remove_away(
            desk.session,
            stamp=Stamp(desk.by.id, NOW),
            unit=desk.team,
            day=DAY,
            away_id=elsewhere.id,
            expected_version=1,
        )


def test_every_change_of_time_away_gives_its_shift_a_new_version(desk: Desk) -> None:
    act = desk.record(desk.entry("15:00", "18:00"))
    desk.correct(desk.only_away(), "15:00", "17:00")
    desk.remove(desk.only_away())
    assert act.id
    assert [desk.grid().versions[shift.id] for shift in desk.shifts] == [4, 1, 1]


def test_a_summary_names_three_and_counts_the_others() -> None:
    names = ["Ann Lee", "Bea Obi", "Cy Day", "Dee Fox", "Ed Gray"]
    assert names_in_words(names) == "Ann Lee, Bea Obi, Cy Day and 2 others"
    assert names_in_words(names[:4]) == "Ann Lee, Bea Obi, Cy Day and 1 other"
    assert names_in_words(names[:3]) == "Ann Lee, Bea Obi and Cy Day"
    assert names_in_words(names[:1]) == "Ann Lee"


def test_a_summary_names_as_many_as_it_has_room_for() -> None:
    names = [letter * 100 for letter in "ABC"]
    assert summary_naming(names, lambda whom: f"Event for {whom}") == f"Event for {'A' * 100} and 2 others"
    assert summary_naming(["A" * 200], lambda whom: f"Event for {whom}") == "Event for 1 member"


def test_an_act_on_the_morning_after_a_night_says_its_day(session: Session) -> None:
    team = make.team(session)
    night = make.shift(
        session,
        member=make.member(session, name="Nia Example", team=team),
        starts="2026-11-16T22:00",
        ends="2026-11-17T07:00",
    )
    act = record_away(
        session,
        stamp=Stamp(make.account(session).id, NOW),
        unit=team,
        day=DAY,
        entries=[
            AwayEntry(night.id, *(parse_instant(f"2026-11-17T{time}").instant for time in ("01:00", "03:00")))
        ],
        reason="custody",
        note=None,
        expected={night.id: night.version},
    )
    assert act.summary == "Custody recorded for Nia Example, 01:00 to 03:00 on 17 November 2026"


def test_what_was_corrected_and_removed_names_the_member(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"))
    corrected = desk.correct(desk.only_away(), "15:00", "17:00")
    assert corrected.summary == "Response to incidents corrected for Ann Example, 15:00 to 17:00"
    removed = desk.remove(desk.only_away())
    assert removed.summary == "Response to incidents removed for Ann Example, 15:00 to 17:00"


def test_a_summary_names_a_member_as_they_are_called_now(desk: Desk) -> None:
    ann, ben = (desk.session.get_one(Member, shift.member_id) for shift in desk.shifts[:2])
    change_member(desk.session, ben, facts=MemberFacts(name="Joann Examples"))
    of_both = desk.record(desk.entry("15:00", "18:00"), desk.entry("15:00", "18:00", 1))
    of_ben = desk.record(desk.entry("19:00", "20:00", 1))
    change_member(desk.session, ann, facts=MemberFacts(name="Ann Bell"))
    assert of_both.summary.endswith("recorded for Ann Bell and Joann Examples, 15:00 to 18:00")
    assert of_ben.summary.endswith("recorded for Joann Examples, 19:00 to 20:00")


def test_a_summary_of_two_namesakes_stays_as_it_is_when_one_is_called_otherwise(desk: Desk) -> None:
    ann, ben = (desk.session.get_one(Member, shift.member_id) for shift in desk.shifts[:2])
    change_member(desk.session, ben, facts=MemberFacts(name="Ann Example"))
    act = desk.record(desk.entry("15:00", "18:00"), desk.entry("15:00", "18:00", 1))
    change_member(desk.session, ann, facts=MemberFacts(name="Ann Bell"))
    assert "for Ann Example, 15:00" in act.summary


def test_the_journal_keeps_no_name_of_a_summary(desk: Desk) -> None:
    act = desk.record(desk.entry("15:00", "18:00"))
    desk.session.commit()
    noted = desk.session.scalars(select(Entry).where(Entry.record_type == "duty_act")).all()
    assert "Ann Example" in act.summary
    assert noted
    assert not [entry for entry in noted if "Ann" in entry.details]
