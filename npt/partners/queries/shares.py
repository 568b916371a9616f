"""Questions about shares: what opens now, what could be seen at any instant, and what was opened."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from npt.access.rules import ShareLevel
from npt.accounts.models import Account
from npt.journal.models import Entry
from npt.matters.models import Matter
from npt.organisation.queries import within
from npt.partners.models import Agency, PartnerAccount, Share, ShareAnswer
from npt.partners.rules import EndReason


@dataclass(frozen=True, slots=True)
class Opened:
    """That somebody of an agency opened a matter: when, who, and at which level or as which file."""

    at: datetime
    name: str
    matter: Matter
    act: str


def is_open_at(now: datetime) -> ColumnElement[bool]:
    """The condition that a share opens its matter at this instant."""
    return and_(Share.granted_at <= now, Share.ends_at > now)


def level_shared(session: Session, agency_id: int, matter_id: int, now: datetime) -> ShareLevel | None:
    """The level at which the matter is shared with the agency at this instant; None where it is not."""
    found = session.scalars(
        select(Share.level).where(
            Share.agency_id == agency_id,
            Share.matter_id == matter_id,
            is_open_at(now),
        )
    ).all()
    levels = [level for level in ShareLevel if level in found]
    return levels[-1] if levels else None


def share_seen(session: Session, agency_id: int | None, matter: Matter, now: datetime) -> Share | None:
    """The share by which the agency sees the matter at this instant, whoever shared it loaded."""
    asked = (
        _shares()
        .options(joinedload(Share.granter))
        .where(
            Share.agency_id == agency_id,
            Share.matter_id == matter.id,
            is_open_at(now),
        )
    )
    return session.scalars(asked.order_by(Share.id.desc())).first()


def _shares() -> Select[Share]:
    """Shares with their matters, the units of those, and their agencies or residents."""
    return (
        select(Share)
        .join(Share.matter)
        .join(Matter.unit)
        .options(contains_eager(Share.matter).contains_eager(Matter.unit))
        .options(joinedload(Share.agency), joinedload(Share.resident))
    )


def shares_of(session: Session, matter: Matter) -> list[Share]:
    """Every share of the matter, the latest first; agency and granter are loaded."""
    asked = _shares().options(joinedload(Share.granter)).where(Share.matter_id == matter.id)
    return list(session.scalars(asked.order_by(Share.granted_at.desc(), Share.id.desc())))


def share_of(session: Session, matter: Matter, share_id: int) -> Share | None:
    """One of the matter's shares."""
    return session.scalar(_shares().where(Share.matter_id == matter.id, Share.id == share_id))


def share_keyed(session: Session, share_id: int) -> Share | None:
    """The share of a key, whatever it is of: only for whoever shows that they were given it."""
    return session.scalar(_shares().where(Share.id == share_id))


def shares_with(session: Session, agency: Agency, starts: datetime, ends: datetime) -> list[Share]:
    """What the agency could see at some instant from `starts` until before `ends`, by title."""
    asked = _shares().where(Share.agency_id == agency.id, Share.granted_at < ends, Share.ends_at > starts)
    return list(session.scalars(asked.order_by(Matter.title, Share.granted_at, Share.id)))


def shares_open(session: Session, agency_id: int, now: datetime) -> list[Share]:
    """What the agency can see at this instant, what ends first first."""
    asked = _shares().where(Share.agency_id == agency_id, is_open_at(now))
    return list(session.scalars(asked.order_by(Share.ends_at, Matter.title, Share.id)))


def shares_under(session: Session, paths: Collection[str], now: datetime) -> list[Share]:
    """What is shared at this instant of the units and all under them, what ends first first."""
    if not paths:
        return []
    asked = _shares().where(or_(*(within(path) for path in paths)), is_open_at(now))
    return list(session.scalars(asked.order_by(Share.ends_at, Matter.title, Share.id)))


def ended_by_closing(session: Session, agency: Agency) -> list[Share]:
    """What ends, or ended, because the agency closes, by title."""
    asked = _shares().where(Share.agency_id == agency.id, Share.end_reason == EndReason.AGENCY_CLOSED)
    return list(session.scalars(asked.order_by(Matter.title, Share.id)))


def answers_to(session: Session, shares: Sequence[Share]) -> list[ShareAnswer]:
    """What residents answered to these shares, the latest first; the shares and residents are loaded."""
    keys = [share.id for share in shares if share.agency_id is None]
    if not keys:
        return []
    whose = joinedload(ShareAnswer.share).joinedload(Share.resident)
    asked = select(ShareAnswer).options(whose).where(ShareAnswer.share_id.in_(keys))
    return list(session.scalars(asked.order_by(ShareAnswer.answered_at.desc(), ShareAnswer.id.desc())))


def opened_by(session: Session, agency: Agency, starts: datetime, ends: datetime) -> list[Opened]:
    """What people opened by shares while they acted for the agency, in order: as the journal tells it."""
    asked = (
        select(Entry.at, Account.name, Matter, Entry.act)
        .join(PartnerAccount, PartnerAccount.account_id == Entry.account_id)
        .join(Account, Account.id == PartnerAccount.account_id)
        .join(Matter, Matter.id == Entry.record_id)
        .join(Matter.unit)
        .options(contains_eager(Matter.unit))
        .where(
            PartnerAccount.agency_id == agency.id,
            Entry.record_type == "matter",
            Entry.change == "viewed",
            Entry.at >= starts,
            Entry.at < ends,
            Entry.at >= PartnerAccount.began_at,
            or_(PartnerAccount.ended_at.is_(None), Entry.at < PartnerAccount.ended_at),
        )
        .order_by(Entry.sequence)
    )
    return [Opened(*row) for row in session.execute(asked)]
