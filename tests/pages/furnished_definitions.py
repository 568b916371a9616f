"""A change of a definition in the furnished world, which all forces share."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.counting.actions import change_counting, planned_changes
from npt.counting.models import DefinitionChange
from npt.counting.queries import definition_coded, definition_record
from npt.kit.stamps import Stamp


def change_what_counts(session: Session, code: str, *, now: datetime) -> int:
    """The key of a change that makes training count from next year on; made when it is first asked for."""
    known = session.scalars(select(DefinitionChange.id)).first()
    if known is not None:
        return known
    dated, record = definition_coded(session, code), definition_record(session, code)
    assert dated is not None, code
    assert record is not None, code
    changes = planned_changes(
        session, dated, chosen=["training"], counts=True, starts_on=date(now.year + 1, 1, 1)
    )
    return change_counting(session, record, changes, why="The board agreed it", stamp=Stamp(None, now)).id
