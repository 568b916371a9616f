"""A member reports that they have been taken off; a supervisor accepts that, corrected or not, or refuses it.

A report counts in nothing. What is accepted is recorded as an act like any other and counts from then on; to
take that act back is to let the report wait again.
"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.clock import clock_in_words
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.reporting.models import Report
from npt.reporting.queries import ReportLine, own_reports, report_in, waiting_in
from npt.reporting.rules import AbstractionFacts, ReportState
from npt.shifts.actions.acts import CannotUndo, times_in_words
from npt.shifts.actions.away_entries import (
    ReasonedEntry,
    UnknownReason,
    checked_note,
    reason_coded,
    record_entries,
)
from npt.shifts.actions.held_shifts import HeldShift, held_shifts
from npt.shifts.actions.open_ends_and_losses import kept_words
from npt.shifts.models import Act
from npt.shifts.queries import ReasonLine
from npt.shifts.rules import (
    Lost,
    ReasonKind,
    WordsMissing,
    check_away,
    check_loss,
    check_open,
    ended,
)
from npt.store.constraints import name_violation, refusing
from npt.store.versions import Stale


class NotYourShift(Refusal):
    """A member reported of a shift that is not theirs, or not any more."""


class AlreadyReported(Refusal):
    """A member reported the same time twice."""


class StaleReport(Stale):
    """A report was answered, changed or withdrawn after the person opened it."""


name_violation(
    "ix_abstraction_report_waiting",
    lambda: AlreadyReported("You have already reported that: it is waiting for approval.", field="starts"),
)


def report_abstraction(
    session: Session,
    *,
    stamp: Stamp,
    member: Member,
    shift_id: int,
    facts: AbstractionFacts,
) -> Report:
    """Report an abstraction of `member`, in their own shift.

    NotYourShift, UnknownReason, ReasonClosed, NoteMissing, NoteTooLong, WordsMissing, TooManyWords, NoLength,
    EndsBeforeItStarts, AwayOutsideShift, AwayOverlaps, AbstractionDuringAbsence, AlreadyReported.
    """
    chosen = _abstraction(session, facts.reason)
    note = checked_note(chosen, facts.note)
    words = _checked_loss(facts.lost)
    shift = held_shifts(session, [shift_id]).get(shift_id)
    if shift is None or shift.member_id != member.id:
        raise NotYourShift("That shift is no longer yours: open the page again to see your shift.")
    check_open(chosen.name, chosen.closed_on, shift.on_date)
    new = facts.away_time(shift.interval)
    check_away(shift.interval, [away.away_time for away in shift.away], new)
    for other in waiting_in(session, shift_id):
        if other.interval.overlaps(new.interval):
            cure = "withdraw it, or press “Back now”," if other.ends is None else "withdraw it"
            raise AlreadyReported(
                f"You have already reported {other.reason_name} from {clock_in_words(other.starts)}, and it"
                f" is waiting for approval: {cure} first.",
                field="starts",
            )
    report = Report(
        member_id=member.id,
        reason_id=chosen.id,
        starts_at=facts.starts,
        ends_at=facts.ends,
        note=note,
        lost=facts.lost.kind if facts.lost else None,
        lost_words=words,
        reported_by=stamp.account_id,
        reported_at=stamp.now,
        state=ReportState.WAITING,
    )
    with refusing(session):
        session.add(report)
    return report


def accept_report(
    session: Session,
    *,
    stamp: Stamp,
    unit: Unit,
    day: date,
    report_id: int,
    expected_version: int,
    facts: AbstractionFacts,
) -> Act:
    """Record what a member reported: the facts as they reported them, or corrected. As one act.

    The answer says what was corrected. StaleReport; else as `record_away` refuses.
    """
    line, report, shift = _held(session, unit, day, report_id, expected_version)
    chosen = _abstraction(session, facts.reason)
    entry = ReasonedEntry(
        shift.id,
        facts.starts,
        facts.ends or shift.interval.ends,
        chosen,
        checked_note(chosen, facts.note),
        facts.ends is None,
    )
    act = record_entries(
        session,
        stamp=stamp,
        unit=unit,
        day=day,
        entries=[entry],
        expected={shift.id: shift.version},
        lost=facts.lost,
        origin=", reported by themselves",
    )
    report.state, report.act_id = ReportState.ACCEPTED, act.id
    report.answered_by, report.answered_at = stamp.account_id, stamp.now
    report.answer = _correction(line, entry, facts.ends)
    session.flush()
    return act


def refuse_report(
    session: Session,
    *,
    stamp: Stamp,
    unit: Unit,
    day: date,
    report_id: int,
    expected_version: int,
    why: str | None,
) -> ReportLine:
    """Refuse a report and tell the member why. WordsMissing, TooManyWords, StaleReport."""
    words = kept_words(why, "why")
    if words is None:
        raise WordsMissing("Say why you refuse it: the member will read this.", field="why")
    line, report, _ = _held(session, unit, day, report_id, expected_version)
    report.state, report.answer = ReportState.REFUSED, words
    report.answered_by, report.answered_at = stamp.account_id, stamp.now
    session.flush()
    return line


def withdraw_report(session: Session, *, stamp: Stamp, member: Member, report_id: int) -> Report:
    """Take a report of one's own back while it waits. StaleReport."""
    report = _own(session, member, report_id)
    report.state, report.answered_by, report.answered_at = ReportState.WITHDRAWN, stamp.account_id, stamp.now
    session.flush()
    return report


def end_report(session: Session, *, now: datetime, member: Member, report_id: int) -> Report:
    """Say in a report of one's own that waits that one is back. StaleReport, NotBackYet."""
    report = _own(session, member, report_id)
    if report.ends_at is not None:
        raise StaleReport("Its end is already known: open the page again to see it.")
    shift = _shift_of(session, member, report)
    report.ends_at = ended(Interval(report.starts_at, shift.ends), now).ends
    session.flush()
    return report


def reopen_reports(session: Session, act: Act) -> None:
    """Let the reports wait again that an act recorded which is taken back.

    CannotUndo where the member has reported the same since, and that waits.
    """
    try:
        with refusing(session):
            for report in session.scalars(select(Report).where(Report.act_id == act.id)).all():
                report.state, report.act_id = ReportState.WAITING, None
                report.answered_by = report.answered_at = report.answer = None
    except AlreadyReported:
        raise CannotUndo(
            "The member has reported the same time again since, and that report waits:"
            " accept or refuse it first."
        ) from None


def _held(
    session: Session, unit: Unit, day: date, report_id: int, expected_version: int
) -> tuple[ReportLine, Report, HeldShift]:
    """The report that waits, as it was seen, with its shift held. StaleReport."""
    line = report_in(session, unit, report_id)
    shift = held_shifts(session, [line.shift_id]).get(line.shift_id) if line is not None else None
    report = session.get(Report, report_id, populate_existing=True, with_for_update=True)
    if (
        line is None
        or report is None
        or shift is None
        or (shift.unit_id, shift.on_date) != (unit.id, day)
        or (report.version, report.state) != (expected_version, ReportState.WAITING)
    ):
        raise StaleReport(
            "This report was answered, changed or withdrawn after you opened it. "
            "Nothing you entered was saved: check it as it is now.",
            record=report,
        )
    return line, report, shift


def _own(session: Session, member: Member, report_id: int) -> Report:
    report = session.get(Report, report_id, populate_existing=True, with_for_update=True)
    if report is None or report.member_id != member.id or report.state is not ReportState.WAITING:
        raise StaleReport("This report has already been answered: open the page again to see the answer.")
    return report


def _shift_of(session: Session, member: Member, report: Report) -> Interval:
    """The shift that the report is about. StaleReport where it was taken out of the roster."""
    line = next((each for each in own_reports(session, member.id) if each.id == report.id), None)
    if line is None or line.shift is None:
        raise StaleReport("That shift is no longer yours: withdraw the report.")
    return line.shift


def _abstraction(session: Session, code: str) -> ReasonLine:
    """The reason of this code. UnknownReason, also for a reason of absence."""
    chosen = reason_coded(session, code)
    if chosen.kind is not ReasonKind.ABSTRACTION:
        raise UnknownReason(
            f"“{chosen.name}” is an absence, which is recorded on the team’s day: choose why the member was "
            "taken off duty.",
            field="reason",
        )
    return chosen


def _checked_loss(lost: Lost | None) -> str | None:
    if lost is None:
        return None
    words = kept_words(lost.words, "lost_words")
    check_loss(lost.kind, words)
    return words


def _correction(line: ReportLine, entry: ReasonedEntry, ends: datetime | None) -> str | None:
    """What was recorded otherwise than reported, in words; None when nothing was."""
    changed = []
    if entry.reason.code != line.reason_code:
        changed.append(entry.reason.name)
    if (entry.starts, ends) != (line.starts, line.ends):
        times = times_in_words([Interval(entry.starts, entry.ends)], line.on_date)
        changed.append(f"from {clock_in_words(entry.starts)}, end not known yet" if ends is None else times)
    if entry.note != line.note:
        changed.append("another note")
    return f"Recorded as: {', '.join(changed)}." if changed else None
