"""The secret address of somebody's own calendar: made, renewed, revoked."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.accounts.rules import new_token, token_digest
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.rostering.models import CalendarFeed
from npt.rostering.queries import feed_of
from npt.store.constraints import name_violation, refusing


class CalendarThere(Refusal):
    """The same person asked for a calendar twice at once."""


name_violation(
    "ix_calendar_feed_account_id",
    lambda: CalendarThere("Another address was made at the same moment: open the page again and renew it."),
)


def make_feed(
    session: Session,
    *,
    stamp: Stamp,
) -> str:
    """Make a new address for the calendar of the account `by`; an earlier one stops to answer.

    The token in the address is returned this once; only its digest is kept. CalendarThere.
    """
    session.execute(select(Account.id).where(Account.id == stamp.account_id).with_for_update())
    revoke_feed(session, stamp=stamp)
    token = new_token()
    with refusing(session):
        session.add(
            CalendarFeed(account_id=stamp.account_id, token_digest=token_digest(token), made_at=stamp.now)
        )
    return token


def revoke_feed(
    session: Session,
    *,
    stamp: Stamp,
) -> bool:
    """Let the address of the account's calendar answer no more; whether there was one."""
    feed = feed_of(session, stamp.account_id)
    if feed is None:
        return False
    feed.revoked_at = stamp.now
    session.flush()
    return True
