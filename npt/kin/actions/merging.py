"""Two records of one person become one: every encounter, every word of consent and every community stays."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from npt.communities.actions.places import lock_neighbourhood
from npt.kin.actions.encounters import settle
from npt.kin.actions.holding import hold
from npt.kin.models import Consent, Encounter, KeyIndividual
from npt.kin.rules import Stage
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.store.constraints import refusing
from npt.store.versions import check_version

#: What the record that goes on takes from the other where it has nothing itself.
_FILLED = ("organisation", "phone", "email", "address", "preferred", "best_time", "language", "ethnicity")
_HERE = (Stage.PROPOSED, Stage.ACTIVE)


class NotMerged(Refusal):
    """Two records that cannot be one: of two neighbourhoods, or of somebody who has left."""


def merge(
    session: Session,
    kept: KeyIndividual,
    other: KeyIndividual,
    *,
    stamp: Stamp,
    expected_version: int | None = None,
    expected_other: int | None = None,
) -> KeyIndividual:
    """Merge `other` into `kept`, both whole and of one neighbourhood; `kept` goes on.

    Where both say something, that of `kept` holds, and the earlier days. StaleRecord, NotMerged.
    """
    lock_neighbourhood(session, kept.unit)
    hold(session, [kept.id, other.id])
    check_version(kept, expected_version)
    check_version(other, expected_other)
    check_mergeable(kept, other)
    for name in _FILLED:
        if getattr(kept, name) is None:
            setattr(kept, name, getattr(other, name))
    kept.recorded_on = min(kept.recorded_on, other.recorded_on)
    active = [day for day in (kept.active_on, other.active_on) if day is not None]
    if active:
        kept.stage, kept.active_on = Stage.ACTIVE, min(active)
    held = {each.id for each in kept.communities}
    kept.communities.extend(each for each in other.communities if each.id not in held)
    other.stage, other.active_on, other.merged_into_id = Stage.MERGED, None, kept.id
    kept.reviewed_by_id = kept.reviewed_by_id or stamp.by
    with refusing(session):
        session.flush()
    for rows in (Encounter, Consent):
        session.execute(update(rows).where(rows.individual_id == other.id).values(individual_id=kept.id))
    session.execute(
        update(KeyIndividual).where(KeyIndividual.merged_into_id == other.id).values(merged_into_id=kept.id)
    )
    settle(session, [kept.id, other.id])
    session.expire(kept, ["consents"])
    session.expire(other, ["consents"])
    return kept


def check_mergeable(kept: KeyIndividual, other: KeyIndividual) -> None:
    """Refuse (NotMerged) two records that cannot be one."""
    if kept.id == other.id or kept.unit_id != other.unit_id or not {kept.stage, other.stage} <= {*_HERE}:
        raise NotMerged(
            "These two records cannot be merged: both have to be of this neighbourhood, and of somebody who"
            " has not left. Open the list again."
        )
