"""How many incidents a problem has on its ground, around it and elsewhere, in the days before and after."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, cast, false, func, or_, select
from sqlalchemy.orm import Session

from npt.incidents.models import Incident
from npt.incidents.queries import month_number, reach_of
from npt.incidents.rules import Reach
from npt.kit.months import Month
from npt.kit.statistics import Windows
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Lineage
from npt.places.rules import PARTS, Circle
from npt.problems.models import Problem
from npt.problems.rules import Window


@dataclass(frozen=True)
class Ground:
    """Whose incidents are a problem's: of a category, and in a circle or else at and under a unit."""

    category_id: int
    path: str
    circle: Circle | None

    @property
    def radius(self) -> int | None:
        """How far it reaches, in metres; None for a whole unit."""
        return None if self.circle is None else self.circle.metres

    @classmethod
    def of(cls, problem: Problem) -> "Ground":
        """The ground of a problem whose matter and unit are loaded."""
        point = problem.point
        circle = None if point is None else Circle(point, problem.radius)
        return cls(problem.category_id, problem.matter.path, circle)


@dataclass(frozen=True)
class Seen:
    """The incidents of some days, as they have been imported; None where the files do not reach so far."""

    reach: Reach | None
    #: by day, on the problem's ground and in its surroundings
    here: Sequence[tuple[date, int]] = ()
    around: Sequence[tuple[date, int]] | None = None
    #: of the area to compare with, without what is on the problem's ground or around it
    elsewhere: Sequence[tuple[date, int]] | None = None
    #: those of the unit that have no point, so that nobody knows whether they are on its ground
    nowhere: Sequence[tuple[date, int]] = field(default=())

    def count(self, window: Window) -> int | None:
        """How many there were on the problem's ground in a window."""
        return self._sum(self.here, window)

    def count_wider(self, window: Window) -> int | None:
        """How many there were on its ground and in its surroundings together."""
        counts = self.count(window), self._sum(self.around or (), window)
        return None if counts[0] is None or counts[1] is None else counts[0] + counts[1]

    def knows(self, window: Window) -> bool:
        """Whether the imported files reach over all of its days."""
        return self.reach is not None and self.reach.covers(window.first, window.last)

    def around_in(self, before: Window, after: Window) -> Windows | None:
        """How many there were around it."""
        return self._both(self.around, before, after)

    def elsewhere_in(self, before: Window, after: Window) -> Windows | None:
        """How many there were in the area to compare with."""
        return self._both(self.elsewhere, before, after)

    def nowhere_in(self, *windows: Window) -> int:
        """How many of the unit have no point, in these windows together."""
        return sum(count for day, count in self.nowhere if any(each.holds(day) for each in windows))

    def _both(self, days: Sequence[tuple[date, int]] | None, before: Window, after: Window) -> Windows | None:
        if days is None:
            return None
        counts = self._sum(days, before), self._sum(days, after)
        return None if counts[0] is None or counts[1] is None else Windows(counts[0], counts[1])

    def _sum(self, days: Sequence[tuple[date, int]], window: Window) -> int | None:
        if not self.knows(window):
            return None
        return sum(count for day, count in days if window.holds(day))


def incidents_seen(
    session: Session, ground: Ground, windows: Sequence[Window], *, elsewhere: str | None = None
) -> Seen:
    """The incidents of a ground from the first day of the windows to the last, and those of the unit at
    `elsewhere`, to compare with. Three statements at most.
    """
    reach = reach_of(session, ground.path)
    if reach is None or not windows:
        return Seen(reach)
    first, last = min(each.first for each in windows), max(each.last for each in windows)
    if ground.circle is None:
        here = _by_day(session, ground, within(ground.path), first, last)
        there = None if elsewhere is None else _by_day(session, ground, within(elsewhere), first, last)
        return Seen(reach, here, elsewhere=there)
    return _around(session, ground, ground.circle, reach, elsewhere, first, last)


def _around(
    session: Session,
    ground: Ground,
    circle: Circle,
    reach: Reach,
    elsewhere: str | None,
    first: date,
    last: date,
) -> Seen:
    sides: dict[_Side, dict[date, int]] = {side: {} for side in _Side}
    theirs = None
    if elsewhere is not None:
        theirs = dict(_by_day(session, ground, within(elsewhere), first, last))
    for day, side, is_theirs, count in session.execute(_near(ground, circle, elsewhere, first, last)):
        of_side = sides[_Side(side)]
        of_side[day] = of_side.get(day, 0) + count
        if theirs is not None and is_theirs and side != _Side.NOWHERE.value:
            theirs[day] -= count
    here, around, nowhere = (sorted(sides[side].items()) for side in _Side)
    return Seen(reach, here, around, None if theirs is None else sorted(theirs.items()), nowhere)


class _Side(Enum):
    """Where an incident is, seen from a problem."""

    HERE = "here"
    AROUND = "around"
    NOWHERE = "nowhere"


def _asked(ground: Ground, first: date, last: date) -> ColumnElement[bool]:
    months = month_number(Month.of(first)), month_number(Month.of(last))
    return and_(
        Incident.category_id == ground.category_id,
        Incident.month.between(*months),
        Incident.on_date.between(first, last),
    )


def _by_day(
    session: Session, ground: Ground, where: ColumnElement[bool], first: date, last: date
) -> list[tuple[date, int]]:
    asked = (
        select(Incident.on_date, func.count())
        .join(Unit, Unit.id == Incident.unit_id)
        .where(where, _asked(ground, first, last))
        .group_by(Incident.on_date)
        .order_by(Incident.on_date)
    )
    return [(day, count) for day, count in session.execute(asked)]


def _near(
    ground: Ground, circle: Circle, elsewhere: str | None, first: date, last: date
) -> Select[date, str, bool, int]:
    """By day and side, how many there are in a circle and around it, anywhere in the force, or at and under
    the unit without a point; and whether they are of the unit at `elsewhere`.
    """
    both = circle.doubled
    box = both.box
    force = f"{Lineage.parse(ground.path).codes[0]}/"
    in_box = and_(
        Incident.lat.between(box.south, box.north),
        Incident.lng.between(box.west, box.east),
    )
    # Where the box has been looked in no square is too large.
    side = case(
        (Incident.lat.is_(None), _Side.NOWHERE.value),
        (_held_by(circle), _Side.HERE.value),
        (_held_by(both), _Side.AROUND.value),
    )
    is_theirs = case((within(elsewhere), True), else_=False) if elsewhere is not None else false()
    found = (
        select(Incident.on_date, side.label("side"), is_theirs.label("is_theirs"))
        .join(Unit, Unit.id == Incident.unit_id)
        .where(
            within(force),
            _asked(ground, first, last),
            or_(in_box, and_(Incident.lat.is_(None), within(ground.path))),
        )
        .subquery()
    )
    keys = (found.c.on_date, found.c.side, found.c.is_theirs)
    return select(*keys, func.count()).where(found.c.side.is_not(None)).group_by(*keys)


def _held_by(circle: Circle) -> ColumnElement[bool]:
    """What `Circle.holds` says, as the database works it out."""
    north = (cast(Incident.lat, BigInteger) - circle.middle.lat) * PARTS
    east = (cast(Incident.lng, BigInteger) - circle.middle.lng) * circle.narrow
    return north * north + east * east <= circle.reach * circle.reach
