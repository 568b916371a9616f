"""The one listener that writes the journal: it sees every change of the unit of work and every statement that
changes rows, and chains them to the journal in the same transaction, as the last thing before the commit.

A session says who acts, and in doing what, by `session.info["actor"] = (account_id, act)`;
`session.info["act"]` says the act in better words. A model says what of it is personal (`personal`: kept as
digests that are keyed by a salt of that person, or not at all where it is nobody's in particular), what is
secret (`secret`: not kept at all), and whether it is journalled at all
(`is_journaled = False` when not), and whether whoever runs the product is to see each change in the log as
well (`is_watched = True`).

Not seen, and therefore not to be used: `session.connection().execute` (`npt.journal.many` tells what it
adds), `bulk_insert_mappings`, `bulk_save_objects`, a text() that begins with WITH, and rows that the database
itself removes (ON DELETE CASCADE).
"""

from sqlalchemy.orm import Mapper, Session

from npt.journal.listener.kept_values import key_digests
from npt.journal.listener.past_the_session import (
    RecordChange,
    note_record,
    note_rows_added,
    owners_before,
)
from npt.journal.listener.pending import drop_rolled_back, forget_ended, mark_savepoint, tell, write
from npt.journal.listener.records import (
    note_added,
    note_changed,
    note_removed,
    read_before_delete,
    read_before_update,
)
from npt.journal.listener.statements import NOTED, note_statement
from npt.store.listening import listen


def register(secret: str) -> None:
    """Listen on every session from now on. Calling it again changes only the secret that keys the digests."""
    key_digests(secret)
    for target, name, listener in (
        (Mapper, "before_update", read_before_update),
        (Mapper, "before_delete", read_before_delete),
        (Mapper, "after_insert", note_added),
        (Mapper, "after_update", note_changed),
        (Mapper, "after_delete", note_removed),
        (Session, "do_orm_execute", note_statement),
        (Session, "after_transaction_create", mark_savepoint),
        (Session, "after_soft_rollback", drop_rolled_back),
        (Session, "after_transaction_end", forget_ended),
        (Session, "before_commit", write),
        (Session, "after_commit", tell),
    ):
        listen(target, name, listener)
