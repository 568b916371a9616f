"""Who is at the door of the interface for programs: the account whose token a request shows.

Tries with tokens that nobody knows are throttled as tries to sign in are; a good token is never kept waiting
for them.
"""

from collections.abc import Callable

from flask import current_app, request
from sqlalchemy.orm import Session

from npt.access.rules import Scope, Viewer
from npt.accounts.actions import admit, record_failure
from npt.accounts.rules import TooManyAttempts, origin_of_token
from npt.api.actions import note_use
from npt.api.queries import bearer_of
from npt.kit.clock import local_day
from npt.store.transaction import begin_writing, writing
from npt.webkit.problems import Problem
from npt.webkit.visit import doors

#: Longer texts are no tokens of ours, and nothing of them is looked at.
_LONGEST_TOKEN = 200


def bearer(session: Session, scopes_of: Callable[[Session, int], tuple[Scope, ...]]) -> Viewer | None:
    """Whose token the request shows, and what they may do; None when it shows none that counts.

    Raises a Problem (429) after too many tries with tokens that do not count.
    """
    shown = request.authorization
    if shown is None or shown.type != "bearer" or not shown.token:
        return None
    today = local_day(doors().now())
    found = bearer_of(session, shown.token, today) if len(shown.token) <= _LONGEST_TOKEN else None
    if found is None:
        _count_failure(session, shown.token[:_LONGEST_TOKEN])
        return None
    if found.last_used_on != today:
        _remember_use(session, found.token_id)
    return Viewer(found.account_id, found.name, found.email, scopes_of(session, found.account_id))


def _count_failure(session: Session, token: str) -> None:
    now = doors().now()
    origin = origin_of_token(token, request.remote_addr, secret=str(current_app.config["SECRET_KEY"]))
    session.rollback()
    try:
        with writing(session):
            admit(session, origin, now)
            record_failure(session, origin, now, "token unknown")
    except TooManyAttempts as refusal:
        wait = max(int((refusal.try_again_at - now).total_seconds()), 1)
        raise Problem(429, "Too many attempts", refusal.message, {"Retry-After": str(wait)}) from None


def _remember_use(session: Session, token_id: int) -> None:
    """Note the day, in a transaction of its own: also a push that is refused was a use."""
    is_write = request.method == "POST"
    session.rollback()
    with writing(session):
        session.info["actor"] = (None, "use of a token")
        note_use(session, token_id, local_day(doors().now()))
    if is_write:
        begin_writing(session)
