"""The terms of problems, written anew before every commit that changed what they are found by.

On PostgreSQL two who commit at once must not each overlook what the other wrote of the same problem. Whoever
writes terms therefore holds the problem, by one of a few locks, until the end of the transaction, and reads
from there; locks are taken in order, so that two cannot wait for each other in a ring.
"""

from collections.abc import Collection, Iterable
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Row,
    TextClause,
    bindparam,
    cast,
    column,
    delete,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from npt.kit.search_terms import SoughtTerms, terms_of
from npt.problem_search.models import TermsDue
from npt.problem_search.search_index.laying import FOUND_BY, IN_SUMMARY
from npt.store.batches import batches
from npt.store.erasing import is_erasing
from npt.store.listening import listen
from npt.store.transaction import has_uncommitted_changes

#: The table of terms, as both engines have it.
TERMS_KEPT = table("problem_terms", column("rowid"), column("summary"), column("whole"))
#: Problems read and written by one statement.
_AT_ONCE = 500
#: The first key of the locks on problems, which no other advisory lock of the product has, and how many there
#: are: a server has room for no more than some thousands, and a transaction may write that many problems.
_LOCK = 11
_LOCKS = 64


def register() -> None:
    """Write what is due before every commit, in every session; calling it again changes nothing."""
    listen(Session, "before_commit", _before_commit, is_first=True)


def _before_commit(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    if has_uncommitted_changes(session):
        settle(session)


def settle(session: Session) -> None:
    """Write all terms that are due. The last thing before a commit."""
    connection = session.connection()
    due = connection.execute(select(TermsDue.writer, TermsDue.problem_id)).all()
    if not due:
        return
    write_terms(session, {row.problem_id for row in due})
    for writer in {row.writer for row in due}:
        # What a writer noted became visible all at once: none of it can have come after it was looked for.
        connection.execute(delete(TermsDue).where(TermsDue.writer == writer))


def write_terms(session: Session, problem_ids: Collection[int]) -> None:
    """Write the terms of these problems as their records are now; those of a problem that has gone, go."""
    connection = session.connection()
    dialect = connection.dialect.name
    if dialect == "postgresql":
        for lock in sorted({key % _LOCKS for key in problem_ids}):
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK, lock)))
    for some in batches(sorted(problem_ids), _AT_ONCE):
        connection.execute(delete(TERMS_KEPT).where(TERMS_KEPT.c.rowid.in_(some)))
        written = _terms(connection.execute(_TEXTS, {"keys": some}).all())
        if written:
            connection.execute(_written(dialect), [_bound(dialect, *each) for each in written])
    if is_erasing(session) and dialect == "sqlite":
        # Until its parts are merged the index keeps the terms that were taken out of it.
        connection.execute(text("INSERT INTO problem_terms (problem_terms) VALUES ('optimize')"))


def _terms(rows: Iterable[Row[int, bool, str]]) -> list[tuple[int, set[str], set[str]]]:
    """By problem, the terms of what a summary shows, and of all of it."""
    found: dict[int, tuple[set[str], set[str]]] = {}
    for key, is_in_summary, words in rows:
        summary, whole = found.setdefault(key, (set(), set()))
        terms = terms_of(words)
        whole |= terms
        if is_in_summary:
            summary |= terms
    return [(key, *terms) for key, terms in found.items()]


#: How what belongs to a problem's matter is joined.
_JOINED = {"matter": "matter.id = problem.matter_id", "action": "action.matter_id = problem.matter_id"}


def _texts() -> TextClause:
    """The statement that reads all texts of some problems: key, whether a summary shows it, the text."""

    def part(table: str, columns: Iterable[str], *, is_in_summary: bool) -> str:
        words = " || ' ; ' || ".join(f"coalesce({table}.{each}, '')" for each in columns)
        asked = f"SELECT problem.id, {str(is_in_summary).upper()}, {words} FROM problem"  # noqa: S608  ours
        if table != "problem":
            asked += f" JOIN {table} ON {_JOINED.get(table, f'{table}.problem_id = problem.id')}"
        return f"{asked} WHERE problem.id IN :keys"

    parts = [
        part(table, columns, is_in_summary=is_in_summary)
        for table, all_columns in FOUND_BY.items()
        for is_in_summary in (True, False)
        if (columns := [each for each in all_columns if (each in IN_SUMMARY.get(table, ())) is is_in_summary])
    ]
    return text(" UNION ALL ".join(parts)).bindparams(bindparam("keys", expanding=True))


_TEXTS = _texts()
_VALUES = {
    "sqlite": ":summary, :whole",
    "postgresql": "array_to_tsvector(CAST(:summary AS text[])), array_to_tsvector(CAST(:whole AS text[]))",
}


@cache
def _written(dialect: str) -> TextClause:
    return text(f"INSERT INTO problem_terms (rowid, summary, whole) VALUES (:key, {_VALUES[dialect]})")  # noqa: S608


def _bound(dialect: str, key: int, summary: set[str], whole: set[str]) -> dict[str, object]:
    """The terms as the statement takes them: a list, or words in a row."""
    kept = [sorted(terms) for terms in (summary, whole)]
    values = kept if dialect == "postgresql" else [" ".join(terms) for terms in kept]
    return {"key": key, "summary": values[0], "whole": values[1]}


def terms_meant(dialect: str, sought: SoughtTerms, *, is_whole: bool) -> ColumnElement[bool]:
    """The condition that the terms of a problem have every word sought, in all that is kept or in what a
    summary shows. For a question of `TERMS_KEPT`.
    """
    part = "whole" if is_whole else "summary"
    if dialect == "sqlite":
        words = _meant(sought, '"', "AND", "OR")
        return literal_column("problem_terms").op("MATCH")(f"{part} : {words}")
    return TERMS_KEPT.c[part].op("@@")(cast(_meant(sought, "'", "&", "|"), TSQUERY))


def _meant(sought: SoughtTerms, quote: str, both: str, either: str) -> str:
    """What is sought, as an engine is asked: quoted, so that it takes no term apart."""

    def joined(parts: Iterable[str], sign: str) -> str:
        return f"({f' {sign} '.join(parts)})"

    words = (
        joined((joined((f"{quote}{term}{quote}" for term in way), both) for way in ways), either)
        for ways in sought
    )
    return joined(words, both)
