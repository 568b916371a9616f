"""What was stopped, withdrawn, ended, found infected or sent since a backup: a restore does it again.

It only ever shuts. A row is known by what it was made with, as well as by its key: in records of another
history the key may be another's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.attachments.models import Attachment
from npt.attachments.rules import ScanState
from npt.kit.clock import local_day, local_midnight
from npt.outbox.models import Letter, ReturnedAddress, Unsubscription
from npt.outbox.queries import stopped_addresses, unsubscribed
from npt.outbox.rules import LetterState, Topic
from npt.partners.models import PartnerAccount, Share
from npt.partners.rules import Vetting, ends_at

#: rows of columns, whichever
_Rows = Sequence[Any]
_Time = TypeVar("_Time", date, datetime)


@dataclass
class ShutSince:
    """What the records that are replaced know of it, as rows of columns."""

    letters: list[dict[str, Any]] = field(default_factory=list)
    unsubscriptions: _Rows = ()
    stopped: _Rows = ()
    unreminded: frozenset[tuple[int, str]] = frozenset()
    shares: _Rows = ()
    memberships: _Rows = ()
    infected: _Rows = ()

    def readings(self, session: Session, now: datetime) -> tuple[Callable[[], None], ...]:
        """What reads them, table by table: records of an older version may not have each."""
        return (
            lambda: self._read_letters(session, now),
            lambda: self._read_stops(session),
            lambda: self._read_accounts(session),
            lambda: self._read_partners(session),
            lambda: self._read_verdicts(session),
        )

    def _read_letters(self, session: Session, now: datetime) -> None:
        """The daily letters of today that have gone, or may have."""
        rows = Letter.__table__
        asked = select(rows, Account.email).join(Account.__table__, Account.id == Letter.account_id)
        asked = asked.where(
            Letter.topic == Topic.DAILY,
            Letter.queued_at >= local_midnight(local_day(now)),
            Letter.state != LetterState.WAITING,
        )
        self.letters = [dict(row) for row in session.execute(asked).mappings()]

    def _read_stops(self, session: Session) -> None:
        wants_none = select(Unsubscription.address, Unsubscription.topic, Unsubscription.at)
        self.unsubscriptions = session.execute(wants_none).all()
        back = ReturnedAddress
        asked = select(back.address, back.letters, back.last_at, back.stopped_at, back.answer)
        self.stopped = session.execute(asked.where(back.stopped_at.is_not(None))).all()

    def _read_accounts(self, session: Session) -> None:
        asked = select(Account.id, Account.email).where(Account.wants_reminders.is_(False))
        self.unreminded = frozenset((key, email) for key, email in session.execute(asked))

    def _read_partners(self, session: Session) -> None:
        self.shares = session.execute(
            select(Share.id, Share.granted_at, Share.confirm_by, Share.ended_at, Share.end_reason)
        ).all()
        of = PartnerAccount
        asked = select(of.id, of.account_id, of.began_at, of.vetting, of.vetted_until, of.ended_at)
        self.memberships = session.execute(asked).all()

    def _read_verdicts(self, session: Session) -> None:
        asked = select(Attachment.sha256, Attachment.scan_note, Attachment.scanned_at)
        self.infected = session.execute(asked.where(Attachment.scan == ScanState.INFECTED)).all()


def shut_again(session: Session, since: ShutSince, now: datetime) -> None:
    """Do it again in the records that are back, in the transaction that the session is in."""
    _keep_letters(session, since.letters, now)
    _stop(session, since)
    _end_shares(session, since.shares)
    _end_memberships(session, since.memberships)
    for found in since.infected:
        same = select(Attachment).where(
            Attachment.sha256 == found.sha256, Attachment.scan != ScanState.INFECTED
        )
        for file in session.scalars(same).all():
            file.scan, file.scan_note, file.scanned_at = (
                ScanState.INFECTED,
                found.scan_note,
                found.scanned_at,
            )
    session.flush()


def _keep_letters(session: Session, letters: Sequence[dict[str, Any]], now: datetime) -> None:
    """Have today's daily letters here as well: so nobody gets a second one."""
    for values in letters:
        given = {name: value for name, value in values.items() if name not in {"id", "email"}}
        account = session.get(Account, values["account_id"])
        is_here = session.scalar(select(Letter.id).where(Letter.identity == values["identity"]))
        if is_here is None and account is not None and account.email == values["email"]:
            if given["state"] is LetterState.SENDING:
                given["claimed_until"] = now
            session.add(Letter(**given))
    session.flush()


def _stop(session: Session, since: ShutSince) -> None:
    known = unsubscribed(session, [each.address for each in since.unsubscriptions])
    for each in since.unsubscriptions:
        if (each.address, each.topic) not in known:
            session.add(Unsubscription(address=each.address, topic=each.topic, at=each.at))
    stopped = stopped_addresses(session, [each.address for each in since.stopped])
    for each in since.stopped:
        if each.address not in stopped:
            asked = select(ReturnedAddress).where(ReturnedAddress.address == each.address)
            found = session.scalars(asked).one_or_none() or ReturnedAddress(address=each.address)
            found.letters, found.answer = each.letters, each.answer
            found.last_at, found.stopped_at = each.last_at, each.stopped_at
            session.add(found)
    for account in session.scalars(select(Account).where(Account.wants_reminders.is_(True))).all():
        account.wants_reminders = (account.id, account.email) not in since.unreminded


def _end_shares(session: Session, known: _Rows) -> None:
    for was in known:
        share = session.get(Share, was.id)
        if share is None or share.granted_at != was.granted_at:
            continue
        if was.ended_at is not None and (share.ended_at is None or was.ended_at < share.ended_at):
            share.ended_at, share.end_reason = was.ended_at, was.end_reason
        share.confirm_by = _first(share.confirm_by, was.confirm_by)
        share.ends_at = ends_at(share.until, share.confirm_by, share.ended_at)


def _end_memberships(session: Session, known: _Rows) -> None:
    for was in known:
        member = session.get(PartnerAccount, was.id)
        if member is None or (member.account_id, member.began_at) != (was.account_id, was.began_at):
            continue
        member.ended_at = _first(member.ended_at, was.ended_at)
        levels = list(Vetting)
        member.vetting = min(member.vetting, was.vetting, key=levels.index)
        is_vetted = member.vetting is not Vetting.NONE
        member.vetted_until = _first(member.vetted_until, was.vetted_until) if is_vetted else None


def _first(one: _Time | None, other: _Time | None) -> _Time | None:
    """The first of the two that there is."""
    return min((each for each in (one, other) if each is not None), default=None)
