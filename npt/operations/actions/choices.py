"""Choosing who is taken: freely while the operation is a draft; once committed, adding and releasing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.counting.queries import default_definition
from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.operations.actions.commitment import choices_of, members_on
from npt.operations.actions.duty_records import hold_choices, take, take_back
from npt.operations.actions.locking import hold
from npt.operations.models import Ask, Choice, Operation
from npt.operations.queries import candidates
from npt.operations.rules import Candidate, OperationStatus
from npt.store.constraints import name_violation, refusing

#: A choice as it is sent: the day of the operation and the shift.
Key = tuple[date, int]


class NotACandidate(Refusal):
    """Somebody was chosen who is not on shift then, or whom something final speaks against."""


class TooManyChosen(Refusal):
    """More were chosen for a draft than are asked for."""


name_violation(
    "uq_operation_choice_operation_id_on_day_shift_id",
    lambda: NotACandidate(
        "Somebody else has just chosen one of these members: open the operation again.", field="members"
    ),
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """How many choices were added and how many released; of a committed operation, both are recorded."""

    added: int
    released: int


def choose(
    session: Session,
    *,
    stamp: Stamp,
    today: date,
    operation: Operation,
    ask: Ask,
    expected_version: int,
    wanted: Collection[Key],
    seen: Mapping[int, int],
) -> Chosen:
    """Let exactly `wanted` be chosen for the ask; of a committed operation the difference is recorded.

    Somebody released of whom the record was changed by hand since is let go without touching that record. The
    operation's reason, its unit and that of `ask` are loaded; `seen` is the version of each shift as the
    person saw it. StaleRecord, WrongStatus, NotACandidate, TooManyChosen, NoLongerFree, ChangedSince.
    """
    hold(
        session,
        operation,
        now=stamp.now,
        expected_version=expected_version,
        allowed={OperationStatus.DRAFT, OperationStatus.COMMITTED},
    )
    before = choices_of(session, operation, ask)
    kept = {(choice.on_day, choice.shift_id) for choice in before}
    let_go = kept - set(wanted)
    released = [choice for choice in before if (choice.on_day, choice.shift_id) in let_go]
    added = _added(session, operation, ask, [key for key in wanted if key not in kept], today)
    if operation.status is OperationStatus.COMMITTED:
        _, lines = hold_choices(session, operation, released)
        standing = [choice for choice in released if not lines[choice.id].problem]
        take_back(session, stamp=stamp, operation=operation, choices=standing)
    for choice in released:
        session.delete(choice)
    with refusing(session):
        session.add_all(added)
    if operation.status is OperationStatus.COMMITTED:
        take(session, stamp=stamp, operation=operation, choices=added, seen=seen)
    else:
        _check_not_too_many(operation, ask, choices_of(session, operation, ask))
    return Chosen(len(added), len(released))


def _added(
    session: Session, operation: Operation, ask: Ask, keys: Sequence[Key], today: date
) -> list[Choice]:
    if not keys:
        return []
    found = candidates(
        session, operation, ask.unit, ask.role, today=today, definition=default_definition(session)
    )
    known = {each.key: each for each in found}
    added: list[Choice] = []
    for key in sorted(set(keys)):
        candidate = known.get(key)
        if candidate is None:
            raise NotACandidate(
                f"A member you chose no longer has a shift among the {ask.role.plural} of "
                f"{ask.unit.name} on {day_in_words(key[0])}: check the list as it is now, and choose again.",
                field="members",
            )
        _check_free(candidate)
        added.append(
            Choice(
                operation_id=operation.id,
                ask_id=ask.id,
                on_day=candidate.on,
                member_id=candidate.member_id,
                unit_id=candidate.unit_id,
                shift_id=candidate.shift_id,
                starts_at=candidate.taken.starts,
                ends_at=candidate.taken.ends,
            )
        )
    return added


def _check_free(candidate: Candidate) -> None:
    if not candidate.can_be_taken:
        why = "; ".join(objection.words for objection in candidate.objections if objection.is_final)
        raise NotACandidate(
            f"{candidate.name} ({candidate.number}) cannot be taken on {day_in_words(candidate.on)}: {why}."
            " Choose somebody else.",
            field="members",
        )


def _check_not_too_many(operation: Operation, ask: Ask, choices: Sequence[Choice]) -> None:
    for day in operation.days:
        there = members_on(choices, ask, day.on)
        if there > ask.number:
            raise TooManyChosen(
                f"On {day_in_words(day.on)} you chose {there} of the {ask.number} asked for: leave"
                f" {there - ask.number} out, or change the number that is asked first.",
                field="members",
            )
