"""A supervisor records having looked at whom a unit heard."""

from datetime import date

from sqlalchemy.orm import Session

from npt.engagement.models import MixCheck
from npt.engagement.rules import BadContactText, check_words
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.store.constraints import refusing

LONGEST_TO_DO = 500


def check_mix(
    session: Session, *, unit: Unit, first_on: date, last_on: date, to_do: str, stamp: Stamp
) -> MixCheck:
    """Record that somebody looked at whom the unit heard, and what is to be done. BadContactText."""
    words = check_words(to_do, LONGEST_TO_DO, "to_do")
    if words is None:
        raise BadContactText("Say what is to be done, or that nothing is.", field="to_do")
    check = MixCheck(
        unit_id=unit.id,
        first_on=first_on,
        last_on=last_on,
        to_do=words,
        checked_by_id=stamp.account_id,
        checked_at=stamp.now,
    )
    with refusing(session):
        session.add(check)
    return check
