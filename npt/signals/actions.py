"""The limits of a measure are drawn anew from a month on."""

from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.signals.models import LimitsRebase
from npt.signals.rules import check_rebase
from npt.store.constraints import refusing


def rebase_limits(
    session: Session, *, unit: Unit, measure: str, starts: Month, reviewed: Month, reason: str, stamp: Stamp
) -> LimitsRebase:
    """Draw the limits of a measure of the unit from `starts` on, as said in the review of a month.

    RebaseRefused.
    """
    check_rebase(starts, reviewed, reason)
    made = LimitsRebase(
        unit_id=unit.id,
        measure=measure,
        starts_on=starts.first,
        reason=reason,
        account_id=stamp.by,
        at=stamp.now,
    )
    with refusing(session):
        session.add(made)
    return made
