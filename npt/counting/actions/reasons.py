"""Reasons for being away: added, renamed, closed from a day on and opened again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.counting.models import DefinitionReason
from npt.counting.queries import definition_records
from npt.counting.rules import SINCE, check_definition_code
from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.shifts.models import Reason
from npt.shifts.rules import ReasonKind
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version

REASON_NAME_LENGTH = 80


class ReasonCodeTaken(Refusal):
    """There is another reason of that code."""


class ReasonNameTaken(Refusal):
    """There is another reason of that name."""


class BadReasonName(Refusal):
    """A reason without a name, or with too long a one."""


name_violation(
    "uq_reason_code",
    lambda: ReasonCodeTaken("Another reason has this code: choose another code.", field="code"),
)
name_violation(
    "uq_reason_name",
    lambda: ReasonNameTaken("Another reason has this name: choose another name.", field="name"),
)


@dataclass(frozen=True, slots=True)
class ReasonFacts:
    """What may change in a reason; see `npt.shifts.models.Reason`."""

    name: str
    needs_note: bool = False
    is_planned: bool = False
    is_force_wide: bool = False
    closed_on: date | None = None


def add_reason(
    session: Session, *, code: str, kind: ReasonKind, facts: ReasonFacts, counts_under: Collection[str] = ()
) -> Reason:
    """Add a reason, the last in the lists, and send it to the database.

    A reason of abstraction counts, for every day, under the definitions that count new reasons and under
    those of `counts_under` (codes), and not under the others. No figure moves, since nothing is recorded for
    it yet. BadDefinitionCode, BadReasonName, DayOutOfRange, ReasonCodeTaken, ReasonNameTaken.
    """
    check_definition_code(code)
    _check(facts)
    position = (session.scalar(select(func.max(Reason.position))) or 0) + 1
    reason = Reason(code=code, kind=kind, position=position)
    _tell(reason, facts)
    with refusing(session):
        session.add(reason)
    if kind is ReasonKind.ABSTRACTION:
        for definition in definition_records(session):
            session.add(
                DefinitionReason(
                    definition_id=definition.id,
                    reason_id=reason.id,
                    starts_on=SINCE,
                    counts=definition.counts_new_reasons or definition.code in counts_under,
                )
            )
        session.flush()
    return reason


def change_reason(
    session: Session, reason: Reason, facts: ReasonFacts, *, expected_version: int | None = None
) -> Reason:
    """Rename a reason, change its marks, close it after a day or open it again. Its code and kind stay.

    What is recorded stays and counts as it did. StaleRecord, BadReasonName, DayOutOfRange, ReasonNameTaken.
    """
    check_version(reason, expected_version)
    _check(facts)
    with refusing(session):
        _tell(reason, facts)
    return reason


def _tell(reason: Reason, facts: ReasonFacts) -> None:
    reason.name, reason.closed_on = facts.name.strip(), facts.closed_on
    reason.needs_note, reason.is_planned = facts.needs_note, facts.is_planned
    reason.is_force_wide = facts.is_force_wide


def _check(facts: ReasonFacts) -> None:
    if not 1 <= len(facts.name.strip()) <= REASON_NAME_LENGTH:
        raise BadReasonName(f"Give the reason a name of 1 to {REASON_NAME_LENGTH} characters.", field="name")
    check_day(facts.closed_on, "closed_on")
