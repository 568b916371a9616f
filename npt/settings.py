"""What a deployment says about itself, read once from the environment and then fixed."""

import os
import re
import secrets
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url

from npt.kit.files import PRIVATE_FOLDER, private

ROOT = Path(__file__).resolve().parent.parent
#: The file beside an embedded database that says that it holds the demonstration force.
DEMONSTRATION_MARK = "demonstration"
#: The list of erasures beside an embedded database.
ERASURES = "erasures.json"


class WrongSetting(Exception):
    """A setting is missing or cannot be used; the message names it and says what to do."""


@dataclass(frozen=True)
class Tiles:
    """A server of map tiles: the address of one as Leaflet fills it in, whom to credit, and its origin."""

    address: str
    credit: str
    origin: str


@dataclass(frozen=True)
class Settings:
    """Everything the application needs to know to start."""

    database_url: str
    #: the first signs; the others are older keys still accepted
    secret_keys: tuple[str, ...]
    is_demonstration: bool = False
    is_testing: bool = False
    #: the day the application believes it is; only in demonstration and tests
    today: date | None = None
    demo_password: str | None = None
    #: how many proxies of our own stand before the application and tell it the caller's address
    proxies: int = 0
    #: names that a proxy may say it was asked by, with their ports where they are not the usual ones
    hosts: tuple[str, ...] = ()
    #: where people reach the application, without a slash at the end; None when it is not said
    public_url: str | None = None
    #: the mail server, as `npt.mail.server` reads it; it may hold a password
    mail_url: str | None = field(default=None, repr=False)
    #: how long people are known by name after they left, in months
    keep_people_months: int = 72
    #: the same of key individuals after they left the network
    keep_kin_months: int = 24
    #: the file that keeps the list of erasures away from the database; None where there is none
    erasures: Path | None = None
    #: whom letters come from; None: npt at the host of `public_url`
    mail_from: str | None = None
    #: where a virus scanner listens that speaks as clamd does: "host:port", or the path of a socket
    scanner: str | None = None
    #: the server of the pictures that lie under maps; None: maps are outlines alone
    tiles: "Tiles | None" = None

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read `NPT_…` from the environment. WrongSetting when something is missing or unusable."""
        instance = ROOT / "instance"
        url = os.environ.get("NPT_DATABASE_URL") or f"sqlite:///{instance / 'npt.sqlite3'}"
        beside = folder_of(url)
        is_demonstration = beside is not None and (beside / DEMONSTRATION_MARK).exists()
        is_demonstration = is_demonstration or os.environ.get("NPT_DEMONSTRATION") == "1"
        _make_private(url)
        public_url = _public_url()
        return cls(
            database_url=url,
            secret_keys=_secret_keys(beside),
            is_demonstration=is_demonstration,
            today=_today(is_demonstration),
            demo_password=os.environ.get("NPT_DEMO_PASSWORD") or None,
            proxies=_count("NPT_PROXIES"),
            hosts=_hosts(public_url),
            public_url=public_url,
            mail_url=os.environ.get("NPT_MAIL_URL") or None,
            mail_from=os.environ.get("NPT_MAIL_FROM") or None,
            scanner=_scanner(),
            keep_people_months=_months("NPT_KEEP_PEOPLE_MONTHS", cls.keep_people_months),
            keep_kin_months=_months("NPT_KEEP_KIN_MONTHS", cls.keep_kin_months),
            erasures=_erasures(beside),
            tiles=_tiles(),
        )


def folder_of(database_url: str) -> Path | None:
    """The folder of an embedded database, made if missing; None for a server or memory."""
    address = make_url(database_url)
    if address.get_backend_name() != "sqlite" or not address.database or address.database == ":memory:":
        return None
    folder = Path(address.database).resolve().parent
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    return folder


def _make_private(database_url: str) -> None:
    """Make the file of an embedded database, if there is none, before SQLite makes one for all to read.

    What SQLite puts beside it has the same owner and mode.
    """
    if folder_of(database_url) is not None:
        with open(str(make_url(database_url).database), "ab", opener=private):
            pass


def _secret_keys(beside: Path | None) -> tuple[str, ...]:
    given = os.environ.get("NPT_SECRET_KEY", "").split()
    if given:
        if min(len(key) for key in given) < 32:
            raise WrongSetting("NPT_SECRET_KEY is too short: give at least 32 characters")
        return tuple(given)
    if beside is None:
        raise WrongSetting(
            "NPT_SECRET_KEY is not set: with a database server, give a random key of 32 characters or more"
            " (after a space, an older key that is still accepted)"
        )
    kept = beside / "secret-key"
    if not kept.exists():
        try:
            with open(kept, "x", opener=private) as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass  # the other worker was quicker; its key counts
    return (kept.read_text().strip(),)


def _count(name: str) -> int:
    text = os.environ.get(name) or "0"
    if not text.isascii() or not text.isdigit() or int(text) > 9:
        raise WrongSetting(f"{name} is {text!r}: give a number from 0 to 9")
    return int(text)


def _months(name: str, usual: int) -> int:
    text = os.environ.get(name) or str(usual)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1200:
        raise WrongSetting(f"{name} is {text!r}: give a number of months from 1 to 1200")
    return int(text)


def _erasures(beside: Path | None) -> Path | None:
    """The file that NPT_ERASURES names, or one beside an embedded database."""
    named = os.environ.get("NPT_ERASURES")
    if named:
        return Path(named)
    return None if beside is None else beside / ERASURES


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        is_place = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    has_more = bool(parts.query or parts.fragment or parts.username)
    return is_place and not has_more and text.isprintable() and " " not in text


def _public_url() -> str | None:
    text = (os.environ.get("NPT_PUBLIC_URL") or "").strip()
    if not text:
        return None
    if not _is_web_address(text):
        raise WrongSetting(
            f"NPT_PUBLIC_URL is {text[:100]!r}: give the address where people open the application,"
            " like https://npt.example.org"
        )
    return text.rstrip("/")


def _scanner() -> str | None:
    text = (os.environ.get("NPT_SCANNER") or "").strip().removeprefix("unix:").removeprefix("tcp://")
    if text and not re.fullmatch(r"/\S*|(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):[0-9]{1,5}", text):
        raise WrongSetting(
            f"NPT_SCANNER is {text[:100]!r}: give the address of clamd, like 127.0.0.1:3310, or the"
            " path of its socket, like /run/clamav/clamd.ctl"
        )
    return text or None


def _tiles() -> Tiles | None:
    address, _, credit = (os.environ.get("NPT_TILES") or "").strip().partition(" ")
    if not address:
        return None
    found = re.fullmatch(r"(https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?)/[!-~]*", address)
    if found is None or not all(part in address for part in ("{z}", "{x}", "{y}")):
        raise WrongSetting(
            f"NPT_TILES is {address[:100]!r}: give the address of a tile with {{z}}, {{x}} and {{y}} in it"
            " and, after a space, whom to credit, like"
            " https://tiles.example.org/{z}/{x}/{y}.png © OpenStreetMap contributors"
        )
    return Tiles(address, credit.strip(), found[1])


def _hosts(public_url: str | None) -> tuple[str, ...]:
    given = os.environ.get("NPT_HOSTS", "").lower().split()
    if given or public_url is None:
        return tuple(given)
    return (urlsplit(public_url).netloc.lower(),)


def _today(is_demonstration: bool) -> date | None:
    text = os.environ.get("NPT_TODAY")
    if not text:
        return None
    if not is_demonstration:
        raise WrongSetting(
            "NPT_TODAY is set, but this is not a demonstration: a real system takes its day from the"
            " clock; unset it"
        )
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongSetting(f"NPT_TODAY is {text!r}, which is not a date: write it like 2026-11-23") from None
