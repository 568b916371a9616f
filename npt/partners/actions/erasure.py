"""Residents as a kind of person, and what of a partner ends with their account."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from npt.data_protection import kinds
from npt.data_protection.kinds import Kind
from npt.journal.rules import PersonKey
from npt.kit.clock import day_in_words, local_midnight
from npt.outbox.actions import let_address_be
from npt.partners.actions.shares import end_of_erased
from npt.partners.models import PartnerAccount, Resident, Share
from npt.partners.rules import RESIDENTS_KEPT_FOR


def register() -> None:
    """Let residents be shown what is held on them, and be erased; and let a partner's erasure end that."""
    kinds.register(
        Kind(
            table="resident",
            reference="email",
            email="email",
            normalised=lambda text: text.strip().lower(),
            together=_invited_besides,
            still_here=_may_look,
            leave=_close_links,
            gone_before=_last_looked_before,
            kept_for_days=RESIDENTS_KEPT_FOR.days,
        )
    )
    kinds.ends_with("account", _leave_agency)


def _of_one_email(resident_id: int) -> Select[int]:
    """The keys of the rows that are the same resident."""
    email = select(Resident.email).where(Resident.id == resident_id).scalar_subquery()
    return select(Resident.id).where(Resident.email == email)


def _invited_besides(session: Session, resident_id: int) -> Iterable[PersonKey]:
    others = _of_one_email(resident_id).where(Resident.id != resident_id).order_by(Resident.id)
    return [PersonKey("resident", each) for each in session.scalars(others)]


def _may_look(session: Session, resident_id: int, today: date) -> str | None:
    """Why a resident is still here: a link of theirs works on some instant from today on."""
    asked = select(Share).options(joinedload(Share.matter)).where(Share.resident_id == resident_id)
    share = session.scalars(
        asked.where(Share.ends_at > local_midnight(today)).order_by(Share.ends_at.desc())
    ).first()
    if share is None:
        return None
    return f"is invited to look at {share.matter.reference} until {day_in_words(share.until)}"


def _close_links(session: Session, resident_id: int, now: datetime) -> None:
    for share in session.scalars(select(Share).where(Share.resident_id == resident_id, Share.ends_at > now)):
        end_of_erased(share, now)
    let_address_be(session, session.get_one(Resident, resident_id).email)


def _last_looked_before(session: Session, day: date) -> Iterable[int]:
    """Residents none of whose links, by whomever they were invited, worked on that day or later."""
    later = (
        select(Resident.email)
        .join(Share, Share.resident_id == Resident.id)
        .where(Share.ends_at >= local_midnight(day))
    )
    return session.scalars(select(Resident.id).where(Resident.email.not_in(later))).all()


def _leave_agency(session: Session, account_id: int, now: datetime) -> None:
    """End what an erased account acts for; not before it began, where a clock ran ahead."""
    acting = select(PartnerAccount).where(
        PartnerAccount.account_id == account_id, PartnerAccount.ended_at.is_(None)
    )
    for member in session.scalars(acting):
        member.ended_at = max(member.began_at, now)
