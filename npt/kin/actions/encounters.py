"""That key individuals were met: recorded by what is above, corrected and removed with it.

    record_encounter(session, member, kind=EncounterKind.VISIT, at=contact.at, record=contact.reference, …)

The reference of the record above makes it one: recorded again it is corrected. Whoever was merged into
another record was met as that one.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from npt.kin.actions.holding import hold
from npt.kin.models import Encounter, KeyIndividual
from npt.kin.queries import encounter_of
from npt.kin.rules import LONGEST_RECORD, EncounterKind, quiet_since
from npt.kit.clock import local_day
from npt.store.constraints import refusing


def record_encounter(
    session: Session,
    individual: KeyIndividual,
    *,
    kind: EncounterKind,
    at: datetime,
    record: str | None = None,
    said: str | None = None,
    told: str | None = None,
) -> Encounter:
    """Record that somebody was met at an instant, what they said and what they were told.

    `record`: the reference of the record that it comes from, of which there is one encounter with them.
    ValueError for a reference that is too long.
    """
    if record is not None and len(record) > LONGEST_RECORD:
        raise ValueError(f"the reference of a record has at most {LONGEST_RECORD} characters: {record!r}")
    held = session.get_one(KeyIndividual, individual.merged_into_id or individual.id)
    hold(session, [held.id])
    session.refresh(held, ["unit_id"])
    found = None if record is None else encounter_of(session, held, record)
    if found is None:
        found = Encounter(individual=held, unit_id=held.unit_id, record=record)
        session.add(found)
    found.kind, found.at, found.said, found.told = kind, at, said or None, told or None
    with refusing(session):
        session.flush()
    settle(session, [held.id])
    return found


def remove_encounters(session: Session, record: str) -> int:
    """Remove the encounters that come from the record of this reference; how many there were."""
    found = session.scalars(select(Encounter).where(Encounter.record == record)).all()
    keys = {each.individual_id for each in found}
    hold(session, keys)
    for each in found:
        session.delete(each)
    session.flush()
    settle(session, keys)
    return len(found)


def settle(session: Session, individual_ids: Collection[int]) -> None:
    """Bring the last encounter of these, which are held, in step with their encounters.

    Not a correction by anybody: whoever has the record open is not told that it changed.
    """
    asked = select(Encounter.individual_id, func.max(Encounter.at)).group_by(Encounter.individual_id)
    latest = session.execute(asked.where(Encounter.individual_id.in_(individual_ids)))
    last = {row[0]: row[1] for row in latest}
    for each in session.scalars(select(KeyIndividual).where(KeyIndividual.id.in_(individual_ids))):
        at = last.get(each.id)
        quiet = quiet_since(
            recorded_on=each.recorded_on,
            active_on=each.active_on,
            last_met=None if at is None else local_day(at),
        )
        session.execute(
            update(KeyIndividual)
            .where(KeyIndividual.id == each.id)
            .values(last_met_at=at, quiet_since=quiet)
            .execution_options(synchronize_session=False)
        )
        session.expire(each, ["last_met_at", "quiet_since"])
