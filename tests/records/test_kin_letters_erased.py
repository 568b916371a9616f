"""Letters to a key individual, who has no account, go with them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.data_protection.actions import forget
from npt.data_protection.queries import person_of
from npt.journal.rules import PersonKey
from npt.outbox.models import Letter
from npt.store.transaction import writing
from tests import make
from tests.letters import letter_row
from tests.records.kin_desk import DAY, NOW, join

EMAIL = "ann@home.example"


def test_the_emails_of_an_erased_key_individual_go_and_nobody_elses(session: Session) -> None:
    with writing(session):
        ann = join(session, make.neighbourhood(session), "Ann Example", email=EMAIL)
        session.flush()
        key = PersonKey("key_individual", ann.id)
        for address in (EMAIL, "other@home.example"):
            session.add(letter_row(to_address=address, account_id=None))
    with writing(session):
        forget(session, person_of(session, key), today=DAY, now=NOW, also_current=True)
    assert session.scalars(select(Letter.to_address)).all() == ["other@home.example"]
