"""Applying the list of erasures to records that may be older: what a restore brought back goes again."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.data_protection.actions.forgetting import erase
from npt.data_protection.kinds import kinds, secrets_of_erasures
from npt.data_protection.models import Erasure
from npt.data_protection.queries import is_erased
from npt.data_protection.rules import Outcome, Person, key_mark, reference_digest
from npt.journal.rules import PersonKey


@dataclass
class Applied:
    """What came of a list of erasures."""

    outcome: Outcome = field(default_factory=Outcome)
    #: people who were erased again
    again: int = 0
    #: rows that were made with a key that is not known here: nobody can tell whom they mean
    unreadable: int = 0
    #: records under the key of an erased one that are asked for by something else: somebody has to look
    doubtful: list[PersonKey] = field(default_factory=list)


def apply_erasures(session: Session, *, now: datetime) -> Applied:
    """Erase again whoever is on the list and stands in the records under their name.

    A record is theirs when its key and what it is asked for by are those of the list: in records of another
    history the key may be somebody else's.
    """
    applied = Applied()
    secrets = {key_mark(secret): secret for secret in secrets_of_erasures()}
    for listed in session.scalars(select(Erasure).order_by(Erasure.id)).all():
        key = PersonKey(listed.person_table, listed.record_id)
        secret = secrets.get(listed.key_mark)
        if secret is None:
            applied.unreadable += 1
        elif key.table in kinds() and not is_erased(session, key):
            kind = kinds()[key.table]
            reference = session.scalar(select(kind.rows.c[kind.reference]).where(kind.rows.c.id == key.id))
            if reference is None:
                continue
            if reference_digest(secret, key.table, str(reference)) != listed.reference_digest:
                applied.doubtful.append(key)
                continue
            alone = Person(key, (key,), kind.noun)  # what else was the same person is on the list itself
            applied.outcome.merge(erase(session, alone, now=now, is_listed=False))
            applied.again += 1
    return applied
