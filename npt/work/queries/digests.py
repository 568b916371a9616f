"""Who is to be written to today about what they have to do."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.organisation.models import Unit
from npt.outbox.rules import DailyPart
from npt.partners.models import Agency, PartnerAccount
from npt.partners.rules import barrier
from npt.people.models import Holder
from npt.store.loading import loaded_with
from npt.work.models import Action
from npt.work.rules import OPEN_STATES, WRITTEN_BEFORE, Addresses, DueAction, Owner, OwnerKind, daily_part


def daily_parts(session: Session, *, today: date, addresses: Addresses) -> list[DailyPart]:
    """What the daily letters of today say of actions due soon and overdue, by account. Four statements.

    An agency's go to everybody who acts for it. Nobody whose account is closed, who wants no letters, or
    whose vetting has run out is among them.
    """
    due = _due(session, today)
    readers = _readers(session, due, today)
    of_account: defaultdict[int, list[DueAction]] = defaultdict(list)
    for owner, actions in due.items():
        for account_id in readers.get(owner, ()):
            of_account[account_id] += actions
    return [
        daily_part(key, sorted(found, key=lambda each: (each.due_on, each.id)), addresses, today)
        for key, found in sorted(of_account.items())
    ]


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


def _readers(session: Session, owners: Collection[Owner], today: date) -> Mapping[Owner, Sequence[int]]:
    """The accounts to which what concerns an owner is written."""
    wanting = (Account.closed_at.is_(None), Account.wants_reminders)
    found: defaultdict[Owner, list[int]] = defaultdict(list)
    holders = select(Holder.member_id, Holder.account_id).join(Account, Account.id == Holder.account_id)
    for member_id, account_id in session.execute(holders.where(*wanting)):
        found[Owner(OwnerKind.MEMBER, member_id)].append(account_id)
    partners = loaded_with(PartnerAccount, PartnerAccount.agency, PartnerAccount.account)
    barred = set[int]()
    for acting in session.scalars(partners.where(PartnerAccount.ended_at.is_(None), *wanting)):
        if barrier(acting.membership, today) is None:
            found[Owner(OwnerKind.AGENCY, acting.agency_id)].append(acting.account_id)
        else:
            barred.add(acting.account_id)
    keys = [owner.id for owner in owners if owner.kind is OwnerKind.ACCOUNT and owner.id not in barred]
    for account_id in session.scalars(select(Account.id).where(Account.id.in_(keys), *wanting)):
        found[Owner(OwnerKind.ACCOUNT, account_id)].append(account_id)
    return found
