"""Questions of the interface for programs: whose a token is, and pages of records."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.accounts.rules import token_digest
from npt.api.models import ApiToken
from npt.organisation.models import Unit
from npt.organisation.queries import standing, within
from npt.people.models import Posting
from npt.store.batches import batches, found_by


@dataclass(frozen=True)
class Bearer:
    """A token that counts, and the account it stands for."""

    token_id: int
    last_used_on: date | None
    account_id: int
    name: str
    email: str


def bearer_of(session: Session, token: str, today: date) -> Bearer | None:
    """Whose the token is; None when nobody knows it, it does not count any more, or the account is closed."""
    row = session.execute(
        select(ApiToken.id, ApiToken.last_used_on, Account.id, Account.name, Account.email)
        .join(Account, Account.id == ApiToken.account_id)
        .where(
            ApiToken.token_digest == token_digest(token),
            _counts(today),
            Account.closed_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else Bearer(*row)


def _counts(today: date) -> ColumnElement[bool]:
    """The condition that a token was not revoked, has not run out, and is younger than the password."""
    return and_(
        ApiToken.revoked_at.is_(None),
        or_(ApiToken.ends_on.is_(None), ApiToken.ends_on >= today),
        or_(Account.password_changed_at.is_(None), ApiToken.made_at >= Account.password_changed_at),
    )


def counting_tokens(session: Session, account_id: int, today: date) -> list[ApiToken]:
    """The tokens of the account that still open something, the newest first."""
    asked = select(ApiToken).join(Account, Account.id == ApiToken.account_id)
    asked = asked.where(ApiToken.account_id == account_id, _counts(today))
    return list(session.scalars(asked.order_by(ApiToken.made_at.desc(), ApiToken.id.desc())))


def tokens_of(session: Session, account_id: int) -> list[ApiToken]:
    """Every token ever made for the account, also those that count no more, the newest first."""
    asked = select(ApiToken).where(ApiToken.account_id == account_id)
    return list(session.scalars(asked.order_by(ApiToken.made_at.desc(), ApiToken.id.desc())))


def reachable(paths: Collection[str]) -> ColumnElement[bool]:
    """The condition that a unit stands at one of the paths or under it."""
    return or_(*(within(path) for path in paths))


def units_standing(paths: Collection[str], as_at: date) -> Select[Unit]:
    """The units at or under the paths that stand on the day, in the order of their paths."""
    return select(Unit).where(reachable(paths), standing(as_at=as_at)).order_by(Unit.path)


def unit_paths(session: Session, unit_ids: Collection[int]) -> dict[int, str]:
    """Where the units of these keys stand."""
    found: dict[int, str] = {}
    for some in batches(sorted(set(unit_ids))):
        asked = select(Unit.id, Unit.path).where(Unit.id.in_(some))
        found.update((unit_id, path) for unit_id, path in session.execute(asked))
    return found


def posted_within(session: Session, paths: Collection[str], member_ids: Collection[int]) -> set[int]:
    """Which of these members are, were or will be posted to a unit at or under one of the paths."""
    asked = select(Posting.member_id).join(Unit, Unit.id == Posting.unit_id).where(reachable(paths))
    return set(found_by(session, asked, Posting.member_id, member_ids))
