"""Changing a block as one act, and taking such an act back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session, selectinload

from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.rostering.actions.blocks import Block, NothingToChange
from npt.rostering.actions.changes import Change
from npt.rostering.actions.shift_writes import (
    Held,
    KeptAway,
    ShiftState,
    Step,
    Written,
    check_room,
    held_by_key,
    write,
)
from npt.rostering.models import RosterAct, RosterAwayBefore, RosterChange
from npt.rostering.rules import Cell
from npt.shifts.actions import CannotUndo, Places

SUMMARY_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Done:
    """An act, and what it did to each shift, by member and day."""

    act: RosterAct
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
            "Nothing would change: the days ticked have no shift for this, or are as you want them already.",
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
    """Write the steps as one act with its title. ShiftOverlaps."""
    check_room(session, steps, places)
    written = write(session, steps)
    days = [day for step in steps for day in step.days]
    act = RosterAct(
        unit_id=unit.id,
        first_on=min(days),
        last_on=max(days),
        account_id=stamp.account_id,
        done_at=stamp.now,
        summary=f"{title}: {counts_in_words(steps)}"[:SUMMARY_LENGTH],
    )
    session.add(act)
    session.flush()
    _remember(session, act, written)
    ordered = tuple(sorted(steps, key=lambda step: (step.member_id, step.day)))
    return Done(act, ordered)


def counts_in_words(steps: Sequence[Step]) -> str:
    """How many shifts are added, changed and removed: "3 shifts added, 1 removed"."""
    added = sum(step.before is None for step in steps)
    removed = sum(step.after is None for step in steps)
    counts = [(added, "added"), (len(steps) - added - removed, "changed"), (removed, "removed")]
    words = [f"{count:,} {verb}" for count, verb in counts if count]
    first, _, verb = words[0].partition(" ")
    return ", ".join([f"{first} {'shift' if first == '1' else 'shifts'} {verb}", *words[1:]])


def undo_act(session: Session, *, now: datetime, unit: Unit, act_id: int) -> RosterAct:
    """Take back an act on `unit`'s roster: every shift stands again exactly as it did before it.

    CannotUndo, and nothing is changed, when it was taken back already, when somebody has since changed a
    shift that it left behind, or when what it removed no longer fits.
    """
    act = _act(session, unit, act_id)
    current = held_by_key(session, [change.shift_id for change in act.changes])
    # Read again what a second press of the button may have done while this one waited for the shifts.
    session.refresh(act, ["undone_at"])
    if act.undone_at is not None:
        raise CannotUndo("This was undone already: open the roster again to see it as it is.")
    steps = [_back(change, current.get(change.shift_id)) for change in act.changes]
    places = Places(session)
    places.meet((step.member_id, step.after.unit_id if step.after else None) for step in steps)
    try:
        _check_postings(steps, places)
        check_room(session, steps, places)
        written = write(session, steps)
    except CannotUndo:
        raise
    except Refusal as refusal:
        raise CannotUndo(f"What was there before no longer fits. {refusal.message}") from None
    _pass_on(session, act, written)
    act.undone_at = now
    session.flush()
    return act


def _act(session: Session, unit: Unit, act_id: int) -> RosterAct:
    act = session.scalar(
        select(RosterAct)
        .where(RosterAct.id == act_id, RosterAct.unit_id == unit.id)
        .options(selectinload(RosterAct.changes).selectinload(RosterChange.away))
        .execution_options(populate_existing=True)
    )
    if act is None:
        raise CannotUndo("There is nothing here to undo: open the roster again and look at what it offers.")
    return act


def _back(change: RosterChange, now: Held | None) -> Step:
    """The step that takes a change back. CannotUndo when its shift is not as the act left it."""
    before = _before(change)
    if change.after_version is None:
        return Step(None, before, change.shift_id, (change.before_version or 0) + 1)
    if (
        now is None
        or now.version != change.after_version
        or (now.standing.member_id, now.standing.interval.starts)
        != (change.member_id, change.after_starts_at)
    ):
        raise CannotUndo(
            "Somebody has changed this part of the roster since, so it stays as it is:"
            " open it again and correct what is wrong by hand."
        )
    return Step(now, before)


def _before(change: RosterChange) -> ShiftState | None:
    if (
        change.before_starts_at is None
        or change.before_ends_at is None
        or change.before_unit_id is None
        or change.before_role is None
    ):
        return None
    return ShiftState(
        change.member_id,
        Interval(change.before_starts_at, change.before_ends_at),
        change.before_unit_id,
        change.before_role,
        change.before_is_team_named is True,
        tuple(KeptAway(Interval(a.starts_at, a.ends_at), a.reason_id, a.note) for a in change.away),
    )


def _check_postings(steps: Sequence[Step], places: Places) -> None:
    """Refuse (CannotUndo) to restore a shift for a unit or role that its member's posting no longer gives."""
    for step in steps:
        then = step.after
        if then is None:
            continue
        now = places.of(then.member_id, then.day, then.unit_id if then.is_team_named else None)
        if now != (then.unit_id, then.role):
            raise CannotUndo(
                f"{places.who(then.member_id)} has another posting now than when this was done, so the shift"
                " would count elsewhere: correct the roster by hand."
            )


def _remember(session: Session, act: RosterAct, written: Sequence[Written]) -> None:
    session.execute(insert(RosterChange), [_row(act, each) for each in written])
    asked = select(RosterChange.shift_id, RosterChange.id).where(
        RosterChange.act_id == act.id, RosterChange.before_starts_at.is_not(None)
    )
    ids = {row.shift_id: row.id for row in session.execute(asked)}
    away = [
        {
            "change_id": ids[each.shift_id],
            "starts_at": kept.interval.starts,
            "ends_at": kept.interval.ends,
            "reason_id": kept.reason_id,
            "note": kept.note,
        }
        for each in written
        if each.step.before is not None
        for kept in each.step.before.standing.away
    ]
    if away:
        session.execute(insert(RosterAwayBefore), away)


def _row(act: RosterAct, written: Written) -> dict[str, object]:
    before, after = written.step.before, written.step.after
    was = before.standing if before is not None else None
    return {
        "act_id": act.id,
        "shift_id": written.shift_id,
        "member_id": written.step.member_id,
        "before_starts_at": was and was.interval.starts,
        "before_ends_at": was and was.interval.ends,
        "before_unit_id": was and was.unit_id,
        "before_role": was and was.role,
        "before_is_team_named": None if was is None else was.is_team_named,
        "before_version": before and before.version,
        "after_starts_at": after and after.interval.starts,
        "after_version": written.version,
    }


def _pass_on(session: Session, act: RosterAct, written: Sequence[Written]) -> None:
    """Let the acts before this one know the new versions, so that each can be taken back in turn."""
    was = {change.shift_id: change.before_version for change in act.changes}
    for each in written:
        version = was.get(each.step.key or each.shift_id)
        if each.version is None or version is None:
            continue
        session.execute(
            update(RosterChange)
            .where(
                RosterChange.shift_id == (each.step.key or each.shift_id),
                RosterChange.after_version == version,
                RosterChange.act_id < act.id,
                RosterChange.act_id.in_(select(RosterAct.id).where(RosterAct.undone_at.is_(None))),
            )
            .values(after_version=each.version, shift_id=each.shift_id)
        )
