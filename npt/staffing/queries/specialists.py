"""Neighbourhood specialist officers (NSOs) of a unit on a day, and which PCSOs they line-manage."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.organisation.queries import children, within
from npt.organisation.rules import Level
from npt.people.models import LineManagement, Member, Posting, Specialist
from npt.people.queries import is_specialist_on, managements, manages_on, marks_under
from npt.people.rules import PolicingRole
from npt.staffing.queries.strength import counts_on
from npt.store.loading import loaded_with


@dataclass(frozen=True, slots=True)
class SpecialistCounts:
    """How many NSOs a unit has on a day, and how its PCSOs are line-managed; each person once."""

    unit: Unit
    as_at: date
    specialists: int
    #: PCSOs whom these NSOs line-manage
    managed: int
    #: PCSOs who count at the unit and have no line manager
    unmanaged: int
    #: the units directly under it to which people are posted, where they were asked for
    children: tuple["SpecialistCounts", ...]


@dataclass(frozen=True, slots=True)
class SpecialistPcsos:
    """An NSO on a day, with the PCSOs whom they line-manage."""

    mark: Specialist
    managed: tuple[LineManagement, ...]


@dataclass(frozen=True, slots=True)
class SpecialistsOnDay:
    """The NSOs of a unit and of all under it, and the PCSOs who count there, on one day."""

    specialists: tuple[SpecialistPcsos, ...]
    #: of PCSOs who count here, the line management by an NSO of another unit
    from_elsewhere: tuple[LineManagement, ...]
    #: the postings of PCSOs who count here and have no line manager
    unmanaged: tuple[Posting, ...]


def specialist_counts(session: Session, unit: Unit, day: date, *, with_children: bool) -> SpecialistCounts:
    """The counts of `unit`, with those of each unit directly under it when `with_children`.

    Three statements, or four.
    """
    path = unit.path
    marked = (
        select(Posting.member_id, Unit.path)
        .select_from(Specialist)
        .join(Specialist.posting)
        .join(Posting.unit)
        .where(within(path), is_specialist_on(day))
    )
    managed = _effective(day).add_columns(Unit.path).where(within(path))
    unmanaged = _pcsos(path, day).add_columns(Unit.path)
    unmanaged = unmanaged.where(Posting.member_id.not_in(_effective(day).correlate(None)))
    found = [session.execute(asked).all() for asked in (marked, managed, unmanaged)]

    def counts(of: Unit, under: Iterable[SpecialistCounts] = ()) -> SpecialistCounts:
        nsos, theirs, without = (
            len({row[0] for row in rows if row[1].startswith(of.path)}) for rows in found
        )
        return SpecialistCounts(of, day, nsos, theirs, without, tuple(under))

    under = children(session, unit, as_at=day) if with_children else []
    return counts(unit, [counts(each) for each in under if each.level is not Level.NEIGHBOURHOOD])


def specialists_on(session: Session, path: str, day: date) -> SpecialistsOnDay:
    """The NSOs at `path` and under it on `day` with their PCSOs, and the PCSOs without a line manager.

    In the order of units and numbers. Three statements.
    """
    marks = marks_under(session, path, as_at=day)
    counting = (
        loaded_with(Posting, Posting.unit, Posting.member)
        .where(within(path), Posting.role == PolicingRole.PCSO, counts_on(day))
        .order_by(Unit.path, Member.number)
    )
    pcsos = list(session.scalars(counting))
    here = _pcsos(path, day).correlate(None)
    asked = managements().where(manages_on(day), or_(within(path), LineManagement.member_id.in_(here)))
    of_mark: dict[int, list[LineManagement]] = {mark.id: [] for mark in marks}
    from_elsewhere: list[LineManagement] = []
    for each in sorted(session.scalars(asked), key=lambda each: each.member.number):
        of_mark.get(each.specialist_id, from_elsewhere).append(each)
    managed = {each.member_id for several in (*of_mark.values(), from_elsewhere) for each in several}
    return SpecialistsOnDay(
        tuple(SpecialistPcsos(mark, tuple(of_mark[mark.id])) for mark in marks),
        tuple(from_elsewhere),
        tuple(posting for posting in pcsos if posting.member_id not in managed),
    )


def _effective(day: date) -> Select[int]:
    """The PCSOs whom somebody line-manages on `day`; with the unit of the NSO joined."""
    return (
        select(LineManagement.member_id)
        .join(LineManagement.specialist)
        .join(Specialist.posting)
        .join(Posting.unit)
        .where(manages_on(day))
    )


def _pcsos(path: str, day: date) -> Select[int]:
    """The PCSOs who count at `path` or under it on `day`."""
    asked = select(Posting.member_id).join(Posting.unit)
    return asked.where(within(path), Posting.role == PolicingRole.PCSO, counts_on(day))
