"""What is forgotten of residents once what they were invited to look at has ended."""

from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, String, Table, select, update
from sqlalchemy import cast as as_type
from sqlalchemy.orm import Session

from npt.partners.models import Share, ShareAnswer
from npt.partners.rules import RESIDENTS_KEPT_FOR
from npt.store.personal import ERASED_WORDS


class Forgotten(NamedTuple):
    """How many rows were emptied."""

    shares: int
    answers: int


def forget_residents(session: Session, *, now: datetime) -> Forgotten:
    """Empty who was invited, and what they answered, some time after the link ended. Twice is as once."""
    shares, answers = cast(Table, Share.__table__), cast(Table, ShareAnswer.__table__)
    over = (shares.c.ends_at < now - RESIDENTS_KEPT_FOR) & shares.c.agency_id.is_(None)
    told = update(answers).where(
        answers.c.share_id.in_(select(shares.c.id).where(over)), answers.c.text != ERASED_WORDS
    )
    emptied = session.execute(told.values(text=ERASED_WORDS))
    named = update(shares).where(over, shares.c.resident_name != ERASED_WORDS)
    unnamed = session.execute(
        named.values(
            resident_name=ERASED_WORDS,
            resident_email="erased-" + as_type(shares.c.id, String),
            version=shares.c.version + 1,
        )
    )
    return Forgotten(_rows(unnamed), _rows(emptied))


def _rows(done: object) -> int:
    return cast(CursorResult[Any], done).rowcount
