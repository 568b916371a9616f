"""Figures of measures, and the records that they rest on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from npt.engagement.models import AskingTarget
from npt.engagement.rules import Asker
from npt.kit.limits import DayOutOfRange
from npt.kit.months import Month
from npt.kit.shares import Share
from npt.kit.stamps import Stamp
from npt.measures.actions import TargetThere, set_target
from npt.measures.exchange import measures_as_json
from npt.measures.models import MeasureTarget
from npt.measures.queries import registry
from npt.measures.queries.asked import Asked
from npt.measures.queries.months import Months
from npt.measures.queries.recorded import ONE, Counting, Part, Recorded, Rows
from npt.measures.queries.rows import rows_of
from npt.measures.rules import Behind, Better, CountedIn, Measure, TargetRefused
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.people.rules import PolicingRole
from npt.shifts.models import Shift
from npt.staffing.actions import set_limit
from npt.store.constraints import refusing
from npt.training.models import Completion, Module, Programme, ProgrammeRole, Registration
from tests import make
from tests.records.desk import NOW
from tests.records.measured import OCTOBER, TODAY, asked_of, figure, seen
from tests.world import world


@contextmanager
def listened(session: Session, sent: list[str]) -> Iterator[None]:
    """Hear every statement that the session sends."""

    def hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def test_abstraction_is_minutes_lost_out_of_minutes_on_duty(session: Session) -> None:
    team = make.team(session)
    constable = make.member(session, role=PolicingRole.CONSTABLE, team=team)
    shift = make.shift(session, member=constable, starts="2026-10-05T08:00", ends="2026-10-05T18:00")
    make.away(session, shift=shift, starts="2026-10-05T09:00", ends="2026-10-05T12:00", reason="response")
    make.away(session, shift=shift, starts="2026-10-05T13:00", ends="2026-10-05T14:00", reason="leave")
    found = figure(session, "abstraction-officers", team)
    assert (found.counted, found.of, found.coverage) == (180, 540, Share(0, 1))
    assert seen(session, "abstraction-officers", team) == [
        ("shift", shift.id, "600 min, 60 absent, 180 taken")
    ]
    assert seen(session, "abstraction-pcsos", team) == []


def test_a_rate_without_duty_is_not_known_and_says_why(session: Session) -> None:
    found = figure(session, "abstraction-pcsos", make.team(session))
    assert not found.is_known
    assert found.why_unknown == "Nothing is recorded to count it from."


def test_shifts_on_confirmed_days_are_counted_out_of_all(session: Session) -> None:
    team = make.team(session)
    constable = make.member(session, role=PolicingRole.CONSTABLE, team=team)
    days = [
        make.shift(session, member=constable, starts=f"2026-10-0{day}T08:00", ends=f"2026-10-0{day}T18:00")
        for day in (5, 6)
    ]
    make.confirmation(session, unit=team, day=date(2026, 10, 5))
    found = figure(session, "shifts-confirmed", team)
    assert (found.counted, found.of) == (1, 2)
    assert [each.mark for each in seen(session, "shifts-confirmed", team)] == ["confirmed", "not confirmed"]
    assert [each.record_id for each in seen(session, "shifts-confirmed", team)] == [day.id for day in days]


def test_strength_and_vacancy_are_of_the_last_day_of_the_month(session: Session) -> None:
    team = make.team(session)
    posting = make.posting(session, unit=team, role=PolicingRole.PCSO, starts_on=date(2026, 10, 15))
    funded = make.establishment(session, unit=team, role=PolicingRole.PCSO, posts="2.5")
    assert figure(session, "strength-pcsos", team).value == 1
    assert figure(session, "strength-pcsos", team, Month(2026, 9)).value == 0
    assert figure(session, "vacancy-pcsos", team).value == Fraction(3, 5)
    assert seen(session, "vacancy-pcsos", team) == [
        ("establishment", funded.id, "250"),
        ("posting", posting.id, "pcso 100"),
    ]


def test_posts_that_nobody_has_funded_leave_a_vacancy_not_known(session: Session) -> None:
    team = make.team(session)
    make.member(session, role=PolicingRole.CONSTABLE, team=team)
    assert figure(session, "vacancy-officers", team).why_unknown == "No posts are recorded as funded."


def test_the_ratio_is_of_people_to_sergeants_in_post(session: Session) -> None:
    team = make.team(session)
    for role in (PolicingRole.SERGEANT, PolicingRole.CONSTABLE, PolicingRole.PCSO, PolicingRole.PCSO):
        make.member(session, role=role, team=team)
    assert figure(session, "people-to-a-sergeant", team).value == 3
    other = make.team(session)
    assert figure(session, "people-to-a-sergeant", other).why_unknown == "No sergeant is in post."


def test_a_month_that_lasts_is_as_at_today_and_one_to_come_is_not_known(session: Session) -> None:
    team = make.team(session)
    make.posting(session, unit=team, role=PolicingRole.PCSO, starts_on=date(2026, 11, 17))
    assert figure(session, "strength-pcsos", team, Month(2026, 11)).value == 0
    assert figure(session, "strength-pcsos", team, Month(2026, 11), today=date(2026, 11, 17)).value == 1
    assert figure(session, "strength-pcsos", team, Month(2026, 12)).why_unknown == "The month has not begun."


def test_a_unit_that_was_not_open_in_the_month_has_no_figures(session: Session) -> None:
    closed = make.team(session, closed_on=date(2026, 9, 30))
    asked = asked_of(session, closed, first=Month(2026, 9))
    found = registry.figures_of(session, asked)
    assert {each[closed.path, OCTOBER].why_unknown for each in found.values()} == {
        "The unit was not open in the month."
    }
    assert found["strength-pcsos"][closed.path, Month(2026, 9)].is_known


def test_figures_are_of_units_of_one_force(session: Session) -> None:
    with pytest.raises(ValueError, match="one force"):
        registry.figures_of(session, asked_of(session, make.force(session), make.force(session), today=TODAY))


def test_every_measure_answers_for_a_unit_of_which_nothing_is_recorded(session: Session) -> None:
    team = make.team(session)
    found = registry.figures_of(session, asked_of(session, team, first=Month(2025, 10)))
    assert set(found) == {measure.code for measure in registry.MEASURES}
    for code in found:
        assert seen(session, code, team) == []


def test_no_month_of_the_calendar_is_too_early_or_too_late_to_be_asked_for(session: Session) -> None:
    team = make.team(session)
    for month in (Month(1900, 1), Month(1901, 1), Month(2199, 12)):
        found = registry.figures_of(session, asked_of(session, team, month=month))
        assert not any(each[team.path, month].is_known for each in found.values())


def test_training_is_of_the_courses_that_roles_need(session: Session) -> None:
    team = make.team(session)
    force = unit_at(session, team.path.split("/")[0])
    assert force is not None
    made = Programme(
        unit=force,
        code="nhp",
        name="Certificate",
        explanation="Two modules",
        register_within=30,
        stalls_after=90,
        has_external=False,
        roles=[ProgrammeRole(role=PolicingRole.PCSO)],
        modules=[Module(number=1, name="Engagement")],
    )
    session.add(made)
    trained, other = (make.member(session, role=PolicingRole.PCSO, team=team) for _ in range(2))
    done = Registration(member=trained, programme=made, registered_on=date(2026, 9, 1))
    session.add(done)
    session.flush()
    session.add(
        Completion(
            registration_id=done.id,
            module_id=made.modules[0].id,
            completed_on=date(2026, 10, 1),
            verified_on=date(2026, 10, 31),
            verified_by_member_id=other.id,
        )
    )
    session.flush()
    found = figure(session, "training-verified", team)
    assert (found.counted, found.of) == (1, 2)
    assert figure(session, "training-verified", team, Month(2026, 9)).counted == 0
    assert seen(session, "training-verified", team) == [("unit", team.id, "1 of 2")]


def test_five_a_day_is_people_asked_of_those_to_be_asked_and_days_of_which_nothing_is_recorded(
    session: Session,
) -> None:
    team = make.team(session)
    session.add(AskingTarget(unit=team, asker=Asker.PCSO, starts_on=date(2026, 1, 1), people=5))
    pcso = make.member(session, role=PolicingRole.PCSO, team=team)
    make.shift(session, member=pcso, starts="2026-10-05T08:00", ends="2026-10-05T18:00")
    found, missing = figure(session, "five-a-day", team), figure(session, "returns-missing", team)
    assert (found.counted, found.of, missing.counted, missing.of) == (0, 5, 1, 1)
    assert seen(session, "returns-missing", team) == [("unit", team.id, "1 of 1")]
    early = asked_of(session, team, first=Month(2026, 7))
    trend = registry.figures_of(session, early, ["five-a-day"])["five-a-day"]
    assert trend[team.path, Month(2026, 7)].why_unknown.startswith("Open this month by itself")
    assert trend[team.path, OCTOBER] == found


def test_the_number_of_statements_does_not_grow_with_units_and_months(session: Session) -> None:
    home = world(session, scale=2).home
    session.add(AskingTarget(unit=home.force, asker=Asker.PCSO, starts_on=make.START, people=5))
    session.commit()
    counts = []
    for units, first in (([home.force], OCTOBER), ([home.force, *home.teams], Month(2023, 11))):
        asked, sent = asked_of(session, *units, first=first), list[str]()
        assert asked.path == home.force.path  # what was committed is loaded again
        with listened(session, sent):
            registry.figures_of(session, asked)
        counts.append(len(sent))
    assert counts[0] == counts[1]
    assert counts[0] < 60


def test_one_file_and_one_name_add_a_measure(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    shifts = Measure(
        code="shifts",
        name="Shifts",
        definition="Shifts that start in the month.",
        counted_in=CountedIn.COUNT,
        better=Better.NEITHER,
        question="How many shifts are there?",
        owner="the sergeant of the team",
    )

    def rows(months: Months) -> Rows:
        asked = select().select_from(Shift).join(Unit, Unit.id == Shift.unit_id)
        asked = asked.join(months.table, Shift.on_date.between(months.first, months.day))
        return Rows(asked, Shift.id, {"shifts": Counting(ONE)})

    def view(code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
        return Behind("performance.records", {"code": unit.code, "month": month, "show": "shifts"})

    file = Recorded((Part((shifts,), "shift", rows, view),))
    monkeypatch.setattr(registry, "KINDS", (*registry.KINDS, file))
    shift = make.shift(session, starts="2026-10-05T08:00", ends="2026-10-05T18:00")
    team = session.get_one(Unit, shift.unit_id)
    assert figure(session, "shifts", team).value == 1
    assert seen(session, "shifts", team) == [("shift", shift.id, "1")]
    row = rows_of(session, asked_of(session, team), ["shifts"])[0]
    assert (row.measure, row.is_met) == (shifts, None)
    assert measures_as_json([row])[0]["value"] == "1.0000"


# Targets ----------------------------------------------------------------------------------------------------


def test_two_people_who_set_the_target_of_a_day_at_once_have_one_target(session: Session) -> None:
    team = make.team(session)
    session.add(MeasureTarget(unit=team, measure="contacts", starts_on=date(2026, 10, 1), amount=Decimal(5)))
    session.flush()
    with pytest.raises(TargetThere), refusing(session):
        session.add(
            MeasureTarget(unit=team, measure="contacts", starts_on=date(2026, 10, 1), amount=Decimal(6))
        )


def test_a_target_is_set_where_the_measure_is_counted_and_on_a_day_of_the_calendar(session: Session) -> None:
    place, measure = make.neighbourhood(session), registry.BY_CODE["priorities-reviewed"]
    stamp = Stamp(make.account(session).id, NOW)
    with pytest.raises(TargetRefused, match="set the target for a unit above it"):
        set_target(
            session, unit=place, measure=measure, amount=None, starts_on=date(2026, 10, 1), stamp=stamp
        )
    with pytest.raises(DayOutOfRange):
        set_target(
            session,
            unit=make.team(session),
            measure=measure,
            amount=None,
            starts_on=date(1809, 2, 12),
            stamp=stamp,
        )


def test_a_target_of_another_force_judges_nothing_here(session: Session) -> None:
    measure = registry.BY_CODE["shifts-confirmed"]
    here, elsewhere = make.force(session), make.force(session)
    stamp = Stamp(make.account(session).id, NOW)
    set_target(
        session, unit=elsewhere, measure=measure, amount=Decimal(1), starts_on=date(2020, 1, 1), stamp=stamp
    )
    row = rows_of(session, asked_of(session, here), [measure.code])[0]
    assert row.target.target.amount == 90


def test_the_limit_on_supervision_is_the_target_of_people_to_a_sergeant(session: Session) -> None:
    force = make.force(session)
    set_limit(session, unit=force, people=Decimal(10), starts_on=date(2026, 10, 15))
    row = rows_of(session, asked_of(session, force), ["people-to-a-sergeant"])[0]
    assert row.target.target.amount == 10
    assert len(row.target.before) == 1
