"""The link by which a person stops letters: signed, for one recipient and one topic, and for so long."""

import hashlib
from collections.abc import Sequence
from datetime import date

from itsdangerous import BadSignature, URLSafeSerializer

from npt.kit.refusals import Refusal
from npt.outbox.rules import LETTER_KEPT_FOR


class LinkAltered(Refusal):
    """The link is not one of ours, or not whole."""


class LinkExpired(Refusal):
    """The link is older than letters are kept."""


def stop_token(keys: Sequence[str], letter_id: int, today: date) -> str:
    """What the link ends with. It names the letter, which knows the person and the topic, and the day."""
    return str(_seals(keys).dumps([letter_id, today.toordinal()]))


def read_stop_token(keys: Sequence[str], token: str, today: date) -> int:
    """The letter that the link came with. LinkAltered, LinkExpired."""
    try:
        letter_id, day = _seals(keys).loads(token)
    except BadSignature:
        raise LinkAltered("This link is not whole: open it from the email again.") from None
    if day < (today - LETTER_KEPT_FOR).toordinal():
        raise LinkExpired("This link has expired: open the one in a newer email.")
    return int(letter_id)


def _seals(keys: Sequence[str]) -> URLSafeSerializer:
    """Signs with the first of the secret keys, for this purpose alone, and takes the signatures of all."""
    return URLSafeSerializer(
        [*reversed(keys)], salt="stop letters", signer_kwargs={"digest_method": hashlib.sha256}
    )
