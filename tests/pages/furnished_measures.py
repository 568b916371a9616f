"""Targets in the furnished world: one of the force, and several of a BCU after one another."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from npt.kit.stamps import Stamp
from npt.measures.actions import set_target
from npt.measures.queries import registry
from npt.organisation.models import Unit


def aim(session: Session, force: Unit, bcu: Unit, *, by: int, now: datetime, today: date, count: int) -> None:
    """Set `count` targets of the measure that addresses name, the last of them within the month shown."""
    measure, stamp = registry.BY_CODE["shifts-confirmed"], Stamp(by, now)
    set_target(session, unit=force, measure=measure, amount=None, starts_on=date(2020, 1, 1), stamp=stamp)
    for number in range(count):
        set_target(
            session,
            unit=bcu,
            measure=measure,
            amount=Decimal(95 - number),
            starts_on=today.replace(day=10) - timedelta(days=40 * number),
            stamp=stamp,
        )
