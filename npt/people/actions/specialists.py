"""Neighbourhood specialist officers (NSOs): marking a constable's posting, and who line-manages which PCSO.

The members concerned are locked first, so that two people who save at once cannot give a posting two marks,
or a PCSO two line managers, for the same day.
"""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Session

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.kit.spans import Beyond, Span, check_free, checked_span
from npt.organisation.rules import Cures, OutsideUnit, check_within
from npt.people.actions.postings import lock_members
from npt.people.invariants import MANAGERS_APART, MARKS_APART
from npt.people.models import LineManagement, Member, Posting, Specialist
from npt.people.queries import managements_by, managements_of, marks_of, postings_of
from npt.people.rules import PolicingRole, may_be_specialist
from npt.store.constraints import name_violation, refusing
from npt.store.dated import take_over
from npt.store.versions import check_version


class NotAConstable(Refusal):
    """A posting was to be marked in which nobody can be an NSO."""


class OutsidePosting(OutsideUnit):
    """Somebody would be an NSO on a day on which the posting does not hold."""

    cures: ClassVar[Cures] = {
        Beyond.EARLIER: ("starts_on", "begins on {}: start on that day or later."),
        Beyond.LATER: ("starts_on", "ends on {}: start on that day or before."),
        Beyond.LONGER: (
            "ends_on",
            "ends on {}: give that day or an earlier one, or leave the last day blank.",
        ),
    }


class SpecialistOverlaps(Refusal):
    """A posting would be marked twice for the same day."""


class NotSpecialistThen(Refusal):
    """Somebody would line-manage a PCSO on a day on which they are no NSO."""


class NotOfTheArea(Refusal):
    """An NSO would line-manage somebody who is not posted as a PCSO to a team of their area."""


class LineManagerThere(Refusal):
    """A PCSO would have two line managers on the same day."""


def _marked_already() -> Refusal:
    return SpecialistOverlaps(
        "The posting is already recorded for some of these days: open the page again and correct "
        "that record.",
        field="starts_on",
    )


def _managed_already() -> Refusal:
    return LineManagerThere(
        "The PCSO already has a line manager on some of these days: open the page again and correct "
        "that record.",
        field="starts_on",
    )


for constraint in ("uq_specialist_posting_id_starts_on", MARKS_APART):
    name_violation(constraint, _marked_already)
for constraint in ("uq_line_management_member_id_starts_on", MANAGERS_APART):
    name_violation(constraint, _managed_already)


# The mark ---------------------------------------------------------------------------------------------------


def mark_specialist(
    session: Session,
    posting: Posting,
    *,
    starts_on: date,
    ends_on: date | None = None,
    is_payment_due: bool,
    takes_over: bool = False,
) -> Specialist:
    """Say that a constable, whose posting is loaded with unit and member, is an NSO in it on these days.

    Without a last day for as long as the posting lasts. `takes_over`: a mark that still holds then ends the
    day before, so that the payment can change from a day on. Refusals: NotAConstable, DayOutOfRange,
    EndsBeforeItStarts, OutsidePosting, SpecialistOverlaps.
    """
    records = _locked_marks(session, posting)
    span = _span_inside(posting, starts_on, ends_on)
    if takes_over:
        take_over(records, starts_on)
    _check_unmarked(records, span)
    mark = Specialist(posting=posting, starts_on=starts_on, ends_on=ends_on, is_payment_due=is_payment_due)
    with refusing(session):
        session.add(mark)
    return mark


def change_specialist(
    session: Session,
    mark: Specialist,
    *,
    ends_on: date | None,
    is_payment_due: bool,
    expected_version: int | None = None,
) -> Specialist:
    """Correct the last day or the payment of a mark, which is loaded with posting, unit and member.

    StaleRecord, and what `mark_specialist` refuses. The first day stays: it is what the mark is known by.
    """
    records = _locked_marks(session, mark.posting)
    check_version(mark, expected_version)
    span = _span_inside(mark.posting, mark.starts_on, ends_on)
    _check_unmarked([record for record in records if record.id != mark.id], span)
    mark.ends_on, mark.is_payment_due = ends_on, is_payment_due
    with refusing(session):
        return mark


def remove_specialist(session: Session, mark: Specialist, *, expected_version: int) -> int:
    """Take a mark back that should never have been, and the line management under it; how much of that.

    StaleRecord.
    """
    _locked_marks(session, mark.posting)
    check_version(mark, expected_version)
    managed = managements_by(session, [mark.id])
    for management in managed:
        session.delete(management)
    session.flush()
    session.delete(mark)
    return len(managed)


def _locked_marks(session: Session, posting: Posting) -> list[Specialist]:
    """The marks of the posting, which nobody else changes until the transaction ends."""
    session.flush()
    lock_members(session, [posting.member_id])
    session.refresh(posting, ["role", "kind", "starts_on", "ends_on"])
    if not may_be_specialist(posting.role, posting.kind):
        raise NotAConstable(
            f"{posting.member.name} is posted here as a {posting.role.wording} by"
            f" {posting.kind.wording}: only a constable who is not a student officer can be an NSO.",
        )
    return [mark for mark in marks_of(session, [posting.member_id]) if mark.posting_id == posting.id]


def _span_inside(posting: Posting, starts_on: date, ends_on: date | None) -> Span:
    span = checked_span(starts_on, ends_on)
    check_within(span, "The posting", posting.span, OutsidePosting, may_stay_open=True)
    return span


def _check_unmarked(records: Iterable[Specialist], span: Span) -> None:
    check_free(
        records,
        span,
        lambda record: SpecialistOverlaps(
            f"{record.posting.member.name} is recorded as an NSO {record.span.in_words}: choose other "
            "days, or end that record the day before.",
            field="starts_on",
        ),
    )


# Line management --------------------------------------------------------------------------------------------


def name_line_manager(
    session: Session,
    pcso: Member,
    mark: Specialist,
    *,
    starts_on: date,
    ends_on: date | None = None,
    takes_over: bool = False,
) -> LineManagement:
    """Let an NSO, whose mark is loaded with posting, unit and member, line-manage a PCSO on these days.

    Without a last day for as long as the one is an NSO and the other is posted in the area. `takes_over`: who
    line-manages the PCSO until then does so until the day before. Refusals: DayOutOfRange,
    EndsBeforeItStarts, NotSpecialistThen, NotOfTheArea, LineManagerThere.
    """
    records = _locked_managements(session, pcso.id, mark)
    span = checked_span(starts_on, ends_on)
    _check_specialist_then(mark, span)
    _check_of_the_area(session, pcso, mark, span)
    if takes_over:
        take_over(records, starts_on)
    _check_unmanaged(records, span)
    management = LineManagement(member=pcso, specialist=mark, starts_on=starts_on, ends_on=ends_on)
    with refusing(session):
        session.add(management)
    return management


def change_line_management(
    session: Session,
    management: LineManagement,
    *,
    mark: Specialist,
    ends_on: date | None,
    expected_version: int | None = None,
) -> LineManagement:
    """Correct who line-manages the PCSO, by their mark, or until when; the first day stays.

    StaleRecord, and what `name_line_manager` refuses.
    """
    records = _locked_managements(session, management.member_id, mark)
    check_version(management, expected_version)
    span = checked_span(management.starts_on, ends_on)
    _check_specialist_then(mark, span)
    _check_of_the_area(session, management.member, mark, span)
    _check_unmanaged([record for record in records if record.id != management.id], span)
    management.specialist, management.ends_on = mark, ends_on
    with refusing(session):
        return management


def remove_line_management(session: Session, management: LineManagement, *, expected_version: int) -> None:
    """Take back line management that should never have been recorded. StaleRecord."""
    _locked_managements(session, management.member_id, management.specialist)
    check_version(management, expected_version)
    session.delete(management)


def _locked_managements(session: Session, member_id: int, mark: Specialist) -> list[LineManagement]:
    """The records of the PCSO; nobody else changes them, or the NSO's mark, until the transaction ends."""
    session.flush()
    lock_members(session, [member_id, mark.posting.member_id])
    return managements_of(session, [member_id])


def _check_specialist_then(mark: Specialist, span: Span) -> None:
    held, name = mark.span_held, mark.posting.member.name
    if held is None or not held.covers(span.first):
        then = "on no day of that posting" if held is None else held.in_words
        raise NotSpecialistThen(
            f"{name} is an NSO {then}: start on one of those days, or choose another line manager.",
            field="starts_on",
        )
    if span.last is not None and not held.covers(span.last):
        raise NotSpecialistThen(
            f"{name} is an NSO {held.in_words}: give that last day or an earlier one, or leave it blank.",
            field="ends_on",
        )


def _check_of_the_area(session: Session, pcso: Member, mark: Specialist, span: Span) -> None:
    area_id = mark.posting.unit.parent_id
    posted = [
        posting.span
        for posting in postings_of(session, pcso.id)
        if posting.role is PolicingRole.PCSO and posting.unit.parent_id == area_id
    ]
    for field, day in (("starts_on", span.first), ("ends_on", span.last)):
        if day is not None and not any(each.covers(day) for each in posted):
            raise NotOfTheArea(
                f"{pcso.name} is not posted as a PCSO to a team of the area of {mark.posting.unit.code} on"
                f" {day_in_words(day)}: choose another day or another line manager, or post them there"
                " first.",
                field=field,
            )


def _check_unmanaged(records: Iterable[LineManagement], span: Span) -> None:
    check_free(
        records,
        span,
        lambda record: LineManagerThere(
            f"{record.specialist.posting.member.name} is recorded as the line manager"
            f" {record.span.in_words}: choose other days, or end that record the day "
            "before.",
            field="starts_on",
        ),
    )
