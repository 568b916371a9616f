"""Who gets a daily letter today."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.kit.clock import local_day
from npt.mail.letters import AddressNotPossible, check_address
from npt.outbox.models import Letter
from npt.outbox.queries.addresses import stopped_addresses
from npt.outbox.rules import DailyPart, LetterFacts, Topic, daily_identity, daily_letters


@dataclass(frozen=True, slots=True)
class DailyDue:
    """The daily letters of a day."""

    #: to be queued, or queued now
    letters: tuple[LetterFacts, ...]
    #: how many people have one of today, sent or waiting
    had_it: int
    #: whose account was closed meanwhile, or who want none
    left_out: int
    #: names of people at whose address no letter arrives
    unreachable: tuple[str, ...]


def daily_due(session: Session, parts: Iterable[DailyPart], *, now: datetime) -> DailyDue:
    """The daily letters that are due to whoever is named in `parts`, in that order."""
    letters, today = daily_letters(parts), local_day(now)
    accounts = _accounts(session, [each.account_id for each in letters])
    had = _had(session, accounts, today)
    stopped = stopped_addresses(session, [each.email for each in accounts.values()])
    due: list[LetterFacts] = []
    unreachable: list[str] = []
    for each in letters:
        account = accounts.get(each.account_id)
        if account is None or account.id in had:
            continue
        if account.email in stopped or not _is_possible(account.email):
            unreachable.append(account.name)
            continue
        due.append(
            LetterFacts(
                identity=daily_identity(account.id, today),
                to_address=account.email,
                to_name=account.name,
                subject=each.subject,
                text=each.greeting(account.name),
                topic=Topic.DAILY,
                path=each.path,
                account_id=account.id,
            )
        )
    return DailyDue(tuple(due), len(had), len(letters) - len(accounts), tuple(unreachable))


def _accounts(session: Session, keys: Collection[int]) -> dict[int, Account]:
    """The accounts of these keys that are open and want letters."""
    asked = select(Account).where(
        Account.id.in_(keys), Account.closed_at.is_(None), Account.wants_reminders.is_(True)
    )
    return {each.id: each for each in session.scalars(asked)}


def _had(session: Session, keys: Collection[int], today: date) -> frozenset[int]:
    """Who of these accounts has a daily letter of today."""
    identities = {daily_identity(key, today): key for key in keys}
    found = session.scalars(select(Letter.identity).where(Letter.identity.in_(identities)))
    return frozenset(identities[identity] for identity in found)


def _is_possible(email: str) -> bool:
    try:
        check_address(email)
    except AddressNotPossible:
        return False
    return True
