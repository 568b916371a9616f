"""What happened in neighbourhoods since a day."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from npt.engagement.models import Contact, Patrol


def sent_since(session: Session, unit_ids: Collection[int], first: date) -> dict[int, tuple[int, int]]:
    """By neighbourhood, how many contacts and patrols there were from the day `first` on. Two statements."""
    contacts = dict(session.execute(_counts(Contact, unit_ids, first)).all())
    patrols = dict(session.execute(_counts(Patrol, unit_ids, first)).all())
    return {key: (contacts.get(key, 0), patrols.get(key, 0)) for key in {*contacts, *patrols}}


def _counts(kind: type[Contact] | type[Patrol], unit_ids: Collection[int], first: date) -> Select[int, int]:
    asked = select(kind.unit_id, func.count()).where(kind.unit_id.in_(unit_ids), kind.on_date >= first)
    return asked.group_by(kind.unit_id)
