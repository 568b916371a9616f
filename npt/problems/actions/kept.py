"""Counts of incidents that a problem keeps from the day on which it is closed."""

from npt.problems.models import Problem

#: How the counts of two windows are called, by what they are of.
PAIRS = ("elsewhere", "buffer", "buffer_elsewhere")


def counted_pairs(problem: Problem) -> frozenset[str]:
    """Which of the counts of two windows are counted from the incidents, and entered by nobody."""
    response = problem.response
    if response is None or not response.is_counted:
        return frozenset()
    elsewhere = {"elsewhere"} if response.elsewhere_unit_id is not None else set()
    return frozenset(elsewhere | ({"buffer"} if problem.point is not None else set()))


def forget_kept(problem: Problem) -> None:
    """Let the figures of a problem that is opened again be counted anew, as long as it is open."""
    response, said = problem.response, problem.assessment
    if response is None or said is None or not response.is_counted:
        return
    response.baseline_count = said.after_count = None
    for name in counted_pairs(problem):
        setattr(said, f"{name}_before", None)
        setattr(said, f"{name}_after", None)
