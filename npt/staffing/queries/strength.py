"""Questions of staffing: who there is against who there should be, of a unit and all under it, on one day.

Two statements count, one names the units, and the units' figures are folded up the paths: the number of
statements is the same for a team and for a force.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from npt.organisation.models import Unit
from npt.organisation.queries import standing, units_under, within
from npt.organisation.rules import Level
from npt.people.models import Posting
from npt.people.rules import PolicingRole, PostingKind
from npt.staffing.models import Establishment
from npt.staffing.rules import RoleStaffing, supervisory_ratio

NOBODY = Decimal(0)


@dataclass(frozen=True)
class Staffing:
    """A unit on a day: strength and establishment of every role, at the unit and everywhere under it."""

    unit: Unit
    as_at: date
    #: every role, in the order of the roles
    roles: tuple[RoleStaffing, ...]
    #: people, each counted once however many part-time postings they hold
    heads: Mapping[PolicingRole, int]
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


def holds_on(
    record: type[Posting] | type[Establishment], day: date | InstrumentedAttribute[date]
) -> ColumnElement[bool]:
    """The condition that a dated record holds on `day`, or on the day of a column; its last day included."""
    return and_(record.starts_on <= day, or_(record.ends_on.is_(None), record.ends_on >= day))


def _precedence(posting: type[Posting]) -> ColumnElement[int]:
    return case(*((posting.kind == kind, kind.precedence) for kind in PostingKind), else_=0)


def counts_on(day: date | InstrumentedAttribute[date]) -> ColumnElement[bool]:
    """The condition that a posting is in force on `day`: it holds, and none of a stronger kind does."""
    other = aliased(Posting)
    is_outranked = exists().where(
        other.member_id == Posting.member_id,
        holds_on(other, day),
        _precedence(other) > _precedence(Posting),
    )
    return and_(holds_on(Posting, day), ~is_outranked)


@dataclass
class _Sum:
    """What is known of one role in one unit while it is added up."""

    strength: Decimal = NOBODY
    establishment: Decimal | None = None
    heads: int = 0


_Sums = defaultdict[tuple[str, PolicingRole], _Sum]


def staffing_of(session: Session, unit: Unit, day: date, *, with_children: bool) -> Staffing:
    """The staffing of `unit` on `day`, with that of every unit under it when `with_children`.

    A member counts once, at the posting in force: an attachment before a temporary before a substantive one.
    The establishment of a unit is the sum of what is recorded at or under it; None when nothing is.
    """
    sums: _Sums = defaultdict(_Sum)
    depth = unit.path.count("/")
    _add_strength(session, unit.path, day, sums, depth)
    _add_establishment(session, unit.path, day, sums, depth)
    under = [
        found
        for found in (units_under(session, unit.path, as_at=day) if with_children else [])
        if found.level is not Level.NEIGHBOURHOOD and found.id != unit.id
    ]
    return _folded(unit, day, under, sums)


def _folded(unit: Unit, day: date, under: Sequence[Unit], sums: _Sums) -> Staffing:
    below = [each for each in under if each.path.startswith(unit.path)]
    return Staffing(
        unit=unit,
        as_at=day,
        roles=tuple(
            RoleStaffing(role, sums[unit.path, role].strength, sums[unit.path, role].establishment)
            for role in PolicingRole
        ),
        heads={role: sums[unit.path, role].heads for role in PolicingRole},
        children=tuple(
            _folded(child, day, [each for each in below if each.id != child.id], sums)
            for child in below
            if child.parent_id == unit.id
        ),
    )


def _upwards(path: str, depth: int) -> list[str]:
    """`path` and the paths above it, down to the one that is `depth` codes deep."""
    codes = path[:-1].split("/")
    return ["/".join(codes[:length]) + "/" for length in range(depth, len(codes) + 1)]


def _in_force(path: str, day: date) -> Select[tuple[()]]:
    return (
        select()
        .select_from(Posting)
        .join(Unit, Posting.unit_id == Unit.id)
        .where(within(path), counts_on(day))
    )


def _add_strength(session: Session, path: str, day: date, sums: _Sums, depth: int) -> None:
    """Add the FTE and the people of the postings in force, at their unit and at every unit above it."""
    by_unit = (
        _in_force(path, day)
        .add_columns(Unit.path, Posting.role, func.sum(Posting.fte), func.count())
        .group_by(Unit.path, Posting.role)
    )
    for at, role, fte, postings in session.execute(by_unit):
        for above in _upwards(at, depth):
            sums[above, role].strength += fte
            sums[above, role].heads += postings
    # People with several part-time postings of one kind are few; each counts once at every unit that holds
    # more than one of them.
    several = (
        _in_force(path, day)
        .add_columns(Posting.member_id)
        .group_by(Posting.member_id)
        .having(func.count() > 1)
    )
    held = _in_force(path, day).add_columns(Posting.member_id, Unit.path, Posting.role)
    seen: set[tuple[int, str, PolicingRole]] = set()
    for member_id, at, role in session.execute(held.where(Posting.member_id.in_(several))):
        for above in _upwards(at, depth):
            if (member_id, above, role) in seen:
                sums[above, role].heads -= 1
            seen.add((member_id, above, role))


def _add_establishment(session: Session, path: str, day: date, sums: _Sums, depth: int) -> None:
    """Add the funded posts that hold on the day, at their unit and at every unit above it."""
    asked = (
        select(Unit.path, Establishment.role, func.sum(Establishment.posts))
        .join(Unit, Establishment.unit_id == Unit.id)
        .where(within(path), standing(as_at=day), holds_on(Establishment, day))
        .group_by(Unit.path, Establishment.role)
    )
    for at, role, posts in session.execute(asked):
        for above in _upwards(at, depth):
            so_far = sums[above, role].establishment
            sums[above, role].establishment = posts if so_far is None else so_far + posts
