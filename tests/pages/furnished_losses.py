"""Abstraction as it happens in the furnished world: reports that wait, one that runs, and what was lost."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.clock import local_midnight
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member, Posting
from npt.people.rules import PolicingRole
from npt.reporting.actions import Seen, report_abstraction, review_abstraction
from npt.reporting.queries import lines_of
from npt.reporting.rules import AbstractionFacts, Verdict
from npt.shifts.actions import AwayEntry, Lost, WantedShift, keep_loss, record_away, roster_shifts
from npt.shifts.models import Away, Shift
from npt.shifts.rules import LossKind


@dataclass(frozen=True)
class Losing:
    """What addresses name: the report of the team's first PCSO, and a loss of the time away."""

    report_id: int
    loss_id: int
    review_id: int


def lose(
    session: Session, team: Unit, bcu: Unit, away_id: int, *, by: int, now: datetime, count: int
) -> Losing:
    """Let as many PCSOs as `count` report, a constable be away without an end, and two things be lost."""
    today = now.date()
    free = (
        select(Shift)
        .where(Shift.unit_id == team.id, Shift.on_date == today)
        .where(~select(Away.id).where(Away.shift_id == Shift.id).exists())
        .order_by(Shift.id)
    )
    shifts = list(session.scalars(free))
    pcsos = [shift for shift in shifts if shift.role is PolicingRole.PCSO]
    reports = [
        report_abstraction(
            session,
            stamp=Stamp(by, now),
            member=session.get_one(Member, shift.member_id),
            shift_id=shift.id,
            facts=AbstractionFacts(
                starts=now - timedelta(hours=1),
                ends=None,
                reason="scene-guard",
                note="Cordon",
                lost=Lost(LossKind.PATROL),
            ),
        )
        for shift in pcsos[:count]
    ]
    runs = _all_day(session, team, today)
    record_away(
        session,
        stamp=Stamp(by, now),
        unit=team,
        day=today,
        entries=[AwayEntry(runs.id, runs.starts_at, runs.ends_at)],
        reason="custody",
        note=None,
        expected={runs.id: runs.version},
        is_end_open=True,
    )
    away = session.get_one(Away, away_id)
    member_id = session.get_one(Shift, away.shift_id).member_id
    losses = [
        keep_loss(session, stamp=Stamp(by, now), member_id=member_id, starts=away.starts_at, lost=lost)
        for lost in [Lost(LossKind.SURGERY, "Town hall"), Lost(LossKind.PATROL)] * count
    ]
    reviews = [
        review_abstraction(
            session,
            stamp=Stamp(by, now),
            unit=bcu,
            verdict=verdict,
            why="Nobody else was asked",
            seen={line.record.id: Seen(line.record.version, line.turn)},
        )
        for verdict, line in zip(
            Verdict, lines_of(session, team.path, _of_day(session, team, today)).values(), strict=False
        )
    ]
    return Losing(reports[0].id, losses[0].id, reviews[0].id)


def _all_day(session: Session, team: Unit, day: date) -> Shift:
    """A shift of the team's special constable that is on whatever the clock says while the tests run."""
    member_id = session.scalars(
        select(Posting.member_id).where(Posting.unit_id == team.id, Posting.role == PolicingRole.SPECIAL)
    ).first()
    assert member_id is not None, "the team has no special constable"
    begins, ends = local_midnight(day), local_midnight(day + timedelta(days=1))
    roster_shifts(session, [WantedShift(member_id, begins, ends, team.id)])
    return session.scalars(select(Shift).where(Shift.member_id == member_id, Shift.starts_at == begins)).one()


def _of_day(session: Session, team: Unit, day: date) -> list[int]:
    """The keys of the day's abstractions."""
    asked = select(Away.id).join(Shift, Shift.id == Away.shift_id)
    return list(session.scalars(asked.where(Shift.unit_id == team.id, Shift.on_date == day)))
