"""Problems in words: what helps at each stage, and where what is missing is said."""

from typing import Any

from flask import url_for

from npt.matters.models import Matter
from npt.problems.models import Problem
from npt.problems.rules import Lack, Stage

#: What helps at each stage, in a few lines beside it. Ours.
GUIDANCE: dict[Stage, tuple[str, ...]] = {
    Stage.SCANNING: (
        "A problem is a group of incidents that are alike, keep happening, and harm people.",
        "Name behaviour, place and victims. “Youths” is not a problem; racing mopeds on a car park is.",
        "Two sources that agree are worth more than twenty calls from one address.",
    ),
    Stage.ANALYSIS: (
        "Go there at the time when it happens, and ask those who live with it.",
        "Write down what would prove you wrong, and look for that.",
        "One side of the triangle that somebody can change is enough.",
    ),
    Stage.RESPONSE: (
        "Choose what acts on a cause that the analysis found, not what is always done.",
        "Say before you start what you will count, and for how long.",
        "Every action has one owner and one day.",
    ),
    Stage.ASSESSMENT: (
        "First whether it was done, then whether it helped.",
        "Compare windows of the same length, and look at where it may have gone.",
        "What did not work helps the next team as much.",
    ),
    Stage.CLOSED: (),
}
#: Where something is said that another stage asks for: its own part of the page.
_ON_PAGE = {"actions"}


def problem_address(problem: Problem | Matter) -> str:
    """The page of a problem."""
    return url_for("problems.problem", problem=problem.reference)


def lack_address(problem: Problem, stage: Stage, lack: Lack) -> str:
    """Where what is missing is said; "" where no form of its own asks for it."""
    if lack.field in _ON_PAGE:
        return f"{problem_address(problem)}#{lack.field}"
    form = _FORMS.get(stage)
    if form is None:
        return ""
    view, name = form
    values: dict[str, Any] = {name: problem.reference}
    return f"{url_for(view, **values)}#{lack.field}"


#: The form of each stage, and the name of the problem in its address.
_FORMS = {
    Stage.SCANNING: ("problems.scanning", "problem"),
    Stage.ANALYSIS: ("problems.analysis", "problem"),
    Stage.RESPONSE: ("problems.response", "problem"),
    Stage.ASSESSMENT: ("outcomes.assessment", "assessed"),
}
