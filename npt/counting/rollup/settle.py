"""The roll-up: what every unit, role and month add up to, kept so that no page adds up history again.

It is always recomputed and never adjusted by what changed. The database notes whose sums are due whenever
something is written (see `npt.counting.rollup.triggers`); the last thing before a commit is to add those
up again: first the units' own from the shifts, then, level by level, what each unit above has with
everything under it. So many rows of a file cost one recomputation of each team's month at the end.

On PostgreSQL two who commit at once must not each overlook what the other adds. Whoever recomputes therefore
holds the month of the force, in which every team's month counts, until the end of the transaction, and reads
anew from there. Months and forces are taken in order, so that two cannot wait for each other in a ring.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    and_,
    bindparam,
    delete,
    func,
    literal,
    select,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from npt.counting.models import SUMS_DUE, DefinitionReason, DutySum, SumDue
from npt.counting.rollup.read import days_of_change, folded_up, monthly_sums, whole_sums
from npt.counting.rollup.statements import LEVELS_ABOVE, adding_up
from npt.counting.rollup.sums import Period, period_sums, periods
from npt.kit.months import Month, month_range
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Level, Lineage
from npt.shifts.models import Shift
from npt.store.batches import batches
from npt.store.compiled_statements import CompiledStatement, among, as_one
from npt.store.listening import listen
from npt.store.transaction import has_uncommitted_changes

#: Units added up by one statement.
_UNITS_AT_ONCE = 500


def register() -> None:
    """Recompute what is due before every commit, in every session; calling it again changes nothing.

    Before the journal is written: from there on everybody else waits for this transaction.
    """
    listen(Session, "before_commit", _before_commit, is_first=True)


def _before_commit(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    if has_uncommitted_changes(session):
        settle(session)


def settle(session: Session) -> None:
    """Recompute all sums that are due. The last thing before a commit."""
    due = session.connection().execute(_DUE).all()
    if not due:
        return
    months: dict[Month, _Touched] = {}
    for _writer, first_day, *chain in due:
        months.setdefault(Month.of(first_day), _Touched()).add(chain)
    _recompute(session, months)
    # What a writer noted became visible all at once: none of it can have come after it was looked for.
    session.connection().execute(_SETTLED, [{"settled": writer} for writer in {row.writer for row in due}])


def recompute_all(session: Session) -> None:
    """Recompute every sum there is, of every month with a sum or a shift."""
    touched = _Touched()
    for chain in session.execute(_with_those_above(select(*_KEYS).select_from(_CHAIN[0]))):
        touched.add(chain)
    _recompute(session, dict.fromkeys(_months(session), touched))


def differences(session: Session) -> list[str]:
    """The units and months of which the roll-up says other than their shifts do, a few words each.

    There is none as long as every change is followed; `npt doctor` looks. Memory holds a month of a force.
    """
    found: set[tuple[Month, str]] = set()
    months = _months(session)
    forces = select(Unit.path).where(Unit.level == Level.FORCE).order_by(Unit.path)
    for path in session.scalars(forces).all():
        units = session.execute(select(Unit.id, Unit.path, Unit.level).where(within(path))).all()
        lineages = {unit.id: Lineage.parse(unit.path) for unit in units}
        above = {unit.path: unit.id for unit in units if unit.level in LEVELS_ABOVE}
        for month in months:
            cuts = days_of_change(session, month.first, month.last)
            parts = period_sums(session, path, periods(month, month, cuts))
            right = [*parts, *folded_up(parts, lineages, above)]
            kept = [
                *monthly_sums(session, path, month, month),
                *whole_sums(session, above, month, month),
            ]
            found.update((month, lineages[sums.unit_id].code) for sums in {*right} ^ {*kept})
    return [f"{code} in {month.title}" for month, code in sorted(found)]


@dataclass
class _Touched:
    """The units whose sums of a month are to be added up again, and those above them, by their keys."""

    teams: set[int] = field(default_factory=set)
    #: with shifts of their own beside those of units under them
    others: set[int] = field(default_factory=set)
    above: dict[Level, set[int]] = field(default_factory=lambda: {level: set() for level in LEVELS_ABOVE})

    def add(self, chain: Iterable[int | None]) -> None:
        """A unit, by its own key and those of the units above it, up to the force."""
        keys = [key for key in chain if key is not None]
        (self.teams if len(keys) > len(LEVELS_ABOVE) else self.others).add(keys[0])
        # No level is ever left out, so the distance from the force tells it.
        for level, key in zip(reversed(LEVELS_ABOVE), reversed(keys), strict=False):
            self.above[level].add(key)

    @property
    def all_above(self) -> set[int]:
        """Every unit with others under it."""
        return set().union(*self.above.values())

    @property
    def all(self) -> set[int]:
        """Every unit whose sums may change."""
        return self.teams | self.others | self.all_above


#: A team, or an area and so on, with the units above it.
_CHAIN = [aliased(Unit) for _ in (Level.TEAM, *LEVELS_ABOVE)]
_KEYS = [unit.id for unit in _CHAIN]


def _with_those_above(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The question about `_CHAIN[0]` with the rest of the chain joined to it; neighbourhoods are left out."""
    for under, above in pairwise(_CHAIN):
        asked = asked.outerjoin(above, above.id == under.parent_id)
    return asked.where(_CHAIN[0].level != Level.NEIGHBOURHOOD)


_DUE = _with_those_above(
    select(SumDue.writer, SumDue.month, *_KEYS).join(_CHAIN[0], _CHAIN[0].id == SumDue.unit_id)
)


_SETTLED = delete(SUMS_DUE).where(SUMS_DUE.c.writer == bindparam("settled"))


def _recompute(session: Session, months: Mapping[Month, _Touched]) -> None:
    for month in sorted(months):
        _lock(session, month, months[month].above[Level.FORCE])
    statements = adding_up(session.get_bind().dialect.name)
    for month, touched in sorted(months.items()):
        whole = Period(month.first, month.last)
        cuts, kept = _parted(session, touched.all, whole)
        parts = periods(month, month, cuts)
        if kept - cuts:  # sums of parts into which the month is no longer cut
            beginnings = [part.first.isoformat() for part in parts]
            _run(session, statements.drop, touched.all, whole, beginnings=beginnings)
        for part in parts:
            _run(session, statements.own, touched.teams, part, is_whole=True)
            _run(session, statements.own, touched.others, part, is_whole=False)
            _run(session, statements.above, touched.all_above, part, levels=touched.above)


def _parted(session: Session, units: Collection[int], month: Period) -> tuple[set[date], set[date]]:
    """On which days after its first a month is cut by definitions, and by the sums kept of these units."""
    dialect = session.get_bind().dialect.name
    asked = {"units": as_one(sorted(units), dialect), "first": month.first, "last": month.last}
    days: tuple[set[date], set[date]] = set(), set()
    for is_kept, day in session.connection().execute(_parts(dialect), asked):
        days[is_kept].add(day)
    return days


@cache
def _parts(dialect: str) -> CompoundSelect[Any]:
    first, last = bindparam("first", type_=Date), bindparam("last", type_=Date)

    def within(day: InstrumentedAttribute[date]) -> ColumnElement[bool]:
        return and_(day > first, day <= last)

    changed = select(literal(0), DefinitionReason.starts_on).where(within(DefinitionReason.starts_on))
    kept = select(literal(1), DutySum.starts_on).where(
        among(DutySum.unit_id, "units", dialect), within(DutySum.starts_on)
    )
    return union(changed, kept)


def hold_month(session: Session, month: Month) -> None:
    """Hold the month of every force until the end of the transaction, before what parts it is changed.

    Whoever saves the first shifts of the month meanwhile would not see the new part, and not be seen.
    """
    forces = session.scalars(select(Unit.id).where(Unit.level == Level.FORCE)).all()
    _lock(session, month, forces)


def _lock(session: Session, month: Month, force_ids: Iterable[int]) -> None:
    """Hold the month of each force until the end of the transaction. On SQLite the writer is alone anyway."""
    if session.get_bind().dialect.name == "postgresql":
        for force_id in sorted(force_ids):
            month_number = month.year * 12 + month.month
            session.connection().execute(select(func.pg_advisory_xact_lock(month_number, force_id)))


def _run(
    session: Session,
    statements: Iterable[CompiledStatement],
    units: set[int],
    days: Period,
    *,
    is_whole: bool = True,
    beginnings: Collection[str] = (),
    levels: Mapping[Level, Collection[int]] | None = None,
) -> None:
    connection = session.connection()
    dialect = connection.dialect.name
    # Units of several levels rest on one another, and are not so many.
    for some in batches(sorted(units), _UNITS_AT_ONCE) if levels is None else [sorted(units)]:
        values = {
            "units": as_one(some, dialect),
            "starts_on": days.first.isoformat(),
            "ends_on": days.last.isoformat(),
            "is_whole": is_whole,
            "beginnings": as_one(beginnings, dialect),
            **{level.value: as_one(sorted(keys), dialect) for level, keys in (levels or {}).items()},
        }
        for statement in statements:
            statement.run(connection, values)


def _months(session: Session) -> list[Month]:
    """From the first month with a sum or a shift to the last."""
    days = [
        day
        for column in (DutySum.starts_on, Shift.on_date)
        for day in session.execute(select(func.min(column), func.max(column))).one()
        if day is not None
    ]
    return month_range(Month.of(min(days)), Month.of(max(days))) if days else []
