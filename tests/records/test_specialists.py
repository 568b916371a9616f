"""Neighbourhood specialist officers: the mark on a posting, and the PCSOs whom they line-manage."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.actions import (
    LineManagerThere,
    NotAConstable,
    NotOfTheArea,
    NotSpecialistThen,
    OutsidePosting,
    SpecialistOverlaps,
    StillSpecialist,
    change_line_management,
    change_posting,
    change_specialist,
    end_posting,
    mark_specialist,
    name_line_manager,
    remove_line_management,
    remove_specialist,
)
from npt.people.models import LineManagement, Member, Posting, Specialist
from npt.people.queries import managements_of, marked_on, marks_of, marks_under
from npt.people.rules import PolicingRole, PostingKind, Terms
from npt.staffing.queries import specialist_counts, specialists_on
from npt.store.constraints import refusing
from npt.store.transaction import engine_at, writing
from npt.store.versions import StaleRecord
from tests import make
from tests.world import world

DAY = date(2026, 11, 16)
PCSO, CONSTABLE = PolicingRole.PCSO, PolicingRole.CONSTABLE


def later(days: int) -> date:
    return DAY + timedelta(days=days)


def mark(session: Session, posting: Posting, starts_on: date = DAY, **given: object) -> Specialist:
    terms: dict[str, object] = {"ends_on": None, "is_payment_due": True}
    return mark_specialist(session, posting, starts_on=starts_on, **{**terms, **given})  # type: ignore[arg-type]  # each test names what it varies


def manage(
    session: Session, pcso: Member, by: Specialist, starts_on: date = DAY, **given: object
) -> LineManagement:
    return name_line_manager(session, pcso, by, starts_on=starts_on, **given)  # type: ignore[arg-type]  # each test names what it varies


def terms(posting: Posting, *, ends_on: date | None) -> Terms:
    return Terms(posting.role, posting.fte, posting.kind, posting.starts_on, ends_on)


def counted(session: Session, unit: Unit, day: date = DAY) -> tuple[int, int, int]:
    """NSOs, PCSOs whom they line-manage, PCSOs without a line manager."""
    counts = specialist_counts(session, unit, day, with_children=False)
    return counts.specialists, counts.managed, counts.unmanaged


# The mark ---------------------------------------------------------------------------------------------------


def test_an_nso_is_one_from_the_first_day_to_the_last(session: Session) -> None:
    posting = make.posting(session)
    mark(session, posting, DAY, ends_on=later(30))
    assert [bool(marked_on(session, [posting.id], later(days))) for days in (-1, 0, 30, 31)] == [
        False,
        True,
        True,
        False,
    ]


def test_who_is_posted_in_two_halves_is_an_nso_where_the_mark_is(session: Session) -> None:
    member = make.member(session)
    here, there = (make.posting(session, member=member, fte="0.50") for _ in range(2))
    mark(session, here)
    assert marked_on(session, [here.id, there.id], DAY) == {here.id}


@pytest.mark.parametrize("role", [PolicingRole.SERGEANT, PCSO, PolicingRole.SPECIAL])
def test_only_a_constable_is_an_nso(session: Session, role: PolicingRole) -> None:
    with pytest.raises(NotAConstable, match=f"posted here as a {role.wording}"):
        mark(session, make.posting(session, role=role))


def test_a_student_officer_is_no_nso(session: Session) -> None:
    with pytest.raises(NotAConstable, match="student officer attachment"):
        mark(session, make.student(session, starts_on=DAY))


@pytest.mark.parametrize(
    ("first", "last", "field", "cure"),
    [
        (-1, None, "starts_on", "begins on 16 November 2026: start on that day or later"),
        (61, None, "starts_on", "ends on 15 January 2027: start on that day or before"),
        (0, 61, "ends_on", "give that day or an earlier one, or leave the last day blank"),
    ],
)
def test_a_mark_lies_inside_its_posting(
    session: Session, first: int, last: int | None, field: str, cure: str
) -> None:
    posting = make.posting(session, starts_on=DAY, ends_on=later(60))
    with pytest.raises(OutsidePosting, match=cure) as refused:
        mark(session, posting, later(first), ends_on=None if last is None else later(last))
    assert refused.value.field == field


def test_a_mark_that_ends_before_it_starts_is_refused(session: Session) -> None:
    with pytest.raises(Refusal, match="before the first") as refused:
        mark(session, make.posting(session), DAY, ends_on=later(-1))
    assert refused.value.field == "ends_on"


def test_a_mark_without_a_last_day_ends_when_the_posting_does_and_follows_it(session: Session) -> None:
    posting = make.posting(session)
    made = mark(session, posting)
    end_posting(session, posting, on=later(10))
    assert (made.ends_on, made.span_held and made.span_held.last) == (None, later(10))
    assert marked_on(session, [posting.id], later(11)) == set()
    change_posting(session, posting, terms=terms(posting, ends_on=later(20)))
    assert marked_on(session, [posting.id], later(11)) == {posting.id}


def test_a_posting_that_ends_earlier_than_the_mark_ends_it_too(session: Session) -> None:
    posting = make.posting(session)
    made = mark(session, posting, ends_on=later(30))
    end_posting(session, posting, on=later(10))
    assert made.span_held is not None
    assert made.span_held.last == later(10)
    end_posting(session, posting, on=later(-1))
    assert made.span_held is None


def test_two_marks_of_a_posting_never_share_a_day_but_one_may_take_over(session: Session) -> None:
    posting = make.posting(session)
    first = mark(session, posting)
    with pytest.raises(SpecialistOverlaps, match="an NSO from 16 November 2026 until further notice"):
        mark(session, posting, later(30), is_payment_due=False)
    mark(session, posting, later(30), is_payment_due=False, takes_over=True)
    assert first.ends_on == later(29)
    assert [each.is_payment_due for each in marks_of(session, [posting.member_id])] == [True, False]


def test_a_mark_from_the_same_day_is_not_taken_over(session: Session) -> None:
    posting = make.posting(session)
    mark(session, posting)
    with pytest.raises(SpecialistOverlaps):
        mark(session, posting, takes_over=True)


def test_a_correction_is_judged_like_a_new_mark(session: Session) -> None:
    posting = make.posting(session, ends_on=later(60))
    made = mark(session, posting, ends_on=later(5))
    mark(session, posting, later(30))
    with pytest.raises(SpecialistOverlaps):
        change_specialist(session, made, ends_on=later(30), is_payment_due=True)
    with pytest.raises(OutsidePosting):
        change_specialist(session, made, ends_on=later(61), is_payment_due=True)
    change_specialist(session, made, ends_on=later(29), is_payment_due=False, expected_version=1)
    assert (made.ends_on, made.is_payment_due, made.version) == (later(29), False, 2)
    with pytest.raises(StaleRecord):
        change_specialist(session, made, ends_on=None, is_payment_due=True, expected_version=1)


def test_a_posting_with_a_mark_does_not_become_one_without(session: Session) -> None:
    posting = make.posting(session)
    mark(session, posting)

    def change(role: PolicingRole, kind: PostingKind = PostingKind.SUBSTANTIVE) -> None:
        ends_on = later(1) if kind is PostingKind.STUDENT else None
        change_posting(session, posting, terms=Terms(role, posting.fte, kind, DAY, ends_on))

    with pytest.raises(StillSpecialist, match="from 16 November 2026: end the posting"):
        change(PolicingRole.SERGEANT)
    with pytest.raises(StillSpecialist):
        change(CONSTABLE, PostingKind.STUDENT)
    change(CONSTABLE, PostingKind.TEMPORARY)
    assert posting.kind is PostingKind.TEMPORARY


def test_a_mark_that_is_removed_takes_its_line_management_along(session: Session) -> None:
    made = make.specialist(session)
    pcso = make.line_management(session, specialist=made).member
    with pytest.raises(StaleRecord):
        remove_specialist(session, made, expected_version=2)
    assert remove_specialist(session, made, expected_version=1) == 1
    session.flush()
    assert (marks_of(session, [made.posting.member_id]), managements_of(session, [pcso.id])) == ([], [])


# Line management --------------------------------------------------------------------------------------------


def test_an_nso_line_manages_a_pcso_of_another_team_of_the_area(session: Session) -> None:
    area = make.area(session)
    one, other = make.team(session, under=area), make.team(session, under=area)
    made = mark(session, make.posting(session, unit=one))
    pcso = make.member(session, role=PCSO, team=other)
    manage(session, pcso, made)
    assert counted(session, one) == (1, 1, 0)
    assert counted(session, other) == (0, 0, 0)
    assert counted(session, area, later(-1)) == (0, 0, 1)


def test_a_pcso_of_another_area_is_refused(session: Session) -> None:
    made = mark(session, make.posting(session))
    pcso = make.member(session, role=PCSO, team=make.team(session))
    with pytest.raises(NotOfTheArea, match="choose another day or another line manager") as refused:
        manage(session, pcso, made)
    assert refused.value.field == "starts_on"


def test_who_is_no_pcso_is_not_line_managed(session: Session) -> None:
    made = mark(session, make.posting(session))
    with pytest.raises(NotOfTheArea):
        manage(session, make.posting(session, unit=made.posting.unit).member, made)


def test_a_last_day_on_which_the_pcso_is_no_longer_in_the_area_is_refused(session: Session) -> None:
    made = mark(session, make.posting(session))
    leaver = make.posting(session, unit=made.posting.unit, role=PCSO, ends_on=later(20)).member
    with pytest.raises(NotOfTheArea, match="on 7 December 2026") as refused:
        manage(session, leaver, made, ends_on=later(21))
    assert refused.value.field == "ends_on"
    manage(session, leaver, made, ends_on=later(20))


@pytest.mark.parametrize(("first", "last", "field"), [(-1, None, "starts_on"), (0, 31, "ends_on")])
def test_the_line_manager_is_an_nso_on_every_day_of_it(
    session: Session, first: int, last: int | None, field: str
) -> None:
    made = mark(session, make.posting(session), DAY, ends_on=later(30))
    pcso = make.posting(session, unit=made.posting.unit, role=PCSO).member
    days = "from 16 November 2026 to 16 December 2026"
    with pytest.raises(NotSpecialistThen, match=days) as refused:
        manage(session, pcso, made, later(first), ends_on=None if last is None else later(last))
    assert refused.value.field == field


def test_line_management_without_a_last_day_ends_with_the_mark_and_with_the_posting(
    session: Session,
) -> None:
    made = mark(session, make.posting(session))
    team = made.posting.unit
    posting = make.posting(session, unit=team, role=PCSO)
    manage(session, posting.member, made)
    change_specialist(session, made, ends_on=later(10), is_payment_due=True)
    assert [counted(session, team, later(days)) for days in (10, 11)] == [(1, 1, 0), (0, 0, 1)]
    change_specialist(session, made, ends_on=None, is_payment_due=True)
    end_posting(session, posting, on=later(5))
    assert [counted(session, team, later(days)) for days in (5, 6)] == [(1, 1, 0), (1, 0, 0)]


def test_a_pcso_who_moves_to_another_team_of_the_area_keeps_the_line_manager(session: Session) -> None:
    made = mark(session, make.posting(session))
    other = make.team(session, under=session.get_one(Unit, made.posting.unit.parent_id))
    posting = make.posting(session, unit=made.posting.unit, role=PCSO, ends_on=later(5))
    manage(session, posting.member, made)
    make.posting(session, member=posting.member, unit=other, role=PCSO, starts_on=later(6))
    assert counted(session, other, later(6)) == (0, 0, 0)
    assert counted(session, made.posting.unit, later(6)) == (1, 1, 0)


def test_a_pcso_who_is_lent_out_of_the_area_keeps_the_line_manager_at_home(session: Session) -> None:
    made = mark(session, make.posting(session))
    host = make.team(session)
    posting = make.posting(session, unit=made.posting.unit, role=PCSO)
    manage(session, posting.member, made)
    make.posting(session, member=posting.member, unit=host, role=PCSO, kind=PostingKind.TEMPORARY)
    assert counted(session, host) == (0, 0, 0)
    found = specialists_on(session, host.path, DAY)
    assert [each.member_id for each in found.from_elsewhere] == [posting.member_id]


def test_a_pcso_has_one_line_manager_a_day_but_one_may_take_over(session: Session) -> None:
    team = make.team(session)
    one, other = (mark(session, make.posting(session, unit=team)) for _ in range(2))
    pcso = make.posting(session, unit=team, role=PCSO).member
    first = manage(session, pcso, one)
    name = one.posting.member.name
    with pytest.raises(LineManagerThere, match=f"{name} is recorded as the line manager from 16 November"):
        manage(session, pcso, other, later(7))
    manage(session, pcso, other, later(7), takes_over=True)
    assert first.ends_on == later(6)
    with pytest.raises(LineManagerThere):
        change_line_management(session, first, mark=one, ends_on=None)
    change_line_management(session, first, mark=one, ends_on=later(5), expected_version=first.version)
    found = specialists_on(session, team.path, later(6))
    assert [posting.member_id for posting in found.unmanaged] == [pcso.id]


def test_who_was_named_by_mistake_is_corrected_to_another_of_the_area_and_no_further(
    session: Session,
) -> None:
    right, wrong = (mark(session, make.posting(session, unit=team)) for team in _two_teams(session))
    elsewhere = mark(session, make.posting(session))
    management = make.line_management(session, specialist=wrong)
    with pytest.raises(NotOfTheArea):
        change_line_management(session, management, mark=elsewhere, ends_on=None)
    change_line_management(session, management, mark=right, ends_on=None)
    assert counted(session, right.posting.unit) == (1, 1, 0)


def _two_teams(session: Session) -> list[Unit]:
    area = make.area(session)
    return [make.team(session, under=area) for _ in range(2)]


def test_a_line_manager_of_an_older_version_is_not_corrected_or_removed(session: Session) -> None:
    management = make.line_management(session, specialist=make.specialist(session))
    with pytest.raises(StaleRecord):
        change_line_management(
            session, management, mark=management.specialist, ends_on=DAY, expected_version=2
        )
    with pytest.raises(StaleRecord):
        remove_line_management(session, management, expected_version=2)
    remove_line_management(session, management, expected_version=1)
    session.flush()
    assert managements_of(session, [management.member_id]) == []


# A unit's day -----------------------------------------------------------------------------------------------


def test_the_page_of_a_unit_has_each_nso_with_their_pcsos_and_those_without(session: Session) -> None:
    area = make.area(session)
    team, other = make.team(session, under=area, code="T1"), make.team(session, under=area, code="T2")
    made = mark(session, make.posting(session, unit=team))
    managed = [make.member(session, role=PCSO, team=unit) for unit in (team, other)]
    for pcso in managed:
        manage(session, pcso, made)
    alone = make.member(session, role=PCSO, team=other)
    found = specialists_on(session, team.path, DAY)
    ((line),) = found.specialists
    assert (line.mark, [each.member for each in line.managed]) == (made, managed)
    assert (found.from_elsewhere, found.unmanaged) == ((), ())
    found = specialists_on(session, other.path, DAY)
    assert (found.specialists, [each.member for each in found.from_elsewhere]) == ((), [managed[1]])
    assert [posting.member for posting in found.unmanaged] == [alone]


def test_counts_of_a_unit_are_those_of_the_units_under_it(session: Session) -> None:
    home = world(session, scale=2).home
    for team in home.teams:
        made = make.specialist(session, posting=make.posting(session, unit=team))
        make.line_management(session, specialist=made)
    whole = specialist_counts(session, home.force, DAY, with_children=True)
    assert (whole.specialists, whole.managed) == (len(home.teams), len(home.teams))
    assert whole.unmanaged == sum(part.unmanaged for part in whole.children) == len(home.members[PCSO])
    assert [part.unit for part in whole.children] == home.bcus
    alone = specialist_counts(session, home.team, DAY, with_children=True)
    assert (alone.specialists, alone.managed, alone.children) == (1, 1, ())


@pytest.mark.parametrize("scale", [1, 2])
def test_the_day_of_a_unit_takes_three_statements_for_any_force(session: Session, scale: int) -> None:
    home = world(session, scale=scale).home
    for team in home.teams:
        make.line_management(
            session, specialist=make.specialist(session, posting=make.posting(session, unit=team))
        )
    session.flush()
    statements: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *sent: statements.append(sent[2]))
    specialists_on(session, home.force.path, DAY)
    assert len(statements) == 3
    specialist_counts(session, home.force, DAY, with_children=True)
    assert len(statements) == 3 + 4


# What the database itself refuses ---------------------------------------------------------------------------


def test_the_database_refuses_a_mark_and_line_management_that_end_before_they_start(
    session: Session,
) -> None:
    made = make.specialist(session)
    management = make.line_management(session, specialist=made)
    session.commit()
    for record in (made, management):
        record.ends_on = record.starts_on - timedelta(days=1)
        with pytest.raises(IntegrityError, match="ends_after_it_starts"):
            session.flush()
        session.rollback()


def test_the_database_keeps_marks_of_a_posting_apart(session: Session) -> None:
    made = make.specialist(session, starts_on=DAY, ends_on=later(9))
    posting_id = made.posting_id
    session.commit()
    for first, last in ((-5, 0), (9, 20), (3, 4), (-5, None), (9, None)):
        ends_on = None if last is None else later(last)
        taken = Specialist(
            posting_id=posting_id, starts_on=later(first), ends_on=ends_on, is_payment_due=True
        )
        with pytest.raises(SpecialistOverlaps, match="recorded for some of these days"), refusing(session):
            session.add(taken)
        session.rollback()
    for first, last in ((-5, -1), (10, None)):
        ends_on = None if last is None else later(last)
        session.add(
            Specialist(posting_id=posting_id, starts_on=later(first), ends_on=ends_on, is_payment_due=True)
        )
    session.flush()
    made.ends_on = None
    with pytest.raises(SpecialistOverlaps), refusing(session):
        pass


def test_the_database_keeps_line_managers_of_a_pcso_apart(session: Session) -> None:
    management = make.line_management(session, specialist=make.specialist(session), ends_on=DAY)
    other = {"member_id": management.member_id, "specialist_id": management.specialist_id}
    session.commit()
    with pytest.raises(LineManagerThere, match="on some of these days"), refusing(session):
        session.add(LineManagement(**other, starts_on=DAY))
    session.rollback()
    session.add(LineManagement(**other, starts_on=later(1)))
    session.flush()


def test_of_two_who_name_a_line_manager_at_once_one_is_refused(session: Session, database_url: str) -> None:
    team = make.team(session)
    marks = [mark(session, make.posting(session, unit=team)).id for _ in range(2)]
    pcso, path = make.posting(session, unit=team, role=PCSO).member_id, team.path
    session.commit()
    told: list[str] = []

    def name(mark_id: int) -> None:
        engine = engine_at(database_url)
        with Session(engine) as other:
            try:
                with writing(other):
                    found = next(each for each in marks_under(other, path) if each.id == mark_id)
                    manage(other, other.get_one(Member, pcso), found)
                told.append("saved")
            except LineManagerThere:
                told.append("refused")
        engine.dispose()

    threads = [threading.Thread(target=name, args=(mark_id,)) for mark_id in marks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["refused", "saved"]
