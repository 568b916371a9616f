"""Key individuals in the furnished world: seen and not seen, recorded twice, and some left behind."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.communities.models import Community
from npt.kin.actions import change_consents, record_encounter
from npt.kin.rules import EncounterKind, KinTopic
from npt.kin.views.door import OWN_RECORD
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from tests import make
from tests.letters import KEYS


def network(
    session: Session, place: Unit, closed: Unit | None, *, now: datetime, today: date, count: int
) -> dict[str, Any]:
    """Give a neighbourhood and one that closed a network of `count` of everything; what addresses name."""
    here = session.scalars(select(Community).where(Community.unit_id == place.id)).all()
    same = [
        make.key_individual(
            session,
            unit=place,
            name=f"Kin Sample of {place.code}",
            phone="+441632960123",
            email=f"kin{number}@{place.code.lower()}.example",
            organisation="Corner Shop",
            recorded_on=today - timedelta(days=400),
            communities=list(here),
            consents=[],
            ethnicity="A",
        )
        for number in range(1 + count)
    ]
    first = same[0]
    for number in range(count):
        record_encounter(
            session,
            first,
            kind=EncounterKind.VISIT,
            at=now - timedelta(days=100 + number),
            record=f"C-{number}",
            said="Cars race at night.",
            told="The team will look.",
        )
    change_consents(session, first, topics=list(KinTopic), said_on=today, stamp=Stamp(None, now), today=today)
    if closed is not None:
        for number in range(count):
            make.key_individual(session, unit=closed, name=f"Kin {number} left of {place.code}")
    return {
        "individual_id": first.id,
        "other_id": same[1].id,
        "own": OWN_RECORD.sign(KEYS, first.id, today),
    }
