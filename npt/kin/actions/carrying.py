"""Key individuals of a closed neighbourhood, carried over line by line to those that took over from it.

Nothing is carried over by itself where there is more than one to choose from, since nobody can tell on which
side of a new line somebody lives; and nothing is lost: whom nobody has decided on stays, and is asked for.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from npt.communities.actions.places import lock_neighbourhood
from npt.communities.models import Community
from npt.communities.queries import became
from npt.kin.actions.holding import hold
from npt.kin.models import KeyIndividual, Move
from npt.kin.queries import left_behind
from npt.kin.rules import LeaveReason, Stage
from npt.kit.refusals import Refusal
from npt.kit.spans import Span
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.queries import last_successors
from npt.store.constraints import refusing
from npt.store.versions import Stale


class NotASuccessor(Refusal):
    """Somebody was to be carried over to a neighbourhood that did not take over from their own."""


class NothingChosen(Refusal):
    """Nothing was chosen for anybody."""


class CarriedMeanwhile(Stale):
    """Somebody else decided on a key individual meanwhile."""


@dataclass
class Carried:
    """What was done."""

    moved: list[KeyIndividual] = field(default_factory=list)
    left: list[KeyIndividual] = field(default_factory=list)


def carry_over(session: Session, *, closed: Unit, to: Mapping[int, str], left: Collection[int]) -> Carried:
    """Carry key individuals of `closed` over: `to` names, by their keys, the code of the neighbourhood that
    gets them; those of `left` left the network with it. Others stay undecided.

    Encounters stay with the neighbourhood in which they were. Who speaks for a community that was carried
    over to the same neighbourhood speaks for it there; other communities stay as they are. NothingChosen,
    NotASuccessor, CarriedMeanwhile.
    """
    if not to and not left:
        raise NothingChosen("Nothing is chosen: choose where at least one of them belongs now.")
    lock_neighbourhood(session, closed)
    taking_over = {unit.code: unit for unit in last_successors(session, closed)}
    lock_units(session, [unit.id for unit in taking_over.values()], for_closing=True)
    hold(session, [*to, *left])
    waiting = {each.id: each for each in left_behind(session, closed)}
    if not waiting.keys() >= {*to, *left}:
        raise CarriedMeanwhile(
            "Somebody else decided on one of these people meanwhile, so nothing was done: look at the list"
            " again."
        )
    spoken_for = {each.id: each for key in to for each in waiting[key].communities}
    there = became(session, list(spoken_for.values()))
    done = Carried()
    for key, code in to.items():
        if code not in taking_over:
            raise NotASuccessor(f"{code} did not take over from {closed.code}: choose from the list.")
        _move(session, waiting[key], closed, taking_over[code], there)
        done.moved.append(waiting[key])
    for key in left:
        # Whoever was recorded after the last day was in the network that day.
        last = max(closed.closed_on or waiting[key].recorded_on, waiting[key].recorded_on)
        waiting[key].stage, waiting[key].left_on = Stage.LEFT, last
        waiting[key].left_because = LeaveReason.NOT_NEEDED
        done.left.append(waiting[key])
    with refusing(session):
        session.flush()
    return done


def _move(
    session: Session,
    individual: KeyIndividual,
    closed: Unit,
    unit: Unit,
    there: Mapping[int, Sequence[Community]],
) -> None:
    after = Span(closed.opened_on, closed.closed_on).after
    moved_on = unit.opened_on if after is None else max(after, unit.opened_on)
    session.add(
        Move(individual_id=individual.id, from_unit_id=closed.id, to_unit_id=unit.id, moved_on=moved_on)
    )
    individual.unit = unit
    communities = [
        next((now for now in there[each.id] if now.unit_id == unit.id), each)
        for each in individual.communities
    ]
    individual.communities = list({each.id: each for each in communities}.values())
