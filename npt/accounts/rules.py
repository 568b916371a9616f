"""The law of accounts: what a password must be, how long a session lasts, when a further try is refused.

The figures are ours, except the cost of a hash: RFC 9106, section 4, second recommended option.
"""

import hashlib
import hmac
import ipaddress
import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from npt.kit.clock import when_in_words
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

#: Failures that count are those of the last quarter of an hour; for the limits see "The throttle" below.
THROTTLE_WINDOW = timedelta(minutes=15)
FAILURES_FROM_ONE_PLACE = 5
FAILURES_FOR_AN_ACCOUNT = 50
FAILURES_FROM_AN_ADDRESS = 100
#: Failures dated later than this count in nothing: the clock was set back. Tries that wait for one another
#: are dated a little before those that they waited for.
CLOCKS_APART = timedelta(minutes=2)
#: How long a browser is known, from its last sign-in; browsers keep no cookie for longer.
BROWSER_KNOWN_FOR = timedelta(days=400)
#: Accounts that one browser is known to, so that its cookie stays small; the one of longest ago gives way.
ACCOUNTS_OF_A_BROWSER = 60

#: Characters of all posts kept for one account at a time: ten of the largest, hundreds of usual ones. None
#: gives way to another; a further one is not kept, and the page says so.
LONGEST_KEPT_IN_ALL = 5_000_000
#: As long as the largest form that is taken: nothing typed is lost.
LONGEST_KEPT_BODY = 500_000
LONGEST_KEPT_ADDRESS = 500


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


class TooManyAttempts(Refusal):
    """Too many failures (see "The throttle"); `try_again_at` says until when, seen from `now`."""

    def __init__(self, try_again_at: datetime, now: datetime) -> None:
        super().__init__(
            "Too many attempts. Nothing was checked this time: try again"
            f" {when_in_words(try_again_at, now)}.",
        )
        self.try_again_at = try_again_at


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


# The throttle -----------------------------------------------------------------------------------------------
#
# Passwords are guessed in three ways, and each is slowed by a limit of its own:
#
# - one account from one place, by whoever sits there: FAILURES_FROM_ONE_PLACE, for account and place
#   together, so that neither a colleague's failures nor those of somebody far away count against anybody;
# - one account from many places: FAILURES_FOR_AN_ACCOUNT, from all places together;
# - many accounts from one network address: FAILURES_FROM_AN_ADDRESS, for all accounts together.
#
# The two wide limits lie far above the mistakes of a station behind one address, or of one person, and they
# hold only for strangers. A browser in which somebody has signed in to that account before shows a signed
# cookie; it is a place of its own, and has to keep to the first limit alone. So whoever fails on purpose can
# shut nobody out of the browser that they use, and strangers have 50 guesses in a quarter of an hour at one
# account: 4,800 a day, at a password of 12 characters.


def keyed_digest(secret: str, purpose: str, text: str) -> str:
    """HMAC-SHA-256 of `text` under a key made from `secret` for this `purpose` alone, as 64 hex digits.

    Equal texts of one purpose have equal digests; without the secret a guess cannot be checked.
    """
    key = hmac.digest(secret.encode(), purpose.encode(), "sha256")
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), "sha256").hexdigest()


@dataclass(frozen=True)
class Browser:
    """A browser as its cookie names it: by a random name, with the accounts that it is known to."""

    name: str
    #: the beginnings of their digests, the latest sign-in last
    accounts: tuple[str, ...] = ()

    def knows(self, email_digest: str) -> bool:
        """Whether somebody has signed in here to the account of this digest."""
        return email_digest[:_DIGITS] in self.accounts

    def having_seen(self, email_digest: str) -> "Browser":
        """The same browser after somebody has signed in to the account of this digest."""
        others = tuple(each for each in self.accounts if each != email_digest[:_DIGITS])
        return Browser(self.name, (*others, email_digest[:_DIGITS])[-ACCOUNTS_OF_A_BROWSER:])


#: Of a digest, what a cookie has room for: as many bits as no two accounts of one browser share by chance.
_DIGITS = 16


@dataclass(frozen=True)
class Origin:
    """Whose account a try is for and where it comes from, as keyed digests."""

    email_digest: str
    #: of the network address, or of the browser that is known to the account
    address_digest: str
    #: whether the place is known to the account, and the wide limits do not hold for it
    is_known: bool = False


def origin_of(email: str, address: str | None, *, secret: str, browser: Browser | None = None) -> Origin:
    """The origin of a try for the account of `email` (as typed), from `browser` at the network address."""
    email_digest = keyed_digest(secret, "sign-in email", email.strip().lower())
    if browser is not None and browser.knows(email_digest):
        return Origin(email_digest, keyed_digest(secret, "sign-in browser", browser.name), is_known=True)
    return Origin(email_digest, keyed_digest(secret, "sign-in address", _network(address)))


def origin_in_session(email: str, sign_in_id: int, *, secret: str) -> Origin:
    """The origin of a try by whoever is signed in already: their session is a place that is known."""
    return Origin(
        keyed_digest(secret, "sign-in email", email.strip().lower()),
        keyed_digest(secret, "sign-in session", str(sign_in_id)),
        is_known=True,
    )


def origin_of_token(token: str, address: str | None, *, secret: str) -> Origin:
    """The origin of a try with a token. It counts apart from sign-ins: a program stops no person."""
    return Origin(
        keyed_digest(secret, "token", token), keyed_digest(secret, "token address", _network(address))
    )


def _network(address: str | None) -> str:
    """An IPv4 address, or the /64 of an IPv6 one: a single phone has a whole /64 to choose from."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is None:
            return str(ipaddress.ip_network((int(parsed), 64), strict=False))
        parsed = parsed.ipv4_mapped
    return str(parsed)


def try_again_at(failures: Collection[datetime], limit: int, now: datetime) -> datetime | None:
    """When a further try is allowed, rounded up to a whole minute; None when it is allowed now.

    `failures` in any order; those before the window do not count, nor those of a clock that was set back, and
    a refused try is not a failure.
    """
    counting = sorted(
        (at for at in failures if now - THROTTLE_WINDOW < at <= now + CLOCKS_APART), reverse=True
    )
    if len(counting) < limit:
        return None
    free = counting[limit - 1] + THROTTLE_WINDOW
    whole = free.replace(second=0, microsecond=0)
    return whole if whole == free else whole + timedelta(minutes=1)


# Posts kept for a person whose session had ended ------------------------------------------------------------

#: A name under which a kept body says which fields it was kept without; no form of ours uses it.
LEFT_OUT = "kept-without"
#: The field in which a kept post, when it is sent again, names itself.
KEPT_POST = "kept_post"


@dataclass(frozen=True)
class Sent:
    """What a person sent: its fields in order, and the names of those that could not be kept."""

    fields: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...] = ()


def keepable(fields: Iterable[tuple[str, str]], files: Iterable[str] = ()) -> Sent:
    """The part of a sent form that may be kept: no token against forgery, no password, no file."""
    kept: list[tuple[str, str]] = []
    left_out: list[str] = list(files)
    for name, value in fields:
        if "password" in name.lower():
            left_out.append(name)
        elif name not in {"csrf_token", LEFT_OUT, KEPT_POST}:
            kept.append((name, value))
    return Sent(tuple(kept), tuple(dict.fromkeys(left_out)))


def written(sent: Sent) -> str:
    """The url-encoded body under which `sent` is kept."""
    return urlencode([*sent.fields, *((LEFT_OUT, name) for name in sent.left_out)])


def read(body: str) -> Sent:
    """What `written` wrote."""
    pairs = parse_qsl(body, keep_blank_values=True)
    return Sent(
        tuple((name, value) for name, value in pairs if name != LEFT_OUT),
        tuple(value for name, value in pairs if name == LEFT_OUT),
    )
