"""Questions about partner accounts: for which agency somebody acts, and whose vetting ends."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import Account
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.partners.models import Agency, PartnerAccount
from npt.partners.rules import ends_soon
from npt.people.models import Grant
from npt.store.loading import loaded_with


def latest_membership(session: Session, account_id: int) -> PartnerAccount | None:
    """The agency for which the account acts, or acted last; None where it never did. One statement."""
    asked = loaded_with(PartnerAccount, PartnerAccount.agency)
    asked = asked.where(PartnerAccount.account_id == account_id)
    return session.scalar(asked.order_by(PartnerAccount.id.desc()).limit(1))


def memberships_of(session: Session, account_id: int) -> list[PartnerAccount]:
    """For which agencies the account acted, the latest first; the agencies are loaded."""
    asked = loaded_with(PartnerAccount, PartnerAccount.agency)
    asked = asked.where(PartnerAccount.account_id == account_id)
    return list(session.scalars(asked.order_by(PartnerAccount.id.desc())))


def members_under(
    session: Session, paths: Collection[str], agency: Agency | None = None
) -> list[PartnerAccount]:
    """The accounts that act for an agency now and are partners at one of the units or under it, by name.

    Of one agency where it is given. Account and agency are loaded.
    """
    if not paths:
        return []
    asked = loaded_with(PartnerAccount, PartnerAccount.account, PartnerAccount.agency).where(
        PartnerAccount.ended_at.is_(None),
        Account.closed_at.is_(None),
        PartnerAccount.account_id.in_(_partner_ids(paths)),
    )
    if agency is not None:
        asked = asked.where(PartnerAccount.agency_id == agency.id)
    return list(session.scalars(asked.order_by(Account.name, Account.id)))


def vetting_ending(session: Session, path: str, today: date) -> list[PartnerAccount]:
    """The partner accounts at a unit and under it whose vetting has ended or ends soon, the first first."""
    ending = [each for each in members_under(session, [path]) if ends_soon(each.vetted_until, today)]
    return sorted(ending, key=lambda each: (each.vetted_until or today, each.account.name))


def _partner_ids(paths: Collection[str]) -> Select[int]:
    held = select(Grant.account_id).join(Unit, Unit.id == Grant.unit_id)
    return held.where(Grant.role == Role.PARTNER, or_(*(within(path) for path in paths)))


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """An account with the role of a partner, and the agency for which it acts, or acted last."""

    account: Account
    member: PartnerAccount | None

    @property
    def acting(self) -> PartnerAccount | None:
        """For whom it acts now; None for nobody."""
        return None if self.member is None or self.member.ended_at is not None else self.member

    def lacks_agency(self, today: date) -> bool:
        """Whether nobody said for whom it acts, or the agency is not open."""
        return self.member is None or (self.acting is not None and not self.acting.agency.span.covers(today))

    def has_vetting_ending(self, today: date) -> bool:
        """Whether the vetting with which it acts has ended or ends soon."""
        return self.acting is not None and ends_soon(self.acting.vetted_until, today)

    @property
    def agency_name(self) -> str | None:
        """The agency for which it acts now."""
        return None if self.acting is None else self.acting.agency.name


def partners_at(session: Session, path: str) -> list[PartnerLine]:
    """The open accounts that are partners at the unit or under it, by name. Two statements."""
    asked = select(Account).where(Account.closed_at.is_(None), Account.id.in_(_partner_ids([path])))
    accounts = session.scalars(asked.order_by(Account.name, Account.id)).all()
    asked_of = loaded_with(PartnerAccount, PartnerAccount.agency).order_by(PartnerAccount.id)
    held = session.scalars(asked_of.where(PartnerAccount.account_id.in_(_partner_ids([path]))))
    latest = {each.account_id: each for each in held}
    return [PartnerLine(account, latest.get(account.id)) for account in accounts]


def without_agency(session: Session, path: str, today: date) -> list[Account]:
    """The open partner accounts at the unit or under it without an agency, or whose agency is closed.

    Who left an agency is none of them: that was somebody's decision. By name; two statements.
    """
    return [line.account for line in partners_at(session, path) if line.lacks_agency(today)]


def partner_at(session: Session, path: str, account_id: int) -> Account | None:
    """The account, if it is a partner at the unit or under it; None otherwise."""
    asked = select(Account).where(Account.id == account_id, Account.id.in_(_partner_ids([path])))
    return session.scalar(asked)
