"""A problem gets another owner, another unit, or both."""

from sqlalchemy.orm import Session

from npt.kit.clock import local_day
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.matters.actions import hand_over
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.problems.actions.holding import hold_problem
from npt.problems.models import Problem
from npt.store.constraints import refusing
from npt.work.actions.owners import check_owner
from npt.work.rules import Owner


class CannotHaveIt(Refusal):
    """A problem was to be given to a neighbourhood, or to a unit that is closed."""


def give_problem(
    session: Session, problem: Problem, *, owner: Owner, unit: Unit, stamp: Stamp, expected_version: int
) -> None:
    """Give the problem to an owner and a unit, with its actions and clocks; its shares are confirmed there.

    StaleRecord, CannotHaveIt, UnknownOwner, OwnerElsewhere, OwnerGone.
    """
    hold_problem(session, problem, expected_version)
    today = local_day(stamp.now)
    if unit.id != problem.matter.unit_id and (unit.level is Level.NEIGHBOURHOOD or not unit.stands_on(today)):
        raise CannotHaveIt(
            f"{unit.name} cannot have it: enter the code of a team, area or BCU that is open today.",
            field="unit",
        )
    check_owner(session, owner, unit, today, before=problem.owner)
    problem.owner = owner
    hand_over(session, problem.matter, unit=unit, stamp=stamp)
    with refusing(session):
        session.flush()
