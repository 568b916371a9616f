"""How many incidents there were, by month and category, and which days the imported files reach over."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.incidents.models import Incident
from npt.incidents.rules import Reach
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Level, Lineage


def month_number(month: Month) -> int:
    """A month as it is stored."""
    return month.year * 12 + month.month - 1


def month_numbered(number: int) -> Month:
    """The month of a stored number."""
    year, index = divmod(number, 12)
    return Month(year, index + 1)


def counts_by_month(
    session: Session, path: str, first: Month, last: Month
) -> Mapping[tuple[Month, int], int]:
    """The incidents at and under `path`, by month and the key of the category. One statement."""
    asked = (
        select(Incident.month, Incident.category_id, func.count())
        .join(Unit, Unit.id == Incident.unit_id)
        .where(within(path), Incident.month.between(month_number(first), month_number(last)))
        .group_by(Incident.month, Incident.category_id)
    )
    return {
        (month_numbered(number), category_id): count for number, category_id, count in session.execute(asked)
    }


def reach_of(session: Session, path: str) -> Reach | None:
    """The days of the first and the last incident of the force of a path; None where it has none."""
    # One look into an index for each neighbourhood: the force may have a million incidents.
    first, last = (
        select(end(Incident.on_date)).where(Incident.unit_id == Unit.id).scalar_subquery()
        for end in (func.min, func.max)
    )
    asked = select(func.min(first), func.max(last)).where(
        within(f"{Lineage.parse(path).codes[0]}/"), Unit.level == Level.NEIGHBOURHOOD
    )
    return _reach(*session.execute(asked).one())


def happened_since(session: Session, unit_ids: Collection[int], first: date) -> dict[int, int]:
    """By neighbourhood, how many incidents there were from the day `first` on. One statement."""
    asked = select(Incident.unit_id, func.count()).where(
        Incident.unit_id.in_(unit_ids), Incident.on_date >= first
    )
    return dict(session.execute(asked.group_by(Incident.unit_id)).all())


def _reach(first: date | None, last: date | None) -> Reach | None:
    return None if first is None or last is None else Reach(first, last)
