"""Writing the records of duty that an operation means, and taking exactly those back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.duty.actions import undo
from npt.kit.clock import day_in_words
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.operations.models import Choice, Operation
from npt.operations.queries import ChosenLine, chosen, stands_as_taken
from npt.operations.rules import away_note
from npt.organisation.models import Unit
from npt.shifts.actions import AwayEntry, StaleDay, record_away, remove_away
from npt.shifts.actions.held_shifts import HeldShift, held_shifts
from npt.shifts.models import Act, AwayChange


class NoLongerFree(Refusal):
    """Somebody chosen cannot be taken any more."""


class ChangedSince(Refusal):
    """The shift of somebody chosen was changed after the person looked at it."""


class ChangedByHand(Refusal):
    """What the operation recorded was changed by somebody since, so that it cannot be taken back."""


def who(line: ChosenLine) -> str:
    """The member and the day of a choice, for a message."""
    return f"{line.name} ({line.number}) on {day_in_words(line.on)}"


def hold_choices(
    session: Session, operation: Operation, choices: Iterable[Choice]
) -> tuple[dict[int, HeldShift], dict[int, ChosenLine]]:
    """The shifts of the choices, by key, held until the transaction ends; and how each choice stands then."""
    held = held_shifts(session, [choice.shift_id for choice in choices if choice.shift_id is not None])
    return held, {line.id: line for line in chosen(session, operation)}


def take(
    session: Session,
    *,
    stamp: Stamp,
    operation: Operation,
    choices: Sequence[Choice],
    seen: Mapping[int, int],
) -> None:
    """Record the abstraction of these choices: one act for each team and day.

    `seen` is the version of each shift as the person saw it. NoLongerFree, ChangedSince, naming every one of
    them; refusals of duty name the member.
    """
    held, lines = hold_choices(session, operation, choices)
    problems = [lines[choice.id] for choice in choices if lines[choice.id].problem]
    if problems:
        raise NoLongerFree(
            "Nothing was recorded: "
            + "; ".join(f"{who(line)}: {line.problem}" for line in problems)
            + ". Choose somebody else for each of them."
        )
    changed = [
        lines[choice.id]
        for choice in choices
        if seen.get(choice.shift_id or 0) != _held(held, choice).version
    ]
    if changed:
        raise ChangedSince(
            "Nothing was recorded, because a shift was changed after you opened the page: "
            + "; ".join(who(line) for line in changed)
            + ". Check the operation as it is now, then send it again."
        )
    of_day: dict[tuple[int, date], list[Choice]] = {}
    for choice in choices:
        shift = _held(held, choice)
        of_day.setdefault((shift.unit_id, shift.on_date), []).append(choice)
    for (unit_id, day), together in sorted(of_day.items(), key=lambda item: item[0]):
        entries = []
        for choice in together:
            taken = lines[choice.id].taken
            choice.unit_id, choice.starts_at, choice.ends_at = unit_id, taken.starts, taken.ends
            entries.append(AwayEntry(_held(held, choice).id, taken.starts, taken.ends))
        try:
            act = record_away(
                session,
                stamp=stamp,
                unit=session.get_one(Unit, unit_id),
                day=day,
                entries=entries,
                reason=operation.reason.code,
                note=away_note(operation.name),
                expected={entry.shift_id: held[entry.shift_id].version for entry in entries},
            )
        except StaleDay:
            raise ChangedSince(
                f"Nothing was recorded: somebody changed a shift of {day_in_words(day)} at the same moment."
                " Check the operation as it is now, then send it again."
            ) from None
        for choice in together:
            choice.act_id = act.id
    session.flush()


def take_back(session: Session, *, stamp: Stamp, operation: Operation, choices: Sequence[Choice]) -> None:
    """Take back what these choices recorded, and nothing else: their acts are undone.

    Where an act recorded more than these, only their part of it is removed. ChangedByHand, naming every
    member of whom somebody has changed the record since; then nothing is taken back.
    """
    held, lines = hold_choices(session, operation, choices)
    changed = [lines[choice.id] for choice in choices if lines[choice.id].problem]
    if changed:
        raise ChangedByHand(
            "Nothing was removed, because somebody changed what the operation recorded: "
            + "; ".join(f"{who(line)}: {line.problem}" for line in changed)
            + ". Release each of them first: the changed records are then kept."
        )
    acts = _acts(session, {choice.act_id for choice in choices if choice.act_id is not None})
    of_act: dict[int, list[Choice]] = {}
    for choice in choices:
        of_act.setdefault(choice.act_id or 0, []).append(choice)
    for act_id, together in sorted(of_act.items()):
        act, recorded = acts[act_id]
        unit = session.get_one(Unit, act.unit_id)
        is_whole = act.undone_at is None and recorded == len(together)
        if is_whole and all(_held(held, choice).unit_id == act.unit_id for choice in together):
            undo(session, now=stamp.now, unit=unit, act_id=act_id)
            continue
        for choice in together:
            _remove(session, stamp, operation, choice)


def _remove(session: Session, stamp: Stamp, operation: Operation, choice: Choice) -> None:
    """Remove the one time away that a choice recorded, at the team to which its shift belongs now."""
    # Held already; read again, since removing another part of the same shift gave it a new version.
    shift = _held(held_shifts(session, [choice.shift_id or 0]), choice)
    away = stands_as_taken(operation, Interval(choice.starts_at, choice.ends_at), shift.away)
    if away is None:
        raise RuntimeError(f"choice {choice.id} stood a moment ago, and its shift is held")
    remove_away(
        session,
        stamp=stamp,
        unit=session.get_one(Unit, shift.unit_id),
        day=shift.on_date,
        away_id=away.id,
        expected_version=away.version,
    )


def _acts(session: Session, act_ids: Collection[int]) -> dict[int, tuple[Act, int]]:
    """The acts of these keys, each with how many changes it made."""
    asked = (
        select(Act, func.count(AwayChange.id))
        .join(AwayChange, AwayChange.act_id == Act.id)
        .where(Act.id.in_(act_ids))
        .group_by(Act.id)
    )
    return {act.id: (act, int(count)) for act, count in session.execute(asked)}


def _held(held: Mapping[int, HeldShift], choice: Choice) -> HeldShift:
    return held[choice.shift_id or 0]
