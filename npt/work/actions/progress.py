"""How far an action has come is recorded: begun, done, dropped, taken up again."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.store.constraints import refusing
from npt.store.versions import check_version
from npt.work.actions.clocks import end_clock
from npt.work.models import Action, ActionMove, Clock
from npt.work.rules import ActionState, EndedInFuture, ReasonMissing, WrongState, check_near

_TEXT_LENGTH = {"reason": 500, "result": 2_000}


class TooLong(Refusal):
    """A reason or a result that nobody would read."""


def move_action(
    session: Session,
    action: Action,
    *,
    stamp: Stamp,
    today: date,
    state: ActionState,
    expected_version: int | None,
    ended_on: date | None = None,
    reason: str | None = None,
    result: str | None = None,
    is_history: bool = False,
) -> bool:
    """Record how far an action has come, and what came of it; whether that changed anything.

    Said twice, as by a double click, it changes nothing the second time. Done or dropped, it ended today
    unless a day is given, and its clocks end with it. StaleRecord; ReasonMissing to drop it, or to take it up
    again; WrongState from done to dropped or back, EndedInFuture, DayFarOff unless `is_history`, as in files,
    TooLong.
    """
    session.execute(select(Action.id).where(Action.id == action.id).with_for_update())
    session.refresh(action, ["version", "state", "ended_on", "result"])
    _check_lengths(reason=reason, result=result)
    is_same = action.state is state and (not state.is_open or ended_on is None)
    if is_same and ended_on in (None, action.ended_on) and result in (None, action.result):
        return False
    check_version(action, expected_version)
    if action.state is not state:
        _check_step(action.state, state, reason)
        session.add(
            ActionMove(
                action_id=action.id,
                state_before=action.state,
                state_after=state,
                reason=reason or None,
                account_id=stamp.by,
                at=stamp.now,
            )
        )
        action.state = state
    if result is not None:
        action.result = result or None
    action.ended_on = None if state.is_open else ended_on or action.ended_on or today
    if action.ended_on is not None:
        _check_ended(action.ended_on, today, is_history=is_history)
        _end_clocks(session, action, stamp)
    with refusing(session):
        session.flush()
    return True


def _check_step(before: ActionState, after: ActionState, reason: str | None) -> None:
    if not before.is_open and not after.is_open:
        raise WrongState(
            f"The action is {before.wording.lower()}: reopen it first, and say why.", field="state"
        )
    if after is ActionState.DROPPED and not reason:
        raise ReasonMissing("Say why the action is dropped.", field="reason")
    if not before.is_open and not reason:
        raise ReasonMissing("Say why the action is reopened.", field="reason")


def _check_ended(on: date, today: date, *, is_history: bool) -> None:
    if not is_history:
        check_near(on, today, "ended_on")
    if on > today:
        raise EndedInFuture(
            f"{day_in_words(on)} has not come yet: give the day on which it was done.", field="ended_on"
        )


def _check_lengths(**texts: str | None) -> None:
    for field, text in texts.items():
        if text is not None and len(text) > _TEXT_LENGTH[field]:
            raise TooLong(f"Use {_TEXT_LENGTH[field]:,} characters at most.", field=field)


def _end_clocks(session: Session, action: Action, stamp: Stamp) -> None:
    running = select(Clock).where(Clock.action_id == action.id, Clock.ended_at.is_(None))
    running = running.options(selectinload(Clock.pauses)).order_by(Clock.id)
    for clock in session.scalars(running):
        end_clock(session, clock, at=max(stamp.now, clock.starts_at), expected_version=None)
