"""Headroom in words and shapes: what a month still allows, and what an entry does to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from npt.counting.rules import Headroom, HeadroomChange
from npt.kit.months import MONTH_NAMES, Month
from npt.people.rules import RoleGroup
from npt.webkit.charts import HeadroomBar, headroom_bar
from npt.webkit.filters import hours


@dataclass(frozen=True, slots=True)
class HeadroomShown:
    """A group's headroom: the sentence, the bar, and the same lengths in words."""

    group: RoleGroup
    sentence: str
    bar: HeadroomBar
    #: (kind, name, words), as the component takes them
    facts: tuple[tuple[str, str, str], ...]
    #: the entry takes the month over its target
    breaks_target: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """The headroom of a unit's groups, as it is or as an entry would leave it."""

    groups: tuple[HeadroomShown, ...]
    #: what the entry does, in a sentence; empty when there is no entry yet
    words: str = ""
    #: why the entry would be refused
    problem: str = ""


def rooms_shown(rooms: Mapping[RoleGroup, Headroom]) -> tuple[HeadroomShown, ...]:
    """The groups that have duty in the month."""
    return tuple(_shown(group, room) for group, room in rooms.items() if _has_duty(room))


def changes_shown(changes: Mapping[RoleGroup, HeadroomChange]) -> tuple[HeadroomShown, ...]:
    """The same groups with what an entry does to each."""
    return tuple(
        _shown(group, change.after, change) for group, change in changes.items() if _has_duty(change.before)
    )


def in_words(rooms: Mapping[RoleGroup, Headroom], month: Month) -> str:
    """The headroom of all groups in one line, for the message after saving."""
    left = "; ".join(f"{group.wording} {_sentence(room)}" for group, room in rooms.items() if _has_duty(room))
    return f"Headroom in {month.title}: {left}." if left else ""


def left_in_words(rooms: Mapping[RoleGroup, Headroom], month: Month) -> str:
    """What is left of the month in one short line, for the foot of a form."""
    left = "; ".join(
        f"{group.wording} {hours(abs(room.left))}{' over' if room.is_over else ''}"
        for group, room in rooms.items()
        if _has_duty(room)
    )
    return f"Left in {MONTH_NAMES[month.month - 1]}: {left}." if left else ""


def change_in_words(changes: Mapping[RoleGroup, HeadroomChange]) -> str:
    """What an entry does, in one line, for whoever listens rather than looks."""
    moved = {group: change for group, change in changes.items() if change.minutes}
    if not moved:
        return "This entry does not change the headroom."
    return " ".join(
        f"{group.wording}: {_effect(change)}, then {_sentence(change.after)}."
        for group, change in moved.items()
    )


def _has_duty(room: Headroom) -> bool:
    return bool(room.denominator or room.used or room.planned)


def _shown(group: RoleGroup, room: Headroom, change: HeadroomChange | None = None) -> HeadroomShown:
    before = change.before if change else room
    entry = room.used + room.planned - before.used - before.planned
    facts = [("used", "Used", hours(before.used))]
    facts.append(("planned", "Planned", hours(before.planned)))
    if change is not None and change.minutes:
        facts.append(("entry", "This entry", _effect(change)))
    facts.append(("allowance", "Allowed", hours(room.allowance)))
    return HeadroomShown(
        group=group,
        sentence=_sentence(room),
        bar=headroom_bar(
            allowance=room.allowance, used=before.used, planned=before.planned, entry=max(entry, 0)
        ),
        facts=tuple(facts),
        breaks_target=change is not None and change.breaks_target,
    )


def _sentence(room: Headroom) -> str:
    if room.is_over:
        return f"{hours(-room.left)} over the {hours(room.allowance)} allowed"
    return f"{hours(room.left)} left of {hours(room.allowance)}"


def _effect(change: HeadroomChange) -> str:
    if change.minutes < 0:
        return f"takes {hours(-change.minutes)}"
    return f"gives back {hours(change.minutes)}"
