"""Priorities go on with another team: with their neighbourhood, or because their team has closed.

The problem record behind one goes along, with its actions, clocks and shares, as whenever a record is handed
over; unless its team has another priority that the same record stands behind.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.matters.actions import hand_over
from npt.matters.models import Matter
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.queries import last_successors
from npt.organisation.rules import Level
from npt.priorities.actions.agreeing import check_room, stop_choosing
from npt.priorities.models import Priority
from npt.priorities.queries import left_behind
from npt.problems.models import Problem
from npt.store.constraints import refusing
from npt.store.versions import Stale

#: Why a priority of a closed team ends that no team takes over.
_NOBODY = "{} has closed, and no team took it over."


class NotASuccessor(Refusal):
    """A priority was to be carried over to a team that did not take over from its own."""


class NothingChosen(Refusal):
    """Nothing was chosen for any priority."""


class CarriedMeanwhile(Stale):
    """Somebody else decided on a priority of a closed team meanwhile."""


@dataclass
class Carried:
    """What was done with the priorities of a closed team."""

    moved: list[Priority] = field(default_factory=list)
    stopped: list[Priority] = field(default_factory=list)


def carry_priority(session: Session, priority: Priority, *, into: Unit | None, stamp: Stamp) -> None:
    """Let a priority go on in a neighbourhood, whose team it then is of, or with a team; without one its own
    team keeps it, of no neighbourhood.

    TooMany, where that team has as many as it can solve.
    """
    is_place = into is not None and into.level is Level.NEIGHBOURHOOD
    if into is not None:
        team = session.get_one(Unit, into.parent_id) if is_place else into
        _give(session, priority, team, stamp)
    priority.neighbourhood_id = into.id if into is not None and is_place else None
    with refusing(session):
        session.flush()


def carry_over(
    session: Session,
    *,
    closed: Unit,
    to: Mapping[int, str],
    stopped: Collection[int],
    stamp: Stamp,
    today: date,
) -> Carried:
    """Carry priorities of a closed team over: `to` names, by their keys, the code of the team that gets them;
    those of `stopped` are no longer chosen. Others stay undecided.

    NothingChosen, CarriedMeanwhile, NotASuccessor, TooMany beside its line.
    """
    if not to and not stopped:
        raise NothingChosen("Nothing is chosen: choose for at least one of them which team solves it now.")
    lock_units(session, [closed.id], for_closing=True)
    waiting = {each.id: each for each in left_behind(session, closed, as_at=today)}
    if not waiting.keys() >= {*to, *stopped}:
        raise CarriedMeanwhile(
            "Somebody else decided on one of these priorities meanwhile, so nothing was done: look at the"
            " list again."
        )
    taking_over = {unit.code: unit for unit in last_successors(session, closed)}
    done = Carried()
    for key, code in to.items():
        if code not in taking_over:
            raise NotASuccessor(f"{code} did not take over from {closed.code}: choose from the list.")
        try:
            carry_priority(session, waiting[key], into=taking_over[code], stamp=stamp)
        except Refusal as refusal:
            raise type(refusal)(refusal.message, field=f"priority_{key}") from refusal
        done.moved.append(waiting[key])
    for key in stopped:
        stop_choosing(session, waiting[key], reason=_NOBODY.format(closed.name), stamp=stamp, today=today)
        done.stopped.append(waiting[key])
    return done


def _give(session: Session, priority: Priority, team: Unit, stamp: Stamp) -> None:
    """Let another team have a priority, and the record that stands behind it."""
    before = priority.unit_id
    if team.id == before:
        return
    lock_units(session, [team.id], for_closing=True)
    if priority.agreed_on is not None:
        check_room(session, team)
    priority.unit_id = team.id
    with refusing(session):
        session.flush()
    session.expire(priority, ["unit"])
    others = select(Priority.id).where(
        Priority.problem_id == priority.problem_id, Priority.unit_id == before, Priority.closed_on.is_(None)
    )
    record = session.scalar(
        select(Matter)
        .join(Problem, Problem.matter_id == Matter.id)
        .where(
            Problem.id == priority.problem_id,
            Matter.unit_id == before,
            Matter.closed_on.is_(None),
            ~others.exists(),
        )
    )
    if record is not None:
        hand_over(session, record, unit=team, stamp=stamp)
