"""What is said of a problem while scanning, analysing and responding."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from npt.categories.models import Category
from npt.categories.rules import check_open
from npt.kit.clock import day_in_words, local_day
from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.places.rules import BadPoint, Point
from npt.problems.actions.described import checked_words
from npt.problems.actions.holding import hold_problem
from npt.problems.models import (
    Problem,
    ProblemAnalysis,
    ProblemAssessment,
    ProblemHypothesis,
    ProblemResponse,
    ProblemScanning,
    ProblemSource,
)
from npt.problems.models.stages import Involved
from npt.problems.queries import point_meant
from npt.problems.rules import (
    LONGEST_SENTENCE,
    LONGEST_TEXT,
    LONGEST_WORDS,
    BadWindows,
    Bearing,
    Hypothesis,
    Involvement,
    MeasureKind,
    Noticed,
    PlaceKind,
    Source,
    StageRefused,
    Triangle,
    Use,
    noticed_by_default,
    window_of,
    words_of,
)
from npt.store.constraints import refusing
from npt.store.versions import check_version

Row = TypeVar("Row", ProblemSource, ProblemHypothesis)


class BadComparison(Refusal):
    """A problem was to be compared with the unit that has it."""


@dataclass(frozen=True, slots=True)
class ScanningFacts:
    """What is said while scanning. `point` None: to be found in what is said of the place."""

    title: str
    category: Category
    place: str
    point: Point | None
    radius: int
    noticed: Noticed
    harmed: str
    sources: Sequence[Source]
    one_source_reason: str | None
    why_this_one: str | None
    involvement: Involvement
    place_kind: PlaceKind | None = None


@dataclass(frozen=True, slots=True)
class AnalysisFacts:
    """What the analysis has found."""

    triangle: Triangle
    hypotheses: Sequence[Hypothesis]
    tried_before: str | None
    has_seen_similar: bool
    involvement: Involvement


@dataclass(frozen=True, slots=True)
class ResponseFacts:
    """What is to be reached. The days that made somebody notice it have a default where they are None."""

    objective: str | None
    measure: MeasureKind | None
    measure_words: str | None
    noticed_from: date | None
    noticed_to: date | None
    baseline_from: date | None
    baseline_to: date | None
    baseline_count: int | None
    use: Use | None
    elsewhere_unit: Unit | None
    elsewhere_words: str | None
    involvement: Involvement


def say_scanning(
    session: Session, problem: Problem, *, facts: ScanningFacts, stamp: Stamp, expected_version: int
) -> None:
    """Say what the problem is and why it is one. StaleRecord, BadProblemText, BadPoint, CategoryClosed."""
    hold_problem(session, problem)
    said = problem.scanning or ProblemScanning(version=0)
    check_version(said, expected_version)
    today = local_day(stamp.now)
    if facts.category.id != problem.category_id:
        check_open(facts.category.name, facts.category.closed_on, today)
    title, place, problem.harmed = checked_words(facts)
    point = facts.point
    if point is None:
        point = _found(session, problem, place, today)
    problem.matter.title, problem.place, problem.category = title, place, facts.category
    problem.lat, problem.lng = (None, None) if point is None else (point.lat, point.lng)
    problem.radius, problem.noticed = facts.radius, facts.noticed
    problem.place_kind = facts.place_kind
    problem.sources = _rows(problem.sources, ProblemSource, facts.sources)
    said.one_source_reason = words_of(facts.one_source_reason, LONGEST_WORDS, "one_source_reason")
    said.why_this_one = words_of(facts.why_this_one, LONGEST_TEXT, "why_this_one")
    tell_involved(said, facts.involvement)
    problem.scanning = said
    send_said(session, said, "why_this_one")


def _found(session: Session, problem: Problem, place: str, today: date) -> Point | None:
    try:
        return point_meant(session, place, problem.matter.unit, as_at=today)
    except BadPoint as refusal:
        raise BadPoint(refusal.message, field="place") from refusal


def say_analysis(
    session: Session, problem: Problem, *, facts: AnalysisFacts, stamp: Stamp, expected_version: int
) -> None:
    """Say what the analysis has found. StaleRecord, BadProblemText."""
    hold_problem(session, problem)
    said = problem.analysis or ProblemAnalysis(version=0)
    check_version(said, expected_version)
    for name in facts.triangle.__dataclass_fields__:
        setattr(said, name, words_of(getattr(facts.triangle, name), LONGEST_TEXT, name))
    said.tried_before = words_of(facts.tried_before, LONGEST_TEXT, "tried_before")
    if not facts.has_seen_similar:
        said.similar_seen_on = None
    elif said.similar_seen_on is None:
        said.similar_seen_on = local_day(stamp.now)
    problem.hypotheses = _rows(problem.hypotheses, ProblemHypothesis, facts.hypotheses)
    tell_involved(said, facts.involvement)
    problem.analysis = said
    send_said(session, said, "tried_before")


def say_response(
    session: Session, problem: Problem, *, facts: ResponseFacts, stamp: Stamp, expected_version: int
) -> None:
    """Say what is to be reached, and how one will know.

    StaleRecord, StageRefused for a problem that was closed with its figures, BadProblemText, BadWindows,
    BadComparison.
    """
    hold_problem(session, problem)
    said = problem.response or ProblemResponse(version=0)
    check_version(said, expected_version)
    if not problem.stage.is_open and problem.assessment is not None:
        # Its figures are kept as they were on that day.
        raise StageRefused("It is closed: change its stage first, and say why it is opened again.")
    noticed = (facts.noticed_from, facts.noticed_to)
    if noticed == (None, None):
        noticed = noticed_by_default(problem.raised_on)
    _check_windows(noticed, facts, local_day(stamp.now))
    _check_after(problem.assessment, facts)
    if facts.elsewhere_unit is not None and facts.elsewhere_unit.id == problem.matter.unit_id:
        raise BadComparison(
            "That is the unit that has the problem: compare it with another one.", field="elsewhere_unit"
        )
    before = (said.measure, said.baseline, said.baseline_count)
    said.objective = words_of(facts.objective, LONGEST_WORDS, "objective")
    said.measure, said.use = facts.measure, facts.use
    said.measure_words = words_of(facts.measure_words, LONGEST_SENTENCE, "measure_words")
    said.noticed_from, said.noticed_to = noticed
    said.baseline_from, said.baseline_to = facts.baseline_from, facts.baseline_to
    said.baseline_count = None if facts.measure is MeasureKind.INCIDENTS else facts.baseline_count
    said.elsewhere_unit = facts.elsewhere_unit
    said.elsewhere_words = words_of(facts.elsewhere_words, LONGEST_SENTENCE, "elsewhere_words")
    tell_involved(said, facts.involvement)
    problem.response = said
    if problem.bearing is Bearing.SHOWN and before != (said.measure, said.baseline, said.baseline_count):
        # Other figures have not borne it yet: it is judged again with its assessment, and when it is closed.
        problem.bearing = Bearing.NOT_SHOWN
    send_said(session, said, "objective")


def _check_windows(noticed: tuple[date | None, date | None], facts: ResponseFacts, today: date) -> None:
    baseline = (facts.baseline_from, facts.baseline_to)
    for field, (first, last) in (("noticed", noticed), ("baseline", baseline)):
        check_day(first, f"{field}_from")
        check_day(last, f"{field}_to")
        if (first is None) != (last is None):
            raise BadWindows(
                "Give the first day and the last.", field=f"{field}_{'from' if first is None else 'to'}"
            )
        if first is not None and last is not None and last < first:
            raise BadWindows("Give a last day that is the first day or later.", field=f"{field}_to")
        if last is not None and last > today:
            raise BadWindows(
                "Those days have not all gone by: give a last day up to today.", field=f"{field}_to"
            )
    if None in (*noticed, *baseline):
        return
    if not (baseline[1] < noticed[0] or baseline[0] > noticed[1]):  # type: ignore[operator]  # none is None
        raise BadWindows(
            "The days before must leave out those that made somebody notice the problem: a peak is followed"
            " by fewer, whatever is done.",
            field="baseline_from",
        )


def _check_after(said: ProblemAssessment | None, facts: ResponseFacts) -> None:
    """Refuse (BadWindows) days before that are among the days after, which may be said already."""
    after = None if said is None else said.after
    before = window_of(facts.baseline_from, facts.baseline_to)
    if after is None or before is None:
        return
    if before.last >= after.first:
        raise BadWindows(
            f"The days after begin on {day_in_words(after.first)}, on the assessment: give days that end"
            " before that, or change the assessment first.",
            field="baseline_to",
        )


def _rows(kept: Sequence[Row], model: type[Row], wanted: Sequence[Source | Hypothesis]) -> list[Row]:
    """The rows that say what is wanted, in its order; those that are there are taken first."""
    rows = list(kept[: len(wanted)])
    rows.extend(model() for _ in wanted[len(kept) :])
    for row, each in zip(rows, wanted, strict=True):
        for name, said in asdict(each).items():
            setattr(row, name, said)
    return rows


def tell_involved(said: Involved, involvement: Involvement) -> None:
    """Say what part the community had. BadProblemText."""
    said.is_involved = involvement.is_involved
    said.involved_how = words_of(involvement.how, LONGEST_WORDS, "involved_how")


Said = ProblemScanning | ProblemAnalysis | ProblemResponse | ProblemAssessment


def send_said(session: Session, said: Said, field: str) -> None:
    """Send what was said; it gets its next version also where only its rows have changed."""
    if said.version:
        flag_modified(said, field)
    with refusing(session):
        session.flush()
