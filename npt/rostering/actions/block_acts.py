"""Changing a block of a roster as one act."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.rostering.actions.blocks import Block, NothingToChange
from npt.rostering.actions.changes import Change
from npt.rostering.rules import Cell
from npt.shifts.actions import Places, Step
from npt.shifts.actions.acts import keep_roster_act, summary_naming
from npt.shifts.actions.steps import check_room
from npt.shifts.models import Act


@dataclass(frozen=True, slots=True)
class Done:
    """An act, and what it did to each shift, by member and day."""

    act: Act
    steps: tuple[Step, ...]


def change_block(
    session: Session,
    *,
    stamp: Stamp,
    unit: Unit,
    cells: Collection[Cell],
    seen: Mapping[Cell, Mapping[int, int]],
    change: Change,
) -> Done:
    """Do `change` to the cells of `unit`'s roster, whole or not at all, and send it to the database.

    `seen` gives, by cell, the version of each shift that the person saw. NothingChosen, StaleRoster,
    NothingToChange, ShiftOverlaps naming the member; else what the change itself refuses.
    """
    block = Block.hold(session, unit, cells)
    block.check_seen(seen)
    steps = change.steps(block)
    if not steps:
        raise NothingToChange(
            "Nothing would change: the ticked days have no shift for this, or are already like that.",
            field="cells",
        )
    return keep(session, stamp=stamp, unit=unit, steps=steps, places=block.places, title=change.title)


def keep(
    session: Session,
    *,
    stamp: Stamp,
    unit: Unit,
    steps: Sequence[Step],
    places: Places,
    title: str,
) -> Done:
    """Write the steps as one act with its title, whom it is about and how much it changed. ShiftOverlaps."""
    check_room(session, steps, places)
    names = (places.name(step.member_id) for step in steps)
    counts = counts_in_words(steps)
    summary = summary_naming(names, lambda whom: f"{title} for {whom}: {counts}")
    act = keep_roster_act(session, stamp, unit, steps, summary)
    return Done(act, tuple(sorted(steps, key=lambda step: (step.member_id, step.day))))


def counts_in_words(steps: Sequence[Step]) -> str:
    """How many shifts are added, changed and removed: "3 shifts added, 1 removed"."""
    added = sum(step.before is None for step in steps)
    removed = sum(step.after is None for step in steps)
    counts = [(added, "added"), (len(steps) - added - removed, "changed"), (removed, "removed")]
    words = [f"{count:,} {verb}" for count, verb in counts if count]
    first, _, verb = words[0].partition(" ")
    return ", ".join([f"{first} {'shift' if first == '1' else 'shifts'} {verb}", *words[1:]])
