"""A month that was signed off, as the gallery shows it: restated since, by a shift that came to light."""

from datetime import datetime

from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.seals.actions import seal_month
from tests import make


def sign_off(session: Session, bcu: Unit, team: Unit, member: Member, *, by: int, now: datetime) -> Month:
    """Sign the BCU's October off, in two editions. The month."""
    ended = Month.of(now.date()).previous
    for number, day in enumerate(("05", "06"), start=1):
        reason = "The rest is on paper, and comes next month."
        seal_month(session, unit=bcu, month=ended, stamp=Stamp(by, now), reason=reason)
        shift = make.shift(
            session,
            member=member,
            starts=f"{ended}-{day}T08:00",
            ends=f"{ended}-{day}T16:00",
            team=team,
        )
        make.away(session, shift=shift, starts=f"{ended}-{day}T09:00", ends=f"{ended}-{day}T{9 + number}:00")
        session.flush()
    return ended
