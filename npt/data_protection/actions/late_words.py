"""Words that somebody was saving while a person was erased: they may have read the name before it went."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from npt.data_protection.actions.words import replace_names
from npt.data_protection.rules import Naming, Outcome

#: Waits until every transaction that had begun to write has ended, half a minute at most.
_WAIT = text(
    """
    DO $$
    DECLARE
        begun xid8 := pg_snapshot_xmax(pg_current_snapshot());
    BEGIN
        FOR tries IN 1..600 LOOP
            EXIT WHEN pg_snapshot_xmin(pg_current_snapshot()) >= begun;
            PERFORM pg_sleep(0.05);
        END LOOP;
    END $$
    """
)


def replace_late_names(session: Session, namings: Iterable[Naming]) -> Outcome | None:
    """Look for the names once more, in a transaction of its own, after the erasure was committed.

    What it leaves to be read is all there is to be read, not more of it. On SQLite nobody reads a name in
    order to write it while somebody else writes: there is nothing to look for, and None is returned.
    """
    if session.get_bind().dialect.name != "postgresql":
        return None
    outcome = Outcome()
    session.connection().execute(_WAIT)
    for naming in namings:
        replace_names(session, naming, outcome)
    return outcome
