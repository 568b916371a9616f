"""What a table says of the people in it: whose a row is, why it is kept, how long, what erasure does to it.

    class Away(Base):
        personal = Personal(
            "shift_id",  # leads to the shift, which leads to the member
            why="what a member was away for, so that abstraction is counted: public task",
            holds={"note": Fate.FREE_TEXT},
        )

    class Reason(Base):
        personal = nobody("code", "name")

Every column that holds text is judged, and every foreign key that leads to a person; tests/house holds to it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import Any

from sqlalchemy import Column, String, Table
from sqlalchemy import Enum as Enumeration
from sqlalchemy.types import TypeDecorator

from npt.store.base import Base

#: `whose` of a table whose rows are people.
ITSELF = "id"
#: What stands in the place of erased words.
ERASED_WORDS = "(erased)"


class Fate(Enum):
    """What erasure does to a column. The values are the words of the register of processing."""

    #: it tells who they are
    PSEUDONYM = "a pseudonym takes its place"
    #: it may be empty, and then is
    EMPTIED = "it is empty afterwards"
    #: words in which anybody may be named
    FREE_TEXT = f"in their own rows “{ERASED_WORDS}”; in others a pseudonym takes the place of their name"
    #: `why` says what for
    KEPT = "it stays: it tells nobody who they are, or is needed"


@dataclass(frozen=True, slots=True)
class Kept:
    """How long a row is kept, in words; with `since`, retention deletes it so long after that column."""

    words: str
    since: str | None = None
    period: timedelta | None = None

    @classmethod
    def after(cls, since: str, period: timedelta) -> "Kept":
        """Until so many whole days after the instant of a column."""
        return cls(f"{period.days} days after {since.replace('_', ' ')}", since, period)


#: The usual: as the person is known by name, so are their rows.
WITH_THE_PERSON = Kept("as long as the person is known by name; after that under the pseudonym")
#: People themselves: NPT_KEEP_PEOPLE_MONTHS says how long.
AFTER_LEAVING = Kept("some years after they left, as the force decides; after that under a pseudonym")


@dataclass(frozen=True)
class Personal:
    """The people in a table."""

    #: the column that says whose a row is: ITSELF where a row is a person, else a foreign key to a person or
    #: to a row that is somebody's; None where its words may name people and it is nobody's
    whose: str | None
    #: what for, and on what ground
    why: str
    #: the columns that hold something about a person, and what erasure does to each
    holds: Mapping[str, Fate] = field(default_factory=dict)
    #: columns of text that hold nobody
    nobody: Collection[str] = frozenset()
    #: foreign keys to other people: who did it, who was part of it
    others: Collection[str] = frozenset()
    #: the column with the address by which a row without that key is a person's all the same
    address: str | None = None
    #: whether erasure deletes the row
    goes: bool = False
    kept: Kept = WITH_THE_PERSON

    def __contains__(self, column: object) -> bool:
        """Whether a column holds something about a person, which the journal never says."""
        return column in self.holds


def nobody(*columns: str) -> Personal:
    """The mark of a table that holds nobody, with its columns of text."""
    return Personal(None, why="", nobody=frozenset(columns))


def mark_of(model: type[Any] | None) -> Personal:
    """What a table says of the people in it; one that says nothing holds nobody."""
    mark = getattr(model, "personal", None)
    return mark if isinstance(mark, Personal) else nobody()


def models_by_table() -> dict[str, type[Any]]:
    """Every model by the name of its table, in their order."""
    found = {str(mapper.local_table.description): mapper.class_ for mapper in Base.registry.mappers}
    return dict(sorted(found.items()))


def trail_of(model: type[Any]) -> tuple[Column[Any], ...]:
    """The foreign keys that lead from a row to the person whose it is, then that person's own key.

    Empty where it is nobody's. LookupError where the mark leads nowhere.
    """
    models, steps = models_by_table(), list[Column[Any]]()
    while (whose := mark_of(model).whose) is not None:
        table: Table = model.__table__
        column = table.columns[whose]
        steps.append(column)
        if whose == ITSELF:
            return tuple(steps)
        target = next((key.column.table.name for key in column.foreign_keys), None)
        if target is None or len(steps) > len(models):
            raise LookupError(f"{table.name}.{whose} leads to no person")
        model = models[target]
    if steps:
        raise LookupError(f"{steps[0]} leads to {model.__table__.name}, which is nobody's")
    return ()


def person_tables() -> frozenset[str]:
    """The tables whose rows are people."""
    return frozenset(name for name, model in models_by_table().items() if mark_of(model).whose == ITSELF)


def unjudged(model: type[Any]) -> Iterator[str]:
    """What a table does not say of the people that may be in it, each as a sentence with the cure."""
    mark, table = mark_of(model), model.__table__
    if not isinstance(getattr(model, "personal", mark), Personal):
        yield f"{table.name}: personal is no mark: write personal = Personal(…) of npt/store/personal.py"
    known = {*mark.holds, *mark.nobody, *getattr(model, "secret", ())}
    for column in table.columns:
        if _holds_text(column) and column.name not in known and not column.foreign_keys:
            yield (
                f"{column} may hold a person: put it into holds= of personal = Personal(…), with what erasure"
                " does to it, or into nobody="
            )
        leads = {key.column.table.name for key in column.foreign_keys} & person_tables()
        if leads and column.name not in {mark.whose, *mark.others}:
            yield f"{column} leads to a person: say it as whose, or among others="
    for name in sorted({*mark.holds, *mark.nobody, *mark.others} - set(table.columns.keys())):
        yield f"{table.name} has no column {name}: take it out of personal"
    for name, fate in mark.holds.items():
        if fate is Fate.EMPTIED and not table.columns[name].nullable:
            yield f"{table.name}.{name} cannot be emptied: let it be FREE_TEXT or PSEUDONYM"
    if (mark.whose or mark.holds or mark.others) and not mark.why:
        yield f"{table.name} does not say why it holds people: give why="
    if mark.kept.since is not None and mark.kept.since not in table.columns:
        yield f"{table.name} has no column {mark.kept.since} to keep rows from"
    if mark.whose is not None:
        try:
            trail_of(model)
        except (LookupError, KeyError) as error:
            yield f"{table.name}: {error}"


def _holds_text(column: Column[Any]) -> bool:
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return isinstance(kind, String) and not isinstance(kind, Enumeration)
