"""What a month still allows a unit and its parts, when the present pace breaks the target, and what if.

Whole months that are over or still to come are read from the roll-up. Days are added up from their shifts
where days matter: in the month that lasts, and to say since when a month is over.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from npt.counting.queries import DatedDefinition, daily_sums, definitions
from npt.counting.rollup.read import whole_sums
from npt.counting.rollup.sums import MonthSum
from npt.counting.rules import DayTaken, Forecast, Rate, forecast, rate_of, with_more_taken
from npt.kit.months import Month
from npt.kit.shares import Share
from npt.organisation.models import Unit
from npt.organisation.queries import children
from npt.organisation.rules import Level
from npt.people.rules import RoleGroup, group_of
from npt.performance.queries.rates import (
    definition_in,
    definition_named,
    stood_in,
    structure_under,
)
from npt.performance.rules import WhatIf, check_what_if


@dataclass(frozen=True, slots=True)
class Room:
    """What a unit, with all under it, may still lose of a group's month, and where its pace leads."""

    unit: Unit
    group: RoleGroup
    month: Month
    #: the code of the way of counting
    definition: str
    forecast: Forecast
    #: shifts of confirmed days out of those of the days gone, today included
    coverage: Share
    #: every day with a shift; of a whole month, where days do not matter, one that stands for all
    days: tuple[DayTaken, ...]


Rooms = Mapping[tuple[int, RoleGroup], Room]


@dataclass(frozen=True, slots=True)
class HeadroomPage:
    """All that the headroom page of a unit shows, but for what is tried out on it."""

    unit: Unit
    month: Month
    today: date
    definition: DatedDefinition
    definitions: tuple[DatedDefinition, ...]
    own: Mapping[RoleGroup, Room]
    #: of the units right under it that stood in the month, those in the most trouble first, by group
    under: Mapping[RoleGroup, tuple[Room, ...]]
    #: the units right under it that stood in the month, in the order of their codes
    children: tuple[Unit, ...]

    @property
    def has_stood(self) -> bool:
        """Whether the unit was open on at least one day of the month."""
        return stood_in(self.unit, self.month)

    @property
    def is_over(self) -> bool:
        """Whether the last day of the month is gone."""
        return self.month.last < self.today

    @property
    def is_current(self) -> bool:
        """Whether today is one of its days."""
        return self.month.first <= self.today <= self.month.last


@dataclass(frozen=True, slots=True)
class Effect:
    """What something that is tried out does to the month of a unit."""

    before: Room
    after: Forecast


def rooms_of(
    session: Session,
    path: str,
    units: Sequence[Unit],
    month: Month,
    *,
    today: date,
    definition: DatedDefinition,
    by_day: bool = False,
) -> Rooms:
    """The room of each group of each of the units, which lie at or under `path`. Two or four statements.

    `by_day`: add the days up where the whole month would do, too.
    """
    if by_day or month.first <= today < month.last:
        sums = daily_sums(session, path, [unit.id for unit in units], month.first, month.last)
        return _rooms(sums, units, month, today, definition)
    whole = whole_sums(session, [unit.path for unit in units], month, month)
    rooms = _rooms(whole, units, month, today, definition)
    over = {room.unit.id: room.unit for room in rooms.values() if room.forecast.room.is_over}
    if not over:
        return rooms
    sums = daily_sums(session, path, list(over), month.first, month.last)
    return {**rooms, **_rooms(sums, list(over.values()), month, today, definition)}


def _rooms(
    sums: Iterable[MonthSum], units: Sequence[Unit], month: Month, today: date, definition: DatedDefinition
) -> Rooms:
    parts: dict[tuple[int, RoleGroup], list[MonthSum]] = {
        (unit.id, group): [] for unit in units for group in RoleGroup
    }
    for each in sums:
        group = group_of(each.role)
        if group is not None:
            parts[each.unit_id, group].append(each)
    stands = {each.first: definition.on(each.first) for several in parts.values() for each in several}

    def room(unit: Unit, group: RoleGroup) -> Room:
        of_group = parts[unit.id, group]
        days = _days((each.last, rate_of(each.tally, stands[each.first])) for each in of_group)
        gone = [each for each in of_group if each.last <= today]
        return Room(
            unit=unit,
            group=group,
            month=month,
            definition=definition.code,
            forecast=forecast(group.target, days, today),
            coverage=Share(sum(each.confirmed_shifts for each in gone), sum(each.shifts for each in gone)),
            days=days,
        )

    return {(unit.id, group): room(unit, group) for unit in units for group in RoleGroup}


def _days(rates: Iterable[tuple[date, Rate]]) -> tuple[DayTaken, ...]:
    denominators: dict[date, int] = {}
    taken: dict[date, int] = {}
    for on, rate in rates:
        denominators[on] = denominators.get(on, 0) + rate.denominator
        taken[on] = taken.get(on, 0) + rate.abstracted
    return tuple(DayTaken(on, denominators[on], taken[on]) for on in sorted(denominators))


def headroom_page(
    session: Session, unit: Unit, month: Month, *, today: date, definition: str
) -> HeadroomPage:
    """The headroom of `unit` and of those right under it, as the month had them. UnknownDefinition."""
    known = definitions(session)
    dated = definition_in(known, definition, month)
    under = tuple(
        child for child in children(session, unit, month=month) if child.level is not Level.NEIGHBOURHOOD
    )
    rooms = rooms_of(session, unit.path, [unit, *under], month, today=today, definition=dated)
    return HeadroomPage(
        unit=unit,
        month=month,
        today=today,
        definition=dated,
        definitions=tuple(each for each in known if each.covers(month)),
        own={group: rooms[unit.id, group] for group in RoleGroup},
        under={
            group: tuple(sorted((rooms[child.id, group] for child in under), key=_by_trouble))
            for group in RoleGroup
        },
        children=under,
    )


def headrooms_under(
    session: Session, *, unit: Unit, month: Month, today: date, each: Level | None, definition: str
) -> list[Room]:
    """The room of `unit`, or of each unit of the level `each` at or under it that stood in the month.

    A row for each unit and group, sorted by unit and group. UnknownDefinition.
    """
    dated = definition_named(session, definition, month)
    asked = [unit]
    if each is not None:
        under = structure_under(session, unit.path)
        asked = [found for found in under if found.level is each and stood_in(found, month)]
    rooms = rooms_of(session, unit.path, asked, month, today=today, definition=dated)
    return sorted(rooms.values(), key=lambda room: (room.unit.code, room.group.value))


def what_if(
    session: Session, tried: WhatIf, chain: Sequence[Unit], month: Month, *, today: date, definition: str
) -> tuple[Effect, ...]:
    """What taking so many for so long would do to each unit of `chain`. Four statements.

    The chain leads down to the unit they would be taken from. A refusal when there is no such duty to take
    them off; UnknownDefinition.
    """
    dated = definition_named(session, definition)
    rooms = rooms_of(session, chain[0].path, chain, month, today=today, definition=dated, by_day=True)
    taken_from = rooms[chain[-1].id, tried.group]
    check_what_if(tried, chain[-1].name, taken_from.days, month, today)
    found: list[Effect] = []
    for unit in chain:
        room = rooms[unit.id, tried.group]
        after = forecast(tried.group.target, with_more_taken(room.days, tried.more), today)
        found.append(Effect(room, after))
    return tuple(found)


def _by_trouble(room: Room) -> tuple[bool, date, bool, Fraction]:
    """Broken first, the earliest of them first; then by how much of the allowance is taken; unknown last."""
    found = room.forecast
    taken = Share(found.room.used + found.room.planned, max(found.room.allowance, 0)).fraction
    return (
        found.broken_on is None,
        found.broken_on or date.max,
        taken is None,
        -(taken or Fraction(0)),
    )
