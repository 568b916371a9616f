"""Who may not be erased, or was before: refused with the reason, and nothing is changed."""

from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import Account
from npt.data_protection.rules import (
    AlreadyErased,
    LastAdministrator,
    StillHere,
    UnknownPerson,
)
from npt.people.actions import grant_role
from npt.people.models import Member, Posting
from tests import make
from tests.records.erased import EMAIL, NUMBER, changing, erase, everything


def test_forgotten_twice_says_so_and_changes_nothing(session: Session, quentin: int) -> None:
    erase(session)
    before = everything(session)
    for reference in (NUMBER, f"member:{NUMBER}", EMAIL, f"erased-{quentin}", f"member:erased-{quentin}"):
        with pytest.raises(AlreadyErased, match="erased"):
            erase(session, reference)
    assert everything(session) == before


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("nobody", "Nobody in the records is known by nobody"),
        (f"member:{EMAIL}", f"give account:{EMAIL}"),
        ("caller:1", "There is no kind of person 'caller'"),
        ("", "Nobody in the records"),
    ],
)
def test_who_is_not_there_or_of_another_kind_is_told(
    session: Session, quentin: int, reference: str, said: str
) -> None:
    with pytest.raises(UnknownPerson, match=said):
        erase(session, reference)


def test_a_reference_that_means_two_people_is_asked_about(session: Session, quentin: int) -> None:
    with changing(session):
        session.execute(update(Member).values(number="both"))
        make.account(session, email="other@demo.example")
        session.execute(update(Account).where(Account.email == "other@demo.example").values(email="both"))
    with pytest.raises(UnknownPerson, match="member:both or account:both"):
        erase(session, "both")


def test_somebody_who_still_works_here_is_refused_with_the_reason(session: Session, quentin: int) -> None:
    with changing(session):
        session.execute(update(Posting).values(ends_on=date(2026, 12, 24)))
    with pytest.raises(StillHere, match=r"is posted to .* until 24 December 2026"):
        erase(session)
    erase(session, also_current=True)
    assert session.get_one(Member, quentin).number == f"erased-{quentin}"


def test_somebody_who_can_still_sign_in_with_a_role_is_refused(session: Session, quentin: int) -> None:
    with changing(session):
        account = session.scalars(select(Account).where(Account.email == EMAIL)).one()
        grant_role(session, account=account, unit=make.team(session), role=Role.SERGEANT)
    with pytest.raises(StillHere, match="can still sign in as"):
        erase(session)


def test_the_last_administrator_is_refused_whatever_is_said(session: Session) -> None:
    with changing(session):
        force, account = make.force(session), make.account(session, email="admin@demo.example")
        grant_role(session, account=account, unit=force, role=Role.ADMIN)
    with pytest.raises(LastAdministrator, match="last administrator"):
        erase(session, "admin@demo.example", also_current=True)
    with changing(session):
        grant_role(session, account=make.account(session), unit=force, role=Role.ADMIN)
    erase(session, "admin@demo.example", also_current=True)
