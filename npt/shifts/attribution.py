"""Which unit and role a shift belongs to, and how shifts follow when postings change.

A shift belongs to the posting that counts on the day it starts, or to the team that the roster names, in the
role the member then has there. The source asks for abstraction by team; the rule is ours.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, attributes

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.kit.spans import Span
from npt.organisation.actions import check_span_by
from npt.organisation.models import Unit
from npt.people.models import Member, Posting
from npt.people.queries import PostingBook, posting_book
from npt.people.rules import PolicingRole, TeamMustBeNamed, posting_in_force
from npt.shifts.models import SHIFTS, Confirmation, Shift
from npt.store.batches import batches
from npt.store.dated import outside
from npt.store.listening import listen


class StillHasShifts(Refusal):
    """A unit's days were to change so that shifts would belong to it while it does not stand."""


class StillConfirmed(Refusal):
    """A unit's days were to change so that a day would stay confirmed on which it does not stand."""


class Place(NamedTuple):
    """Where a shift counts, and as whose."""

    unit_id: int
    role: PolicingRole


def place_of(book: PostingBook, member_id: int, day: date, named_unit_id: int | None) -> Place | None:
    """Where a shift of the member that starts on `day` belongs; None when the member is posted nowhere then.

    A named team keeps the shift; its role is that of the posting there, else of the posting that counts
    elsewhere: members lend each other a hand. TeamMustBeNamed when no team is named and two postings of one
    kind count.
    """
    if named_unit_id is None:
        posting = book.attributed(member_id, day)
        return None if posting is None else Place(posting.unit_id, posting.role)
    held = book.held.get(member_id, ())
    there = posting_in_force([posting for posting in held if posting.unit_id == named_unit_id], day)
    counting = there or posting_in_force(held, day)
    return Place(named_unit_id, counting[0].role) if counting else None


def register() -> None:
    """Let shifts follow their postings, in every session, and units stand while they have shifts."""
    listen(Session, "after_flush", _follow)
    check_span_by(_check_no_shift_is_left)
    check_span_by(_check_no_confirmed_day_is_left)


def _follow(session: Session, _context: Any) -> None:
    """Attribute again the shifts on the days of every posting that this flush added, changed or removed.

    A shift on a day that has lost its only posting stays where it is until there is another: ending a posting
    does not wait for the roster to be cleared. TeamMustBeNamed when a shift could now belong to two teams.
    """
    spans: dict[int, list[Span]] = {}
    for posting in _touched(session):
        spans.setdefault(posting.member_id, []).extend(_spans(session, posting))
    for member_ids in batches(sorted(spans)):
        _attribute_again(session, {member_id: spans[member_id] for member_id in member_ids})


def _touched(session: Session) -> Iterable[Posting]:
    for record in (*session.new, *session.dirty, *session.deleted):
        if isinstance(record, Posting) and (record not in session.dirty or session.is_modified(record)):
            yield record


def _spans(session: Session, posting: Posting) -> list[Span]:
    """The days of the posting as it is and as it was before this flush."""
    if posting in session.new:
        return [posting.span]
    before: dict[str, Any] = {}
    for name in ("starts_on", "ends_on"):
        history = attributes.get_history(posting, name)
        if history.added and not history.deleted:
            # Written over without having been read: any day may have been its own.
            return [Span(date.min)]
        before[name] = [*history.deleted, *history.unchanged][0]
    return [Span(before["starts_on"], before["ends_on"]), posting.span]


def _attribute_again(session: Session, spans: dict[int, list[Span]]) -> None:
    every = [span for several in spans.values() for span in several]
    asked = select(
        Shift.id, Shift.member_id, Shift.on_date, Shift.unit_id, Shift.role, Shift.is_team_named
    ).where(Shift.member_id.in_(spans), Shift.on_date >= min(span.first for span in every))
    lasts = [span.last for span in every if span.last is not None]
    if len(lasts) == len(every):
        asked = asked.where(Shift.on_date <= max(lasts))
    shifts = [
        shift
        for shift in session.execute(asked)
        if any(span.covers(shift.on_date) for span in spans[shift.member_id])
    ]
    if not shifts:
        return
    days = [shift.on_date for shift in shifts]
    book = posting_book(session, {shift.member_id for shift in shifts}, min(days), max(days))
    moved: dict[Place, list[int]] = {}
    for shift in shifts:
        try:
            place = place_of(
                book, shift.member_id, shift.on_date, shift.unit_id if shift.is_team_named else None
            )
        except TeamMustBeNamed:
            raise _two_teams(session, shift.member_id, shift.on_date) from None
        if place is not None and place != (shift.unit_id, shift.role):
            moved.setdefault(place, []).append(shift.id)
    for place, shift_ids in sorted(moved.items(), key=lambda item: item[1]):
        for some in batches(sorted(shift_ids)):
            session.execute(
                update(SHIFTS)
                .where(SHIFTS.c.id.in_(some))
                .values(unit_id=place.unit_id, role=place.role, version=SHIFTS.c.version + 1)
            )


def misattributed_shifts(session: Session) -> list[str]:
    """Shifts that stand under another unit or role than the posting they belong to, one sentence each.

    There is none as long as every change of a posting is followed; `npt doctor` looks. Memory holds the
    shifts of a few thousand members at a time.
    """
    found: list[str] = []
    for member_ids in batches(session.scalars(select(Member.id).order_by(Member.id)).all()):
        asked = select(
            Member.number, Shift.member_id, Shift.on_date, Shift.unit_id, Shift.role, Shift.is_team_named
        ).join(Member, Member.id == Shift.member_id)
        shifts = session.execute(asked.where(Shift.member_id.in_(member_ids)).order_by(Shift.id)).all()
        if not shifts:
            continue
        days = [shift.on_date for shift in shifts]
        book = posting_book(session, member_ids, min(days), max(days))
        for shift in shifts:
            named = shift.unit_id if shift.is_team_named else None
            place = place_of(book, shift.member_id, shift.on_date, named)
            if place is not None and place != (shift.unit_id, shift.role):
                found.append(f"{shift.number} on {day_in_words(shift.on_date)}")
    return found


def _two_teams(session: Session, member_id: int, day: date) -> TeamMustBeNamed:
    number = session.scalar(select(Member.number).where(Member.id == member_id))
    return TeamMustBeNamed(
        f"{number} has a shift on {day_in_words(day)} that names no team, and would then hold two postings of"
        " the same kind: say which team the shift is for first, or change the dates of the posting.",
        field="starts_on",
    )


def _check_no_shift_is_left(session: Session, unit: Unit, span: Span) -> None:
    """Refuse (StillHasShifts) new days of a unit outside which shifts belong to it."""
    left = Shift.unit_id == unit.id, outside(Shift.on_date, Shift.on_date, span)
    asked = select(func.count(), func.min(Shift.on_date), func.max(Shift.on_date)).where(*left)
    count, first, last = session.execute(asked).one()
    if count:
        is_start = first < span.first
        raise StillHasShifts(
            f"{unit.code} has shifts on {day_in_words(first if is_start else last)}, outside its new dates:"
            f" name another team for the shifts on such days ({count:,} in all), or remove them, first.",
            field="opened_on" if is_start else "closed_on",
        )


def _check_no_confirmed_day_is_left(session: Session, unit: Unit, span: Span) -> None:
    """Refuse (StillConfirmed) new days of a unit outside which a day of it is confirmed."""
    left = Confirmation.unit_id == unit.id, outside(Confirmation.on_date, Confirmation.on_date, span)
    asked = select(func.count(), func.min(Confirmation.on_date), func.max(Confirmation.on_date)).where(*left)
    count, first, last = session.execute(asked).one()
    if count:
        is_start = first < span.first
        raise StillConfirmed(
            f"{unit.code} has confirmed {day_in_words(first if is_start else last)}, outside its new dates:"
            f" withdraw the confirmation of such days ({count:,} in all) first. Whoever has their shifts then"
            " confirms them.",
            field="opened_on" if is_start else "closed_on",
        )
