"""What a deployment says about itself, read once from the environment and then fixed."""

import os
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.engine import make_url

ROOT = Path(__file__).resolve().parent.parent
#: The file beside an embedded database that says that it holds the demonstration force.
DEMONSTRATION_MARK = "demonstration"


class WrongSetting(Exception):
    """A setting is missing or cannot be used; the message names it and says what to do."""


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

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read `NPT_…` from the environment. WrongSetting when something is missing or unusable."""
        instance = ROOT / "instance"
        url = os.environ.get("NPT_DATABASE_URL") or f"sqlite:///{instance / 'npt.sqlite3'}"
        beside = folder_of(url)
        is_demonstration = beside is not None and (beside / DEMONSTRATION_MARK).exists()
        is_demonstration = is_demonstration or os.environ.get("NPT_DEMONSTRATION") == "1"
        return cls(
            database_url=url,
            secret_keys=_secret_keys(beside),
            is_demonstration=is_demonstration,
            today=_today(is_demonstration),
            demo_password=os.environ.get("NPT_DEMO_PASSWORD") or None,
            proxies=_count("NPT_PROXIES"),
        )


def folder_of(database_url: str) -> Path | None:
    """The folder of an embedded database, made if missing; None for a server or memory."""
    address = make_url(database_url)
    if address.get_backend_name() != "sqlite" or not address.database or address.database == ":memory:":
        return None
    folder = Path(address.database).resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _secret_keys(beside: Path | None) -> tuple[str, ...]:
    given = os.environ.get("NPT_SECRET_KEY", "").split()
    if given:
        if min(len(key) for key in given) < 32:
            raise WrongSetting("NPT_SECRET_KEY is too short: give at least 32 characters")
        return tuple(given)
    if beside is None:
        raise WrongSetting(
            "NPT_SECRET_KEY is not set: with a database server, give a random key of 32 characters or more"
            " (after a blank, an older key that is still accepted)"
        )
    kept = beside / "secret-key"
    if not kept.exists():
        try:
            with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass  # the other worker was quicker; its key counts
    return (kept.read_text().strip(),)


def _count(name: str) -> int:
    text = os.environ.get(name) or "0"
    if not text.isascii() or not text.isdigit() or int(text) > 9:
        raise WrongSetting(f"{name} is {text!r}: give a number from 0 to 9")
    return int(text)


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
        raise WrongSetting(f"NPT_TODAY is {text!r}, which is no date: write it like 2026-11-23") from None
