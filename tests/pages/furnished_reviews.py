"""Monthly reviews of the furnished world: comments, an action that is overdue, limits drawn anew."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from npt.kit.clock import local_day
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.reviews.actions import comment, open_review
from npt.signals.actions import rebase_limits
from npt.work.actions import set_action
from npt.work.rules import ActionFacts, Owner, OwnerKind

MEASURE = "abstraction-officers"


def review_months(
    session: Session, units: list[Unit], month: Month, *, by: int, now: datetime, count: int
) -> None:
    """What was said of this month of the units and of the one before, `count` of each sort."""
    stamp, today = Stamp(by, now), local_day(now)
    for unit in units:
        before = open_review(session, unit=unit, month=month.previous, stamp=stamp)
        for number in range(count):
            for about in (None, MEASURE):
                words = f"Said {number} of the month"
                comment(session, unit=unit, month=month, measure=about, words=words, stamp=stamp)
            facts = ActionFacts(
                f"Ask the duty office {number}", Owner(OwnerKind.ACCOUNT, by), today - timedelta(days=2)
            )
            set_action(
                session,
                stamp=stamp,
                today=today,
                unit=unit,
                matter=before.matter,
                facts=facts,
                may_be_past=True,
            )
            rebase_limits(
                session,
                unit=unit,
                measure=MEASURE,
                starts=month.plus(-10),
                reviewed=month,
                reason="A new shift pattern",
                stamp=stamp,
            )
