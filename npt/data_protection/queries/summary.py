"""How much is held on a person, and who has looked at it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import Table, func, literal, select, union_all
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.data_protection.queries.whose import whose
from npt.data_protection.rules import Person
from npt.journal.models import Entry
from npt.journal.rules import ChangeKind
from npt.store.personal import mark_of, models_by_table

#: The latest looks that are listed; the journal has them all.
_LOOKS = 50


class Held(NamedTuple):
    """How many rows of a table are a person's, why they are kept, and for how long."""

    table: str
    number: int
    why: str
    kept: str


class Look(NamedTuple):
    """Somebody was shown a person's records."""

    at: datetime
    who: str
    act: str


def counts_held(session: Session, person: Person) -> list[Held]:
    """The tables that hold rows of the person. One statement."""
    counts = [
        select(literal(name).label("name"), func.count().label("rows"))
        .select_from(model.__table__)
        .where(condition)
        for name, model in models_by_table().items()
        if (condition := whose(model, person.keys)) is not None
    ]
    marks = {name: mark_of(model) for name, model in models_by_table().items()}
    return [
        Held(name, count, marks[name].why, marks[name].kept.words)
        for name, count in session.execute(union_all(*counts).order_by("name"))
        if count
    ]


def looks_at(session: Session, person: Person) -> Sequence[Look]:
    """The latest looks at the person's own records, the last one first."""
    entry, account = cast(Table, Entry.__table__).c, cast(Table, Account.__table__).c
    key = person.key
    asked = (
        select(entry.at, account.name, entry.act)
        .select_from(Entry.__table__.outerjoin(Account.__table__, account.id == entry.account_id))
        .where(entry.record_type == key.table, entry.record_id == key.id)
        .where(entry.change == ChangeKind.VIEWED.value)
        .order_by(entry.sequence.desc())
        .limit(_LOOKS)
    )
    return [Look(at, who or "a command", act) for at, who, act in session.execute(asked)]
