"""One step of a programme recorded for many members at once: all of it or nothing."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.training.actions import (
    NotForAll,
    NothingToRecord,
    add_shipped_programme,
    complete_many,
    complete_modules,
    register_many,
    register_member,
    verify_many,
)
from npt.training.models import Programme
from npt.training.queries import registrations_of
from npt.training.rules import SHIPPED_PROGRAMMES
from tests import make

TODAY, MAY, JUNE = date(2026, 11, 16), date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def team(session: Session) -> Unit:
    return make.team(session, code="T1")


@pytest.fixture
def programme(session: Session, team: Unit) -> Programme:
    force = session.get_one(Unit, make.force(session).id)
    return add_shipped_programme(
        session, force=force, shipped=SHIPPED_PROGRAMMES[0], needed_from=date(2026, 1, 1)
    )


@pytest.fixture
def members(session: Session, team: Unit) -> list[Member]:
    return [make.member(session, name=f"{name} Example", team=team) for name in ("Ann", "Ben", "Cas")]


@pytest.fixture
def registered(session: Session, programme: Programme, members: list[Member]) -> list[Member]:
    register_many(session, members=members, programme=programme, registered_on=MAY, today=TODAY)
    return members


def done(session: Session, members: list[Member]) -> list[dict[int, tuple[date, date | None]]]:
    """Of each registration, by member: the modules with the days of completion and verification."""
    session.expire_all()
    return [
        {each.module.number: (each.completed_on, each.verified_on) for each in registration.completions}
        for registration in sorted(
            registrations_of(session, [member.id for member in members]), key=lambda each: each.member_id
        )
    ]


def test_many_are_registered_and_whoever_is_already_is_left_as_they_are(
    session: Session, programme: Programme, members: list[Member]
) -> None:
    register_member(session, member=members[0], programme=programme, registered_on=MAY, today=TODAY)
    said = register_many(session, members=members, programme=programme, registered_on=JUNE, today=TODAY)
    assert (said.members, said.had_it) == (2, 1)
    days = [each.registered_on for each in registrations_of(session, [member.id for member in members])]
    assert sorted(days) == [MAY, JUNE, JUNE]


def test_a_module_is_completed_by_all_and_keeps_its_day_where_it_was(
    session: Session, programme: Programme, registered: list[Member]
) -> None:
    first = registrations_of(session, [registered[0].id])[0]
    complete_modules(session, first, numbers=(1,), completed_on=MAY, today=TODAY)
    said = complete_many(
        session, members=registered, programme=programme, numbers=(1, 2), completed_on=JUNE, today=TODAY
    )
    assert said == (3, 0)
    others = {1: (JUNE, None), 2: (JUNE, None)}
    assert done(session, registered[:1]) == [{1: (MAY, None), 2: (JUNE, None)}]
    assert done(session, registered[1:]) == [others, others]


def test_one_who_cannot_is_named_and_the_caller_rolls_all_of_it_back(
    session: Session, programme: Programme, registered: list[Member], team: Unit
) -> None:
    stranger = make.member(session, number="9", name="Dee Example", team=team)
    session.commit()
    with pytest.raises(NotForAll, match=r"Nothing was saved\. Dee Example \(9\): not registered"):
        complete_many(
            session,
            members=[*registered, stranger],
            programme=programme,
            numbers=(1,),
            completed_on=JUNE,
            today=TODAY,
        )
    session.rollback()
    assert done(session, registered) == [{}, {}, {}]


def test_nobody_verifies_their_own_and_nothing_that_is_not_completed(
    session: Session, programme: Programme, registered: list[Member]
) -> None:
    verifier: Account = make.account(session, member=registered[0])
    complete_many(
        session,
        members=registered[:2],
        programme=programme,
        numbers=(1,),
        completed_on=JUNE,
        today=TODAY,
    )
    session.commit()

    def verify(members: list[Member]) -> None:
        verify_many(
            session,
            members=members,
            programme=programme,
            numbers=(1,),
            verified_on=TODAY,
            account_id=verifier.id,
            today=TODAY,
        )

    with pytest.raises(NotForAll, match=r"Ann Example .*; Cas Example .*Module 1 is not completed"):
        verify(registered)
    session.rollback()
    verify(registered[1:2])
    assert done(session, registered) == [{1: (JUNE, None)}, {1: (JUNE, TODAY)}, {}]
    with pytest.raises(NothingToRecord):
        verify(registered[1:2])
