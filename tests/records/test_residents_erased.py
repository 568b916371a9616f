"""Residents who were invited are found by their address, shown what is held on them, and erased."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.data_protection.actions import apply_erasures, forget, retain
from npt.data_protection.queries import person_named
from npt.data_protection.queries.holdings import holdings_of
from npt.data_protection.rules import AlreadyErased, Outcome, StillHere
from npt.journal.models import PersonSalt
from npt.kit.stamps import Stamp
from npt.outbox.models import Letter, LetterEvent
from npt.outbox.rules import Outcome as Sending
from npt.outbox.rules import Topic
from npt.partners.actions import answer, invite_resident, withdraw
from npt.partners.models import PartnerAccount, Resident, Share, ShareAnswer
from npt.partners.queries import share_keyed
from npt.partners.rules import LegalBasis, ShareTerms, end_of
from npt.store.transaction import writing
from tests import make
from tests.letters import letter_row

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
TODAY, LAST = NOW.date(), date(2026, 12, 24)
EMAIL, NAME = "sam@home.example", "Samantha Quill"
DAY = timedelta(days=1)


@contextmanager
def changing(session: Session) -> Iterator[None]:
    """A transaction of its own, whatever was read before."""
    session.rollback()
    with writing(session):
        yield


def invite(session: Session, name: str = NAME) -> Share:
    """Invite the resident to a matter of their own, and let them answer."""
    terms = ShareTerms(f"{name} told us", LegalBasis.CONSENT, LAST)
    made = invite_resident(
        session, matter=make.matter(session), name=name, email=EMAIL, terms=terms, stamp=Stamp(None, NOW)
    )
    session.flush()
    answer(session, made, text="Mine is the red house", now=NOW)
    return made


@pytest.fixture
def shared(session: Session) -> Share:
    """Two invitations of one resident, each under the name that the inviter knows; the first is given."""
    session.expire_on_commit = False
    with changing(session):
        made = invite(session)
        invite(session, "S. Quill")
        letter = letter_row(to_address=EMAIL, to_name=NAME, topic=Topic.INVITATION, account_id=None)
        session.add(letter)
        session.flush()
        session.add(LetterEvent(letter_id=letter.id, at=NOW, outcome=Sending.SENT, answer=""))
    return made


def erase(session: Session, reference: str = EMAIL) -> None:
    """Erase them, as the command does."""
    with changing(session):
        forget(session, person_named(session, reference), today=TODAY, now=NOW, also_current=True)
    session.expire_all()


def retained(session: Session, today: date) -> Outcome:
    """Retention on a day, in one transaction."""
    outcome = Outcome()
    with changing(session):
        for part in retain(session, today=today, now=NOW, months=1):
            outcome.merge(part)
    return outcome


def names(session: Session) -> list[str]:
    """What residents are called."""
    session.expire_all()
    return sorted(session.scalars(select(Resident.name)))


@pytest.mark.parametrize("reference", [EMAIL, "  Sam@HOME.example ", f"resident:{EMAIL.upper()}"])
def test_a_resident_is_found_by_their_address_case_and_blanks_aside_wherever_they_were_invited(
    session: Session, shared: Share, reference: str
) -> None:
    assert len(person_named(session, reference).keys) == 2


def test_a_resident_is_told_what_is_held_on_them(session: Session, shared: Share) -> None:
    held = {each.table: len(each.rows) for each in holdings_of(session, person_named(session, EMAIL))}
    assert held == {"resident": 2, "share": 2, "share_answer": 2, "letter": 1, "letter_event": 1}


def test_who_may_still_look_is_erased_only_when_that_is_said(session: Session, shared: Share) -> None:
    with (
        pytest.raises(StillHere, match=r"is invited to look at .* until 24 December 2026"),
        changing(session),
    ):
        forget(session, person_named(session, EMAIL), today=TODAY, now=NOW)


def test_an_erased_resident_is_named_nowhere_and_what_was_shared_stays_known(
    session: Session, shared: Share
) -> None:
    erase(session)
    assert names(session) == [
        f"Erased resident {each}" for each in sorted(session.scalars(select(Resident.id)))
    ]
    assert set(session.scalars(select(Share.purpose))) == {"(erased)"}
    assert set(session.scalars(select(ShareAnswer.text))) == {"(erased)"}
    assert session.scalars(select(Letter)).all() == []
    assert session.scalars(select(LetterEvent)).all() == []
    assert {each.salt for each in session.scalars(select(PersonSalt))} == {None}


def test_the_links_of_an_erased_resident_open_nothing_at_once(session: Session, shared: Share) -> None:
    erase(session)
    now = share_keyed(session, shared.id)
    assert now is not None
    assert not now.opens_at(NOW)


def test_erased_twice_says_so(session: Session, shared: Share) -> None:
    erase(session)
    for reference in (EMAIL, " SAM@home.example", f"resident:{EMAIL}"):
        with pytest.raises(AlreadyErased):
            erase(session, reference)


def test_a_resident_whom_a_restore_brought_back_is_erased_again(session: Session, shared: Share) -> None:
    erase(session)
    with changing(session):  # what was in the backup
        restored = session.get_one(Resident, shared.resident_id)
        restored.name, restored.email = NAME, EMAIL
        session.get_one(Share, shared.id).end_reason = None
        session.get_one(Share, shared.id).ended_at = None
        session.get_one(Share, shared.id).ends_at = end_of(LAST)
        session.delete(session.get_one(PersonSalt, ("resident", restored.id)))
    with changing(session):
        assert apply_erasures(session, now=NOW).again == 1
    assert NAME not in names(session)
    assert session.get_one(Share, shared.id).ends_at == NOW


def test_a_resident_is_forgotten_a_year_after_the_last_of_their_links_ended(
    session: Session, shared: Share
) -> None:
    with changing(session):
        withdraw(session, session.get_one(Share, shared.id), stamp=Stamp(None, NOW))
    retained(session, LAST + 367 * DAY)
    assert names(session) == ["S. Quill", NAME]
    outcome = retained(session, LAST + 368 * DAY)
    assert outcome.rows["resident", "has a pseudonym"] == 2
    assert not {"S. Quill", NAME} & set(names(session))
    assert retained(session, LAST + 999 * DAY).rows == {}


def test_an_erased_partner_acts_for_no_agency_any_more(session: Session) -> None:
    with changing(session):
        account = make.account(session, role=Role.PARTNER, unit=make.team(session), email=EMAIL)
        make.partner(session, account, agency=make.agency(session))
    erase(session)
    assert session.scalars(select(PartnerAccount.ended_at)).all() == [NOW]
