"""Who is to be written to today about what they have to do."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import Account
from npt.organisation.models import Unit
from npt.outbox.rules import DailyPart
from npt.partners.models import Agency, PartnerAccount
from npt.partners.queries import barred_among
from npt.partners.rules import barrier
from npt.people.models import Grant, Holder
from npt.store.loading import loaded_with
from npt.work.models import Action
from npt.work.rules import OPEN_STATES, WRITTEN_BEFORE, Addresses, DueAction, Owner, OwnerKind, daily_part


def daily_parts(session: Session, *, today: date, addresses: Addresses) -> list[DailyPart]:
    """What the daily letters of today say of actions due soon and overdue, by account. Seven statements.

    An agency's go to everybody who acts for it. Nobody whose account is closed, who wants no letters, or
    who was a partner and has left, or whose vetting has run out, is among them.
    """
    due = _due(session, today)
    readers = _readers(session, due, today)
    of_account: defaultdict[int, list[DueAction]] = defaultdict(list)
    for owner, actions in due.items():
        for reader in readers.get(owner, ()):
            of_account[reader.account_id] += [each for each in actions if each.path.startswith(reader.paths)]
    return [
        daily_part(key, sorted(found, key=lambda each: (each.due_on, each.id)), addresses, today)
        for key, found in sorted(of_account.items())
        if found
    ]


@dataclass(frozen=True, slots=True)
class _Reader:
    """An account, and at which units what the owner owns is theirs to do."""

    account_id: int
    paths: tuple[str, ...] = ("",)


def _due(session: Session, today: date) -> Mapping[Owner, list[DueAction]]:
    """What is still to be done and due by then, by its owner."""
    asked = (
        select(
            Action.id,
            Action.what,
            Action.due_on,
            Unit.path,
            Agency.name,
            Action.owner_member_id,
            Action.owner_account_id,
            Action.owner_agency_id,
        )
        .join(Action.unit)
        .outerjoin(Agency, Agency.id == Action.owner_agency_id)
        .where(Action.state.in_(OPEN_STATES), Action.due_on <= today + WRITTEN_BEFORE)
    )
    found: defaultdict[Owner, list[DueAction]] = defaultdict(list)
    for key, what, due_on, path, agency, *owner in session.execute(asked):
        found[Owner.of(*owner)].append(DueAction(key, what, due_on, path, agency or ""))
    return found


def _readers(session: Session, owners: Collection[Owner], today: date) -> Mapping[Owner, Sequence[_Reader]]:
    """The accounts to which what concerns an owner is written."""
    wanting = (Account.closed_at.is_(None), Account.wants_reminders)
    found: defaultdict[Owner, list[_Reader]] = defaultdict(list)
    holders = select(Holder.member_id, Holder.account_id).join(Account, Account.id == Holder.account_id)
    for member_id, account_id in session.execute(holders.where(*wanting)):
        found[Owner(OwnerKind.MEMBER, member_id)].append(_Reader(account_id))
    partners = loaded_with(PartnerAccount, PartnerAccount.agency, PartnerAccount.account)
    granted = select(Grant.account_id, Unit.path).join(Grant.unit).where(Grant.role == Role.PARTNER)
    places: defaultdict[int, list[str]] = defaultdict(list)
    for account_id, path in session.execute(granted):
        places[account_id].append(path)
    for acting in session.scalars(partners.where(PartnerAccount.ended_at.is_(None), *wanting)):
        if barrier(acting.membership, today) is None:
            reader = _Reader(acting.account_id, tuple(places[acting.account_id]))
            found[Owner(OwnerKind.AGENCY, acting.agency_id)].append(reader)
    keys = {owner.id for owner in owners if owner.kind is OwnerKind.ACCOUNT}
    wanted = session.scalars(
        select(Account.id).where(Account.id.in_(keys - barred_among(session, keys, today)), *wanting)
    )
    for account_id in wanted:
        found[Owner(OwnerKind.ACCOUNT, account_id)].append(_Reader(account_id))
    return found
