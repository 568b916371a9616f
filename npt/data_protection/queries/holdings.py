"""Everything that is held on one person, as far as it is theirs to see: other people's names are left out."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, Table, or_, select
from sqlalchemy.orm import Session

from npt.data_protection.kinds import kinds
from npt.data_protection.queries.whose import whose
from npt.data_protection.rules import Person, without_names
from npt.journal.models import Entry
from npt.journal.rules import PersonKey
from npt.store.batches import batches
from npt.store.personal import mark_of, models_by_table, person_tables

THEMSELVES, SOMEBODY_ELSE = "the person themselves", "somebody else"


@dataclass(frozen=True)
class Holding:
    """The rows of one table that are about a person, or that they are named in."""

    table: str
    why: str
    kept: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]
    #: whether the rows are theirs; otherwise they did it, or were part of it
    is_theirs: bool = True
    #: the keys of the rows, for the journal
    keys: Collection[int] = field(default=(), repr=False)


def holdings_of(session: Session, person: Person) -> list[Holding]:
    """What every table holds on the person: first what is theirs, then what names them by key."""
    reader = _Reader(session, person)
    return [*reader.theirs(), *reader.naming_them()]


def entries_about(
    session: Session, person: Person, holdings: Collection[Holding]
) -> list[tuple[object, ...]]:
    """Who did or looked at what of theirs, and when, oldest first: ENTRY_COLUMNS."""
    about: dict[str, set[int]] = {}
    for key in person.keys:
        about.setdefault(key.table, set()).add(key.id)
    for holding in holdings:
        if holding.is_theirs:
            about.setdefault(holding.table, set()).update(holding.keys)
    accounts = {key.id for key in person.keys if key.table == "account"}
    columns = (Entry.sequence, Entry.at, Entry.act, Entry.change, Entry.record_type, Entry.record_id)
    found: dict[int, tuple[object, ...]] = {}
    conditions: list[ColumnElement[bool]] = [
        (Entry.record_type == table) & Entry.record_id.in_(some)
        for table, keys in about.items()
        for some in batches(sorted(keys))
    ]
    if accounts:
        conditions.append(Entry.account_id.in_(accounts))
    for condition in conditions:
        for sequence, *told, account_id in session.execute(
            select(*columns, Entry.account_id).where(condition)
        ):
            who = "a command" if account_id is None else SOMEBODY_ELSE
            found[sequence] = (*told, THEMSELVES if account_id in accounts else who)
    return [found[sequence] for sequence in sorted(found)]


ENTRY_COLUMNS = ("at", "act", "change", "record", "key", "who")


class _Reader:
    """Reads the rows of a person, table by table."""

    def __init__(self, session: Session, person: Person) -> None:
        self.session = session
        self.person = person
        self.names = _names_of_others(session, person)
        self.called: dict[str, dict[int, str]] = {}

    def theirs(self) -> Iterator[Holding]:
        """The rows that are theirs."""
        for name, model in models_by_table().items():
            condition = whose(model, self.person.keys)
            if condition is None:
                continue
            secret = getattr(model, "secret", ())
            rows = cast(Table, model.__table__)
            columns = [column for column in rows.c if column.name not in secret]
            if holding := self._holding(name, model, columns, condition, is_theirs=True):
                yield holding

    def naming_them(self) -> Iterator[Holding]:
        """The rows of others, or of nobody, in which they are named by key, without words."""
        for name, model in models_by_table().items():
            mark, rows = mark_of(model), cast(Table, model.__table__)
            conditions = [
                rows.c[column].in_(ids) for column in mark.others if (ids := self._ids_for(rows.c[column]))
            ]
            own = whose(model, self.person.keys)
            hidden = {*mark.holds, *getattr(model, "secret", ())}
            columns = [column for column in rows.c if column.name not in hidden]
            if conditions and model is not Entry:
                named = or_(*conditions) if own is None else or_(*conditions) & ~own
                if holding := self._holding(name, model, columns, named, is_theirs=False):
                    yield holding

    def _ids_for(self, column: Column[Any]) -> list[int]:
        targets = {key.column.table.name for key in column.foreign_keys}
        return [key.id for key in self.person.keys if key.table in targets]

    def _holding(
        self, name: str, model: type[Any], columns: list[Column[Any]], condition: Any, *, is_theirs: bool
    ) -> Holding | None:
        rows = cast(Table, model.__table__)
        asked = select(*columns).where(condition).order_by(*rows.primary_key.columns)
        found = self.session.execute(asked).all()
        if not found:
            return None
        told = [
            tuple(self._told(column, value) for column, value in zip(columns, row, strict=True))
            for row in found
        ]
        places = [place for place, column in enumerate(columns) if column.name == "id"]
        keys = {row[places[0]] for row in found} if places else set()
        mark = mark_of(model)
        names = tuple(column.name for column in columns)
        return Holding(name, mark.why, mark.kept.words, names, told, is_theirs, keys)

    def _told(self, column: Column[Any], value: Any) -> object:
        target = next((key.column.table for key in column.foreign_keys), None)
        if value is None:
            return None
        if target is not None and target.name in person_tables():
            is_them = PersonKey(target.name, value) in self.person.keys
            return THEMSELVES if is_them else SOMEBODY_ELSE
        if target is not None:
            return self._called(target).get(value, value)
        return without_names(value, self.names, SOMEBODY_ELSE) if isinstance(value, str) else value

    def _called(self, target: Any) -> dict[int, str]:
        """What the rows of a table that is nobody's are called, by key; read once."""
        name = str(target.name)
        if name not in self.called:
            words = [target.c[each] for each in ("code", "name") if each in target.c]
            is_nobodys = mark_of(models_by_table()[name]).whose is None
            self.called[name] = (
                {
                    key: " ".join(map(str, said))
                    for key, *said in self.session.execute(select(target.c.id, *words))
                }
                if words and is_nobodys
                else {}
            )
        return self.called[name]


def _names_of_others(session: Session, person: Person) -> frozenset[str]:
    """The names of everybody else, as `without_names` compares them; a single word is nobody's alone."""
    names: set[str] = set()
    own: set[str] = set()
    for kind in kinds().values():
        if kind.name is None:
            continue
        for key, name in session.execute(select(kind.rows.c.id, kind.rows.c[kind.name])):
            words = " ".join(re.findall(r"[\w'’-]+", name or "")).casefold()
            (own if PersonKey(kind.table, key) in person.keys else names).add(words)
    return frozenset(each for each in names - own if " " in each)
