"""That a transaction erases somebody: what is kept beside the records, as an index is, forgets them, too."""

from sqlalchemy import text
from sqlalchemy.orm import Session

_ERASES = "npt_erases"


def begin_erasing(session: Session) -> None:
    """Have SQLite overwrite what is deleted; a name would stay readable in its file otherwise."""
    session.info[_ERASES] = True
    if session.get_bind().dialect.name == "sqlite":
        session.connection().execute(text("PRAGMA secure_delete = ON"))


def is_erasing(session: Session) -> bool:
    """Whether somebody was erased in the session: what is written afterwards has to go thoroughly, too."""
    return bool(session.info.get(_ERASES))
