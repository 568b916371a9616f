"""Members and accounts as kinds of person: which are one, when they are still here, what ends first."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import close_account
from npt.accounts.models import Account
from npt.data_protection import kinds
from npt.data_protection.kinds import Kind
from npt.journal.rules import PersonKey
from npt.kit.clock import day_in_words, local_midnight
from npt.organisation.models import Unit
from npt.outbox.actions import let_address_be
from npt.people.models import Grant, Holder, Member, Posting
from npt.store.loading import loaded_with


def register() -> None:
    """Let members and accounts be shown what is held on them, and be erased."""
    kinds.register(
        Kind(
            table="member",
            reference="number",
            together=_account_of_member,
            leave=_forget_address_of_member,
            still_here=_is_posted,
            gone_before=_left_before,
        )
    )
    kinds.register(
        Kind(
            table="account",
            reference="email",
            normalised=lambda text: text.strip().lower(),
            together=_member_of_account,
            still_here=_has_a_role,
            kept_for=_is_last_administrator,
            leave=_close,
            gone_before=_closed_before,
        )
    )


def _account_of_member(session: Session, member_id: int) -> Iterable[PersonKey]:
    held = session.scalar(select(Holder.account_id).where(Holder.member_id == member_id))
    return () if held is None else (PersonKey("account", held),)


def _member_of_account(session: Session, account_id: int) -> Iterable[PersonKey]:
    held = session.scalar(select(Holder.member_id).where(Holder.account_id == account_id))
    return () if held is None else (PersonKey("member", held),)


def _is_posted(session: Session, member_id: int, today: date) -> str | None:
    asked = loaded_with(Posting, Posting.unit).where(
        Posting.member_id == member_id, (Posting.ends_on.is_(None)) | (Posting.ends_on >= today)
    )
    posting = session.scalars(asked.order_by(Posting.starts_on)).first()
    if posting is None:
        return None
    until = "until further notice" if posting.ends_on is None else f"until {day_in_words(posting.ends_on)}"
    return f"is posted to {posting.unit.code} {until}"


def _has_a_role(session: Session, account_id: int, _today: date) -> str | None:
    account = session.get_one(Account, account_id)
    role = session.scalar(select(Grant.role).where(Grant.account_id == account_id).limit(1))
    if account.closed_at is not None or role is None:
        return None
    return f"can still sign in as {role.wording.lower()}"


def _is_last_administrator(session: Session, account_id: int, _today: date) -> str | None:
    """Why an account must stay: on some unit nobody else is an administrator."""
    if session.get_one(Account, account_id).closed_at is not None:
        return None
    held = (
        select(Unit)
        .join(Grant, Grant.unit_id == Unit.id)
        .where(Grant.account_id == account_id, Grant.role == Role.ADMIN)
    )
    others = list(
        session.scalars(
            select(Unit.path)
            .join(Grant, Grant.unit_id == Unit.id)
            .join(Account, Account.id == Grant.account_id)
            .where(Grant.role == Role.ADMIN, Account.id != account_id, _is_open())
        )
    )
    for unit in session.scalars(held):
        if not any(unit.path.startswith(path) for path in others):
            return (
                f"This is the last administrator of {unit.code}. Nothing was changed: make somebody else one"
                " first (npt account add EMAIL --role admin --unit CODE)"
            )
    return None


def _is_open() -> ColumnElement[bool]:
    return Account.closed_at.is_(None)


def _close(session: Session, account_id: int, now: datetime) -> None:
    account = session.get_one(Account, account_id)
    close_account(session, account=account, now=now)
    let_address_be(session, account.email)


def _forget_address_of_member(session: Session, member_id: int, _now: datetime) -> None:
    if (email := session.get_one(Member, member_id).email) is not None:
        let_address_be(session, email)


def _left_before(session: Session, day: date) -> Iterable[int]:
    """Members who were posted, and whose last posting had ended before the day."""
    later = select(Posting.member_id).where((Posting.ends_on.is_(None)) | (Posting.ends_on >= day))
    posted = select(Posting.member_id)
    return session.scalars(select(Member.id).where(Member.id.in_(posted), Member.id.not_in(later))).all()


def _closed_before(session: Session, day: date) -> Iterable[int]:
    """Accounts that were closed before the day and are no member's: a member's goes with the member."""
    asked = select(Account.id).where(
        Account.closed_at < local_midnight(day), Account.id.not_in(select(Holder.account_id))
    )
    return session.scalars(asked).all()
