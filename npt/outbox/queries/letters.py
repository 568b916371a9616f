"""Letters of a unit, and letters that nobody seems to send."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from npt.kit.paging import Page, Part
from npt.outbox.models import Letter, LetterEvent
from npt.outbox.rules import LetterState, Standing, Topic
from npt.store.paging import paged

#: A letter that could have gone so long ago, and did not, is stuck.
_STUCK_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class LettersAsked:
    """Which letters of a unit are looked for; None: all."""

    standing: Standing | None = None
    topic: Topic | None = None
    #: part of the address or the name of whom they go to
    to: str = ""


def _under(path: str) -> ColumnElement[bool]:
    """Of the unit at `path` and of all under it, by one range of the index: "0" comes after "/"."""
    return and_(Letter.path >= path, Letter.path < f"{path[:-1]}0")


def _stands(standing: Standing, now: datetime) -> ColumnElement[bool]:
    if standing is Standing.UNCERTAIN:
        return and_(Letter.state == LetterState.SENDING, Letter.claimed_until <= now)
    if standing is Standing.SENDING:
        return and_(Letter.state == LetterState.SENDING, Letter.claimed_until > now)
    return Letter.state == LetterState(standing.value)


def letters_at(session: Session, path: str, asked: LettersAsked, now: datetime, page: Page) -> Part[Letter]:
    """The letters of the unit at `path` and under it, the latest first."""
    wanted = [_under(path)]
    if asked.standing is not None:
        wanted.append(_stands(asked.standing, now))
    if asked.topic is not None:
        wanted.append(Letter.topic == asked.topic)
    if asked.to:
        part = asked.to.lower()
        # Who finds a letter by a name learns that the person had one.
        wanted.append(Letter.topic.not_in([topic for topic in Topic if topic.is_private]))
        wanted.append(
            or_(
                Letter.to_address.contains(part, autoescape=True),
                func.lower(Letter.to_name).contains(part, autoescape=True),
            )
        )
    found = paged(
        session, select(Letter).where(*wanted).order_by(Letter.queued_at.desc(), Letter.id.desc()), page
    )
    return found.of([row[0] for row in found.rows])


def letter_in(session: Session, path: str, letter_id: int) -> Letter | None:
    """A letter of the unit at `path` or under it, with its history; None where there is none."""
    return session.scalars(
        select(Letter)
        .where(Letter.id == letter_id, _under(path))
        .options(joinedload(Letter.account), selectinload(Letter.events).joinedload(LetterEvent.by))
    ).one_or_none()


@dataclass(frozen=True, slots=True)
class StuckLetters:
    """How many letters need somebody, and since when the oldest has waited."""

    waiting: int
    oldest: datetime | None
    uncertain: int
    #: the path of the unit of one that is uncertain
    path: str | None


def stuck_letters(session: Session, now: datetime) -> StuckLetters:
    """Letters that could have gone an hour ago and are waiting still, and those whose fate is uncertain."""
    late: Any = select(func.count(), func.min(Letter.not_before)).where(
        Letter.state == LetterState.WAITING, Letter.not_before <= now - _STUCK_AFTER, Letter.tries == 0
    )
    waiting, oldest = session.execute(late).one()
    unknown: Any = select(func.count(), func.min(Letter.path)).where(_stands(Standing.UNCERTAIN, now))
    uncertain, path = session.execute(unknown).one()
    return StuckLetters(waiting, oldest, uncertain, path)
