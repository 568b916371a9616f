"""Links for people without an account: signed for one purpose and one record, by the secret keys.

    CONFIRM = LinkPurpose("confirm a key individual", lasts=timedelta(days=30))
    signed = CONFIRM.sign(secret_keys(), member.id, visit.today)      the end of an address
    member_id = CONFIRM.read(secret_keys(), signed, visit.today)      LinkAltered, LinkExpired

A mail scanner opens every link: the page of one (`@pages.form`) changes nothing until its button is pressed.
What the record itself says comes on top: a link to what ended or was erased opens nothing.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from npt.kit.refusals import Refusal
from npt.settings import Settings


class LinkAltered(Refusal):
    """The link is not one of ours for this purpose, or not whole."""


class LinkExpired(Refusal):
    """The link is older than links for this purpose last."""


@dataclass(frozen=True, slots=True)
class LinkPurpose:
    """What links are signed for. A signature for one purpose opens nothing of another."""

    #: never changed: the links that were sent go by it
    name: str
    #: for how many days from the one on which it was signed; None: as long as the record says
    lasts: timedelta | None = None

    def sign(self, keys: Sequence[str], record_id: int, today: date) -> str:
        """What a link to the record ends with."""
        told = record_id if self.lasts is None else [record_id, today.toordinal()]
        return str(self._seals(keys).dumps(told))

    def read(self, keys: Sequence[str], signed: str, today: date) -> int:
        """The record that the link is of. LinkAltered, LinkExpired."""
        try:
            told = self._seals(keys).loads(signed)
        except BadSignature:
            raise LinkAltered("This link is not whole: open it from the email again.") from None
        if self.lasts is None:
            return int(told)
        record_id, day = told
        if day < (today - self.lasts).toordinal():
            raise LinkExpired("This link has expired: open the one in a newer email.")
        return int(record_id)

    def _seals(self, keys: Sequence[str]) -> URLSafeSerializer:
        """Signs with the first of the secret keys, and takes the signatures of all.

        SHA-1 signed the links that residents were sent before December 2026.
        """
        return URLSafeSerializer(
            [*reversed(keys)],
            salt=self.name,
            signer_kwargs={"digest_method": hashlib.sha256},
            fallback_signers=[{"digest_method": hashlib.sha1}],
        )


def secret_keys() -> Sequence[str]:
    """The keys of the application that answers, the present one first."""
    settings: Settings = current_app.extensions["npt_settings"]
    return settings.secret_keys
