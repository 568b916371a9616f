"""What a person's daily letter says of what they have to do. Rhythm and words are ours."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from npt.kit.clock import day_in_words
from npt.outbox.rules import DailyPart

#: So long before its day an action is written of; after it every day, until it is done or dropped.
WRITTEN_BEFORE = timedelta(days=2)
#: The most actions that a letter names.
MOST_NAMED = 30


@dataclass(frozen=True, slots=True)
class DueAction:
    """An action that is due soon, or was, and whom its letter goes to."""

    id: int
    what: str
    due_on: date
    #: the path of its unit
    path: str
    #: the agency that owns it; "" where the person does
    agency: str


@dataclass(frozen=True)
class Addresses:
    """Where the links of a letter lead, in full."""

    action: Callable[[int], str]
    all_of_mine: str


def daily_part(account_id: int, actions: Sequence[DueAction], addresses: Addresses, today: date) -> DailyPart:
    """What the letter of a person says of these actions, which stand in the order of their days."""
    late = sum(action.due_on < today for action in actions)
    soon = len(actions) - late
    told = [_counted(late, "overdue")] * bool(late) + [_counted(soon, "due soon")] * bool(soon)
    return DailyPart(
        account_id, actions[0].path, " and ".join(told), _text(actions, " and ".join(told), addresses, today)
    )


def _text(actions: Sequence[DueAction], told: str, addresses: Addresses, today: date) -> str:
    lines = [
        f"- {action.what}{f' ({action.agency})' if action.agency else ''}, due {_due(action, today)}:"
        f" {addresses.action(action.id)}"
        for action in actions[:MOST_NAMED]
    ]
    if len(actions) > MOST_NAMED:
        lines.append(f"- and {len(actions) - MOST_NAMED:,} more")
    end = "Say what became of them, or when they will be done. All of yours:"
    return f"You have {told}.\n\n" + "\n".join(lines) + f"\n\n{end} {addresses.all_of_mine}"


def _due(action: DueAction, today: date) -> str:
    days = (today - action.due_on).days
    late = f", {days:,} day{'' if days == 1 else 's'} ago" if days > 0 else ""
    return f"{day_in_words(action.due_on)}{late}"


def _counted(count: int, what: str) -> str:
    return f"{count:,} action{'' if count == 1 else 's'} {what}"
