"""Roles, their groups, and which posting counts."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.spans import Span
from npt.organisation.rules import Level
from npt.people.rules import (
    FteOutOfRange,
    FteOverOne,
    PolicingRole,
    PostingKind,
    RoleGroup,
    StudentNotConstable,
    StudentStaysTooLong,
    TeamMustBeNamed,
    WrongLevelForRole,
    attributed_posting,
    check_fte,
    check_posted_to,
    check_student,
    group_of,
    may_be_specialist,
    posting_in_force,
    student_last_day,
)

MAY = date(2026, 5, 1)
FROM_MAY = Span(MAY)


@dataclass(frozen=True)
class Posting:
    """A posting as these rules see one."""

    kind: PostingKind = PostingKind.SUBSTANTIVE
    span: Span = FROM_MAY
    fte: Decimal = Decimal("1.00")


days = st.integers(0, 30).map(lambda offset: MAY + timedelta(days=offset))
postings = st.builds(
    Posting,
    kind=st.sampled_from(PostingKind),
    span=st.builds(
        lambda first, length: Span(first, None if length is None else first + timedelta(days=length)),
        days,
        st.none() | st.integers(0, 10),
    ),
    fte=st.integers(1, 100).map(lambda hundredths: Decimal(hundredths) / 100),
)


def test_officers_may_be_abstracted_for_a_fifth_of_their_duty() -> None:
    assert RoleGroup.OFFICERS.target == 20


def test_pcsos_may_be_abstracted_for_a_twentieth_of_their_duty() -> None:
    assert RoleGroup.PCSOS.target == 5


@pytest.mark.parametrize(
    ("role", "group"),
    [
        (PolicingRole.INSPECTOR, RoleGroup.OFFICERS),
        (PolicingRole.SERGEANT, RoleGroup.OFFICERS),
        (PolicingRole.CONSTABLE, RoleGroup.OFFICERS),
        (PolicingRole.PCSO, RoleGroup.PCSOS),
        (PolicingRole.SPECIAL, None),
        (PolicingRole.VOLUNTEER, None),
    ],
)
def test_a_role_counts_in_its_group_and_specials_and_volunteers_in_none(
    role: PolicingRole, group: RoleGroup | None
) -> None:
    assert group_of(role) is group


def test_inspectors_and_sergeants_supervise() -> None:
    assert {role for role in PolicingRole if role.is_supervisor} == {
        PolicingRole.INSPECTOR,
        PolicingRole.SERGEANT,
    }


@pytest.mark.parametrize("role", PolicingRole)
def test_a_role_reads_differently_for_one_and_for_several(role: PolicingRole) -> None:
    assert role.plural == role.wording + "s"


def test_an_inspector_is_posted_to_an_area() -> None:
    check_posted_to(PolicingRole.INSPECTOR, Level.AREA)


def test_an_inspector_is_not_posted_to_a_team() -> None:
    with pytest.raises(WrongLevelForRole, match="a unit of level area"):
        check_posted_to(PolicingRole.INSPECTOR, Level.TEAM)


@pytest.mark.parametrize("role", [PolicingRole.SERGEANT, PolicingRole.CONSTABLE, PolicingRole.PCSO])
@pytest.mark.parametrize("level", [Level.FORCE, Level.BCU, Level.AREA, Level.NEIGHBOURHOOD])
def test_a_member_of_a_team_is_posted_to_nothing_but_a_team(role: PolicingRole, level: Level) -> None:
    with pytest.raises(WrongLevelForRole, match="a unit of level team"):
        check_posted_to(role, level)


@pytest.mark.parametrize("role", [PolicingRole.SPECIAL, PolicingRole.VOLUNTEER])
@pytest.mark.parametrize("level", [Level.AREA, Level.TEAM])
def test_specials_and_volunteers_are_posted_to_an_area_or_a_team(role: PolicingRole, level: Level) -> None:
    check_posted_to(role, level)


def test_an_attachment_counts_before_a_temporary_posting_before_a_substantive_one() -> None:
    substantive, temporary, attachment = (
        Posting(kind) for kind in (PostingKind.SUBSTANTIVE, PostingKind.TEMPORARY, PostingKind.ATTACHMENT)
    )
    assert attributed_posting([substantive, temporary], MAY) is temporary
    assert attributed_posting([attachment, substantive, temporary], MAY) is attachment


def test_a_student_officer_attachment_counts_before_all_but_an_attachment() -> None:
    student, attachment = Posting(PostingKind.STUDENT), Posting(PostingKind.ATTACHMENT)
    for other in (PostingKind.SUBSTANTIVE, PostingKind.TEMPORARY):
        assert attributed_posting([Posting(other), student], MAY) is student
    assert attributed_posting([student, attachment], MAY) is attachment


def test_the_substantive_posting_counts_again_the_day_after_an_attachment_ends() -> None:
    substantive = Posting()
    attachment = Posting(PostingKind.ATTACHMENT, Span(MAY, date(2026, 5, 14)))
    assert attributed_posting([substantive, attachment], date(2026, 5, 14)) is attachment
    assert attributed_posting([substantive, attachment], date(2026, 5, 15)) is substantive


def test_without_a_posting_that_day_there_is_none_to_attribute_to() -> None:
    assert attributed_posting([Posting(span=Span(MAY, MAY))], date(2026, 5, 2)) is None


def test_two_postings_of_one_kind_need_the_team_named() -> None:
    half = Decimal("0.50")
    with pytest.raises(TeamMustBeNamed, match="On 1 May 2026 the member has 2 postings") as refused:
        attributed_posting([Posting(fte=half), Posting(fte=half)], MAY)
    assert refused.value.field == "team"


@given(st.lists(postings), days)
def test_the_postings_in_force_are_of_one_kind_and_none_held_that_day_is_of_a_higher(
    several: list[Posting], day: date
) -> None:
    counting = posting_in_force(several, day)
    held = [posting for posting in several if posting.span.covers(day)]
    highest = max((posting.kind.precedence for posting in held), default=None)
    assert counting == [posting for posting in held if posting.kind.precedence == highest]
    assert bool(counting) == bool(held)


@pytest.mark.parametrize("fte", ["0.00", "-0.50", "1.01", "0.333"])
def test_a_share_of_full_time_is_over_0_up_to_1_in_hundredths(fte: str) -> None:
    with pytest.raises(FteOutOfRange):
        check_fte([Posting(fte=Decimal(fte))])


def test_two_halves_of_one_kind_make_one_full_time_person() -> None:
    check_fte([Posting(fte=Decimal("0.50")), Posting(fte=Decimal("0.50"))])


def test_a_full_time_attachment_may_stand_beside_a_full_time_posting() -> None:
    check_fte([Posting(), Posting(PostingKind.ATTACHMENT)])


def test_postings_that_follow_one_another_do_not_add_up() -> None:
    check_fte([Posting(span=Span(MAY, date(2026, 5, 31))), Posting(span=Span(date(2026, 6, 1)))])


def test_over_one_person_of_a_kind_is_refused_with_the_first_such_day() -> None:
    part_time = Posting(span=Span(date(2026, 5, 20), date(2026, 5, 25)), fte=Decimal("0.01"))
    with pytest.raises(FteOverOne, match=r"On 20 May 2026 .* kind substantive add up to 1\.01 FTE"):
        check_fte([part_time, Posting()])


@given(st.lists(postings, max_size=6))
def test_postings_are_refused_exactly_when_some_kind_is_over_one_on_some_day(several: list[Posting]) -> None:
    window = [MAY + timedelta(days=offset) for offset in range(50)]
    is_over = any(
        sum(posting.fte for posting in several if posting.kind is kind and posting.span.covers(day)) > 1
        for kind in PostingKind
        for day in window
    )
    if is_over:
        with pytest.raises(FteOverOne):
            check_fte(several)
    else:
        check_fte(several)


# Student officers and specialists ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 6, 1), date(2026, 8, 31)),
        (date(2026, 6, 15), date(2026, 9, 14)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 29), date(2028, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 1, 31), date(2026, 4, 30)),
        (date(2199, 12, 1), date(2200, 2, 28)),
    ],
)
def test_three_months_end_before_the_same_day_of_the_month_or_with_the_month(first: date, last: date) -> None:
    assert student_last_day(first) == last


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_three_months_are_between_89_and_92_days_and_a_later_start_never_ends_earlier(first: date) -> None:
    last = student_last_day(first)
    assert 89 <= (last - first).days + 1 <= 92
    assert student_last_day(first + timedelta(days=1)) >= last


def test_a_student_officer_stays_three_months_at_most_and_the_refusal_names_the_last_day() -> None:
    check_student(PolicingRole.CONSTABLE, Span(MAY, date(2026, 7, 31)))
    for last in (date(2026, 8, 1), None):
        with pytest.raises(StudentStaysTooLong, match="give 31 July 2026 as its last day") as refused:
            check_student(PolicingRole.CONSTABLE, Span(MAY, last))
        assert refused.value.field == "ends_on"


@pytest.mark.parametrize("role", [role for role in PolicingRole if role is not PolicingRole.CONSTABLE])
def test_a_student_officer_is_a_constable(role: PolicingRole) -> None:
    with pytest.raises(StudentNotConstable, match=f"not a {role.wording}") as refused:
        check_student(role, Span(MAY, MAY))
    assert refused.value.field == "role"


def test_a_constable_who_is_no_student_officer_may_be_a_specialist_and_nobody_else() -> None:
    assert {
        (role, kind) for role in PolicingRole for kind in PostingKind if may_be_specialist(role, kind)
    } == {
        (PolicingRole.CONSTABLE, PostingKind.SUBSTANTIVE),
        (PolicingRole.CONSTABLE, PostingKind.TEMPORARY),
        (PolicingRole.CONSTABLE, PostingKind.ATTACHMENT),
    }
