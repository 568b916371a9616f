"""How passwords are hashed and checked, and which ones an account may not have."""

import base64
import secrets
import unicodedata

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from npt.accounts.models import Account
from npt.accounts.rules import FIRST_GUESSES, PRODUCT_COST, HashCost, PasswordRefused, check_password

_SALT_BYTES = 16
_HASH_BYTES = 32
#: How much of a password is looked at: its time grows with the square, and no guess gets so far.
_LOOKED_AT = 72


class Hasher:
    """Makes and checks password hashes (argon2id). Tests may pass a cheap one; the product's is `HASHER`."""

    def __init__(self, cost: HashCost) -> None:
        self._argon2 = PasswordHasher(
            time_cost=cost.rounds,
            memory_cost=cost.kibibytes,
            parallelism=cost.lanes,
            hash_len=_HASH_BYTES,
            salt_len=_SALT_BYTES,
            type=Type.ID,
        )
        salt, digest = (
            base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=")
            for size in (_SALT_BYTES, _HASH_BYTES)
        )
        #: costs as much to check as a real hash, and fits no password that anybody knows
        self.nobodys_hash = (
            f"$argon2id$v=19$m={cost.kibibytes},t={cost.rounds},p={cost.lanes}${salt}${digest}"
        )

    def hash(self, password: str) -> str:
        """A fresh hash of the password."""
        return self._argon2.hash(_composed(password))

    def fits(self, password: str, password_hash: str | None) -> bool:
        """Whether the password belongs to the hash. Without a hash: no, after as much work as with one."""
        try:
            self._argon2.verify(password_hash or self.nobodys_hash, _composed(password))
        except (VerificationError, InvalidHashError):
            return False
        return password_hash is not None

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made at another cost than this one's."""
        return self._argon2.check_needs_rehash(password_hash)


def _composed(password: str) -> str:
    """One spelling of the password: keyboards differ in whether an é is one character or two."""
    return unicodedata.normalize("NFC", password)


HASHER = Hasher(PRODUCT_COST)


def check_new_password(password: str, account: Account, field: str, *, may_be_common: bool = False) -> None:
    """Refuse (PasswordRefused) a password that the account may not have, or that is soon guessed."""
    check_password(password, email=account.email, field=field)
    if may_be_common:
        return
    from zxcvbn import zxcvbn  # its lists take 12 megabytes, which only whoever sets a password needs

    found = zxcvbn(password[:_LOOKED_AT], user_inputs=[*account.email.split("@"), *account.name.split()])
    if found["guesses"] < FIRST_GUESSES:
        raise PasswordRefused(
            "This password is too easy to guess: use three or four unrelated words.",
            field=field,
        )
