"""What stays beside an embedded database: the mark that it is a demonstration, and its password."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from npt.kit.files import PRIVATE, written_whole
from npt.settings import DEMONSTRATION_MARK, Settings, folder_of

_PASSWORD = "demo-password"  # noqa: S105 - the name of a file, not a password


def chosen_password(settings: Settings) -> str:
    """NPT_DEMO_PASSWORD, else the one that is kept, else a new one."""
    return settings.demo_password or kept_password(settings) or secrets.token_urlsafe(12)


def kept_password(settings: Settings) -> str | None:
    """The password that is kept beside the database; None where none is."""
    folder = folder_of(settings.database_url)
    try:
        return (folder / _PASSWORD).read_text().strip() or None if folder is not None else None
    except FileNotFoundError:
        return None


def keep_password(settings: Settings, password: str) -> None:
    """Keep the password where only this user can read it; nothing beside a database server."""
    folder = folder_of(settings.database_url)
    if folder is not None:
        with written_whole(folder / _PASSWORD) as kept:
            kept.write(f"{password}\n".encode())


@contextmanager
def marked(settings: Settings) -> Iterator[None]:
    """Mark an embedded database as a demonstration, unless what is done inside fails."""
    folder = folder_of(settings.database_url)
    mark = None if folder is None or (folder / DEMONSTRATION_MARK).exists() else folder / DEMONSTRATION_MARK
    if mark is not None:
        mark.touch(mode=PRIVATE)
    try:
        yield
    except BaseException:
        if mark is not None:
            mark.unlink(missing_ok=True)
        raise
