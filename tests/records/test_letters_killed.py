"""A sender is killed while the mail server has its letter: what nobody can tell is not sent again."""

import signal
import subprocess
import sys
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.stamps import Stamp
from npt.outbox.actions import send_again
from npt.outbox.models import Letter
from npt.outbox.rules import Standing, standing_of
from npt.settings import ROOT
from npt.store.transaction import writing
from tests.letters import NOW, queued, sender, states
from tests.mail_servers import PostOffice, open_office

#: How long the process may take to start, in seconds.
PATIENCE = 120
#: When the time of every claim is over.
LATER = NOW + timedelta(hours=1)
#: A sender as `npt send` has it, without what else the command brings along.
SEND = """
import sys
from sqlalchemy.orm import Session
from npt.store.transaction import engine_at
from tests.letters import sender
with Session(engine_at(sys.argv[1])) as session:
    sender(session, sys.argv[2], timeouts=(60, 60)).send_due()
"""


def test_what_a_killed_sender_had_in_hand_is_uncertain_and_everything_else_goes_once(
    session: Session, database_url: str
) -> None:
    queued(session, 8)
    with open_office(PostOffice(holds_at=3)) as office:
        killed = subprocess.Popen([sys.executable, "-c", SEND, database_url, office.url], cwd=ROOT)
        try:
            assert office.held.wait(PATIENCE), "the process sent nothing"
        finally:
            killed.kill()
        assert killed.wait() == -signal.SIGKILL
        office.released.set()
        sender(session, office.url).send_due()
        # The third was with the server; a quick sender had the second in the same hand.
        in_hand = states(session).count("sending")
        assert states(session) == [*["sent"] * (3 - in_hand), *["sending"] * in_hand, *["sent"] * 5]
        assert in_hand in {1, 2}
        sender(session, office.url, now=LATER).send_due()
        assert len(set(office.recipients)) == len(office.recipients) == 8
        _send_again(session)
        sender(session, office.url, now=LATER).send_due()
    assert states(session) == ["sent"] * 8
    assert len(office.letters) == 8 + in_hand
    assert len({str(letter["Message-ID"]) for letter in office.letters}) == 8


def _send_again(session: Session) -> None:
    """Do what a person does on the page of each uncertain letter."""
    with writing(session):
        for letter in session.scalars(select(Letter).where(Letter.claim.is_not(None))):
            assert standing_of(letter.state, letter.claimed_until, LATER) is Standing.UNCERTAIN
            send_again(session, letter, stamp=Stamp(None, LATER))
