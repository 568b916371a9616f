"""Changing one shift, and removing one."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from npt.kit.clock import local_day
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.shifts.actions.held_shifts import HeldShift, StaleDay, held_shifts
from npt.shifts.actions.roster import away_no_longer_fits
from npt.shifts.actions.shift_attribution import Places
from npt.shifts.actions.shift_writes import write
from npt.shifts.actions.steps import Step
from npt.shifts.queries import day_grid
from npt.shifts.queries.collisions import WantedTime, shifts_in_the_way
from npt.shifts.rules import ShiftState, check_shift, check_shift_is_free
from npt.store.types import minute_instant, minute_number


class ShiftHasAway(Refusal):
    """A shift was to be removed in which time away is recorded."""


def change_shift(
    session: Session,
    *,
    unit: Unit,
    day: date,
    shift_id: int,
    expected_version: int,
    starts: datetime,
    ends: datetime,
    team: Unit | None,
) -> HeldShift:
    """Correct the times of a shift of `unit`'s day, or the team it is for (`team` None: as the posting says).

    Time away whose end is not known yet goes on to the shift's new end.

    StaleDay; with the member's name, NoLength, EndsBeforeItStarts, ShiftTooLong, ShiftOverlaps,
    AwayNoLongerFits; NotPosted, TeamMustBeNamed, TeamClosed, NotATeam.
    """
    held = _held(session, unit, day, shift_id, expected_version)
    places = Places(session)
    team_id = None if team is None else team.id
    places.meet([(held.member_id, team_id)])
    with held.named():
        interval = check_shift(starts, ends)
        wanted = WantedTime(held.member_id, minute_number(starts), minute_number(ends))
        check_shift_is_free(
            (
                Interval(minute_instant(other.starts), minute_instant(other.ends))
                for other in shifts_in_the_way(session, [wanted])
                if other.id != shift_id
            ),
            interval,
        )
        followed = _open_ends(held, interval)
        outside = [
            away.interval
            for away in held.away
            if away.id not in followed and not interval.contains(away.interval)
        ]
        if outside:
            raise away_no_longer_fits(outside[0])
    place = places.of(held.member_id, local_day(starts), team_id)
    away = tuple(replace(each, interval=followed.get(each.id, each.interval)) for each in held.state.away)
    then = ShiftState(held.member_id, interval, place.unit_id, place.role, team is not None, away)
    write(session, [Step(held, then)])
    return held


def _open_ends(held: HeldShift, then: Interval) -> dict[int | None, Interval]:
    """By key, how time away whose end is not known stands once the shift ends otherwise: to the new end."""
    return {
        away.id: Interval(away.interval.starts, then.ends)
        for away in held.away
        if away.is_end_open
        and away.interval.ends == held.interval.ends
        and then.starts <= away.interval.starts < then.ends
    }


def remove_shift(
    session: Session, *, unit: Unit, day: date, shift_id: int, expected_version: int
) -> HeldShift:
    """Take a shift of `unit`'s day out of the roster; as it was. StaleDay, ShiftHasAway."""
    held = _held(session, unit, day, shift_id, expected_version)
    if held.away:
        raise ShiftHasAway(
            f"{held.name} ({held.number}) is recorded as away in this shift,"
            f" {held.away[0].interval.in_words}: remove that first, or record the whole shift as an absence."
        )
    write(session, [Step(held, None)])
    return held


def _held(session: Session, unit: Unit, day: date, shift_id: int, expected_version: int) -> HeldShift:
    held = held_shifts(session, [shift_id]).get(shift_id)
    if held is None or (held.unit_id, held.on_date, held.version) != (unit.id, day, expected_version):
        raise StaleDay(day_grid(session, unit, day))
    return held
