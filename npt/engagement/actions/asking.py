"""Five a day: targets are set, and days signed on which nobody was asked."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.engagement.models import AskedNobody, AskingTarget
from npt.engagement.rules import LONGEST_REASON, Asker, BadContactText, check_target, check_words
from npt.kit.clock import day_in_words, local_day
from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.phone.rules import BadInstant
from npt.store.constraints import name_violation, refusing


class SetMeanwhile(Refusal):
    """Two people said the same thing at the same moment."""


for _constraint in ("uq_asking_target_unit_id_asker_starts_on", "uq_asked_nobody_member_id_on_date"):
    name_violation(
        _constraint,
        lambda: SetMeanwhile("Somebody else has just saved this: look at it, then send it again."),
    )


def set_target(
    session: Session, *, unit: Unit, asker: Asker, people: int, starts_on: date, stamp: Stamp
) -> AskingTarget:
    """Say how many people an asker of the unit asks a day, from a day on; set again, it is replaced.

    BadTarget, DayOutOfRange.
    """
    check_target(people)
    check_day(starts_on, "starts_on")
    asked = select(AskingTarget).where(
        AskingTarget.unit_id == unit.id, AskingTarget.asker == asker, AskingTarget.starts_on == starts_on
    )
    target = session.scalar(asked) or AskingTarget(unit_id=unit.id, asker=asker, starts_on=starts_on)
    target.people, target.set_by_id = people, stamp.by
    with refusing(session):
        session.add(target)
    return target


def sign_nil(session: Session, *, member: Member, on: date, reason: str, stamp: Stamp) -> AskedNobody:
    """Sign that the member asked nobody on a day, and why; signed again, the reason is replaced.

    BadInstant for a day to come, BadContactText.
    """
    if on > local_day(stamp.now):
        raise BadInstant(f"{day_in_words(on)} is still to come: give today or an earlier day.", field="on")
    words = check_words(reason, LONGEST_REASON, "reason")
    if words is None:
        raise BadContactText("Say why nobody was asked.", field="reason")
    asked = select(AskedNobody).where(AskedNobody.member_id == member.id, AskedNobody.on_date == on)
    signed = session.scalar(asked) or AskedNobody(member_id=member.id, on_date=on)
    signed.reason, signed.signed_by_id, signed.signed_at = words, stamp.by, stamp.now
    with refusing(session):
        session.add(signed)
    return signed
