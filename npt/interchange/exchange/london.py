"""Records in the layout in which London's police publish the abstractions and strengths of ward officers.

Our BCU is their BCU, an area their borough, a team their team. Source of the layout and of what a row counts:
the description of "MPS Dedicated Ward Officer Abstractions and Strengths" on the London Datastore. Its own
headings of abstractions are not those of the file that is published with it; people who read that file by a
program ask for the file's.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.counting.queries import default_definition
from npt.counting.rollup.read import monthly_sums
from npt.counting.rollup.sums import MonthSum
from npt.kit.months import Month, month_range
from npt.organisation.models import Unit
from npt.organisation.rules import Level, Lineage
from npt.people.queries import left_out_of_strength, members_of
from npt.people.rules import PolicingRole, group_of
from npt.sheets.columns import Column, Shape, text
from npt.shifts.models import Shift
from npt.store.exchange import Export, ExportOrder

_word = text(200)


def _shape(kind: str, *headings: str) -> Shape:
    return Shape(kind, tuple(Column(name, _word) for name in headings))


_PLACE = ("BCU", "Borough", "Borough Code", "Team")
ABSTRACTIONS = _shape(
    "london-abstractions",
    "Month of Abstraction",
    *_PLACE,
    "Abstracted From Duty",
    "Abstraction Type",
    "Abstraction Minutes",
)
#: the same in the headings of the description
DESCRIBED = _shape(
    "london-abstractions",
    "Month",
    *_PLACE,
    "Abstracted from Duty",
    "Abstraction Type",
    "Abstracted Minutes",
)
STRENGTHS = _shape("london-strengths", "Date", *_PLACE, "Rank", "FTE")
#: Ranks as the published file orders them: those that have a target of abstraction.
RANKS = {
    role: role.wording.capitalize() if role is not PolicingRole.PCSO else "PCSO" for role in PolicingRole
}


class _Type(NamedTuple):
    """What became of minutes on duty of a unit; no reason for those in the neighbourhood role."""

    unit_id: int
    is_abstracted: bool
    reason: str


class _Place(NamedTuple):
    """Where a unit stands: its path, and the names of BCU and borough, the borough's code, the team."""

    path: str
    names: tuple[str | None, ...]


def abstraction_rows(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    """The minutes on duty of each team in the month, or in all there are, by what became of them.

    "Yes" is what the default definition counts as abstraction, by its reason. "No" is the rest of duty: the
    neighbourhood role, without a type, or a reason that does not count, such as training. Special constables
    and volunteers, who have no target, are left out.
    """
    definition = default_definition(session)
    places = _places(session)
    paths = _paths(session, order)
    for month in _months(session, order):
        minutes: Counter[_Type] = Counter()
        for path in paths:
            for sums in monthly_sums(session, path, month, month):
                if group_of(sums.role) is not None:
                    minutes.update(_by_type(sums, definition.on(sums.first).counting_reasons))
        for key in sorted(minutes, key=lambda key: (places[key.unit_id].path, key.is_abstracted, key.reason)):
            if minutes[key]:
                place = places[key.unit_id]
                yes = "Yes" if key.is_abstracted else "No"
                yield str(month), *place.names, yes, key.reason or None, minutes[key]


def _months(session: Session, order: ExportOrder) -> list[Month]:
    if order.month is not None:
        return [order.month]
    first = session.scalar(select(func.min(Shift.on_date)))
    last = session.scalar(select(func.max(Shift.on_date)))
    return [] if first is None or last is None else month_range(Month.of(first), Month.of(last))


def _by_type(sums: MonthSum, counting: frozenset[str]) -> Counter[_Type]:
    found: Counter[_Type] = Counter()
    for reason, lost in sums.abstracted.items():
        found[_Type(sums.unit_id, reason in counting, reason)] += lost
    in_role = sums.tally.rostered - sums.tally.absent - sum(sums.abstracted.values())
    found[_Type(sums.unit_id, False, "")] += in_role
    return found


def strength_rows(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    """The FTE of each rank of each team: on the last day of the month, or today where that is earlier."""
    if order.today is None:
        raise RuntimeError("strength is that of a day: say which day it is")
    day = order.today if order.month is None else min(order.month.last, order.today)
    places = _places(session)
    ranks = {role: place for place, role in enumerate(PolicingRole)}
    fte: dict[tuple[int, PolicingRole], Decimal] = {}
    for path in _paths(session, order):
        left_out = left_out_of_strength(session, path, day)
        for posted in members_of(session, path, day):
            if group_of(posted.posting.role) is not None and posted.posting.id not in left_out:
                key = posted.posting.unit_id, posted.posting.role
                fte[key] = fte.get(key, Decimal(0)) + posted.posting.fte
    for unit_id, role in sorted(fte, key=lambda key: (places[key[0]].path, ranks[key[1]])):
        yield day, *places[unit_id].names, RANKS[role], fte[unit_id, role]


def _paths(session: Session, order: ExportOrder) -> list[str]:
    """The paths whose records are asked for: one, or those of all forces, open and closed."""
    if order.path is not None:
        return [order.path]
    return list(session.scalars(select(Unit.path).where(Unit.level == Level.FORCE).order_by(Unit.path)))


def _places(session: Session) -> dict[int, _Place]:
    """Every unit by its key."""
    units = list(session.scalars(select(Unit)))
    names = {unit.path: unit.name for unit in units}
    return {unit.id: _place(unit, names) for unit in units}


def _place(unit: Unit, names: Mapping[str, str]) -> _Place:
    """An area (where inspectors are posted) has no team, and what lies above it no borough."""
    lineage = Lineage.parse(unit.path)
    line = [*lineage.ancestors, lineage]
    of_level = {each.level: each for each in line}
    bcu, borough, team = (
        names[of_level[level].path] if level in of_level else None
        for level in (Level.BCU, Level.AREA, Level.TEAM)
    )
    code = of_level[Level.AREA].code if Level.AREA in of_level else None
    return _Place(unit.path, (bcu, borough, code, team))


EXPORTS = {
    ABSTRACTIONS.kind: Export(ABSTRACTIONS, abstraction_rows),
    STRENGTHS.kind: Export(STRENGTHS, strength_rows),
}
#: the same in the headings of the description, where those differ
DESCRIBED_EXPORTS = {DESCRIBED.kind: Export(DESCRIBED, abstraction_rows)}
