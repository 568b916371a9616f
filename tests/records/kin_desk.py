"""What tests of key individuals do again and again."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from npt.communities.actions import add_community
from npt.communities.models import Community
from npt.communities.rules import CommunityKind
from npt.kin.actions import add_individual, record_encounter
from npt.kin.models import Encounter, KeyIndividual
from npt.kin.rules import Basis, EncounterKind, KinFacts, Sector
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit

DAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
NOBODY = Stamp(None, NOW)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def facts(name: str = "Ann Example", **given: Any) -> KinFacts:
    return KinFacts(
        **{"name": name, "sector": Sector.FAITH, "basis": Basis.PUBLIC_TASK, "basis_on": DAY, **given}
    )


def community(session: Session, place: Unit, name: str = "Polish", **given: Any) -> Community:
    wanted = {"kind": CommunityKind.ETHNIC, "stamp": NOBODY, "today": DAY, **given}
    return add_community(session, neighbourhood=place, name=name, **wanted)


#: What `add_individual` takes beside the facts.
_TERMS = {"communities", "topics", "is_active", "may_be_twice", "reference", "recorded_on", "stamp", "today"}


def join(session: Session, place: Unit, name: str = "Ann Example", **given: Any) -> KeyIndividual:
    """Somebody active in the network of a neighbourhood."""
    terms = {name: value for name, value in given.items() if name in _TERMS}
    rest = {name: value for name, value in given.items() if name not in _TERMS}
    return add_individual(
        session,
        neighbourhood=place,
        facts=facts(name, **rest),
        **{"is_active": True, "stamp": NOBODY, "today": DAY, **terms},
    )


def meet(session: Session, individual: KeyIndividual, days_ago: int, **given: Any) -> Encounter:
    wanted = {"kind": EncounterKind.VISIT, "at": NOW - timedelta(days=days_ago), **given}
    return record_encounter(session, individual, **wanted)
