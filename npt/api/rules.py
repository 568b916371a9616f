"""The law of tokens and pushes. The figures are ours."""

import hashlib
import secrets
from datetime import timedelta

from npt.kit.refusals import Refusal

#: What a token begins with, so that a leaked one is recognised for what it is.
TOKEN_PREFIX = "npt_"  # noqa: S105 - the beginning that all tokens share
LONGEST_NAME = 80
#: The IETF's draft on the Idempotency-Key header leaves the length open; a UUID has 36 characters.
LONGEST_KEY = 255
KEY_PATTERN = "^[!-~](?:[ -~]{0,253}[!-~])?$"
#: How long a push is remembered by its key.
REMEMBERED_FOR = timedelta(days=7)
#: Rows of duty or time away in one answer.
PAGE_SIZE = 500
#: Errors or warnings that the answer to a push lists; of the others it says how many there are.
MOST_LISTED = 100


class TokenNameTaken(Refusal):
    """The account has a token of this name that still counts."""


class UnknownToken(Refusal):
    """The account has no token of this name that still counts."""


class KeyUsedOtherwise(Refusal):
    """A push came under the key of another push."""

    def __init__(self) -> None:
        super().__init__(
            "This Idempotency-Key was used for another push: nothing was saved. Send a new push under a new"
            " key, and repeat a push exactly as it was."
        )


def new_api_token() -> str:
    """A token: 256 random bits behind a known beginning."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def push_digest(kind: str, *, may_update: bool, body: bytes) -> str:
    """What tells two pushes apart that came under one key: SHA-256 of all that was asked."""
    head = f"{kind} {'update' if may_update else 'add'}\n"
    return hashlib.sha256(head.encode() + body).hexdigest()
