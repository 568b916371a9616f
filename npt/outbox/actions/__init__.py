"""What is done with letters. Nothing here commits; every refusal has its name."""

from npt.outbox.actions.claiming import Claimed, claim_letters, is_anything_due
from npt.outbox.actions.deciding import (
    NothingToSendAgain,
    NotUncertain,
    count_as_sent,
    let_address_be,
    send_again,
)
from npt.outbox.actions.queueing import LetterNotPossible, queue, queue_daily
from npt.outbox.actions.restoring import doubt_what_waits
from npt.outbox.actions.retention import Erased, erase_old
from npt.outbox.actions.returns import count_against, note_return
from npt.outbox.actions.settling import Settled, release, settle
from npt.outbox.actions.unsubscribing import stop_letters, want_letters
