"""The law of accounts: what a password must be, how long a session lasts.

The figures are ours, except the cost of a hash: RFC 9106, section 4, second recommended option.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from npt.kit.refusals import Refusal

#: From signing in to the end of the session, whatever is done in between: two ten-hour shifts and a handover.
SESSION_LIFETIME = timedelta(hours=20, minutes=5)
#: How long an ended session is remembered, so that what is sent too late still finds its person; and how long
#: that is kept for them. Submission keys are remembered as long, so a kept form still makes one record.
REMEMBERED_FOR = timedelta(days=7)
ATTEMPT_REMEMBERED_FOR = timedelta(days=1)

SHORTEST_PASSWORD = 12
#: A limit only so that nobody can make the server hash a book.
LONGEST_PASSWORD = 200
#: A password is common when whoever knows the usual ones tries it among so many: more than half a year of all
#: that the throttle lets strangers try at one account.
FIRST_GUESSES = 1_000_000


@dataclass(frozen=True)
class HashCost:
    """What one argon2id hash costs: passes over the memory, its size in KiB, and parallel lanes."""

    rounds: int
    kibibytes: int
    lanes: int


#: RFC 9106's second recommended option, for machines without 2 GiB to spare for each sign-in.
PRODUCT_COST = HashCost(rounds=3, kibibytes=65536, lanes=4)


class EmailNotPossible(Refusal):
    """What was given as an email address cannot be one."""


class EmailTaken(Refusal):
    """Another account has this email address."""


class NameNotPossible(Refusal):
    """A name that is empty or too long."""


class UnknownAccount(Refusal):
    """No account has this email address."""


class PasswordRefused(Refusal):
    """A password that is too short, too long, too common, or the person's own email address."""


class WrongCredentials(Refusal):
    """The email address or the password is wrong, or the account cannot be used."""


def normalised_email(text: str) -> str:
    """The address in the form under which accounts are found: no outer space, lower case.

    EmailNotPossible when it cannot be an address. Only its shape is looked at.
    """
    email = text.strip().lower()
    if len(email) > 254 or not re.fullmatch(
        r"[^\s@\x00-\x1f\x7f]+@[^\s@.\x00-\x1f\x7f]+(\.[^\s@.]+)+", email
    ):
        raise EmailNotPossible(
            f"“{text[:60]}” is not an email address: write one like name@example.police.uk.", field="email"
        )
    return email


def checked_name(text: str) -> str:
    """A person's name, ready to keep. NameNotPossible when it is empty, too long or not printable."""
    name = text.strip()
    if not 0 < len(name) <= 200 or not name.isprintable():
        raise NameNotPossible(
            "The name must have 1 to 200 characters and no control characters: type it again.", field="name"
        )
    return name


def check_password(password: str, *, email: str, field: str | None = None) -> None:
    """Refuse (PasswordRefused) a password that may not be set. Length decides, not a recipe of characters."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordRefused(
            f"The password must have at least {SHORTEST_PASSWORD} characters: use three or four words.",
            field=field,
        )
    if len(password) > LONGEST_PASSWORD:
        raise PasswordRefused(
            f"The password must have at most {LONGEST_PASSWORD} characters: shorten it.", field=field
        )
    if password.strip().casefold() == email.casefold():
        raise PasswordRefused("The password must not be the email address: choose another.", field=field)


# Sessions ---------------------------------------------------------------------------------------------------


def new_token() -> str:
    """256 random bits for the cookie of a new session."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """What the database keeps of a token. Unkeyed: 256 random bits cannot be guessed from their digest."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
