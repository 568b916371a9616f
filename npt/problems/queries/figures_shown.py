"""What the figures show of one problem: counted from incidents, entered, or kept since it was closed."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from npt.kit.statistics import Windows
from npt.problems.models import Problem, ProblemAssessment, ProblemResponse
from npt.problems.queries.figures import Ground, Seen, incidents_seen
from npt.problems.rules import Figures, MeasureKind, Window, figures_of, is_same_ground


@dataclass(frozen=True)
class Counts:
    """Counts in the two windows, here, elsewhere and around; None for what is not known."""

    before: int | None = None
    after: int | None = None
    elsewhere: Windows | None = None
    around: Windows | None = None
    around_elsewhere: Windows | None = None


@dataclass(frozen=True)
class Shown:
    """What the figures show of a problem."""

    #: whether the incidents are counted; else somebody enters the counts
    is_counted: bool
    before: Window | None
    after: Window | None
    counts: Counts
    #: as counted now, or entered; None while one of the two windows or counts is missing
    figures: Figures | None
    #: as they were when the problem was closed; None where they are entered, or it is open
    kept: Figures | None = None
    #: the days after, against the same days a year before; None where that is not known
    season: Figures | None = None
    #: whether the area to compare with is the problem's own ground
    is_itself: bool = False
    seen: Seen | None = None

    @property
    def standing(self) -> Figures | None:
        """The figures that an outcome is judged by: those kept, where it was closed with them."""
        return self.kept or self.figures

    @property
    def is_otherwise_now(self) -> bool:
        """Whether the incidents, counted again, give other counts than those kept."""
        if self.kept is None or self.figures is None:
            return False
        return self.kept != self.figures


def shown_of(session: Session, problem: Problem) -> Shown:
    """What the figures show of a problem that is loaded with its response and its assessment.

    Where its measure is incidents, three statements; else none.
    """
    response, assessment = problem.response, problem.assessment
    before, after = _baseline(response), _after(assessment)
    typed = _typed(response, assessment)
    if response is None or response.measure is not MeasureKind.INCIDENTS:
        return Shown(False, before, after, typed, _figures(before, after, typed))
    ground = Ground.of(problem)
    unit = response.elsewhere_unit
    is_itself = unit is not None and is_same_ground(
        ground.path, unit.path, has_point=ground.circle is not None
    )
    path = None if unit is None or is_itself else unit.path
    windows = [each for each in (before, after, after and after.year_before) if each is not None]
    seen = incidents_seen(session, ground, windows, elsewhere=path)
    counts = _counted(seen, before, after, typed)
    return Shown(
        True,
        before,
        after,
        counts,
        _figures(before, after, counts),
        None if problem.stage.is_open else _figures(before, after, typed),
        _season(seen, after),
        is_itself,
        seen,
    )


def _baseline(response: ProblemResponse | None) -> Window | None:
    if response is None or response.baseline_from is None or response.baseline_to is None:
        return None
    return Window(response.baseline_from, response.baseline_to)


def _after(assessment: ProblemAssessment | None) -> Window | None:
    if assessment is None or assessment.after_from is None or assessment.after_to is None:
        return None
    return Window(assessment.after_from, assessment.after_to)


def _typed(response: ProblemResponse | None, said: ProblemAssessment | None) -> Counts:
    """What stands in the records: entered by somebody, or kept when the problem was closed."""
    before = None if response is None else response.baseline_count
    if said is None:
        return Counts(before)
    return Counts(
        before,
        said.after_count,
        _both(said.elsewhere_before, said.elsewhere_after),
        _both(said.buffer_before, said.buffer_after),
        _both(said.buffer_elsewhere_before, said.buffer_elsewhere_after),
    )


def _both(before: int | None, after: int | None) -> Windows | None:
    return None if before is None or after is None else Windows(before, after)


def _counted(seen: Seen, before: Window | None, after: Window | None, typed: Counts) -> Counts:
    """What is counted from the incidents; what cannot be is what somebody entered."""
    both = None if before is None or after is None else (before, after)
    counted_elsewhere = both and seen.elsewhere_in(*both)
    counted_around = both and seen.around_in(*both)
    return Counts(
        before and seen.count(before),
        after and seen.count(after),
        typed.elsewhere if seen.elsewhere is None else counted_elsewhere,
        typed.around if seen.around is None else counted_around,
        typed.around_elsewhere,
    )


def _figures(before: Window | None, after: Window | None, counts: Counts) -> Figures | None:
    if before is None or after is None or counts.before is None or counts.after is None:
        return None
    return figures_of(
        before.counted(counts.before),
        after.counted(counts.after),
        elsewhere=counts.elsewhere,
        around=counts.around,
        around_elsewhere=counts.around_elsewhere,
    )


def _season(seen: Seen, after: Window | None) -> Figures | None:
    if after is None or after.overlaps(after.year_before):
        return None
    counts = seen.count(after.year_before), seen.count(after)
    if counts[0] is None or counts[1] is None:
        return None
    return figures_of(after.year_before.counted(counts[0]), after.counted(counts[1]))
