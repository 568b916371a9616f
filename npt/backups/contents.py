"""What a database holds, found out and held against what it has to hold."""

from sqlalchemy import column, func, inspect, select, table, text
from sqlalchemy.orm import Session

from npt.backups.manifest import Contents
from npt.journal.queries import verify
from npt.kit.refusals import Refusal

#: The table in which Alembic notes the revision.
_REVISION = "alembic_version"


class Unsound(Refusal):
    """A database has damaged pages, rows that point at nothing, or an altered journal."""


def contents_of(session: Session) -> Contents:
    """What is there, as the transaction of `session` sees it. Unsound when it is damaged."""
    _check_pages(session)
    verdict = verify(session)
    if not verdict.is_whole:
        raise Unsound(verdict.explanation)
    counts = {
        name: session.scalar(select(func.count()).select_from(table(name))) or 0
        for name in sorted(inspect(session.connection()).get_table_names())
    }
    revision = session.scalar(select(column("version_num")).select_from(table(_REVISION)))
    return Contents(revision, verdict.head, counts)


def _check_pages(session: Session) -> None:
    if session.get_bind().dialect.name != "sqlite":
        return  # the server checks its pages itself, whenever it reads them
    faults = [str(row[0]) for row in session.execute(text("PRAGMA integrity_check"))]
    orphans = len(session.execute(text("PRAGMA foreign_key_check")).all())
    if faults != ["ok"] or orphans:
        raise Unsound(
            f"the database is damaged: {'; '.join(faults[:3])}; {orphans} rows that point at nothing"
        )


def difference(wanted: Contents, found: Contents) -> str | None:
    """What of the contents is not as it has to be, in words; None when all is."""
    if found.revision != wanted.revision:
        return f"the schema stands at {found.revision}, not {wanted.revision}"
    if found.journal != wanted.journal:
        return f"the journal ends at entry {found.entries:,}, not {wanted.entries:,}, or at another one"
    for name in sorted(wanted.counts.keys() | found.counts.keys()):
        if wanted.counts.get(name) != found.counts.get(name):
            return f"{name} has {found.counts.get(name)} rows, not {wanted.counts.get(name)}"
    return None


def is_ours(tables: set[str]) -> bool:
    """Whether the tables are those of this product, of whatever version."""
    return {_REVISION, "journal_entry"} <= tables
