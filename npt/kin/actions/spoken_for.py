"""Who was carried over before their communities speaks for what these became, once they are carried over."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.communities.actions.carrying import follow_carried
from npt.communities.models import Community
from npt.communities.queries import ancestry
from npt.kin.models import KeyIndividual
from npt.kin.queries import whole
from npt.kin.rules import Stage
from npt.organisation.models import Unit


def register() -> None:
    """From now on let key individuals follow when communities are carried over."""
    follow_carried(_follow)


def _follow(session: Session, communities: Sequence[Community]) -> None:
    for now in communities:
        known = ancestry(session.get_one(Unit, now.unit_id).path)
        asked = select(known.c.before_id).where(known.c.community_id == now.id, known.c.before_id != now.id)
        before = set(session.scalars(asked))
        here = whole().where(
            KeyIndividual.unit_id == now.unit_id,
            KeyIndividual.stage.in_((Stage.PROPOSED, Stage.ACTIVE)),
            KeyIndividual.communities.any(Community.id.in_(before)),
        )
        for individual in session.scalars(here.order_by(KeyIndividual.id)).all():
            kept = (now if each.id in before else each for each in individual.communities)
            individual.communities = list({each.id: each for each in kept}.values())
    session.flush()
