"""Of which problems whoever raised them has been asked whether they are solved, and has not answered."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from npt.priorities.models import Priority
from npt.problems.models import Problem
from npt.problems.queries import SignOffs
from npt.problems.rules import SignOff


def _is_asked() -> ColumnElement[bool]:
    asked = select(Priority.id).where(Priority.problem_id == Problem.id, Priority.asked_on.is_not(None))
    return asked.correlate(Problem).exists()


def _sign_offs_of(session: Session, problems: Collection[int]) -> Mapping[int, Sequence[SignOff]]:
    asked = (
        select(Priority.problem_id, Priority.reference, Priority.asked_on)
        .where(Priority.problem_id.in_(problems), Priority.asked_on.is_not(None))
        .order_by(Priority.asked_on, Priority.id)
    )
    found: defaultdict[int, list[SignOff]] = defaultdict(list)
    for problem_id, reference, asked_on in session.execute(asked):
        if problem_id is not None and asked_on is not None:  # as they were asked for
            found[problem_id].append(SignOff(reference, asked_on))
    return found


#: What the pages of problems ask.
SIGN_OFFS = SignOffs(_is_asked, _sign_offs_of)
