"""Programmes, registrations and their steps, and a unit's members by programme."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole, PostingKind
from npt.store.versions import StaleRecord
from npt.training.actions import (
    BadProgramme,
    ModuleNotCompleted,
    ModulesInUse,
    ModuleStands,
    NotStanding,
    ProgrammeClosed,
    ProgrammeCodeTaken,
    ProgrammeFacts,
    add_programme,
    add_shipped_programme,
    ask_for_external_verification,
    change_programme,
    complete_modules,
    correct_module,
    correct_registration,
    grant_external_verification,
    register_member,
    take_back_module,
    verify_modules,
)
from npt.training.models import Completion, Programme, ProgrammeRole, Registration
from npt.training.queries import (
    Training,
    completion_in,
    programme_coded,
    programmes_of,
    registration_in,
    training_of,
)
from npt.training.rules import (
    SHIPPED_PROGRAMMES,
    BadDates,
    DueKind,
    ModuleDates,
    NotExternallyVerified,
    OwnVerification,
    RegisteredAlready,
    Stage,
)
from tests import make
from tests.world import world

TODAY = date(2026, 11, 16)
EARLIER = date(2026, 3, 2)
FACTS = ProgrammeFacts(
    name="First aid",
    explanation="Keeping somebody alive until help comes.",
    modules=("Breathing", "Bleeding"),
    roles=frozenset({PolicingRole.CONSTABLE}),
    register_within=30,
    stalls_after=60,
    months_valid=12,
    has_external=True,
)


@pytest.fixture
def team(session: Session) -> Unit:
    """A team of the force BEDS, with its BCU C and area C1."""
    force = make.force(session, code="BEDS")
    area = make.area(session, under=make.bcu(session, under=force, code="C"), code="C1")
    return make.team(session, under=area, code="C11")


@pytest.fixture
def force(session: Session, team: Unit) -> Unit:
    return session.scalars(select(Unit).where(Unit.code == "BEDS")).one()


@pytest.fixture
def programme(session: Session, force: Unit) -> Programme:
    return add_programme(session, force=force, code="first-aid", facts=FACTS)


@pytest.fixture
def member(session: Session, team: Unit) -> Member:
    return make.member(session, number="M1", team=team)


@pytest.fixture
def registration(session: Session, programme: Programme, member: Member) -> Registration:
    return register(session, member, programme)


@pytest.fixture
def sergeant(session: Session, force: Unit) -> int:
    """The account of somebody who may verify."""
    return make.account(session).id


def register(session: Session, member: Member, programme: Programme, on: date = EARLIER) -> Registration:
    return register_member(session, member=member, programme=programme, registered_on=on, today=TODAY)


def complete(session: Session, registration: Registration, *numbers: int, on: date = EARLIER) -> None:
    complete_modules(session, registration, numbers=numbers, completed_on=on, today=TODAY)


def verify(session: Session, registration: Registration, by: int, *numbers: int, on: date = EARLIER) -> None:
    verify_modules(session, registration, numbers=numbers, verified_on=on, account_id=by, today=TODAY)


def again(session: Session, programme: Programme) -> Programme:
    """The programme as it is in the database."""
    session.flush()
    session.expire_all()
    kept = programme_coded(session, "BEDS/", programme.code)
    assert kept is not None
    return kept


def found(session: Session, unit: Unit, day: date = TODAY) -> Training:
    session.flush()
    session.expire_all()
    return training_of(session, unit, day, programmes_of(session, unit.path))


@contextmanager
def refused(session: Session, refusal: type[Refusal], match: str) -> Iterator[None]:
    """What is refused leaves nothing behind for the database to refuse later."""
    with pytest.raises(refusal, match=match):
        yield
    session.flush()


# Programmes -------------------------------------------------------------------------------------------------


def test_a_programme_that_ships_is_added_once_and_can_then_be_changed(session: Session, force: Unit) -> None:
    first = add_shipped_programme(session, force=force, shipped=SHIPPED_PROGRAMMES[0], needed_from=make.START)
    assert (
        add_shipped_programme(session, force=force, shipped=SHIPPED_PROGRAMMES[0], needed_from=make.START)
        is first
    )
    assert first.terms == replace(SHIPPED_PROGRAMMES[0].terms, needed_from=make.START)
    assert [module.number for module in first.modules] == [1, 2, 3, 4, 5, 6, 7]


def test_each_force_has_programmes_of_its_own(session: Session, programme: Programme) -> None:
    other = make.force(session)
    add_programme(session, force=other, code="first-aid", facts=replace(FACTS, name="Theirs"))
    assert [each.name for each in programmes_of(session, other.path)] == ["Theirs"]
    assert programme_coded(session, "BEDS/C/C1/", "first-aid") is programme


def test_two_programmes_of_a_force_never_share_a_code(session: Session, programme: Programme) -> None:
    with pytest.raises(ProgrammeCodeTaken):
        add_programme(session, force=programme.unit, code="first-aid", facts=FACTS)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (replace(FACTS, name=" "), "name"),
        (replace(FACTS, name="x" * 121), "name"),
        (replace(FACTS, explanation="x" * 301), "explanation"),
        (replace(FACTS, modules=()), "modules"),
        (replace(FACTS, modules=["one"] * 31), "modules"),
        (replace(FACTS, modules=("x" * 121,)), "modules"),
        (replace(FACTS, register_within=-1), "register_within"),
        (replace(FACTS, stalls_after=0), "stalls_after"),
        (replace(FACTS, months_valid=0), "months_valid"),
    ],
)
def test_a_programme_that_cannot_be_is_refused_at_its_field(
    session: Session, force: Unit, facts: ProgrammeFacts, field: str
) -> None:
    with pytest.raises(BadProgramme) as refusal:
        add_programme(session, force=force, code="new", facts=facts)
    assert refusal.value.field == field


@pytest.mark.parametrize("code", ["", "..", "first aid", "x" * 21])
def test_the_code_of_a_programme_can_stand_in_an_address(session: Session, force: Unit, code: str) -> None:
    with pytest.raises(BadProgramme):
        add_programme(session, force=force, code=code, facts=FACTS)


def test_only_a_force_has_programmes(session: Session, team: Unit) -> None:
    with pytest.raises(BadProgramme, match="not a force"):
        add_programme(session, force=team, code="new", facts=FACTS)


def test_modules_are_renamed_at_any_time_but_their_number_only_while_nobody_is_registered(
    session: Session, programme: Programme, member: Member
) -> None:
    change_programme(session, programme, replace(FACTS, modules=("One", "Two", "Three")))
    changed = again(session, programme)
    assert [module.name for module in changed.modules] == ["One", "Two", "Three"]
    register(session, member, changed)
    change_programme(session, changed, replace(FACTS, modules=("A", "B", "C")))
    with pytest.raises(ModulesInUse):
        change_programme(session, changed, FACTS)
    assert [module.name for module in again(session, programme).modules] == ["A", "B", "C"]


def test_a_change_of_roles_or_modules_alone_makes_another_version(
    session: Session, programme: Programme
) -> None:
    seen = programme.version
    roles = frozenset({PolicingRole.PCSO, PolicingRole.CONSTABLE})
    change_programme(session, programme, replace(FACTS, roles=roles), expected_version=seen)
    assert set(session.scalars(select(ProgrammeRole.role))) == roles
    with pytest.raises(StaleRecord):
        change_programme(session, programme, FACTS, expected_version=seen)


# Registration and steps -------------------------------------------------------------------------------------


def test_a_member_goes_all_the_way_and_every_step_has_its_day_and_name(
    session: Session, registration: Registration, sergeant: int
) -> None:
    complete(session, registration, 1, 2)
    verify(session, registration, sergeant, 1, 2)
    ask_for_external_verification(session, registration, asked_on=EARLIER, account_id=sergeant, today=TODAY)
    grant_external_verification(
        session, registration, granted_on=TODAY, granted_by="Awarding body", today=TODAY
    )
    session.expire_all()
    kept = registration_in(session, registration.member_id, registration.id)
    assert kept is not None
    assert kept.progress.stage(2) is Stage.VERIFIED
    assert [(each.verified_on, each.verified_by_id) for each in kept.completions] == [(EARLIER, sergeant)] * 2
    assert (kept.asked_on, kept.asked_by_id) == (EARLIER, sergeant)
    assert (kept.granted_on, kept.granted_by) == (TODAY, "Awarding body")


def test_nobody_verifies_their_own_modules(
    session: Session, registration: Registration, member: Member
) -> None:
    own = make.account(session, member=member).id
    complete(session, registration, 1)
    with refused(session, OwnVerification, "your own training"):
        verify(session, registration, own, 1)
    assert registration.progress.verified == 0


def test_a_module_that_is_not_completed_or_verified_already_is_not_verified(
    session: Session, registration: Registration, sergeant: int
) -> None:
    complete(session, registration, 1)
    with refused(session, ModuleNotCompleted, "Module 2 is not completed"):
        verify(session, registration, sergeant, 1, 2)
    assert registration.progress.verified == 0
    verify(session, registration, sergeant, 1)
    with refused(session, ModuleNotCompleted, "Module 1 is verified already"):
        verify(session, registration, sergeant, 1)


def test_a_module_is_completed_once_and_only_if_there_is_one(
    session: Session, registration: Registration
) -> None:
    complete(session, registration, 1)
    for number in (1, 3):
        with refused(session, ModuleStands, "already completed"):
            complete(session, registration, number)
    with refused(session, BadDates, "before it was registered"):
        complete(session, registration, 2, on=date(2026, 3, 1))


def test_one_registration_at_a_time(
    session: Session, registration: Registration, programme: Programme, sergeant: int
) -> None:
    member = registration.member
    with refused(session, RegisteredAlready, "2 March 2026"):
        register(session, member, programme, TODAY)
    complete(session, registration, 1, 2)
    verify(session, registration, sergeant, 1, 2)
    assert register(session, member, programme, TODAY).registered_on == TODAY


def test_a_withdrawn_registration_takes_no_steps_and_leaves_room_for_another(
    session: Session, registration: Registration, programme: Programme
) -> None:
    withdrawn = replace(registration.progress, withdrawn_on=date(2026, 5, 4))
    correct_registration(session, registration, corrected=withdrawn, granted_by=None, today=TODAY)
    with refused(session, NotStanding, "4 May 2026"):
        complete(session, registration, 1)
    register(session, registration.member, programme, date(2026, 5, 4))


def test_a_closed_programme_takes_no_further_registration(
    session: Session, programme: Programme, member: Member
) -> None:
    change_programme(session, programme, replace(FACTS, closed_on=EARLIER))
    with refused(session, ProgrammeClosed, "2 March 2026"):
        register(session, member, programme, date(2026, 3, 3))
    assert register(session, member, programme, EARLIER).id


def test_external_verification_waits_for_the_internal(
    session: Session, registration: Registration, sergeant: int
) -> None:
    complete(session, registration, 1)
    with refused(session, NotExternallyVerified, "0 of 2"):
        ask_for_external_verification(session, registration, asked_on=TODAY, account_id=sergeant, today=TODAY)
    with refused(session, BadDates, "none when it was asked for"):
        grant_external_verification(session, registration, granted_on=TODAY, granted_by="Body", today=TODAY)


# Corrections ------------------------------------------------------------------------------------------------


def test_a_verification_is_taken_back_and_then_the_module(
    session: Session, registration: Registration, sergeant: int
) -> None:
    complete(session, registration, 1)
    verify(session, registration, sergeant, 1)
    completion = completion_in(registration, 1)
    assert completion is not None
    with refused(session, ModuleStands, "clear that day first"):
        take_back_module(session, registration, completion)
    correct_module(session, registration, completion, dates=ModuleDates(TODAY), today=TODAY)
    assert (completion.completed_on, completion.verified_by_id) == (TODAY, None)
    take_back_module(session, registration, completion)
    assert session.scalars(select(Completion)).all() == []


def test_a_correction_does_not_verify_what_nobody_has_verified(
    session: Session, registration: Registration
) -> None:
    complete(session, registration, 1)
    completion = completion_in(registration, 1)
    assert completion is not None
    with refused(session, ModuleNotCompleted, "No one has verified"):
        correct_module(session, registration, completion, dates=ModuleDates(EARLIER, TODAY), today=TODAY)


def test_a_verification_that_something_rests_on_is_not_taken_back(
    session: Session, registration: Registration, sergeant: int
) -> None:
    complete(session, registration, 1, 2)
    verify(session, registration, sergeant, 1, 2)
    ask_for_external_verification(session, registration, asked_on=TODAY, account_id=sergeant, today=TODAY)
    completion = completion_in(registration, 1)
    assert completion is not None
    with refused(session, NotExternallyVerified, "1 of 2"):
        correct_module(session, registration, completion, dates=ModuleDates(EARLIER), today=TODAY)


def test_the_second_of_two_people_who_correct_is_told(session: Session, registration: Registration) -> None:
    seen = registration.version
    earlier = replace(registration.progress, registered_on=date(2026, 2, 2))
    correct_registration(
        session, registration, corrected=earlier, granted_by=None, today=TODAY, expected_version=seen
    )
    with pytest.raises(StaleRecord):
        correct_registration(
            session, registration, corrected=earlier, granted_by=None, today=TODAY, expected_version=seen
        )


def test_a_registration_does_not_move_behind_its_modules(
    session: Session, registration: Registration
) -> None:
    complete(session, registration, 1)
    later = replace(registration.progress, registered_on=TODAY)
    with refused(session, BadDates, "before it was registered"):
        correct_registration(session, registration, corrected=later, granted_by=None, today=TODAY)


def test_the_database_keeps_no_verification_without_a_name(
    session: Session, registration: Registration
) -> None:
    complete(session, registration, 1)
    with pytest.raises(IntegrityError):
        session.execute(update(Completion).values(verified_on=TODAY))


# A unit's members -------------------------------------------------------------------------------------------


def test_a_unit_counts_its_members_by_stage(
    session: Session, team: Unit, programme: Programme, sergeant: int
) -> None:
    members = [make.member(session, role=PolicingRole.CONSTABLE, team=team) for _ in range(4)]
    make.member(session, role=PolicingRole.PCSO, team=team)
    registrations = [register(session, each, programme) for each in members[:3]]
    for each in registrations[:2]:
        complete(session, each, 1, 2, on=TODAY)
    verify(session, registrations[0], sergeant, 1, 2, on=TODAY)
    counts = found(session, team).counts(programme)
    assert (counts.members, counts.needing) == (5, 4)
    assert (counts.registered, counts.completed, counts.verified) == (3, 2, 1)
    assert counts.due == 2  # one never registered, one stalled since May


def test_the_counts_are_those_of_the_day_asked_for(
    session: Session, team: Unit, registration: Registration, programme: Programme
) -> None:
    complete(session, registration, 1, 2, on=date(2026, 9, 1))
    by_day = {
        day: found(session, team, day).counts(programme)
        for day in (date(2026, 3, 1), date(2026, 3, 2), date(2026, 8, 31), date(2026, 9, 1))
    }
    assert [(each.registered, each.completed) for each in by_day.values()] == [(0, 0), (1, 0), (1, 0), (1, 1)]


def test_a_member_attached_elsewhere_counts_there(
    session: Session, team: Unit, registration: Registration, programme: Programme
) -> None:
    assert found(session, team).counts(programme).members == 1
    other = make.team(session)
    make.posting(session, member=registration.member, unit=other, kind=PostingKind.ATTACHMENT)
    assert found(session, team).counts(programme).members == 0


def test_the_parts_of_a_force_add_up_to_it(session: Session, force: Unit, programme: Programme) -> None:
    for code in ("J1", "J2"):
        bcu = make.bcu(session, under=force, code=code)
        team = make.team(session, under=make.area(session, under=bcu))
        register(session, make.member(session, team=team), programme)
    training = found(session, force)
    whole = training.counts(programme)
    parts = [training.counts(programme, child.path) for child in training.children]
    assert whole.registered == 2 == sum(each.registered for each in parts)


def test_days_in_a_role_count_over_a_transfer(session: Session, team: Unit, programme: Programme) -> None:
    member = make.member(session)
    make.posting(session, member=member, starts_on=date(2026, 9, 1), ends_on=date(2026, 10, 31))
    make.posting(session, member=member, unit=team, starts_on=date(2026, 11, 1))
    (line,) = found(session, team).members
    due = line.standings[programme.id].due
    assert due is not None
    assert (due.kind, due.on) == (DueKind.TO_REGISTER, date(2026, 10, 1))


@pytest.mark.parametrize("scale", [1, 3])
def test_a_unit_of_any_size_takes_the_same_number_of_statements(session: Session, scale: int) -> None:
    home = world(session, scale=scale).home
    programme = add_shipped_programme(
        session, force=home.force, shipped=SHIPPED_PROGRAMMES[0], needed_from=make.START
    )
    for member in home.members[PolicingRole.CONSTABLE]:
        complete(session, register(session, member, programme), 1)
    session.flush()
    session.expire_all()
    unit = session.get_one(Unit, home.force.id)
    asked: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *args: asked.append(args[2]))
    training_of(session, unit, TODAY, programmes_of(session, unit.path))
    assert len(asked) == 8
