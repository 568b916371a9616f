"""When a further try to sign in is refused.

Passwords are guessed in three ways, and each is slowed by a limit of its own:

- one account from one place, by whoever sits there: FAILURES_FROM_ONE_PLACE, for account and place
  together, so that neither a colleague's failures nor those of somebody far away count against anybody;
- one account from many places: FAILURES_FOR_AN_ACCOUNT, from all places together;
- many accounts from one network address: FAILURES_FROM_AN_ADDRESS, for all accounts together.

The two wide limits lie far above the mistakes of a station behind one address, or of one person, and they
hold only for strangers. A browser in which somebody has signed in to that account before shows a signed
cookie; it is a place of its own, and has to keep to the first limit alone. So whoever fails on purpose can
shut nobody out of the browser that they use, and strangers have 50 guesses in a quarter of an hour at one
account: 4,800 a day, at a password of 12 characters.
"""

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from npt.kit.clock import when_in_words
from npt.kit.digests import keyed_digest
from npt.kit.refusals import Refusal

#: Failures that count are those of the last quarter of an hour; for the limits see above.
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


class TooManyAttempts(Refusal):
    """Too many failures (see above); `try_again_at` says until when, seen from `now`."""

    def __init__(self, try_again_at: datetime, now: datetime) -> None:
        super().__init__(
            "Too many attempts. Nothing was checked this time: try again"
            f" {when_in_words(try_again_at, now)}.",
        )
        self.try_again_at = try_again_at


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
