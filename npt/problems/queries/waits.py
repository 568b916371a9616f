"""Whom a problem waits for, as the list asks it: the same as `waiting_on` of the rules says of one."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from npt.problems.models import Problem, ProblemScore
from npt.problems.rules import SCORED_AT, SignOff, Stage
from npt.work.models import Action
from npt.work.queries import is_without_owner
from npt.work.rules import OPEN_STATES


class WaitsOn(Enum):
    """Whom a problem waits for, as far as the database tells without looking at what its stage asks for."""

    PARTNER = "partner"
    ACTIONS = "actions"
    OVERDUE = "overdue"
    NOBODY = "nobody"
    ORIGINATOR = "originator"
    SCORER = "scorer"

    @property
    def wording(self) -> str:
        """As people read it."""
        return {
            "partner": "A partner owns it",
            "actions": "Actions still to be done",
            "overdue": "Actions overdue",
            "nobody": "Its owner has gone",
            "originator": "Whoever raised it to say if it is solved",
            "scorer": "A score of its record",
        }[self.value]

    @property
    def is_of_closed_ones_too(self) -> bool:
        """Whether a problem that is closed may wait so."""
        return self in (WaitsOn.OVERDUE, WaitsOn.ORIGINATOR, WaitsOn.SCORER)


class SignOffs(NamedTuple):
    """What the room of priorities knows of problems: of which whoever raised them is asked, and of what."""

    #: the condition that whoever raised a problem, which is in the question, has been asked
    is_asked: Callable[[], ColumnElement[bool]]
    #: by the keys of problems, what has been asked and not answered
    of: Callable[[Session, Collection[int]], Mapping[int, Sequence[SignOff]]]


def waits(on: WaitsOn, today: date, sign_off_asked: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that a problem waits so."""
    is_open = Problem.stage != Stage.CLOSED
    due = select(Action.id).where(Action.matter_id == Problem.matter_id, Action.state.in_(OPEN_STATES))
    scores = select(ProblemScore.id).where(ProblemScore.problem_id == Problem.id)
    of_partners = or_(Problem.owner_agency_id.is_not(None), Problem.owner_account_id.is_not(None))
    match on:
        case WaitsOn.NOBODY:
            return and_(is_open, is_without_owner(Problem, today))
        case WaitsOn.PARTNER:
            return and_(is_open, of_partners)
        case WaitsOn.ACTIONS:
            return and_(is_open, due.correlate(Problem).exists())
        case WaitsOn.OVERDUE:
            return due.where(Action.due_on < today).correlate(Problem).exists()
        case WaitsOn.ORIGINATOR:
            return sign_off_asked
        case WaitsOn.SCORER:
            # By the stages that are left out: by those meant SQLite gathers all of them, and then sorts.
            earlier = [each for each in Stage if each not in SCORED_AT]
            return and_(Problem.stage.not_in(earlier), ~scores.correlate(Problem).exists())
