"""Clocks are set, paused, let run on, and ended."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.clock import local_day, moment_in_words
from npt.kit.limits import BadName
from npt.kit.refusals import Refusal
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version
from npt.work.actions.owners import check_owner
from npt.work.models import Action, Clock, ClockPause
from npt.work.rules import ClockFacts, Owner, PauseRefused, check_near, checked_rule, whole_minute


class StartsLater(Refusal):
    """A clock was to have started at an instant that has not come."""


class ClockEnded(Refusal):
    """Something was to be done to a clock that has ended."""


class ActionEnded(Refusal):
    """A clock was to be set on an action that is done or dropped."""


name_violation("uq_clock_pause_open", lambda: PauseRefused("Somebody else has just paused this clock."))


def start_clock(
    session: Session,
    *,
    unit: Unit,
    facts: ClockFacts,
    now: datetime,
    today: date,
    matter: Matter | None = None,
    action: Action | None = None,
) -> Clock:
    """Set a clock for a matter or an action of the unit, or for the unit alone; sent to the database.

    The action is held until the transaction ends, since its clocks end with it. BadName, BadRule,
    StartsLater, DayFarOff, ActionEnded, UnknownOwner, OwnerElsewhere, OwnerGone.
    """
    _check_what(facts.what)
    checked_rule(facts.rule)
    starts = whole_minute(facts.starts_at)
    if starts > now:
        raise StartsLater(
            f"{moment_in_words(starts)} has not come yet: give when it started.", field="starts_on"
        )
    check_near(local_day(starts), today, "starts_on")
    check_owner(session, facts.owner, unit, today)
    if action is not None:
        _check_open(session, action)
    clock = Clock(
        unit=unit,
        matter=matter,
        action=action,
        kind=facts.kind,
        what=facts.what,
        amount=facts.rule.amount,
        measure=facts.rule.measure,
        until=facts.rule.until,
        starts_at=starts,
        pauses=[],
    )
    clock.owner = facts.owner
    _reckon(clock)
    with refusing(session):
        session.add(clock)
    return clock


def change_clock(
    session: Session, clock: Clock, *, today: date, what: str, owner: Owner, expected_version: int
) -> None:
    """Say otherwise what waits, or on whom. The unit is loaded. StaleRecord; else as `start_clock`."""
    check_version(clock, expected_version)
    _check_what(what)
    check_owner(session, owner, clock.unit, today, before=clock.owner)
    clock.what, clock.owner = what, owner
    with refusing(session):
        session.flush()


def pause_clock(
    session: Session, clock: Clock, *, at: datetime, reason: str, expected_version: int
) -> ClockPause:
    """Let a clock, whose pauses are loaded, stand still from now on. StaleRecord, ClockEnded, PauseRefused.

    One that is in breach runs on: no pause makes it undone.
    """
    check_version(clock, expected_version)
    _check_runs(clock)
    if not reason.strip():
        raise PauseRefused("Say what it waits for.", field="reason")
    if clock.running.is_paused:
        raise PauseRefused("The clock is paused already.", field="reason")
    if clock.running.is_over(at):
        raise PauseRefused("The clock is past due: pausing it now would change nothing.", field="reason")
    pause = ClockPause(starts_at=whole_minute(at), reason=reason)
    clock.pauses.append(pause)
    _reckon(clock)
    with refusing(session):
        session.flush()
    return pause


def resume_clock(session: Session, clock: Clock, *, at: datetime, expected_version: int) -> None:
    """Let a clock, whose pauses are loaded, run on. StaleRecord, ClockEnded, PauseRefused."""
    check_version(clock, expected_version)
    _check_runs(clock)
    if not clock.running.is_paused:
        raise PauseRefused("The clock is running already.")
    _end_pause(clock, at)
    _reckon(clock)
    with refusing(session):
        session.flush()


def end_clock(session: Session, clock: Clock, *, at: datetime, expected_version: int | None) -> None:
    """What waited has happened. A pause ends with the clock; pauses are loaded. StaleRecord, ClockEnded."""
    check_version(clock, expected_version)
    _check_runs(clock)
    _end_pause(clock, at)
    clock.ended_at = whole_minute(at)
    _reckon(clock)
    with refusing(session):
        session.flush()


def _reckon(clock: Clock) -> None:
    """Keep when it is due, as its rule and its pauses have it now."""
    clock.due_at = clock.running.due


def _end_pause(clock: Clock, at: datetime) -> None:
    for pause in clock.pauses:
        if pause.ends_at is None:
            pause.ends_at = max(whole_minute(at), pause.starts_at)


def _check_runs(clock: Clock) -> None:
    if clock.ended_at is not None:
        raise ClockEnded(f"The clock ended on {moment_in_words(clock.ended_at)}.")


def _check_open(session: Session, action: Action) -> None:
    session.execute(select(Action.id).where(Action.id == action.id).with_for_update())
    session.refresh(action, ["state"])
    if not action.state.is_open:
        raise ActionEnded(f"The action is {action.state.wording.lower()}: reopen it to set a clock on it.")


def _check_what(what: str) -> None:
    if not what.strip():
        raise BadName("Nothing is said: say what waits.", field="what")
