"""Actions are set and corrected."""

from datetime import date
from uuid import uuid4

from sqlalchemy.orm import Session

from npt.kit.clock import day_in_words
from npt.kit.limits import BadName, check_day
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.store.constraints import name_violation, refusing
from npt.store.references import free_reference
from npt.store.versions import check_version
from npt.work.actions.owners import check_owner
from npt.work.models import Action
from npt.work.rules import ActionFacts, ActionState, check_cost, check_due


class ReferenceTaken(Refusal):
    """Another action of the matter has the reference."""


class UnitClosed(Refusal):
    """An action was to be due after its unit has closed."""


name_violation(
    "uq_action_matter_id_reference",
    lambda: ReferenceTaken("Another action of this has the reference: give another one.", field="reference"),
)


def set_action(
    session: Session,
    *,
    stamp: Stamp,
    today: date,
    unit: Unit,
    facts: ActionFacts,
    matter: Matter | None = None,
    reference: str | None = None,
    may_be_past: bool = False,
    is_history: bool = False,
) -> Action:
    """Set an action for the matter, which is the unit's, or for the unit alone; sent to the database.

    `is_history`: it was done or dropped before it came here, however long ago; its owner may have gone since.

    BadName, DayOutOfRange, DayFarOff, DueInPast unless it `may_be_past`, BadCost, UnitClosed, UnknownOwner,
    OwnerElsewhere, OwnerGone, ReferenceTaken.
    """
    _check(session, unit, facts, today)
    if not is_history:
        check_due(facts.due_on, today, may_be_past=may_be_past)
        check_owner(session, facts.owner, unit, today)
    action = Action(
        unit=unit,
        matter=matter,
        # What no action can have stands there until the key, which makes the reference, is known.
        reference=reference or f"~{uuid4().hex}",
        state=ActionState.PLANNED,
        set_by=stamp.by,
        set_at=stamp.now,
    )
    _take(action, facts)
    with refusing(session):
        session.add(action)
    if reference is None:
        action.reference = free_reference(
            session, Action.reference, f"A-{action.id}", Action.matter_id == action.matter_id
        )
        with refusing(session):
            session.flush()
    return action


def correct_action(
    session: Session,
    action: Action,
    *,
    today: date,
    facts: ActionFacts,
    expected_version: int | None,
    may_be_past: bool = False,
) -> None:
    """Change what is said of an action whose unit is loaded; how far it has come stays as it is.

    StaleRecord; else as `set_action`. An owner who has gone may stay, and a day gone by too.
    """
    check_version(action, expected_version)
    _check(session, action.unit, facts, today)
    if facts.due_on != action.due_on and action.state.is_open:
        check_due(facts.due_on, today, may_be_past=may_be_past)
    check_owner(session, facts.owner, action.unit, today, before=action.owner)
    _take(action, facts)
    with refusing(session):
        session.flush()


def check_due_while_open(unit: Unit, due_on: date) -> None:
    """Refuse (UnitClosed) a day on which the unit that the action is of has closed."""
    if unit.closed_on is not None and due_on > unit.closed_on:
        raise UnitClosed(
            f"{unit.name} closed on {day_in_words(unit.closed_on)}: set the action for a unit that took over,"
            " or give a day before that.",
            field="due_on",
        )


def _check(session: Session, unit: Unit, facts: ActionFacts, today: date) -> None:
    if not facts.what.strip():
        raise BadName("Nothing is said: say what is to be done.", field="what")
    check_day(facts.due_on, "due_on")
    check_cost(facts.cost_pence)
    check_due_while_open(unit, facts.due_on)


def _take(action: Action, facts: ActionFacts) -> None:
    action.what, action.owner, action.due_on = facts.what, facts.owner, facts.due_on
    action.cost_pence, action.funding = facts.cost_pence, facts.funding or None
    action.is_for_residents, action.stage = facts.is_for_residents, facts.stage
