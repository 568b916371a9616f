"""What the figures show of one problem: counted from incidents, entered, or kept since it was closed."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from npt.kit.statistics import Windows
from npt.outcomes.queries.figures import Ground, Seen, incidents_seen
from npt.outcomes.rules import CanShow, Figures, can_show, figures_of, is_same_ground
from npt.problems.models import Problem, ProblemAssessment, ProblemResponse
from npt.problems.rules import Window, noticed_by_default


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
    before = None if response is None else response.baseline
    after = None if assessment is None else assessment.after
    typed = _typed(response, assessment)
    if response is None or not response.is_counted:
        return Shown(False, before, after, typed, _figures(before, after, typed))
    ground = Ground.of(problem)
    unit = response.elsewhere_unit
    is_itself = unit is not None and is_same_ground(
        ground.path, unit.path, has_point=ground.circle is not None
    )
    path = None if unit is None or is_itself else unit.path
    a_year_before = None if after is None else after.year_before
    windows = [each for each in (before, after, a_year_before) if each is not None]
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
    counted_elsewhere = counted_around = None
    if before is not None and after is not None:
        counted_elsewhere = seen.elsewhere_in(before, after)
        counted_around = seen.around_in(before, after)
    return Counts(
        None if before is None else seen.count(before),
        None if after is None else seen.count(after),
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


#: So many days before are offered: a quarter, half a year, a year.
_OFFERED_DAYS = (92, 183, 365)


@dataclass(frozen=True, slots=True)
class Offer:
    """Days before that could be the baseline, on the problem's ground or on one twice as wide."""

    window: Window
    #: how far the ground reaches, in metres; None for a whole unit
    radius: int | None
    #: None where the imported files do not reach over these days
    shows: CanShow | None


def baselines_offered(session: Session, problem: Problem) -> list[Offer]:
    """What the incidents before the problem was noticed can show, by windows of several lengths.

    Three statements at most.
    """
    ground, response = Ground.of(problem), problem.response
    noticed = None if response is None else response.noticed_from
    last = (noticed or noticed_by_default(problem.raised_on)[0]) - timedelta(days=1)
    windows = [Window(last - timedelta(days=days - 1), last) for days in _OFFERED_DAYS]
    seen = incidents_seen(session, ground, windows)
    narrow = [_offer(window, ground.radius, seen.count(window)) for window in windows]
    if ground.radius is None:
        return narrow
    wide = [_offer(window, 2 * ground.radius, seen.count_wider(window)) for window in windows]
    return [*narrow, *wide]


def _offer(window: Window, radius: int | None, count: int | None) -> Offer:
    return Offer(window, radius, None if count is None else can_show(window.counted(count)))
