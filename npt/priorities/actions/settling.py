"""How a round of asking, and a priority, end: one place for all ways."""

from datetime import date, datetime

from npt.kit.clock import local_day
from npt.kit.stamps import Stamp
from npt.priorities.models import Closing, Originator, Priority
from npt.priorities.rules import Answered, Ending

_OF_ENDING = {
    Ending.ACCEPTED: Answered.ACCEPTED,
    Ending.NOT_REACHED: Answered.NOT_REACHED,
    Ending.NO_WAY: Answered.NO_WAY,
    Ending.NOBODY_TO_ASK: Answered.NOBODY_TO_ASK,
    Ending.GONE: Answered.GONE,
    Ending.OVERRULED: Answered.OVERTAKEN,
    Ending.NOT_CHOSEN: Answered.OVERTAKEN,
}


def settle(closing: Closing, answered: Answered, stamp: Stamp) -> None:
    """Say how a round ended."""
    closing.answered, closing.answered_at, closing.answered_by_id = answered, stamp.now, stamp.by


def close(priority: Priority, ending: Ending, day: date, *, reason: str | None = None) -> None:
    """End a priority. Its problem stays as it is."""
    priority.closed_on, priority.ending, priority.end_reason = day, ending, reason
    priority.asked_on = None


def end_round(priority: Priority, closing: Closing, ending: Ending, stamp: Stamp) -> None:
    """End a priority with the round in which it was asked about."""
    settle(closing, _OF_ENDING[ending], stamp)
    close(priority, ending, local_day(stamp.now))


def reopen(priority: Priority, closing: Closing, answered: Answered, stamp: Stamp) -> None:
    """Let a priority, which is still not solved, go on."""
    settle(closing, answered, stamp)
    priority.asked_on = None
    if answered is Answered.REFUSED:
        priority.refusals += 1


def gone(priority: Priority, originator: Originator, now: datetime) -> None:
    """Somebody who raised a priority, which is whole, has died or is erased: that answers by itself."""
    originator.gone_on = local_day(now)
    if originator.is_first and priority.round is not None:
        end_round(priority, priority.round, Ending.GONE, Stamp(None, now))
