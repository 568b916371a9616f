"""A file says other things of a problem than its record."""

from sqlalchemy.orm import Session

from npt.kit.clock import local_day
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.matters.actions import hand_over
from npt.problems.actions.holding import hold_problem
from npt.problems.actions.looking_again import drop_looking_again
from npt.problems.actions.starting import KeyedFacts, bearing_on_paper, check_keyed
from npt.problems.models import Problem
from npt.problems.rules import Stage
from npt.store.constraints import refusing
from npt.work.actions.owners import check_owner


class StagesProved(Refusal):
    """A file was to move a problem whose stages are proved here."""


def change_keyed(session: Session, problem: Problem, *, facts: KeyedFacts, stamp: Stamp) -> None:
    """Let the record of a problem, with its matter and unit loaded, say what a file says of it.

    How far it has come only where that came from a file or from paper: elsewhere each stage has its gate.
    StagesProved; BadKeyedDays, OutcomeMissing, UnknownOwner, OwnerElsewhere, OwnerGone.
    """
    hold_problem(session, problem)
    start, matter = facts.start, problem.matter
    is_moved = (facts.stage, facts.closed_on, facts.outcome) != (
        problem.stage,
        problem.closed_on,
        problem.outcome,
    )
    if is_moved and not problem.is_unproved:
        raise StagesProved(
            f"{matter.reference} is at {problem.stage.value}, and its stages are proved here: move it on its"
            " own page, or leave stage, day and outcome as they are.",
            field="stage",
        )
    check_keyed(facts, local_day(stamp.now))
    check_owner(session, facts.owner, start.team, local_day(stamp.now), before=problem.owner)
    if facts.stage.is_open and not problem.stage.is_open:
        drop_looking_again(session, problem, "A file says that it is open again.", stamp)
    problem.owner, problem.category = facts.owner, start.category
    problem.stage = facts.stage
    if facts.outcome is not problem.outcome:
        problem.outcome = facts.outcome
        problem.bearing = None if facts.outcome is None else bearing_on_paper(facts.outcome)
    matter.title, matter.opened_on, matter.closed_on = start.title, facts.opened_on, facts.closed_on
    problem.is_unproved = problem.is_unproved and facts.stage is not Stage.SCANNING
    hand_over(session, matter, unit=start.team, stamp=stamp)
    with refusing(session):
        session.flush()
