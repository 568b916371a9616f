"""The statements that add sums up: a unit's own from its shifts, those above from the units right under them.

Each writes only what differs from what is kept, so that an entry for one reason changes a row or two a level.
What is kept and no longer comes up is written as 0. Dialects differ in nothing but where SQLAlchemy keeps
their INSERT … ON CONFLICT.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    Boolean,
    ColumnElement,
    Date,
    Delete,
    FromClause,
    Insert,
    Select,
    String,
    Table,
    any_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from npt.counting.models import AWAY_SUMS, DUTY_SUMS
from npt.counting.rollup.sums import away_added_up, duty_added_up
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.shifts.models import Shift
from npt.store.compiled_statements import CompiledStatement, among

_STARTS_ON = bindparam("starts_on", type_=Date)
_ENDS_ON = bindparam("ends_on", type_=Date)
_IS_WHOLE = bindparam("is_whole", type_=Boolean)

#: From the bottom: the levels whose units have others with shifts under them.
LEVELS_ABOVE = (Level.AREA, Level.BCU, Level.FORCE)
#: By table of sums, what is added up in it.
_AMOUNTS = {DUTY_SUMS: ("rostered", "shifts", "confirmed_shifts"), AWAY_SUMS: ("minutes",)}
#: What sums are told apart by, besides unit, days, and whether they are whole.
_KINDS = {DUTY_SUMS: ("role",), AWAY_SUMS: ("role", "reason_id")}


@dataclass(frozen=True)
class AddingUp:
    """The statements of one dialect, by what they ask to be given besides the days of a period.

    `own`: `units`, and `is_whole` for those that have no shifts under them. `above`: the units of each level
    above the teams under its name, all of them once more as `units`, `is_whole` True; what they have of their
    own is added up already, and so are the teams under them. `drop`: `units`, and the first and last day of a
    month as `starts_on` and `ends_on`; it removes sums of parts that begin on none of the days `beginnings`.
    """

    own: tuple[CompiledStatement, ...]
    above: tuple[CompiledStatement, ...]
    drop: tuple[CompiledStatement, ...]


@cache
def adding_up(dialect: str) -> AddingUp:
    """The statements of a dialect, compiled when first needed: that takes a tenth of a start."""
    shifts = (among(Shift.unit_id, "units", dialect), Shift.on_date.between(_STARTS_ON, _ENDS_ON))
    duty, away = duty_added_up().where(*shifts), away_added_up().where(*shifts)
    tables = (DUTY_SUMS, AWAY_SUMS)
    return AddingUp(
        own=(
            CompiledStatement(_kept(dialect, DUTY_SUMS, duty), dialect),
            CompiledStatement(_kept(dialect, AWAY_SUMS, away), dialect),
        ),
        above=tuple(
            CompiledStatement(_kept(dialect, each, _all_above(dialect, each)), dialect) for each in tables
        ),
        drop=tuple(CompiledStatement(_drop_other_parts(dialect, table), dialect) for table in tables),
    )


def _drop_other_parts(dialect: str, sums: Table) -> Delete:
    if dialect == "postgresql":
        begins = sums.c.starts_on == any_(bindparam("beginnings", type_=ARRAY(Date)))
    else:
        days = func.json_each(bindparam("beginnings", type_=String)).table_valued("value", name="beginning")
        begins = sums.c.starts_on.in_(select(days.c.value))
    here = among(sums.c.unit_id, "units", dialect) & sums.c.starts_on.between(_STARTS_ON, _ENDS_ON)
    return delete(sums).where(here, ~begins)


def _all_above(dialect: str, sums: Table) -> Select[*tuple[Any, ...]]:
    """What the units above the teams have with all under them, each level made of the one below it."""
    levels: list[CTE] = []
    for level in LEVELS_ABOVE:
        below = (LEVELS_ABOVE[len(levels) - 1], levels[-1]) if levels else None
        levels.append(_level(dialect, sums, level, below))
    return select(union_all(*(select(each) for each in levels)).subquery("above"))


def _level(dialect: str, sums: Table, level: Level, below: tuple[Level, CTE] | None) -> CTE:
    """The sums of the units of a level: of those right under them, and of their own.

    Those under them that this statement adds up are taken from it, the others as they are kept.
    """
    part, here = aliased(Unit), level.value
    kinds = [sums.c[name] for name in _KINDS[sums]]
    amounts = [sums.c[name] for name in _AMOUNTS[sums]]
    under = (
        select(part.parent_id.label("unit_id"), *kinds, *amounts)
        .join(sums, sums.c.unit_id == part.id)
        .where(among(part.parent_id, here, dialect), sums.c.starts_on == _STARTS_ON, sums.c.is_whole)
    )
    own = select(sums.c.unit_id, *kinds, *amounts).where(
        among(sums.c.unit_id, here, dialect), sums.c.starts_on == _STARTS_ON, ~sums.c.is_whole
    )
    parts = [under, own]
    if below is not None:
        lower, fresh = below
        parts[0] = under.where(~among(sums.c.unit_id, lower.value, dialect))
        same = [fresh.c[column.name] for column in (*kinds, *amounts)]
        parts.append(
            select(part.parent_id, *same)
            .join(fresh, fresh.c.unit_id == part.id)
            .where(among(part.parent_id, here, dialect))
        )
    all_parts = union_all(*parts).subquery(f"parts_of_{here}")
    keys = [all_parts.c.unit_id, *(all_parts.c[column.name] for column in kinds)]
    totals = [func.sum(all_parts.c[column.name]).label(column.name) for column in amounts]
    return select(*keys, *totals).group_by(*keys).cte(f"sums_of_{here}")


def _kept(dialect: str, sums: Table, fresh: Select[*tuple[Any, ...]]) -> Insert:
    """Keep what is fresh in the table, and 0 for what is kept there of the same units and has not come up."""
    kinds, amounts = _KINDS[sums], _AMOUNTS[sums]
    nothing: list[ColumnElement[Any]] = [literal_column("0").label(name) for name in amounts]
    kept = select(sums.c.unit_id, *(sums.c[name] for name in kinds), *nothing).where(
        among(sums.c.unit_id, "units", dialect), sums.c.starts_on == _STARTS_ON, sums.c.is_whole == _IS_WHOLE
    )
    both: FromClause = union_all(fresh, kept).subquery("both")
    keys = [both.c.unit_id, *(both.c[name] for name in kinds)]
    constants: dict[str, ColumnElement[Any]] = {"starts_on": _STARTS_ON, "is_whole": _IS_WHOLE}
    if "ends_on" in sums.c:
        constants["ends_on"] = _ENDS_ON
    source = select(*keys, *constants.values(), *(func.sum(both.c[name]) for name in amounts)).group_by(*keys)
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = insert(sums)
    statement = statement.from_select(["unit_id", *kinds, *constants, *amounts], source)
    values = [name for name in ("ends_on", *amounts) if name in sums.c]
    return statement.on_conflict_do_update(
        index_elements=list(sums.primary_key),
        set_={name: statement.excluded[name] for name in values},
        where=or_(*(sums.c[name] != statement.excluded[name] for name in values)),
    )
