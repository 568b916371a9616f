"""Postings: who works where, in what role, from when until when.

Two people who post the same member at once are put in a row by the member's lock, so that neither can take
the member past one full-time equivalent without seeing the other's posting.
"""

from collections.abc import Collection
from datetime import date
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.kit.spans import Beyond, Span, checked_span
from npt.organisation.actions import check_span_by, lock_units
from npt.organisation.models import Unit
from npt.organisation.rules import Cures, OutsideUnit, check_within
from npt.people.models import Member, Posting
from npt.people.queries import marks_of, postings_of
from npt.people.rules import (
    PolicingRole,
    PostingKind,
    Terms,
    check_fte,
    check_posted_to,
    check_student,
    may_be_specialist,
)
from npt.store.batches import batches
from npt.store.constraints import name_violation, refusing
from npt.store.dated import outside
from npt.store.versions import check_version


class UnitNotOpen(OutsideUnit):
    """A posting would hold on a day on which its unit does not stand."""

    cures: ClassVar[Cures] = {
        Beyond.EARLIER: ("starts_on", "opens on {}: start the posting on that day or later."),
        Beyond.LATER: ("team", "closed on {}: name a unit that is open then."),
        Beyond.LONGER: ("ends_on", "closes on {}: end the posting on that day or before."),
    }


class SamePosting(Refusal):
    """The member already has a posting to that unit in that role, of that kind, from that day."""


class AlreadyEnds(Refusal):
    """A posting was to end later than it already does."""


class StillSpecialist(Refusal):
    """A posting was to become one in which nobody is an NSO, while the member is recorded as one in it."""


class StillHasPostings(Refusal):
    """A unit's days were to change so that somebody would be posted to it while it does not stand."""


def _same_posting() -> SamePosting:
    return SamePosting(
        "The member already has this posting (same unit, role, kind and first day): change that one.",
        field="starts_on",
    )


name_violation("uq_posting_member_id_unit_id_role_kind_starts_on", _same_posting)


def register() -> None:
    """Refuse new days of a unit that would leave somebody posted to it while it does not stand."""
    check_span_by(_check_nobody_is_left)


def lock_members(session: Session, member_ids: Collection[int]) -> None:
    """Keep everybody else from posting these members until the transaction ends.

    In the order of keys: two who lock several cannot wait for each other in a ring.
    """
    for some in batches(sorted(set(member_ids))):
        locked = select(Member.id).where(Member.id.in_(some)).order_by(Member.id).with_for_update()
        session.execute(locked).all()


def check_terms(
    unit: Unit, role: PolicingRole, kind: PostingKind, starts_on: date, ends_on: date | None
) -> None:
    """Refuse a posting to `unit` as far as the member's other postings matter not.

    DayOutOfRange, EndsBeforeItStarts, WrongLevelForRole, UnitNotOpen (names the day it opens or closes);
    StudentNotConstable, StudentStaysTooLong.
    """
    span = checked_span(starts_on, ends_on)
    check_posted_to(role, unit.level)
    if kind is PostingKind.STUDENT:
        check_student(role, span)
    check_within(span, unit.code, unit.span, UnitNotOpen)


def post_member(session: Session, member: Member, *, unit: Unit, terms: Terms) -> Posting:
    """Post a member to a unit, and send it to the database.

    What `check_terms` refuses; SamePosting; FteOutOfRange; FteOverOne (names the first day over 1.00).
    """
    session.flush()
    lock_members(session, [member.id])
    lock_units(session, [unit.id])
    check_terms(unit, terms.role, terms.kind, terms.starts_on, terms.ends_on)
    others = postings_of(session, member.id)
    identity = (unit.id, terms.role, terms.kind, terms.starts_on)
    if any((held.unit_id, held.role, held.kind, held.starts_on) == identity for held in others):
        raise _same_posting()
    check_fte([*others, terms])
    posting = Posting(member_id=member.id, unit_id=unit.id)
    with refusing(session):
        _lay_down(posting, terms)
        session.add(posting)
    return posting


def change_posting(
    session: Session, posting: Posting, *, terms: Terms, expected_version: int | None = None
) -> None:
    """Correct a posting, and send it to the database. Its member and its unit stay.

    StaleRecord, StillSpecialist, and what `post_member` refuses.
    """
    session.flush()
    lock_members(session, [posting.member_id])
    lock_units(session, [posting.unit_id])
    session.refresh(posting)
    check_version(posting, expected_version)
    unit = session.get_one(Unit, posting.unit_id)
    check_terms(unit, terms.role, terms.kind, terms.starts_on, terms.ends_on)
    if not may_be_specialist(terms.role, terms.kind):
        _check_no_specialist(session, posting)
    others = [held for held in postings_of(session, posting.member_id) if held.id != posting.id]
    check_fte([*others, terms])
    with refusing(session):
        _lay_down(posting, terms)


def _check_no_specialist(session: Session, posting: Posting) -> None:
    marks = [mark for mark in marks_of(session, [posting.member_id]) if mark.posting_id == posting.id]
    if marks:
        raise StillSpecialist(
            f"The member is recorded as a neighbourhood specialist officer in this posting from"
            f" {day_in_words(marks[0].starts_on)}: end the posting and start one in the new role, or take"
            " that record out first.",
            field="role",
        )


def _lay_down(posting: Posting, terms: Terms) -> None:
    posting.role, posting.fte, posting.kind = terms.role, terms.fte, terms.kind
    posting.starts_on, posting.ends_on = terms.starts_on, terms.ends_on


def end_posting(
    session: Session, posting: Posting, *, on: date, expected_version: int | None = None
) -> Posting:
    """End a posting with `on` as its last day; the posting.

    StaleRecord, DayOutOfRange, EndsBeforeItStarts; AlreadyEnds when it ends earlier than that.
    """
    if posting.ends_on is not None and on > posting.ends_on:
        raise AlreadyEnds(
            f"The posting already ends on {day_in_words(posting.ends_on)}: to extend it, correct it.",
            field="ends_on",
        )
    terms = Terms(posting.role, posting.fte, posting.kind, posting.starts_on, on)
    change_posting(session, posting, terms=terms, expected_version=expected_version)
    return posting


def _check_nobody_is_left(session: Session, unit: Unit, span: Span) -> None:
    """Refuse (StillHasPostings) new days of a unit outside which somebody is posted to it."""
    left = session.execute(
        select(Member.number, Posting.starts_on)
        .join(Posting.member)
        .where(Posting.unit_id == unit.id, outside(Posting.starts_on, Posting.ends_on, span))
        .order_by(Member.number, Posting.starts_on)
    ).all()
    if left:
        named = ", ".join(number for number, _ in left[:5])
        named += f" and {len(left) - 5} more" if len(left) > 5 else ""
        is_start = left[0].starts_on < span.first
        raise StillHasPostings(
            f"Members are posted to {unit.code} outside its new dates: change the dates of the postings"
            f" of {named} first.",
            field="opened_on" if is_start else "closed_on",
        )
