"""Questions about patrols."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from npt.engagement.models import Patrol
from npt.engagement.queries.asked import SentAsked
from npt.engagement.rules import PatrolMode
from npt.kit.months import Month
from npt.kit.paging import OWN_ORDER, Page, Part, Sorting
from npt.organisation.queries import within
from npt.store.batches import found_by
from npt.store.paging import Sortable, paged, sorted_by

#: Rows fetched at a time when a file is written.
FETCHED = 2_000


def _whole() -> Select[Patrol]:
    return (
        select(Patrol)
        .join(Patrol.unit)
        .outerjoin(Patrol.member)
        .options(contains_eager(Patrol.unit), contains_eager(Patrol.member), joinedload(Patrol.recorded_by))
    )


def patrol_in(session: Session, path: str, reference: str) -> Patrol | None:
    """The patrol of this reference, whole, if it is of the unit at `path` or of one under it."""
    asked = _whole().where(Patrol.reference == reference, within(path))
    return session.scalar(asked.execution_options(populate_existing=True))


@dataclass(frozen=True, slots=True)
class PatrolsAsked(SentAsked):
    """Which patrols are asked for; all of them unless something is said."""

    mode: PatrolMode | None = None


def _conditions(asked: PatrolsAsked) -> Iterator[ColumnElement[bool]]:
    yield from asked.days_and_member(Patrol)
    if asked.mode is not None:
        yield Patrol.mode == asked.mode


SORTABLE: dict[str, Sortable] = {
    "when": Patrol.starts_at,
    "minutes": Patrol.minutes,
    "spoken_to": Patrol.spoken_to,
}


def patrols_under(
    session: Session, path: str, asked: PatrolsAsked, *, page: Page, sorting: Sorting = OWN_ORDER
) -> Part[Patrol]:
    """One page of the patrols of the unit at `path` and under it, the latest first. Two statements."""
    statement = _whole().where(within(path), *_conditions(asked))
    statement = statement.order_by(*sorted_by(sorting, SORTABLE), Patrol.starts_at.desc(), Patrol.id.desc())
    part = paged(session, statement, page, sorting)
    return part.of([patrol for (patrol,) in part.rows])


def patrols_told(session: Session, path: str | None, month: Month | None) -> Iterator[Patrol]:
    """The patrols at or under `path` (all, without one) in a month if one is given, as files have them."""
    asked = _whole()
    if path is not None:
        asked = asked.where(within(path))
    if month is not None:
        asked = asked.where(Patrol.on_date.between(month.first, month.last))
    asked = asked.order_by(Patrol.id).execution_options(yield_per=FETCHED)
    return iter(session.scalars(asked))


def patrols_referred(session: Session, references: Sequence[str]) -> list[Patrol]:
    """The patrols of these references, whole."""
    return list(found_by(session, _whole(), Patrol.reference, references))
