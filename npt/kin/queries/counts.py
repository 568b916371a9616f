"""How many key individuals there are, without a name among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.communities.models import Community
from npt.kin.models import KeyIndividual, SpokenFor
from npt.kin.rules import DORMANT_AFTER, Sector, Stage, Status
from npt.organisation.models import Unit
from npt.organisation.queries import within


@dataclass(frozen=True, slots=True)
class KinCounts:
    """The key individuals of a unit on a day."""

    unit: Unit
    as_at: date
    statuses: Mapping[Status, int]
    #: of those in the network
    sectors: Mapping[Sector, int]
    #: by name, how many in the network can speak for each community
    communities: Sequence[tuple[str, int]]


def kin_counts(session: Session, unit: Unit, today: date) -> KinCounts:
    """The key individuals at or under `unit` as they are today. Three statements."""
    quiet = KeyIndividual.quiet_since < today - DORMANT_AFTER
    is_active = KeyIndividual.stage == Stage.ACTIVE
    counted = select(
        func.count().filter(KeyIndividual.stage == Stage.PROPOSED),
        func.count().filter(is_active, ~quiet),
        func.count().filter(is_active, quiet),
        func.count().filter(KeyIndividual.stage == Stage.LEFT),
    )
    here = within(unit.path)
    row = session.execute(counted.select_from(KeyIndividual).join(KeyIndividual.unit).where(here)).one()
    sectors = select(KeyIndividual.sector, func.count()).join(KeyIndividual.unit).where(here, is_active)
    found = session.execute(sectors.group_by(KeyIndividual.sector)).all()
    known = {row[0]: row[1] for row in found}
    spoken = (
        select(func.min(Community.name), func.count(SpokenFor.individual_id.distinct()))
        .join(SpokenFor, SpokenFor.community_id == Community.id)
        .join(KeyIndividual, KeyIndividual.id == SpokenFor.individual_id)
        .join(KeyIndividual.unit)
        .where(here, is_active)
        .group_by(func.lower(Community.name))
        .order_by(func.lower(Community.name))
    )
    return KinCounts(
        unit,
        today,
        dict(zip(Status, row, strict=True)),
        {each: known.get(each, 0) for each in Sector},
        [(name, count) for name, count in session.execute(spoken)],
    )
