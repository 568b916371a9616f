"""What a person sent after the session had ended is kept until the same person has signed in."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from npt.accounts.models import KeptPost
from npt.accounts.queries import kept_posts
from npt.accounts.rules import LONGEST_KEPT_ADDRESS, LONGEST_KEPT_BODY, LONGEST_KEPT_IN_ALL, Sent, written


def keep_post(
    session: Session, *, account_id: int, address: str, sent: Sent, now: datetime
) -> KeptPost | None:
    """Keep what was sent to `address` until the same person has signed in. None when it is too long to keep.

    It may be so by itself, or with what is kept already, of which nothing gives way. The same thing sent
    twice is kept once.
    """
    body = written(sent)
    if len(address) > LONGEST_KEPT_ADDRESS or len(body) > LONGEST_KEPT_BODY:
        return None
    earlier = kept_posts(session, account_id)
    for kept in earlier:
        if kept.address == address and kept.body == body:
            return kept
    if sum(len(kept.body) for kept in earlier) + len(body) > LONGEST_KEPT_IN_ALL:
        return None
    kept = KeptPost(account_id=account_id, address=address, body=body, kept_at=now)
    session.add(kept)
    session.flush()
    return kept


def forget_kept_post(session: Session, *, account_id: int, kept_id: int) -> None:
    """Drop a kept post, saved or discarded. Nothing happens when it is gone already or somebody else's."""
    session.execute(delete(KeptPost).where(KeptPost.id == kept_id, KeptPost.account_id == account_id))
