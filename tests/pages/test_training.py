"""The pages of training, as people see and use them."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.journal.models import Entry
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.training.actions import add_shipped_programme, complete_modules, register_member
from npt.training.models import Programme, Registration
from npt.training.queries import programme_coded, registration_in
from npt.training.rules import SHIPPED_PROGRAMMES, Stage
from tests import make
from tests.visiting import Visitor
from tests.world import World, world

TODAY = date(2026, 11, 16)
EARLIER = date(2026, 6, 1)


@pytest.fixture
def two_forces(session: Session) -> World:
    """The small world with the certificate, saved."""
    session.expire_on_commit = False
    made = world(session)
    add_shipped_programme(
        session, force=made.home.force, shipped=SHIPPED_PROGRAMMES[0], needed_from=make.START
    )
    session.commit()
    return made


@pytest.fixture
def sergeant(app: Flask, two_forces: World) -> Visitor:
    """The sergeant of the first team of the home force."""
    return Visitor(app, "sergeant@home.example")


@pytest.fixture
def board(app: Flask, two_forces: World) -> Visitor:
    """A member of the home force's neighbourhood policing board."""
    return Visitor(app, "board@home.example")


def constable(two_forces: World) -> Member:
    return two_forces.home.members[PolicingRole.CONSTABLE][0]


def registered(session: Session, member: Member, *, completed: int = 0) -> int:
    """A registration of the member for the certificate, saved; its key."""
    programme = programme_coded(session, "HOME/", "certificate")
    assert programme is not None
    numbers = range(1, completed + 1)
    registration = register_member(
        session, member=member, programme=programme, registered_on=EARLIER, today=TODAY
    )
    if numbers:
        complete_modules(session, registration, numbers=numbers, completed_on=EARLIER, today=TODAY)
    session.commit()
    return registration.id


def kept(session: Session, member: Member, registration_id: int) -> Registration:
    """The registration as it is saved, whole."""
    session.expire_all()
    found = registration_in(session, member.id, registration_id)
    session.commit()
    assert found is not None
    return found


def steps(two_forces: World, registration_id: int) -> str:
    return f"/units/H1.1.1/members/{constable(two_forces).number}/training/{registration_id}"


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the form of a page."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


# A unit -----------------------------------------------------------------------------------------------------


def numbers_of(page: str) -> list[int]:
    """The counts of the first programme: needing, registered, completed, verified, asked, granted, due."""
    row = re.search(r"<tbody.*?</tr>", page, re.DOTALL)
    assert row is not None
    return [int(each) for each in re.findall(r">(\d+)</a>", row[0])]


def test_a_unit_shows_its_counts_and_each_opens_its_members(
    sergeant: Visitor, session: Session, two_forces: World
) -> None:
    registered(session, constable(two_forces), completed=7)
    page = sergeant.open("/units/H1.1.1/training").text
    assert numbers_of(page) == [4, 1, 1, 0, 0, 0, 3]
    listed = sergeant.open("/units/H1.1.1/training?programme=certificate&standing=completed").text
    assert constable(two_forces).name in listed
    assert "completed, 0 of 7 verified" in listed
    assert two_forces.home.members[PolicingRole.PCSO][0].name not in listed


def test_who_is_due_comes_first_with_what_and_when(sergeant: Visitor, two_forces: World) -> None:
    page = sergeant.open("/units/H1.1.1/training?standing=due").text
    assert "overdue: should have registered by 30 June 2008" in page


def test_whoever_may_not_see_members_sees_the_counts_alone(app: Flask, two_forces: World) -> None:
    visitor = Visitor(app, "hmic@home.example")
    page = visitor.open("/units/H1.1.1/training").text
    assert "Introductory certificate" in page
    assert constable(two_forces).name not in page
    assert visitor.open("/units/H1.1.1/training.csv").status_code == 200
    assert visitor.open("/units/H1.1.1/training-members.csv").status_code == 403


def test_the_files_hold_the_counts_and_the_members_of_the_day(
    sergeant: Visitor, session: Session, two_forces: World
) -> None:
    registered(session, constable(two_forces))
    figures = sergeant.open("/units/H1.1.1/training.csv?as-at=2026-06-01").text.splitlines()
    assert figures[1] == "H1.1.1,2026-06-01,certificate,6,4,1,0,0,0,0,3"
    before = sergeant.open("/units/H1.1.1/training.csv?as-at=2026-05-31").text.splitlines()
    assert before[1] == "H1.1.1,2026-05-31,certificate,6,4,0,0,0,0,0,4"
    members = sergeant.open("/units/H1.1.1/training-members.csv").text
    assert f"{constable(two_forces).number},{constable(two_forces).name},constable" in members
    assert sergeant.open("/units/H1.1.1/training.xlsx").data[:2] == b"PK"


@pytest.mark.parametrize("query", ["standing=nothing", "programme=nothing", "as-at=2026-11-16&standing=x"])
def test_an_address_that_asks_for_what_is_not_there_is_no_fault_of_ours(
    sergeant: Visitor, query: str
) -> None:
    assert sergeant.open(f"/units/H1.1.1/training?{query}").status_code in (200, 422)


def test_without_programmes_the_first_step_is_offered(app: Flask, two_forces: World) -> None:
    visitor = Visitor(app, "board@away.example")
    assert "No programme yet" in visitor.open("/units/AWAY/training").text
    assert "SARA problem solving" in visitor.open("/units/AWAY/programmes").text
    assert visitor.fill("/units/AWAY/programmes/sara/take-over").status_code == 303
    assert "SARA problem solving" in visitor.open("/units/AWAY/training").text


# A member ---------------------------------------------------------------------------------------------------


def test_seeing_a_members_training_is_noted_in_the_journal(
    sergeant: Visitor, session: Session, two_forces: World
) -> None:
    member = constable(two_forces)
    assert sergeant.open(f"/units/H1.1.1/members/{member.number}/training").status_code == 200
    seen = session.scalars(select(Entry).where(Entry.change == "viewed")).all()
    assert [(entry.record_type, entry.record_id) for entry in seen] == [("member", member.id)]


def test_a_member_is_registered_completes_is_verified_and_asks_for_external_verification(
    sergeant: Visitor, session: Session, two_forces: World
) -> None:
    member = constable(two_forces)
    where = f"/units/H1.1.1/members/{member.number}"
    answer = sergeant.send(f"{where}/new-training", programme="certificate", registered_on="1 6 2026")
    assert (answer.status_code, answer.location) == (303, f"{where}/training")
    key = session.scalars(select(Registration.id)).one()
    session.commit()
    step = f"{where}/training/{key}"
    all_seven = [str(number) for number in range(1, 8)]
    for name, day in (("complete", "completed_on"), ("verify", "verified_on")):
        assert sergeant.open(f"{step}/{name}").status_code == 200
        boxes = {f"{day}-day": "2", f"{day}-month": "6", f"{day}-year": "2026"}
        data = {**hidden(sergeant.page.text), **boxes, "modules": all_seven}
        answer = sergeant.client.post(f"{step}/{name}", data=data)
        assert answer.status_code == 303, answer.text
    assert sergeant.send(f"{step}/ask", asked_on="3 6 2026").status_code == 303
    assert sergeant.send(f"{step}/grant", granted_on="4 6 2026", granted_by="Body").status_code == 303
    page = sergeant.open(f"{where}/training").text
    assert "Verified, also externally" in page
    assert "4 June 2026, by Body" in page
    done = kept(session, member, key)
    assert done.progress.stage(7) is Stage.VERIFIED
    assert done.asked_by_id == two_forces.home.accounts[Role.SERGEANT].id


def test_nobody_verifies_their_own_modules(sergeant: Visitor, session: Session, two_forces: World) -> None:
    own = two_forces.home.members[PolicingRole.SERGEANT][0]
    key = registered(session, own, completed=1)
    where = f"/units/H1.1.1/members/{own.number}/training"
    record = sergeant.open(where).text
    assert "somebody else must verify" in record
    assert "Verify completed modules" not in record
    answer = sergeant.send(f"{where}/{key}/verify", modules="1", verified_on="16 11 2026")
    assert answer.status_code == 422
    assert "You cannot verify your own training" in answer.text
    assert kept(session, own, key).progress.verified == 0


def test_a_day_in_the_future_is_told_beside_its_field_and_nothing_typed_is_lost(
    sergeant: Visitor, session: Session, two_forces: World
) -> None:
    key = registered(session, constable(two_forces))
    answer = sergeant.send(f"{steps(two_forces, key)}/complete", modules="2", completed_on="17 11 2026")
    assert answer.status_code == 422
    assert 'href="#completed_on-day"' in answer.text
    assert re.search(r'value="2"[^>]*checked', answer.text)


def test_pressing_twice_registers_once(sergeant: Visitor, session: Session, two_forces: World) -> None:
    where = f"/units/H1.1.1/members/{constable(two_forces).number}/new-training"
    first = sergeant.send(where, programme="certificate", registered_on="1 6 2026")
    second = sergeant.fill(where, programme="certificate", registered_on="1 6 2026")
    assert (second.status_code, second.location) == (303, first.location)
    assert len(session.scalars(select(Registration.id)).all()) == 1


def test_two_people_who_correct_a_module_see_both_versions(
    sergeant: Visitor, session: Session, two_forces: World
) -> None:
    key = registered(session, constable(two_forces), completed=1)
    where = f"{steps(two_forces, key)}/modules/1"
    sergeant.open(where)
    outdated = sergeant.page
    assert sergeant.send(where, completed_on="2 6 2026").status_code == 303
    sergeant.page = outdated
    stale = sergeant.fill(where, completed_on="3 6 2026")
    assert stale.status_code == 409
    assert "2 June 2026" in stale.text
    sergeant.page = stale
    assert sergeant.fill(where).status_code == 303
    (completion,) = kept(session, constable(two_forces), key).completions
    assert completion.completed_on == date(2026, 6, 3)


def test_a_module_is_taken_back(sergeant: Visitor, session: Session, two_forces: World) -> None:
    key = registered(session, constable(two_forces), completed=1)
    answer = sergeant.send(
        f"{steps(two_forces, key)}/modules/1", is_taken_back="yes", completed_on="1 6 2026"
    )
    assert answer.status_code == 303
    assert kept(session, constable(two_forces), key).completions == []
    assert sergeant.open(f"{steps(two_forces, key)}/modules/1").status_code == 404


def test_a_registration_is_withdrawn_and_the_member_registered_again(
    sergeant: Visitor, session: Session, two_forces: World
) -> None:
    key = registered(session, constable(two_forces))
    answer = sergeant.send(
        f"{steps(two_forces, key)}/correct", registered_on="1 6 2026", withdrawn_on="1 7 2026"
    )
    assert answer.status_code == 303
    where = f"/units/H1.1.1/members/{constable(two_forces).number}/new-training"
    again = sergeant.send(where, programme="certificate", registered_on="1 7 2026")
    assert again.status_code == 303


# Programmes -------------------------------------------------------------------------------------------------

COURSE = {
    "name": "First aid",
    "explanation": "Keeping somebody alive.",
    "modules": "Breathing\nBleeding",
    "roles": "pcso",
    "register_within": "30",
    "stalls_after": "60",
    "months_valid": "12",
}


def test_a_force_adds_a_programme_and_renames_its_modules(board: Visitor, session: Session) -> None:
    answer = board.send("/units/HOME/new-programme", code="first-aid", **COURSE)
    assert (answer.status_code, answer.location) == (303, "/units/HOME/programmes")
    shown = board.open("/units/HOME/programmes/first-aid").text
    assert "Breathing\nBleeding</textarea>" in shown
    changed = board.fill("/units/HOME/programmes/first-aid", **{**COURSE, "modules": "Air\n\nBlood\n"})
    assert changed.status_code == 303
    session.expire_all()
    programme = programme_coded(session, "HOME/", "first-aid")
    assert programme is not None
    assert [module.name for module in programme.modules] == ["Air", "Blood"]


def test_two_people_who_change_a_programme_see_both_versions(board: Visitor) -> None:
    board.send("/units/HOME/new-programme", code="first-aid", **COURSE)
    where = "/units/HOME/programmes/first-aid"
    board.open(where)
    outdated = board.page
    board.send(where, **{**COURSE, "modules": "Air\nBlood"})
    board.page = outdated
    stale = board.fill(where, **{**COURSE, "name": "Second aid"})
    assert stale.status_code == 409
    assert "Air; Blood" in stale.text


def test_a_code_that_is_taken_or_cannot_be_is_told_beside_the_field(board: Visitor) -> None:
    for code in ("certificate", "first aid", ".."):
        answer = board.send("/units/HOME/new-programme", code=code, **COURSE)
        assert answer.status_code == 422
        assert 'href="#code"' in answer.text


def test_programmes_are_the_forces_business(
    app: Flask, session: Session, sergeant: Visitor, board: Visitor
) -> None:
    assert sergeant.open("/units/HOME/new-programme").status_code == 403
    assert "Add a programme" not in sergeant.open("/units/H1.1.1/programmes").text
    assert board.open("/units/H1/new-programme").status_code == 404
    assert board.open("/units/H1/programmes/certificate").status_code == 404
    assert Visitor(app, "manager@home.example").open("/units/H1/programmes").status_code == 200
    assert len(session.scalars(select(Programme.id)).all()) == 1
