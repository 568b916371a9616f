"""Definitions: copied, reworded, closed; and what counts under one changed from a day on, and put back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from npt.counting.models import Definition, DefinitionChange, DefinitionChangeLine, DefinitionReason
from npt.counting.queries import DatedDefinition, definition_record, still_stands
from npt.counting.rollup.settle import hold_month
from npt.counting.rules import (
    DEFAULT_DEFINITION,
    MarkChange,
    check_definition_code,
    check_not_reserved,
    check_settled,
    planned_change,
)
from npt.kit.clock import day_in_words
from npt.kit.limits import check_day
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.shifts.models import Reason
from npt.shifts.queries import reasons, reasons_of
from npt.shifts.rules import ReasonKind
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version

DEFINITION_NAME_LENGTH = 80
EXPLANATION_LENGTH = 300
WHY_LENGTH = 300


class DefinitionCodeTaken(Refusal):
    """There is another definition of that code."""


class DefinitionNameTaken(Refusal):
    """There is another definition of that name."""


class BadDefinition(Refusal):
    """A definition without name or explanation, or with too long ones."""


class DefinitionNeeded(Refusal):
    """The definition under which targets are judged was to be closed."""


class DefinitionClosed(Refusal):
    """What counts was to change from a day after the definition was closed."""


class NothingCountsOtherwise(Refusal):
    """What counts was to become what it is already."""


class WhyMissing(Refusal):
    """What counts was to change without saying why, or with more words than are kept."""


class ChangedSince(Refusal):
    """A change was to be put back, and what it wrote has been changed again since."""


name_violation(
    "uq_definition_code",
    lambda: DefinitionCodeTaken("Another definition has this code: choose another code.", field="code"),
)
name_violation(
    "uq_definition_name",
    lambda: DefinitionNameTaken("Another definition has this name: choose another name.", field="name"),
)
name_violation(
    "uq_definition_change_puts_back_id",
    lambda: ChangedSince("Somebody else has just reversed this: check the definition as it is now."),
)


@dataclass(frozen=True, slots=True)
class DefinitionFacts:
    """What may change in a definition without any figure; see `npt.counting.models.Definition`."""

    name: str
    explanation: str
    closed_on: date | None = None


def copy_definition(
    session: Session, *, source: str, code: str, facts: DefinitionFacts, now: datetime
) -> Definition:
    """Make a definition that counts as `source` (a code that there is) does, on every day.

    BadDefinitionCode, BadDefinition, DayOutOfRange, DefinitionCodeTaken, DefinitionNameTaken.
    """
    check_definition_code(code)
    check_not_reserved(code)
    check_settled(source)
    _check(facts)
    copied = definition_record(session, source)
    if copied is None:
        raise BadDefinition(f"There is no definition “{source[:40]}”: choose another.", field="source")
    made = Definition(
        code=code,
        puts_absence_back=copied.puts_absence_back,
        counts_new_reasons=copied.counts_new_reasons,
        changed_at=now,
    )
    _tell(made, facts)
    with refusing(session):
        session.add(made)
    marks = session.scalars(select(DefinitionReason).where(DefinitionReason.definition_id == copied.id))
    session.add_all(
        DefinitionReason(
            definition_id=made.id, reason_id=mark.reason_id, starts_on=mark.starts_on, counts=mark.counts
        )
        for mark in marks.all()
    )
    session.flush()
    return made


def change_definition(
    session: Session, definition: Definition, facts: DefinitionFacts, *, expected_version: int | None = None
) -> Definition:
    """Reword a definition, close it after a day, or open it again. Its code stays, and so does what counts.

    StaleRecord, BadDefinition, DayOutOfRange, DefinitionNameTaken; DefinitionNeeded for closing the one under
    which targets are judged.
    """
    check_version(definition, expected_version)
    _check(facts)
    if definition.code == DEFAULT_DEFINITION and facts.closed_on is not None:
        raise DefinitionNeeded(
            "Targets use this definition, so it must stay open: leave the last day blank.",
            field="closed_on",
        )
    with refusing(session):
        _tell(definition, facts)
    return definition


def planned_changes(
    session: Session,
    definition: DatedDefinition,
    *,
    chosen: Collection[str],
    counts: bool,
    starts_on: date,
) -> tuple[MarkChange, ...]:
    """The changes that make these reasons of abstraction count, or not, from a day on. Nothing is written.

    Reasons for which it is so already are left out. DayOutOfRange, DefinitionClosed, NothingCountsOtherwise.
    """
    check_day(starts_on, "starts_on")
    if definition.closed_on is not None and starts_on > definition.closed_on:
        raise DefinitionClosed(
            f"{definition.name} is closed after {day_in_words(definition.closed_on)}: give an earlier day, or"
            " open it again first.",
            field="starts_on",
        )
    known = [reason.code for reason in reasons_of(session, ReasonKind.ABSTRACTION)]
    planned = [
        planned_change(code, definition.marks.get(code, ()), starts_on, counts)
        for code in known
        if code in chosen
    ]
    changes = tuple(change for change in planned if change is not None)
    if not changes:
        raise NothingCountsOtherwise(
            f"That is already so from {day_in_words(starts_on)}: choose other reasons, or another day.",
            field="reasons",
        )
    return changes


def changes_back(
    session: Session, definition: DatedDefinition, change: DefinitionChange
) -> tuple[MarkChange, ...]:
    """What puts a change (its lines loaded) back. Nothing is written.

    ChangedSince when what it wrote no longer stands.
    """
    codes = {reason.id: reason.code for reason in reasons(session)}
    if not still_stands(definition, change, codes):
        raise ChangedSince(
            "This was changed again later, so it cannot be reversed on its own: reverse the "
            "later change first, or make a new one."
        )
    return tuple(
        MarkChange(codes[line.reason_id], change.starts_on, line.counted, line.counts).undone
        for line in change.lines
    )


def change_counting(
    session: Session,
    definition: Definition,
    changes: Sequence[MarkChange],
    *,
    why: str,
    stamp: Stamp,
    expected_version: int | None = None,
    puts_back: DefinitionChange | None = None,
) -> DefinitionChange:
    """Write changes of what counts, all from one day on, and send them to the database.

    They are those of `planned_changes` or `changes_back`, asked for in this transaction. StaleRecord,
    WhyMissing; ChangedSince when somebody else has just put the same back.
    """
    check_version(definition, expected_version)
    why = why.strip()
    if not 1 <= len(why) <= WHY_LENGTH:
        raise WhyMissing(f"Say why in 1 to {WHY_LENGTH} characters.", field="why")
    hold_month(session, Month.of(changes[0].starts_on))
    ids = {code: key for key, code in session.execute(select(Reason.id, Reason.code)).all()}
    for change in changes:
        _write(session, definition, ids[change.reason], change)
    made = DefinitionChange(
        definition_id=definition.id,
        starts_on=changes[0].starts_on,
        account_id=stamp.by,
        changed_at=stamp.now,
        why=why,
        puts_back_id=None if puts_back is None else puts_back.id,
        lines=[
            DefinitionChangeLine(reason_id=ids[change.reason], counted=change.counted, counts=change.counts)
            for change in changes
        ],
    )
    definition.changed_at = stamp.now
    # Whoever has the definition open sees another version of it afterwards, even within the same instant.
    flag_modified(definition, "changed_at")
    with refusing(session):
        session.add(made)
    return made


def _write(session: Session, definition: Definition, reason_id: int, change: MarkChange) -> None:
    mark = session.get(DefinitionReason, (definition.id, reason_id, change.starts_on))
    if mark is not None and change.counts is None:
        session.delete(mark)
    elif mark is not None:
        mark.counts = change.counts is True
    elif change.counts is not None:
        session.add(
            DefinitionReason(
                definition_id=definition.id,
                reason_id=reason_id,
                starts_on=change.starts_on,
                counts=change.counts,
            )
        )


def _tell(definition: Definition, facts: DefinitionFacts) -> None:
    definition.name, definition.explanation = facts.name.strip(), facts.explanation.strip()
    definition.closed_on = facts.closed_on


def _check(facts: DefinitionFacts) -> None:
    for text, longest, field, what in (
        (facts.name, DEFINITION_NAME_LENGTH, "name", "a name"),
        (facts.explanation, EXPLANATION_LENGTH, "explanation", "an explanation"),
    ):
        if not 1 <= len(text.strip()) <= longest:
            raise BadDefinition(f"Give the definition {what} of 1 to {longest} characters.", field=field)
    check_day(facts.closed_on, "closed_on")
