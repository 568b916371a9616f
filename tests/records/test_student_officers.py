"""Student officers: three months at a team, in strength or beside it as the force says from a day on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from npt.counting.rules import DEFAULT_DEFINITION
from npt.interchange.exchange import EXPORTS
from npt.kit.clock import local_midnight
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.actions import (
    NotAForce,
    StudentRuleThere,
    change_posting,
    change_student_rule,
    post_member,
    set_student_rule,
)
from npt.people.models import Posting
from npt.people.queries import student_rules
from npt.people.rules import PolicingRole, PostingKind, StudentNotConstable, StudentStaysTooLong, Terms
from npt.performance.queries import rates
from npt.staffing.queries import (
    Students,
    endings,
    loans,
    ratios,
    staffing_of,
    staffing_with,
    students_on,
    timeline,
    trend,
    vacancies,
)
from npt.staffing.rules import stage_on
from npt.store.exchange import ExportOrder
from npt.store.versions import StaleRecord
from tests import make
from tests.world import world

DAY = date(2026, 11, 16)
FROM, TO = date(2026, 10, 1), date(2026, 12, 31)
CONSTABLE, PCSO, SERGEANT = PolicingRole.CONSTABLE, PolicingRole.PCSO, PolicingRole.SERGEANT


@pytest.fixture
def force(session: Session) -> Unit:
    return make.force(session, code="BEDS")


@pytest.fixture
def team(session: Session, force: Unit) -> Unit:
    """A team with a sergeant, two constables and posts for three; a student officer from October on."""
    area = make.area(session, under=make.bcu(session, under=force))
    team = make.team(session, under=area, code="T1")
    for role in (SERGEANT, CONSTABLE, CONSTABLE):
        make.posting(session, unit=team, role=role)
    make.establishment(session, unit=team, posts=3)
    make.establishment(session, unit=team, role=PCSO, posts=0)
    make.establishment(session, unit=team, role=SERGEANT, posts=1)
    make.student(session, unit=team, starts_on=FROM)
    return team


def of(session: Session, unit: Unit, day: date = DAY) -> tuple[Decimal, int, Students]:
    found = staffing_of(session, unit, day, with_children=False)
    return found.of(CONSTABLE).strength, found.heads[CONSTABLE], found.students


def terms(
    *,
    role: PolicingRole = CONSTABLE,
    starts_on: date = FROM,
    ends_on: date | None = TO,
) -> Terms:
    return Terms(role, Decimal(1), PostingKind.STUDENT, starts_on, ends_on)


def post(session: Session, wanted: Terms) -> Posting:
    return post_member(session, make.member(session), unit=make.team(session), terms=wanted)


# The attachment ---------------------------------------------------------------------------------------------


def test_a_student_officer_is_attached_for_three_months_as_a_constable(session: Session) -> None:
    assert post(session, terms()).ends_on == TO
    with pytest.raises(StudentStaysTooLong, match="give 31 December 2026 as its last day"):
        post(session, terms(ends_on=date(2027, 1, 1)))
    with pytest.raises(StudentStaysTooLong):
        post(session, terms(ends_on=None))
    with pytest.raises(StudentNotConstable):
        post(session, terms(role=PCSO))


def test_who_stays_longer_has_another_attachment_from_the_day_after(session: Session) -> None:
    member, unit = make.member(session), make.team(session)
    make.posting(session, member=member, unit=unit, kind=PostingKind.STUDENT, starts_on=FROM, ends_on=TO)
    wanted = terms(starts_on=TO + timedelta(days=1), ends_on=date(2027, 1, 31))
    further = post_member(session, member, unit=unit, terms=wanted)
    assert further.ends_on == date(2027, 1, 31)


def test_a_posting_is_not_corrected_into_a_long_attachment_of_a_student(session: Session) -> None:
    posting = make.posting(session, starts_on=FROM)
    with pytest.raises(StudentStaysTooLong):
        change_posting(session, posting, terms=terms(ends_on=None))


@pytest.mark.parametrize(
    ("role", "ends_on", "law"),
    [(PCSO, TO, "student_officers_are_constables"), (CONSTABLE, None, "student_officers_move_on")],
)
def test_the_database_refuses_other_student_officers(
    session: Session, role: PolicingRole, ends_on: date | None, law: str
) -> None:
    with pytest.raises(IntegrityError, match=law):
        make.posting(session, role=role, kind=PostingKind.STUDENT, ends_on=ends_on)


# The rule of the force --------------------------------------------------------------------------------------


def test_student_officers_do_not_count_until_the_force_says_so_and_from_that_day_on(
    session: Session, force: Unit, team: Unit
) -> None:
    beside, inside = Students(1, is_counted=False), Students(1, is_counted=True)
    assert of(session, team) == (Decimal(2), 2, beside)
    make.student_rule(session, force=force, starts_on=DAY)
    make.student_rule(session, force=force, starts_on=date(2026, 12, 1), is_counted=False)
    assert of(session, team, DAY - timedelta(days=1)) == (Decimal(2), 2, beside)
    for unit in (team, force):
        assert of(session, unit) == (Decimal(3), 3, inside)
    assert of(session, team, date(2026, 11, 30)) == (Decimal(3), 3, inside)
    assert of(session, team, date(2026, 12, 1)) == (Decimal(2), 2, beside)
    assert of(session, team, date(2027, 1, 1)) == (Decimal(2), 2, Students(0, is_counted=True))


def test_the_rule_of_another_force_does_not_hold_here(session: Session, team: Unit) -> None:
    make.student_rule(session, force=make.force(session, code="BEDSX"))
    assert of(session, team)[0] == 2


def test_a_student_officer_beside_strength_does_not_count_at_home_either(
    session: Session, team: Unit
) -> None:
    home = make.team(session)
    (student,) = students_on(session, team.path, DAY)
    make.posting(session, member=student.member, unit=home)
    assert of(session, home)[0] == 0
    assert of(session, home, date(2027, 1, 1))[0] == 1


def test_a_student_officer_in_two_halves_is_one_person(session: Session, force: Unit, team: Unit) -> None:
    (student,) = students_on(session, team.path, DAY)
    student.fte = Decimal("0.50")
    area = session.get_one(Unit, team.parent_id)
    other = make.team(session, under=area)
    make.posting(
        session,
        member=student.member,
        unit=other,
        kind=PostingKind.STUDENT,
        fte="0.50",
        starts_on=FROM,
        ends_on=TO,
    )
    assert of(session, area) == (Decimal(2), 2, Students(1, is_counted=False))
    make.student_rule(session, force=force)
    assert of(session, area) == (Decimal(3), 3, Students(1, is_counted=True))
    assert of(session, other) == (Decimal("0.50"), 1, Students(1, is_counted=True))


def test_it_is_said_at_the_force_and_once_a_day(session: Session, force: Unit, team: Unit) -> None:
    with pytest.raises(NotAForce):
        make.student_rule(session, force=team)
    make.student_rule(session, force=force, starts_on=DAY)
    with pytest.raises(StudentRuleThere):
        make.student_rule(session, force=force, starts_on=DAY, is_counted=False)


def test_the_history_says_who_said_so_and_when(session: Session, force: Unit) -> None:
    board = make.account(session, name="Bea Board")
    at = Stamp(board.id, local_midnight(DAY))
    rule = set_student_rule(session, force=force, starts_on=FROM, is_counted=True, stamp=at)
    change_student_rule(session, rule, is_counted=True, stamp=Stamp(None, local_midnight(TO)))
    session.expire_all()
    (told,) = student_rules(session, force.path)
    assert (told.account and told.account.name, told.changed_at) == ("Bea Board", at.now)
    later = Stamp(None, local_midnight(TO))
    change_student_rule(session, rule, is_counted=False, stamp=later, expected_version=1)
    assert (rule.is_counted, rule.account_id, rule.changed_at) == (False, None, later.now)
    with pytest.raises(StaleRecord):
        change_student_rule(session, rule, is_counted=True, stamp=later, expected_version=1)


# One condition for all figures ------------------------------------------------------------------------------


def test_every_figure_of_strength_follows_the_one_rule(session: Session, force: Unit, team: Unit) -> None:
    area = session.get_one(Unit, team.parent_id)

    def told() -> dict[str, object]:
        found = staffing_of(session, team, DAY, with_children=False)
        (with_children,) = staffing_with(session, area, DAY, [team]).children
        rows = EXPORTS["london-strengths"].rows(session, ExportOrder(team.path, None, DAY))
        return {
            "fill": str(found.of(CONSTABLE).fill),
            "vacancy": found.of(CONSTABLE).vacancy,
            "heads": found.heads[CONSTABLE],
            "ratio": str(found.ratio_on_strength),
            "the month": with_children.of(CONSTABLE).strength,
            "vacancies": [each.shortage.vacancy for each in vacancies(session, team.path, DAY)],
            "trend": trend(session, team, DAY)[CONSTABLE][-1].stage.strength,
            "supervision": str(ratios(session, team, DAY).lines[0].staffing.ratio_on_strength),
            "borrowed": len(loans(session, team.path, DAY).borrowed),
            "endings": len(endings(session, team.path, DAY, within_days=90)),
            "london": [row[6] for row in rows if row[5] == "Constable"],
        }

    assert told() == {
        "fill": "66.7",
        "vacancy": 1,
        "heads": 2,
        "ratio": "2.0",
        "the month": 2,
        "vacancies": [1],
        "trend": 2,
        "supervision": "2.0",
        "borrowed": 0,
        "endings": 0,
        "london": [2],
    }
    make.student_rule(session, force=force, starts_on=FROM)
    assert told() == {
        "fill": "100.0",
        "vacancy": 0,
        "heads": 3,
        "ratio": "3.0",
        "the month": 3,
        "vacancies": [],
        "trend": 3,
        "supervision": "3.0",
        "borrowed": 1,
        "endings": 1,
        "london": [3],
    }


def test_a_vacancy_is_as_old_as_the_rule_lets_it_be(session: Session, force: Unit, team: Unit) -> None:
    make.student_rule(session, force=force, starts_on=make.START)
    make.student_rule(session, force=force, starts_on=DAY, is_counted=False)
    (vacancy,) = vacancies(session, team.path, DAY)
    assert (vacancy.shortage.since, vacancy.shortage.vacancy) == (DAY, Decimal(1))
    assert vacancies(session, team.path, DAY - timedelta(days=1)) == []


def test_on_every_day_the_timeline_says_what_the_staffing_of_that_day_says(session: Session) -> None:
    home = world(session).home
    for place, team in enumerate(home.teams):
        make.student(session, unit=team, starts_on=FROM + timedelta(days=20 * place))
    lent = make.student(session, unit=home.team, starts_on=FROM, fte="0.50")
    make.posting(
        session,
        member=lent.member,
        unit=home.teams[1],
        kind=PostingKind.ATTACHMENT,
        starts_on=DAY,
        ends_on=DAY,
    )
    for day, is_counted in ((date(2026, 10, 10), True), (DAY, False), (date(2026, 12, 1), True)):
        make.student_rule(session, force=home.force, starts_on=day, is_counted=is_counted)
    found = timeline(session, home.force.path)
    days = [FROM + timedelta(days=number) for number in range(-1, 100, 3)] + [DAY, DAY - timedelta(days=1)]
    for day in days:
        for unit in (home.force, *home.teams):
            staffing = staffing_of(session, unit, day, with_children=False)
            assert (
                stage_on(found.stages(unit.path, CONSTABLE), day).strength == staffing.of(CONSTABLE).strength
            )


@pytest.mark.parametrize("scale", [1, 2])
def test_staffing_with_student_officers_takes_no_more_statements(session: Session, scale: int) -> None:
    home = world(session, scale=scale).home
    for team in home.teams:
        make.student(session, unit=team, starts_on=FROM)
    make.student_rule(session, force=home.force)
    session.flush()
    statements: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *sent: statements.append(sent[2]))
    found = staffing_of(session, home.force, DAY, with_children=True)
    assert len(statements) == 4
    assert found.students == Students(len(home.teams), is_counted=True)


# Beside strength, not beside duty ---------------------------------------------------------------------------


def test_a_student_officers_shift_counts_as_a_constables_whatever_the_force_says(
    session: Session, force: Unit, team: Unit
) -> None:
    (student,) = students_on(session, team.path, DAY)
    before = make.shift(session, member=student.member)
    make.away(session, shift=before, ends="2026-11-16T16:00")
    told = [_officers(session, force)]
    make.student_rule(session, force=force)
    told.append(_officers(session, force))
    assert (before.unit_id, before.role) == (team.id, CONSTABLE)
    assert told == [(480, 120), (480, 120)]


def _officers(session: Session, force: Unit) -> tuple[int, int]:
    month = Month.of(DAY)
    rows = rates(session, unit=force, first=month, last=month, definition=DEFAULT_DEFINITION)
    (officers,) = (row for row in rows if row.group == "officers")
    return officers.denominator, officers.abstracted
