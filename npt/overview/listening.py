"""How often and how long a unit patrolled, counted."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.engagement.models import Patrol
from npt.organisation.queries import within


def patrols_under(session: Session, path: str, first: date, last: date) -> tuple[int, int]:
    """How many patrols of those days there are at and under `path`, and how many minutes they took."""
    asked = select(func.count(), func.sum(Patrol.minutes)).select_from(Patrol).join(Patrol.unit)
    count, minutes = session.execute(asked.where(within(path), Patrol.on_date.between(first, last))).one()
    return count, int(minutes or 0)
