"""Sharing a matter, and every way in which a share ends. Each keeps `ends_at` in step with what changes."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from npt.access.rules import ShareLevel
from npt.kit.clock import day_in_words, local_day
from npt.kit.limits import check_name
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.matters.actions import follow_hand_over
from npt.matters.models import Matter
from npt.partners.models import Agency, Resident, Share, ShareAnswer
from npt.partners.rules import (
    EndReason,
    ShareTerms,
    UntilOutOfRange,
    check_terms,
    confirm_by,
    end_of,
    ends_at,
)
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version

#: The most that a resident may answer by one link: more is no answer any more.
MOST_ANSWERS = 20


#: Refuses when a share cannot be withdrawn yet.
WithdrawalCheck = Callable[[Session, Share], None]
_WITHDRAWAL_CHECKS: list[WithdrawalCheck] = []


def check_withdrawal_by(check: WithdrawalCheck) -> None:
    """Let a floor above, which this one does not know, refuse that a share is withdrawn.

    Actions are the case: what the agency owns gets another owner first.
    """
    if check not in _WITHDRAWAL_CHECKS:
        _WITHDRAWAL_CHECKS.append(check)


class SharedAlready(Refusal):
    """A matter was to be shared with whom it is shared with."""


class NotShared(Refusal):
    """Something was to be done with a share that has ended."""


class AgencyNotOpen(Refusal):
    """A matter was to be shared with an agency that does not stand today."""


class NotAnswered(Refusal):
    """An answer that is empty, too long, or one too many."""


_TWICE = "It is shared with them already: withdraw that share first, or extend it."
name_violation("uq_share_with_an_agency", lambda: SharedAlready(_TWICE, field="agency"))


def follow_matters() -> None:
    """Let shares follow from now on when a matter is handed over: each is to be confirmed."""
    follow_hand_over(ask_to_confirm)


def share_with_agency(
    session: Session, *, matter: Matter, agency: Agency, level: ShareLevel, terms: ShareTerms, stamp: Stamp
) -> Share:
    """Share a matter with an agency at a level, from this instant on.

    AgencyNotOpen, also where it closed meanwhile; SharedAlready, BadPurpose, UntilOutOfRange.
    """
    held = select(Agency).where(Agency.id == agency.id).with_for_update(read=True)
    session.scalars(held.execution_options(populate_existing=True)).all()
    today = local_day(stamp.now)
    if not agency.span.covers(today):
        raise AgencyNotOpen(f"{agency.name} is not open today: choose an agency that is.", field="agency")
    check_terms(terms, today, agency.closed_on)
    return _share(
        session, matter, terms, stamp, field="agency", agency_id=agency.id, agency=agency, level=level
    )


def invite_resident(
    session: Session, *, matter: Matter, name: str, email: str, terms: ShareTerms, stamp: Stamp
) -> Share:
    """Share the residents' view of a matter with somebody who is sent a link.

    BadName, SharedAlready, BadPurpose, UntilOutOfRange. Who invites to the matter at the same time waits.
    """
    check_name(name, "resident_name")
    check_terms(terms, local_day(stamp.now))
    session.execute(select(Matter.id).where(Matter.id == matter.id).with_for_update(key_share=True))
    return _share(
        session,
        matter,
        terms,
        stamp,
        field="resident_email",
        resident=Resident(name=name, email=email.strip().lower()),
    )


def _share(
    session: Session, matter: Matter, terms: ShareTerms, stamp: Stamp, *, field: str, **whom: Any
) -> Share:
    made = Share(
        matter=matter,
        purpose=terms.purpose,
        basis=terms.basis,
        until=terms.until,
        granted_at=stamp.now,
        granted_by=stamp.by,
        ends_at=ends_at(terms.until, None, None),
        **whom,
    )
    is_with_them = (
        Share.agency_id == made.agency_id
        if made.resident is None
        else Share.resident_id.in_(select(Resident.id).where(Resident.email == made.resident.email))
    )
    lasts = or_(Share.ended_at.is_(None), Share.ends_at > stamp.now)
    for earlier in session.scalars(select(Share).where(Share.matter_id == matter.id, is_with_them, lasts)):
        if earlier.opens_at(stamp.now):
            raise SharedAlready(_TWICE, field=field)
        # It ran out, or nobody confirmed it: that is written down, so that another can follow.
        earlier.end_reason, earlier.ended_at = earlier.why_ended(stamp.now), earlier.ends_at
    session.flush()
    with refusing(session):
        session.add(made)
    return made


def withdraw(session: Session, share: Share, *, stamp: Stamp) -> None:
    """End a share at this instant: the next request is refused. NotShared where it has ended.

    Also what other floors refuse.
    """
    _check_open(share, stamp.now)
    for check in _WITHDRAWAL_CHECKS:
        check(session, share)
    _end(share, stamp.now, EndReason.WITHDRAWN)


def end_of_erased(share: Share, now: datetime) -> None:
    """End a share whose resident is erased: their link opens nothing from now on."""
    _end(share, now, EndReason.WITHDRAWN)


def extend(
    session: Session, share: Share, *, until: date, stamp: Stamp, expected_version: int | None = None
) -> None:
    """Let a share last longer. It has to be open: one that has ended is shared anew.

    StaleRecord, NotShared, UntilOutOfRange.
    """
    check_version(share, expected_version)
    _check_open(share, stamp.now)
    if until < share.until:
        raise UntilOutOfRange(
            f"It lasts until {day_in_words(share.until)} already: enter a later day, or withdraw it.",
            field="until",
        )
    closes = None if share.agency is None else share.agency.closed_on
    check_terms(ShareTerms(share.purpose, share.basis, until), local_day(stamp.now), closes)
    share.until = until
    share.ends_at = ends_at(share.until, share.confirm_by, share.ended_at)


def confirm(session: Session, share: Share, *, stamp: Stamp) -> None:
    """Confirm a share of a matter that was handed over; twice is harmless. NotShared once it has ended."""
    _check_open(share, stamp.now)
    share.confirm_by = None
    share.ends_at = ends_at(share.until, None, share.ended_at)


def ask_to_confirm(session: Session, matter: Matter, stamp: Stamp) -> None:
    """After a hand-over: each open share is confirmed within 14 days, or ends by itself."""
    asked = select(Share).where(Share.matter_id == matter.id, Share.ends_at > stamp.now)
    for share in session.scalars(asked):
        if share.confirm_by is None:
            share.confirm_by = confirm_by(stamp.now)
            share.ends_at = ends_at(share.until, share.confirm_by, share.ended_at)


def end_with_agency(session: Session, agency: Agency, now: datetime) -> None:
    """End the shares of an agency with its last day, at once if that has passed; none ends without one.

    One that ended before stays so: what could be seen until now is never written anew.
    """
    closes = None if agency.closed_on is None else max(end_of(agency.closed_on), now)
    for share in session.scalars(select(Share).where(Share.agency_id == agency.id, Share.ends_at > now)):
        if share.end_reason is EndReason.AGENCY_CLOSED:
            share.ended_at = share.end_reason = None
        if closes is not None and ends_at(share.until, share.confirm_by, share.ended_at) > closes:
            share.ended_at, share.end_reason = closes, EndReason.AGENCY_CLOSED
        share.ends_at = ends_at(share.until, share.confirm_by, share.ended_at)
    session.flush()


def carry_over(session: Session, shares: Sequence[Share], *, successor: Agency, stamp: Stamp) -> list[Share]:
    """Share with a successor what ended with its predecessor: the same level, purpose, basis and last day.

    What `share_with_agency` refuses, for any of them, and then none is carried over.
    """
    return [
        share_with_agency(
            session,
            matter=each.matter,
            agency=successor,
            level=each.level or ShareLevel.EXISTS,
            terms=ShareTerms(each.purpose, each.basis, each.until),
            stamp=stamp,
        )
        for each in shares
    ]


def answer(session: Session, share: Share, *, text: str, now: datetime) -> None:
    """Keep what a resident answers; the same sent twice is kept once. NotShared, NotAnswered."""
    _check_open(share, now)
    given = session.scalars(
        select(ShareAnswer.text).where(ShareAnswer.share_id == share.id).order_by(ShareAnswer.id.desc())
    ).all()
    if given and given[0] == text:
        return
    if len(given) >= MOST_ANSWERS:
        raise NotAnswered(
            "You have answered many times by this link: ring the neighbourhood team instead.", field="text"
        )
    session.add(ShareAnswer(share_id=share.id, text=text, answered_at=now))


def _check_open(share: Share, now: datetime) -> None:
    if not share.opens_at(now):
        raise NotShared("This share has ended already: nothing was changed. Share it anew if it is needed.")


def _end(share: Share, now: datetime, reason: EndReason) -> None:
    share.ended_at, share.end_reason = now, reason
    share.ends_at = ends_at(share.until, share.confirm_by, share.ended_at)
