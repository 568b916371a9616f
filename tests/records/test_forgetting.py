"""What is kept for a while only: there to the end of its time, and gone after it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.models import KeptPost, SignInAttempt, SignInSession
from npt.api.actions import claim_key
from npt.api.models import Push
from npt.outbox.actions import erase_old
from npt.outbox.models import Letter
from npt.store.transaction import writing
from npt.webkit.submissions import Submission
from tests import make
from tests.letters import letter_row
from tests.records.sign_ins import EMAIL, NOW, sign_in

DIGEST = "d" * 64
Make = Callable[[int, datetime], object]
Forget = Callable[[Session, int], object]


def _claim(session: Session, account_id: int) -> object:
    with writing(session):
        return claim_key(session, account_id=account_id, key="new", request_digest=DIGEST, now=NOW)


def _write_letters(session: Session, _account_id: int) -> None:
    with writing(session):
        erase_old(session, now=NOW)


KEPT: dict[str, tuple[Make, Any, timedelta, Forget]] = {
    "a session that has ended": (
        lambda account, at: SignInSession(
            account_id=account, token_digest=f"{at:%c}", started_at=at, expires_at=at
        ),
        SignInSession.expires_at,
        timedelta(days=7),
        lambda session, _account: sign_in(session),
    ),
    "a failure to sign in": (
        lambda _account, at: SignInAttempt(email_digest=DIGEST, address_digest=DIGEST, at=at),
        SignInAttempt.at,
        timedelta(days=1),
        lambda session, _account: sign_in(session),
    ),
    "what was sent too late": (
        lambda account, at: KeptPost(account_id=account, address="/", body="", kept_at=at),
        KeptPost.kept_at,
        timedelta(days=7),
        lambda session, _account: sign_in(session),
    ),
    "the key of a form": (
        lambda account, at: Submission(key=f"{at:%c}", account_id=account, location="/", at=at),
        Submission.at,
        timedelta(days=7),
        lambda session, _account: sign_in(session),
    ),
    "a push": (
        lambda account, at: Push(
            account_id=account, key=f"{at:%c}", request_digest=DIGEST, status=200, answer="", at=at
        ),
        Push.at,
        timedelta(days=7),
        _claim,
    ),
    "a letter": (
        lambda account, at: letter_row(account_id=account, queued_at=at, settled_at=at),
        Letter.queued_at,
        timedelta(days=92),
        _write_letters,
    ),
}


@pytest.mark.parametrize(("row", "instant", "age", "forget"), KEPT.values(), ids=KEPT)
def test_what_is_kept_for_a_while_is_there_to_the_end_of_its_time_and_gone_after_it(
    session: Session, row: Make, instant: Any, age: timedelta, forget: Forget
) -> None:
    lasting, over = NOW - age, NOW - age - timedelta(days=1)
    with writing(session):
        account_id = make.account(session, email=EMAIL).id
        session.add_all([row(account_id, lasting), row(account_id, over)])
    forget(session, account_id)
    kept = session.scalars(select(instant)).all()
    assert lasting in kept
    assert over not in kept
