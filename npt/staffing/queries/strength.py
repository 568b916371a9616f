"""Questions of staffing: who there is against who there should be, of a unit and all under it, on one day.

Two statements count, one names the units, and the units' figures are folded up the paths: the number of
statements is the same for a team and for a force.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Date, and_, bindparam, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from npt.organisation.models import Unit
from npt.organisation.queries import bound_within, path_bounds, standing, within
from npt.organisation.rules import Level
from npt.people.models import Posting
from npt.people.queries import counts_in_strength
from npt.people.rules import PolicingRole, PostingKind
from npt.staffing.models import Establishment
from npt.staffing.rules import RoleStaffing, supervisory_ratio
from npt.store.dated import Day

NOBODY = Decimal(0)


@dataclass(frozen=True, slots=True)
class Students:
    """Student officers on a day, in strength or beside it."""

    #: people, each counted once
    heads: int
    #: whether they are in the figures of strength, as the force says of the day; True where there are none
    is_counted: bool


@dataclass(frozen=True)
class Staffing:
    """A unit on a day: strength and establishment of every role, at the unit and everywhere under it."""

    unit: Unit
    as_at: date
    #: every role, in the order of the roles
    roles: tuple[RoleStaffing, ...]
    #: people in strength, each counted once however many part-time postings they hold
    heads: Mapping[PolicingRole, int]
    students: Students
    #: the units directly under it that stand on the day, in the order of their codes; neighbourhoods, to
    #: which nobody is posted, are left out
    children: tuple["Staffing", ...]

    def of(self, role: PolicingRole) -> RoleStaffing:
        """Strength and establishment of one role."""
        return next(line for line in self.roles if line.role is role)

    @property
    def ratio_on_strength(self) -> Decimal | None:
        """Constables and PCSOs in post to each sergeant in post; None without a sergeant."""
        return supervisory_ratio(
            self.of(PolicingRole.CONSTABLE).strength,
            self.of(PolicingRole.PCSO).strength,
            self.of(PolicingRole.SERGEANT).strength,
        )

    @property
    def ratio_on_establishment(self) -> Decimal | None:
        """Funded constables and PCSOs to each funded sergeant; None while one of the three is not known."""
        return supervisory_ratio(
            self.of(PolicingRole.CONSTABLE).establishment,
            self.of(PolicingRole.PCSO).establishment,
            self.of(PolicingRole.SERGEANT).establishment,
        )


def _precedence(posting: type[Posting]) -> ColumnElement[int]:
    return case(*((posting.kind == kind, kind.precedence) for kind in PostingKind), else_=0)


def counts_on(day: Day) -> ColumnElement[bool]:
    """The condition that a posting is in force on `day`: it holds, and none of a stronger kind does."""
    other = aliased(Posting)
    is_outranked = exists().where(
        other.member_id == Posting.member_id,
        other.holding(day),
        _precedence(other) > _precedence(Posting),
    )
    return and_(Posting.holding(day), ~is_outranked)


@dataclass(slots=True)
class _Sum:
    """What is known of one role in one unit while it is added up."""

    strength: Decimal = NOBODY
    establishment: Decimal | None = None
    heads: int = 0
    #: student officers, and how many of them are not in strength
    students: int = 0
    left_out: int = 0

    def count(self, kind: PostingKind, people: int, *, is_in: bool) -> None:
        """Add so many people who hold such a posting; fewer than none takes them out again."""
        self.heads += people if is_in else 0
        self.students += people if kind is PostingKind.STUDENT else 0
        self.left_out += 0 if is_in else people


class _Sums(dict[str, dict[PolicingRole, _Sum]]):
    """The sums of the units at `top` and, if so asked, at a number of levels under it, by path and role."""

    def __init__(self, top: str, levels: int | None) -> None:
        super().__init__()
        self._depth = top.count("/")
        self._deepest = None if levels is None else self._depth + levels
        self._upwards: dict[str, list[dict[PolicingRole, _Sum]]] = {}

    def __missing__(self, path: str) -> dict[PolicingRole, _Sum]:
        found = self[path] = {role: _Sum() for role in PolicingRole}
        return found

    def upwards(self, path: str) -> list[dict[PolicingRole, _Sum]]:
        """The sums of the unit at `path` and of each above it, as far as they are wanted."""
        if path not in self._upwards:
            codes = path[:-1].split("/")[: self._deepest]
            self._upwards[path] = [
                self["/".join(codes[:length]) + "/"] for length in range(self._depth, len(codes) + 1)
            ]
        return self._upwards[path]


def staffing_of(session: Session, unit: Unit, day: date, *, with_children: bool) -> Staffing:
    """The staffing of `unit` on `day`, with that of every unit under it when `with_children`.

    A member counts once, at the posting in force: an attachment before a temporary before a substantive one;
    a student officer counts where the force says so of the day. The establishment of a unit is the sum of
    what is recorded at or under it; None when nothing is.
    """
    under: Sequence[Unit] = ()
    if with_children:
        asked = select(Unit).where(within(unit.path), standing(as_at=day), Unit.id != unit.id)
        under = session.scalars(asked.where(Unit.level != Level.NEIGHBOURHOOD).order_by(Unit.path)).all()
    return _folded(unit, day, under, _summed(session, unit.path, day, None if with_children else 0))


def staffing_with(session: Session, unit: Unit, day: date, children: Iterable[Unit]) -> Staffing:
    """The staffing of `unit` on `day`, with those of its `children` that stand then. Three statements.

    For whoever has the children already, and shows none of the units under them.
    """
    stand = [child for child in children if child.stands_on(day)]
    return _folded(unit, day, stand, _summed(session, unit.path, day, 1))


def _folded(unit: Unit, day: date, under: Sequence[Unit], sums: _Sums) -> Staffing:
    below = [each for each in under if each.path.startswith(unit.path)]
    of_unit = sums[unit.path]
    return Staffing(
        unit=unit,
        as_at=day,
        roles=tuple(
            RoleStaffing(role, known.strength, known.establishment) for role, known in of_unit.items()
        ),
        heads={role: known.heads for role, known in of_unit.items()},
        students=Students(
            sum(known.students for known in of_unit.values()),
            is_counted=not any(known.left_out for known in of_unit.values()),
        ),
        children=tuple(
            _folded(child, day, [each for each in below if each.id != child.id], sums)
            for child in below
            if child.parent_id == unit.id
        ),
    )


def _summed(session: Session, path: str, day: date, levels: int | None) -> _Sums:
    """FTE, people and funded posts on the day, at `path` and so many `levels` under it; None for all."""
    sums = _Sums(path, levels)
    asked = {**path_bounds(path), "day": day}
    for at, role, kind, is_in, fte, postings in session.execute(_STRENGTH, asked).all():
        for above in sums.upwards(at):
            above[role].count(kind, postings, is_in=is_in)
            above[role].strength += fte if is_in else NOBODY
    # People with several part-time postings of one kind are few; each counts once at every unit that holds
    # more than one of them.
    seen: set[tuple[int, int]] = set()
    for member_id, at, role, kind, is_in in session.execute(_HELD_BY_ONE, asked):
        for above in sums.upwards(at):
            person = member_id, id(above[role])
            if person in seen:
                above[role].count(kind, -1, is_in=is_in)
            seen.add(person)
    for at, role, posts in session.execute(_ESTABLISHMENT, asked).all():
        for above in sums.upwards(at):
            so_far = above[role].establishment
            above[role].establishment = posts if so_far is None else so_far + posts
    return sums


# The statements, made once: what they are asked of is bound at each asking.
_day = bindparam("day", type_=Date)
_in_force = (
    select()
    .select_from(Posting)
    .join(Unit, Posting.unit_id == Unit.id)
    .where(bound_within(), counts_on(_day))
)
_is_in = counts_in_strength(_day)
#: the FTE and the postings in force, by unit, role and kind, and whether they are in strength
_STRENGTH = _in_force.add_columns(
    Unit.path, Posting.role, Posting.kind, _is_in, func.sum(Posting.fte), func.count()
).group_by(Unit.path, Posting.role, Posting.kind)
#: the postings of everybody who holds several
_HELD_BY_ONE = _in_force.add_columns(Posting.member_id, Unit.path, Posting.role, Posting.kind, _is_in).where(
    Posting.member_id.in_(
        _in_force.add_columns(Posting.member_id).group_by(Posting.member_id).having(func.count() > 1)
    )
)
#: the funded posts that hold on the day, by unit and role
_ESTABLISHMENT = (
    select(Unit.path, Establishment.role, func.sum(Establishment.posts))
    .join(Unit, Establishment.unit_id == Unit.id)
    .where(bound_within(), standing(as_at=_day), Establishment.holding(_day))
    .group_by(Unit.path, Establishment.role)
)
