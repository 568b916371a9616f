"""Questions of a review of boundaries, beside those of the rooms whose records it carries over."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.kin.models import KeyIndividual
from npt.kin.rules import Stage
from npt.organisation.models import Unit
from npt.organisation.queries import standing, units_under
from npt.organisation.rules import Level
from npt.people.models import Grant
from npt.places.queries import boundaries_of


def open_for_good(session: Session, unit: Unit, day: date, level: Level) -> list[Unit]:
    """The units of a level at or under `unit` that stand on `day` and have no last day, by path."""
    found = units_under(session, unit.path, as_at=day, level=level)
    return [each for each in found if each.closed_on is None]


def teams_left_without(
    session: Session, team_ids: Collection[int], closing: Collection[int], *, as_at: date
) -> list[int]:
    """Which of these few teams have no neighbourhood left on a day, once these few have closed."""
    kept = select(Unit.parent_id).where(
        Unit.parent_id.in_(team_ids), Unit.id.not_in(closing), standing(as_at=as_at)
    )
    having = set(session.scalars(kept))
    return [each for each in team_ids if each not in having]


def roles_held_at(session: Session, unit_ids: Collection[int]) -> int:
    """How many roles accounts hold on these few units themselves."""
    asked = select(func.count()).select_from(Grant).where(Grant.unit_id.in_(unit_ids))
    return session.scalar(asked) or 0


def are_bounded(session: Session, unit_ids: Collection[int]) -> bool:
    """Whether each of these few units has a boundary."""
    return len(list(boundaries_of(session, unit_ids))) == len(unit_ids)


def individuals_here(session: Session, unit_ids: Collection[int]) -> list[KeyIndividual]:
    """The key individuals of these few neighbourhoods who have not left, by name."""
    here = KeyIndividual.unit_id.in_(unit_ids), KeyIndividual.stage.in_((Stage.PROPOSED, Stage.ACTIVE))
    asked = select(KeyIndividual).where(*here).order_by(KeyIndividual.name, KeyIndividual.id)
    return list(session.scalars(asked))
