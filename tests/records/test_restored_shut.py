"""What was sent, stopped, withdrawn or ended since a backup stays so when the backup is brought back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.attachments.models import Attachment
from npt.attachments.rules import FileKind, ScanState
from npt.backups.actions import back_up
from npt.kit.stamps import Stamp
from npt.outbox.actions import queue_daily
from npt.outbox.models import Letter, ReturnedAddress, Unsubscription
from npt.outbox.rules import DailyPart, LetterState, Standing, Topic, standing_of
from npt.partners.actions import invite_resident, withdraw
from npt.partners.models import PartnerAccount, Share
from npt.partners.rules import LegalBasis, ShareTerms
from npt.store.transaction import writing
from tests import make
from tests.letters import letter_row
from tests.records.backups import Places, records_at

NOW = datetime.now(UTC)
LAST = NOW.date() + timedelta(days=30)


@pytest.fixture
def backed_up(places: Places) -> Places:
    """Records and their backup: a letter that waits, a share with a resident, a partner, a file."""
    with records_at(places.here) as session, writing(session):
        account, agency = make.account(session, email="ann@force.example"), make.agency(session)
        make.partner(session, account, agency=agency, vetted_until=LAST)
        terms = ShareTerms("Joint plan", LegalBasis.CRIME_AND_DISORDER, LAST)
        invite_resident(
            session,
            matter=make.matter(session),
            name="Invented Resident",
            email="resident@town.example",
            terms=terms,
            stamp=Stamp(None, NOW),
        )
        session.add(letter_row(state=LetterState.WAITING, identity="waits"))
        session.add(
            Attachment(
                name="plan.pdf",
                kind=FileKind.PDF,
                size=1,
                sha256="a" * 64,
                added_by=account.id,
                added_at=NOW,
                scan=ScanState.CLEAN,
                scan_note="",
            )
        )
    back_up(places.settings(places.here), places.file, None)
    places.there, places.emptied = places.here, lambda: places.there
    return places


def shut_all(session: Session) -> None:
    """What happens after the backup: sent, stopped, withdrawn, ended, infected."""
    letter = session.scalars(select(Letter)).one()
    letter.state, letter.settled_at = LetterState.SENT, NOW
    part = DailyPart(1, "HOME/", "Days wait", "Days wait.")
    queue_daily(session, [part], now=NOW)
    daily = session.scalars(select(Letter).where(Letter.topic == Topic.DAILY)).one()
    daily.state, daily.settled_at, daily.tries, daily.tried_at = LetterState.SENT, NOW, 1, NOW
    session.add(Unsubscription(address="who@town.example", topic=Topic.NEWSLETTER, at=NOW))
    stopped = {"letters": 2, "last_at": NOW, "stopped_at": NOW, "answer": "550"}
    session.add(ReturnedAddress(address="gone@town.example", **stopped))
    withdraw(session, session.scalars(select(Share)).one(), stamp=Stamp(None, NOW))
    partner = session.scalars(select(PartnerAccount)).one()
    partner.vetted_until, partner.ended_at = LAST - timedelta(days=9), NOW
    file = session.scalars(select(Attachment)).one()
    file.scan, file.scan_note = ScanState.INFECTED, "Some-Virus"


def test_nothing_that_was_stopped_or_ended_since_the_backup_opens_again(backed_up: Places) -> None:
    with records_at(backed_up.here) as session, writing(session):
        shut_all(session)
    assert backed_up.restore("--replace").exit_code == 0
    with records_at(backed_up.here) as session:
        assert session.scalars(select(Unsubscription.address)).all() == ["who@town.example"]
        assert session.scalars(select(ReturnedAddress.stopped_at)).all() == [NOW]
        share = session.scalars(select(Share)).one()
        assert (share.ended_at, share.ends_at) == (NOW, NOW)
        partner = session.scalars(select(PartnerAccount)).one()
        assert (partner.vetted_until, partner.ended_at) == (LAST - timedelta(days=9), NOW)
        assert session.scalars(select(Attachment.scan)).all() == [ScanState.INFECTED]


def test_a_letter_that_waited_in_the_backup_is_uncertain_and_todays_is_not_queued_anew(
    backed_up: Places,
) -> None:
    with records_at(backed_up.here) as session, writing(session):
        shut_all(session)
    said = backed_up.restore("--replace")
    assert "1 emails that waited in the backup" in said.stdout
    with records_at(backed_up.here) as session, writing(session):
        letter = session.scalars(select(Letter).where(Letter.identity == "waits")).one()
        assert standing_of(letter.state, letter.claimed_until, datetime.now(UTC)) is Standing.UNCERTAIN
        queue_daily(session, [DailyPart(1, "HOME/", "Days wait", "Days wait.")], now=NOW)
        assert session.scalars(select(Letter.state).order_by(Letter.id)).all() == [
            LetterState.SENDING,
            LetterState.SENT,
        ]


def test_a_restore_opens_nothing_that_the_backup_has_shut(backed_up: Places) -> None:
    with records_at(backed_up.here) as session, writing(session):
        session.scalars(select(PartnerAccount)).one().vetted_until = date(2099, 1, 1)
        session.scalars(select(Share)).one().until = date(2099, 1, 1)
    assert backed_up.restore("--replace").exit_code == 0
    with records_at(backed_up.here) as session:
        assert session.scalars(select(PartnerAccount.vetted_until)).all() == [LAST]
        assert session.scalars(select(Share.until)).all() == [LAST]
