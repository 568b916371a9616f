"""What follows time away without being part of it: that its end is open, and what was lost by it.

It is named by the member and the start, so it comes back by itself with time away that comes back.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select, tuple_, update
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.shifts.models import LOSSES, OPEN_ENDS, Loss, OpenEnd
from npt.shifts.queries import LossLine, losses_of
from npt.shifts.rules import Lost, check_loss
from npt.store.batches import batches

WORDS_LENGTH = 300
#: A member, and the instant at which time away of theirs starts.
Start = tuple[int, datetime]


class TooManyWords(Refusal):
    """Words of more than 300 characters about a loss, an answer or a verdict."""


class NoSuchLoss(Refusal):
    """A loss was to be taken away that is not there any more."""


def kept_words(words: str | None, field: str) -> str | None:
    """Words as they are kept, empty ones as None. TooManyWords."""
    kept = (words or "").strip() or None
    if kept is not None and len(kept) > WORDS_LENGTH:
        raise TooManyWords(f"That is {len(kept):,} characters: use {WORDS_LENGTH} at most.", field=field)
    return kept


def open_ends(session: Session, started: Iterable[Start], is_open: Collection[Start] = ()) -> None:
    """Of time away that is new, keep whose ends are not known yet.

    What began at the same instant and was removed leaves nothing to it: its own end is known.
    """
    there: set[Start] = set()
    key = tuple_(OPEN_ENDS.c.member_id, OPEN_ENDS.c.starts_at)
    for some in batches(sorted(set(started))):
        asked = select(OpenEnd.member_id, OpenEnd.starts_at).where(key.in_(some))
        there.update((member_id, starts) for member_id, starts in session.execute(asked))
    for some in batches(sorted(there - set(is_open))):
        session.execute(delete(OPEN_ENDS).where(key.in_(some)))
    new = [{"member_id": start[0], "starts_at": start[1]} for start in sorted(set(is_open) - there)]
    if new:
        session.execute(insert(OPEN_ENDS), new)


def keep_loss(session: Session, *, stamp: Stamp, member_id: int, starts: datetime, lost: Lost) -> Loss:
    """Keep what was lost by the member's time away that starts then. WordsMissing, TooManyWords."""
    words = kept_words(lost.words, "lost_words")
    check_loss(lost.kind, words)
    loss = Loss(
        member_id=member_id,
        starts_at=starts,
        kind=lost.kind,
        words=words,
        account_id=stamp.account_id,
        noted_at=stamp.now,
    )
    session.add(loss)
    session.flush()
    return loss


def drop_loss(session: Session, *, member_id: int, starts: datetime, loss_id: int) -> LossLine:
    """Take away a loss that was noted by mistake; what it said. NoSuchLoss."""
    found = next((each for each in losses_of(session, member_id, starts) if each.id == loss_id), None)
    if found is None:
        raise NoSuchLoss("It is not noted any more: somebody else has taken it away.")
    session.delete(session.get_one(Loss, loss_id))
    session.flush()
    return found


def follow_start(session: Session, member_id: int, before: datetime, after: datetime) -> None:
    """Let what follows time away follow it to another start."""
    if before == after:
        return
    for table in (OPEN_ENDS, LOSSES):
        here = table.c.member_id == member_id
        if table is OPEN_ENDS:
            session.execute(delete(table).where(here, table.c.starts_at == after))
        session.execute(update(table).where(here, table.c.starts_at == before).values(starts_at=after))


def forget(session: Session, start: Start, *, by: int, at: datetime) -> None:
    """Drop what came with an entry that is taken back: its open end, and the loss noted in the same act."""
    session.execute(
        delete(OPEN_ENDS).where(OPEN_ENDS.c.member_id == start[0], OPEN_ENDS.c.starts_at == start[1])
    )
    session.execute(
        delete(LOSSES).where(
            LOSSES.c.member_id == start[0],
            LOSSES.c.starts_at == start[1],
            LOSSES.c.account_id == by,
            LOSSES.c.noted_at == at,
        )
    )
