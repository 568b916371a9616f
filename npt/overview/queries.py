"""What the start page shows a person: their teams today, what is out of line, their own next shifts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Permission, Viewer
from npt.counting.queries import DatedDefinition, default_definition, headrooms
from npt.counting.rules import Headroom
from npt.duty.queries import UnconfirmedDay, lately_unconfirmed
from npt.kit.intervals import Interval
from npt.kit.months import Month
from npt.operations.queries import OperationLine, operations_of
from npt.operations.rules import OperationStatus
from npt.organisation.models import Unit
from npt.organisation.queries import standing
from npt.organisation.rules import Level
from npt.people.models import Member
from npt.people.queries import member_of_account
from npt.people.rules import RoleGroup
from npt.performance.queries import away_all_day, rates_of_units, teams_against_target
from npt.performance.rules import RateRow
from npt.reporting.queries import OwnReport, ReportLine, own_reports, own_running, waiting_reports
from npt.reporting.rules import ReportState
from npt.rostering.queries import Gap, cover_under
from npt.rostering.rules import Days
from npt.shifts.models import Shift
from npt.shifts.queries import AwayRecord, DayGrid, GridRow, GridShift, day_grid
from npt.shifts.rules import ReasonKind
from npt.staffing.queries import NeighbourhoodCover, Staffing, cover_of, staffing_of

#: The most units whose day or month stands on one start page; the rest are a link away.
MOST_PLACES = 6
#: Operations to come that stand with a team; the rest are a link away.
OPERATIONS_AHEAD = 5
#: How far ahead the start page looks for gaps in minimum cover.
GAPS_AHEAD = timedelta(days=6)
#: Shifts ahead that a member sees of their own.
NEXT_SHIFTS = 5


@dataclass(frozen=True, slots=True)
class TeamToday:
    """One team (or area, for its inspectors): who is on today, what is unconfirmed, what room is left."""

    unit: Unit
    grid: DayGrid
    headrooms: dict[RoleGroup, Headroom]
    unconfirmed: Sequence[UnconfirmedDay]
    now: datetime
    #: to come, the first first; drafts too
    operations: Sequence[OperationLine]
    #: what members reported of themselves and nobody has answered
    reports: Sequence[ReportLine]
    #: where too few are rostered against minimums of the unit or under it, from now on for a week
    gaps: Sequence[Gap]

    @property
    def on_duty(self) -> list[GridRow]:
        """The members with a shift today that is not wholly absent."""
        return [row for row in self.grid.rows if not all(map(_is_wholly_absent, row.shifts))]

    @property
    def absent(self) -> list[GridRow]:
        """The members all of whose shifts today are taken by absence."""
        return [row for row in self.grid.rows if row.shifts and all(map(_is_wholly_absent, row.shifts))]

    @property
    def away_now(self) -> list[tuple[GridRow, str]]:
        """Who is abstracted at this moment: the member and the reason."""
        return [
            (row, away.reason_name)
            for row in self.on_duty
            for shift in row.shifts
            if not _is_wholly_absent(shift)
            for away in shift.away
            if away.interval.starts <= self.now < away.interval.ends
        ]


@dataclass(frozen=True, slots=True)
class Watch:
    """A unit that somebody answers for: its month so far and last month, and which teams are out of line."""

    unit: Unit
    this_month: dict[RoleGroup, RateRow]
    last_month: dict[RoleGroup, RateRow]
    #: rates of teams and of the unit's areas over target, this month and last, the furthest over first
    out_of_line: Sequence[tuple[Unit, RateRow]]
    staffing: Staffing
    unconfirmed: int

    @property
    def rows(self) -> tuple[RateRow, ...]:
        """Every rate that is shown of the unit."""
        over = (row for _unit, row in self.out_of_line)
        return (*self.this_month.values(), *self.last_month.values(), *over)


@dataclass(frozen=True, slots=True)
class OwnDuty:
    """A member's own next shifts, and the neighbourhoods of the team they are posted to."""

    shifts: Sequence[Interval]
    #: the member's abstractions that go on and have no end yet
    running: Sequence[AwayRecord]
    #: the member's reports that wait for an answer, and the latest that were answered
    reports: Sequence[OwnReport]

    @property
    def waiting(self) -> Sequence[OwnReport]:
        """The reports that nobody has answered."""
        return [report for report in self.reports if report.state is ReportState.WAITING]


@dataclass(frozen=True, slots=True)
class StartPage:
    """Everything the start page of one person shows; empty lists where a part is not theirs."""

    teams: Sequence[TeamToday]
    watched: Sequence[Watch]
    own: OwnDuty | None
    neighbourhoods: Sequence[NeighbourhoodCover]
    places: Sequence[Unit]
    #: the neighbourhood whose named contact, or else deputy, the person is; None for others
    own_patch: Unit | None
    #: the way of counting behind every figure of the page
    definition: DatedDefinition

    @property
    def watched_codes(self) -> set[str]:
        """The codes of the units that the person answers for."""
        return {watch.unit.code for watch in self.watched}

    @property
    def units(self) -> list[Unit]:
        """The units that have a part of the page."""
        return [*(team.unit for team in self.teams), *(watch.unit for watch in self.watched)]

    @property
    def rates(self) -> list[RateRow]:
        """Every rate that is shown."""
        return [row for watch in self.watched for row in watch.rows]


def places_of(session: Session, viewer: Viewer, today: date) -> list[Unit]:
    """The units on which the person holds a role and that stand today, the widest first."""
    paths = {scope.path for scope in viewer.scopes}
    if not paths:
        return []
    found = session.scalars(
        select(Unit).where(Unit.path.in_(paths), standing(as_at=today)).order_by(Unit.path)
    )
    return sorted(found, key=lambda unit: unit.level.depth)


def start_page(session: Session, viewer: Viewer, *, today: date, now: datetime) -> StartPage:
    """What `viewer` has to know and do today."""
    places = places_of(session, viewer, today)
    teams = [
        unit
        for unit in places
        if unit.level in {Level.TEAM, Level.AREA} and viewer.may(Permission.SEE_DUTY, unit.path)
    ]
    watched = [
        unit
        for unit in places
        if unit.level in {Level.AREA, Level.BCU, Level.FORCE}
        and viewer.may(Permission.SEE_STAFFING, unit.path)
    ]
    member = member_of_account(session, viewer.account_id)
    own = None if member is None else _own_duty(session, member, now)
    first_team = next((unit for unit in teams if unit.level is Level.TEAM), None)
    definition = default_definition(session)
    covers = [] if first_team is None else cover_of(session, first_team, today, away=away_all_day)
    return StartPage(
        teams=[_team_today(session, viewer, unit, definition, today, now) for unit in teams[:MOST_PLACES]],
        watched=[_watch(session, unit, definition, today) for unit in watched[:MOST_PLACES]],
        own=own,
        neighbourhoods=covers,
        places=places,
        own_patch=None if member is None else _own_patch(covers, member),
        definition=definition,
    )


def _own_patch(covers: Sequence[NeighbourhoodCover], member: Member) -> Unit | None:
    """The neighbourhood for which the member is named: as its contact first, then as a deputy."""
    for named in ([each.contact for each in covers], [each.deputy for each in covers]):
        for cover, who in zip(covers, named, strict=True):
            if who is not None and who.member.id == member.id:
                return cover.neighbourhood
    return None


def _is_wholly_absent(shift: GridShift) -> bool:
    absent = sum(away.minutes for away in shift.away if away.kind is ReasonKind.ABSENCE)
    return absent == shift.minutes


def _own_duty(session: Session, member: Member, now: datetime) -> OwnDuty:
    return OwnDuty(
        _shifts_ahead(session, member, now),
        own_running(session, member.id, now),
        own_reports(session, member.id),
    )


def _shifts_ahead(session: Session, member: Member, now: datetime) -> list[Interval]:
    """The member's next shifts, the one that lasts now included."""
    this_minute = now.replace(second=0, microsecond=0)
    asked = select(Shift.starts_at, Shift.ends_at).where(
        Shift.member_id == member.id, Shift.ends_at > this_minute
    )
    rows = session.execute(asked.order_by(Shift.starts_at).limit(NEXT_SHIFTS))
    return [Interval(starts, ends) for starts, ends in rows]


def _team_today(
    session: Session, viewer: Viewer, unit: Unit, definition: DatedDefinition, today: date, now: datetime
) -> TeamToday:
    may_record = viewer.may(Permission.RECORD_DUTY, unit.path)
    return TeamToday(
        unit=unit,
        grid=day_grid(session, unit, today),
        headrooms=headrooms(session, unit.path, Month.of(today), today=today, definition=definition),
        unconfirmed=lately_unconfirmed(session, unit.path, today)
        if viewer.may(Permission.CONFIRM_DUTY, unit.path)
        else [],
        now=now,
        operations=operations_of(
            session,
            unit.path,
            today=today,
            is_past=False,
            limit=OPERATIONS_AHEAD,
            leaving_out={OperationStatus.CANCELLED},
        ),
        reports=waiting_reports(session, unit.path) if may_record else (),
        gaps=gaps_ahead(session, unit, today, now) if may_record else (),
    )


def gaps_ahead(session: Session, unit: Unit, today: date, now: datetime) -> list[Gap]:
    """Where too few are rostered against minimums of the unit or under it, from now on for a week."""
    week = Days(today, today + GAPS_AHEAD)
    return cover_under(session, unit.path, week).gaps_after(now)


def _watch(session: Session, unit: Unit, definition: DatedDefinition, today: date) -> Watch:
    month = Month.of(today)
    whole = rates_of_units(session, [unit], month.previous, month, definition)
    days = lately_unconfirmed(session, unit.path, today)
    return Watch(
        unit=unit,
        this_month={RoleGroup(row.group): row for row in whole if row.month == month},
        last_month={RoleGroup(row.group): row for row in whole if row.month == month.previous},
        out_of_line=teams_against_target(session, unit, month.previous, month, definition).over,
        staffing=staffing_of(session, unit, today, with_children=False),
        unconfirmed=len(days),
    )
