"""The name of an erased person in the words of others' rows."""

from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Column, String, Table, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from npt.data_protection.actions.rows import next_version
from npt.data_protection.kinds import kinds
from npt.data_protection.rules import TYPED_OTHERWISE, Naming, Outcome
from npt.store.personal import ITSELF, Fate, mark_of, models_by_table

_LIKE_SPECIAL = str.maketrans({each: f"\\{each}" for each in "\\%_"})


def replace_names(session: Session, naming: Naming, outcome: Outcome) -> None:
    """Let the pseudonym stand wherever words name the person, and count the words that have to be read."""
    naming = replace(naming, has_namesake=_has_namesake(session, naming.name))
    for name, model in models_by_table().items():
        rows = cast(Table, model.__table__)
        mark = mark_of(model)
        for column, fate in mark.holds.items():
            is_sought = fate is Fate.FREE_TEXT or (fate is not Fate.KEPT and mark.whose != ITSELF)
            if is_sought and isinstance(rows.c[column].type, String):
                _replace_in(session, naming, outcome, name, rows.c[column])


def _has_namesake(session: Session, name: str) -> bool:
    """Whether somebody else is called the same, now that the person is not any more."""
    return bool(name) and any(
        session.scalar(
            select(kind.rows.c.id).where(func.lower(kind.rows.c[kind.name]) == name.lower()).limit(1)
        )
        is not None
        for kind in kinds().values()
        if kind.name is not None
    )


def _replace_in(session: Session, naming: Naming, outcome: Outcome, table: str, column: Column[Any]) -> None:
    rows = column.table
    keys = list(rows.primary_key.columns)
    likely = or_(*(column.ilike(_like(each), escape="\\") for each in naming.sought))
    changed: list[dict[str, Any]] = []
    to_read = 0
    for *key, words in session.execute(select(*keys, column).where(likely)).all():
        now = naming.replaced(words, getattr(column.type, "length", None))
        to_read += naming.has_to_be_read(now)
        if now != words:
            changed.append({f"key_{place}": part for place, part in enumerate(key)} | {"words": now})
    if changed:
        here = [each == bindparam(f"key_{place}", type_=each.type) for place, each in enumerate(keys)]
        values = {column.name: bindparam("words")} | next_version(rows)
        session.execute(update(rows).where(*here).values(values), changed)
    outcome.add(table, "pseudonym in words", len(changed))
    outcome.left(table, to_read)


def _like(text: str) -> str:
    """What finds the text whatever the case: signs that an engine may not fold, or that are typed otherwise,
    match any other.
    """
    signs = ("_" if _is_unsure(each) else each.translate(_LIKE_SPECIAL) for each in text)
    return f"%{''.join(signs)}%"


def _is_unsure(sign: str) -> bool:
    return not sign.isascii() or sign in TYPED_OTHERWISE
