"""Questions about the structure. Every list says which day, or which month, it is the structure of.

`within` is the one condition for "this unit and everything under it": a range of one index, however deep.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from npt.kit.months import Month
from npt.kit.spans import Span
from npt.organisation.models import PriorityReview, Succession, Unit
from npt.organisation.rules import Level, Lineage, review_due, subtree_bounds
from npt.store.batches import batches, found_by
from npt.store.dated import holding


def within(path: str) -> ColumnElement[bool]:
    """The condition that a unit is the one at `path` or lies under it. ValueError for what is no path."""
    lower, upper = subtree_bounds(path)
    return and_(Unit.path >= lower, Unit.path < upper)


def at_or_under(unit: type[Unit], above: type[Unit]) -> ColumnElement[bool]:
    """The condition of a join: `unit` is the unit `above` or lies under it. See `subtree_bounds`."""
    up_to = func.substr(above.path, 1, func.length(above.path) - 1).concat("0")
    return and_(unit.path >= above.path, unit.path < up_to)


def bound_within() -> ColumnElement[bool]:
    """`within` for a statement that is put together once: of the path whose `path_bounds` it is asked."""
    return and_(Unit.path >= bindparam("lower"), Unit.path < bindparam("upper"))


def path_bounds(path: str) -> dict[str, str]:
    """What `bound_within` is asked with."""
    lower, upper = subtree_bounds(path)
    return {"lower": lower, "upper": upper}


def standing(
    *, as_at: date | BindParameter[date] | None = None, month: Month | None = None
) -> ColumnElement[bool]:
    """The condition that a unit is open on the day `as_at`, or on at least one day of `month`.

    ValueError unless exactly one of the two is given: a list without its date would mix old and new.
    """
    if as_at is not None and month is None:
        return holding(Unit.opened_on, Unit.closed_on, as_at)
    if month is not None and as_at is None:
        return holding(Unit.opened_on, Unit.closed_on, month.first, month.last)
    raise ValueError("say which day or which month the structure is of, and not both")


def unit_at(session: Session, code: str) -> Unit | None:
    """The unit of the code, compared exactly, open or closed; None when there is none."""
    return session.scalar(select(Unit).where(Unit.code == code))


def units_coded(session: Session, codes: Collection[str]) -> dict[str, Unit]:
    """The units of these codes, open or closed, by code; a code that no unit has is left out."""
    return {unit.code: unit for unit in found_by(session, select(Unit), Unit.code, codes)}


def units_under(
    session: Session,
    path: str,
    *,
    as_at: date | None = None,
    month: Month | None = None,
    level: Level | None = None,
) -> list[Unit]:
    """The unit at `path` and all under it that stand on the day or in the month, of one level if given.

    In the order of their paths: every unit comes before the units under it.
    """
    asked = select(Unit).where(within(path), standing(as_at=as_at, month=month)).order_by(Unit.path)
    if level is not None:
        asked = asked.where(Unit.level == level)
    return list(session.scalars(asked))


def children(
    session: Session, unit: Unit, *, as_at: date | None = None, month: Month | None = None
) -> list[Unit]:
    """The units directly under `unit` that stand on the day or in the month, in the order of their codes."""
    asked = select(Unit).where(Unit.parent_id == unit.id, standing(as_at=as_at, month=month))
    return list(session.scalars(asked.order_by(Unit.path)))


def neighbourhoods_of(
    session: Session, unit: Unit, *, as_at: date | None = None, month: Month | None = None
) -> list[Unit]:
    """The neighbourhoods under `unit` (itself, if it is one) that stand on the day or in the month."""
    return units_under(session, unit.path, as_at=as_at, month=month, level=Level.NEIGHBOURHOOD)


def forces(session: Session, *, as_at: date) -> list[Unit]:
    """The forces that stand on the day, in the order of their codes."""
    asked = select(Unit).where(Unit.level == Level.FORCE, standing(as_at=as_at))
    return list(session.scalars(asked.order_by(Unit.path)))


def ancestors(session: Session, unit: Unit) -> list[Unit]:
    """The units above `unit`, the force first; empty for a force. One statement, whatever the depth."""
    paths = [lineage.path for lineage in Lineage.parse(unit.path).ancestors]
    if not paths:
        return []
    # A path begins with its parent's, so that sorting paths puts the force first.
    return list(session.scalars(select(Unit).where(Unit.path.in_(paths)).order_by(Unit.path)))


def spans_under(session: Session, unit: Unit) -> list[tuple[str, Span]]:
    """Code and days of every unit under `unit`, itself left out: what has to be closed before it closes."""
    asked = select(Unit.code, Unit.opened_on, Unit.closed_on).where(within(unit.path), Unit.id != unit.id)
    return [(code, Span(opened_on, closed_on)) for code, opened_on, closed_on in session.execute(asked)]


def successors(session: Session, unit: Unit) -> list[Unit]:
    """The units that took over from `unit`, in the order of their paths; empty while none has."""
    asked = select(Unit).join(Succession, Succession.successor_id == Unit.id)
    return list(session.scalars(asked.where(Succession.predecessor_id == unit.id).order_by(Unit.path)))


def last_successors(session: Session, unit: Unit) -> list[Unit]:
    """The units that took over from `unit` in the end, by path: where one of its successors has closed and
    others took over from that, those. A statement for each step, and one.
    """
    known, ends, step = set[int](), set[int](), {unit.id}
    while step:
        known |= step
        asked = select(Succession.predecessor_id, Succession.successor_id)
        rows = session.execute(asked.where(Succession.predecessor_id.in_(step))).all()
        ends |= step - {predecessor_id for predecessor_id, _ in rows}
        step = {successor_id for _, successor_id in rows} - known
    asked_of = select(Unit).where(Unit.id.in_(ends - {unit.id}))
    return list(session.scalars(asked_of.order_by(Unit.path)))


def predecessors(session: Session, unit: Unit) -> list[Unit]:
    """The units that `unit` took over from, in the order of their paths."""
    asked = select(Unit).join(Succession, Succession.predecessor_id == Unit.id)
    return list(session.scalars(asked.where(Succession.successor_id == unit.id).order_by(Unit.path)))


def successions_of(session: Session, units: Collection[Unit]) -> dict[str, list[str]]:
    """The codes of the units that took over from each of `units`, in order; one without any is left out."""
    predecessor, successor = aliased(Unit), aliased(Unit)
    found: dict[str, list[str]] = {}
    for some in batches(sorted(unit.id for unit in units)):
        asked = (
            select(predecessor.code, successor.code)
            .join(Succession, Succession.predecessor_id == predecessor.id)
            .join(successor, Succession.successor_id == successor.id)
            .where(predecessor.id.in_(some))
            .order_by(predecessor.path, successor.path)
        )
        for code, taken_over_by in session.execute(asked):
            found.setdefault(code, []).append(taken_over_by)
    return found


@dataclass(frozen=True, slots=True)
class PriorityStanding:
    """The priority class of a neighbourhood, and its last review; None where nobody has reviewed it."""

    neighbourhood: Unit
    review: PriorityReview | None

    @property
    def due_on(self) -> date:
        """The day on which it is to be reviewed."""
        reviewed_on = None if self.review is None else self.review.reviewed_on
        return review_due(reviewed_on, self.neighbourhood.opened_on)

    def is_overdue(self, today: date) -> bool:
        """Whether that day has come."""
        return self.due_on <= today


def priorities_under(session: Session, unit: Unit, *, as_at: date) -> list[PriorityStanding]:
    """The neighbourhoods at or under `unit` on the day, each with its last review by then, by path.

    Two statements.
    """
    latest = (
        select(func.max(PriorityReview.id))
        .join(PriorityReview.unit)
        .where(within(unit.path), PriorityReview.reviewed_on <= as_at)
        .group_by(PriorityReview.unit_id)
    )
    asked = select(PriorityReview).options(joinedload(PriorityReview.reviewed_by))
    found = session.scalars(asked.where(PriorityReview.id.in_(latest)))
    reviews = {review.unit_id: review for review in found}
    places = neighbourhoods_of(session, unit, as_at=as_at)
    return [PriorityStanding(place, reviews.get(place.id)) for place in places]


def priority_reviews(session: Session, unit: Unit) -> list[PriorityReview]:
    """Every review of the neighbourhood itself, with who did it, latest first."""
    asked = select(PriorityReview).options(joinedload(PriorityReview.reviewed_by))
    asked = asked.where(PriorityReview.unit_id == unit.id)
    return list(session.scalars(asked.order_by(PriorityReview.id.desc())))
