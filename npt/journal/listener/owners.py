"""Whose a record is, found from what is at hand, or by one statement for all that are asked about."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Column, Select, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from npt.journal.rules import PersonKey
from npt.store.batches import batches
from npt.store.personal import Personal, mark_of, models_by_table, trail_of


@cache
def _models() -> dict[str, type[Any]]:
    return models_by_table()


@cache
def _trail(table: str) -> tuple[Column[Any], ...]:
    return trail_of(_models()[table])


def has_personal(model: type[Any] | None, names: Iterable[str]) -> bool:
    """Whether one of these fields holds something about the person whose the record is."""
    mark: Personal = mark_of(model)
    return mark.whose is not None and any(name in mark for name in names)


def owner_at_hand(
    session: Session, model: type[Any], record_id: int | None, row: Mapping[str, Any]
) -> PersonKey | None:
    """Whose the record is, as far as it is known without asking the database; None where it is not."""
    trail = _trail(str(model.__table__.name))
    key = record_id if len(trail) == 1 else row.get(trail[0].key)
    for step in trail[1:-1]:
        if key is None:
            return None
        target = session.identity_map.get(identity_key(_models()[step.table.name], key))
        key = None if target is None else vars(target).get(step.key)
    return PersonKey(trail[-1].table.name, key) if trail and isinstance(key, int) else None


def owners_of(session: Session, model: type[Any], ids: Collection[int]) -> dict[int, PersonKey]:
    """Whose the records with these keys are, by their key: those that are somebody's, by one statement."""
    trail = _trail(str(model.__table__.name))
    own = model.__table__.c.get("id")
    if not trail or own is None:
        return {}
    asked = _with_owner(own, trail)
    found: dict[int, PersonKey] = {}
    for some in batches(sorted(ids)):
        for key, owner in session.connection().execute(asked.where(own.in_(some))):
            if owner is not None:
                found[key] = PersonKey(trail[-1].table.name, owner)
    return found


def _with_owner(own: Column[Any], trail: tuple[Column[Any], ...]) -> Select[Any]:
    """The keys of a table's records with the keys of the people whose they are."""
    last = trail[-1] if len(trail) == 1 else trail[-2]
    asked = select(own, last).select_from(own.table)
    for place, target in enumerate(trail[1:-1]):
        asked = asked.join(target.table, target.table.c.id == trail[place])
    return asked
