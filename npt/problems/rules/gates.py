"""What each stage of a problem record asks for before the next may be entered: the design's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from npt.problems.rules.outcomes import Outcome, WasDone
from npt.problems.rules.stages import MeasureKind, SourceKind, Use
from npt.problems.rules.windows import Counted


@dataclass(frozen=True, slots=True)
class Involvement:
    """Whether the community had a part in a stage, and how; None while nobody has said."""

    is_involved: bool | None = None
    how: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What one source says of a problem that recurs."""

    kind: SourceKind
    words: str


@dataclass(frozen=True, slots=True)
class Scanning:
    """What is said of a problem while scanning."""

    sentence: str
    place: str
    harmed: str
    sources: Sequence[Source] = ()
    one_source_reason: str | None = None
    why_this_one: str | None = None
    involvement: Involvement = Involvement()


@dataclass(frozen=True, slots=True)
class Triangle:
    """The problem analysis triangle: its three sides, each with whoever could hold it in check.

    "Nobody" is an answer; None is a side that nobody has looked at.
    """

    victim: str | None = None
    guardian: str | None = None
    offender: str | None = None
    handler: str | None = None
    location: str | None = None
    manager: str | None = None

    @property
    def open_sides(self) -> tuple[str, ...]:
        """The names of the sides that nobody has looked at."""
        return tuple(each.name for each in fields(self) if not getattr(self, each.name))


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Why the problem may be there, and what speaks for and against it."""

    words: str
    supports: str | None = None
    weakens: str | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the analysis has found."""

    triangle: Triangle = Triangle()
    hypotheses: Sequence[Hypothesis] = ()
    tried_before: str | None = None
    #: the day on which somebody looked at similar problems
    similar_seen_on: date | None = None
    involvement: Involvement = Involvement()


@dataclass(frozen=True, slots=True)
class Response:
    """What is to be reached, and how one will know."""

    objective: str | None = None
    measure: MeasureKind | None = None
    measure_words: str | None = None
    #: before the response, and without the days that made somebody notice
    baseline: Counted | None = None
    use: Use | None = None
    #: whether an area to compare with is named
    has_comparison: bool = False
    #: how many actions belong to the stage: each has an owner and a day
    actions: int = 0
    involvement: Involvement = Involvement()


@dataclass(frozen=True, slots=True)
class Assessment:
    """What came of it."""

    was_done: WasDone | None = None
    after: Counted | None = None
    not_measured_why: str | None = None
    displacement: str | None = None
    cost_words: str | None = None
    lessons: str | None = None
    outcome: Outcome | None = None
    involvement: Involvement = Involvement()


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that a stage asks for and that is not there."""

    #: the control in which it is said
    field: str
    #: what to do, at the start of a line
    words: str


def lacks_of(part: Scanning | Analysis | Response | Assessment) -> list[Lack]:
    """What is missing before the stage may be left, in the order in which its form asks."""
    told = _LACKS[type(part)](part)
    said = part.involvement
    told.append(
        (said.is_involved is None, "is_involved", "Say whether the community had a part in this stage.")
    )
    told.append(
        (
            bool(said.is_involved) and not said.how,
            "involved_how",
            "Say who from the community took part, and how.",
        )
    )
    return [Lack(field, words) for is_lacking, field, words in told if is_lacking]


_Told = list[tuple[bool, str, str]]


def _of_scanning(part: Scanning) -> _Told:
    kinds = {source.kind for source in part.sources}
    return [
        (not part.sentence, "title", "Say in one sentence what the problem is."),
        (not part.place, "place", "Say where it is."),
        (not part.harmed, "harmed", "Say who is harmed."),
        (not kinds, "sources", "Give evidence that it keeps happening."),
        (
            len(kinds) == 1 and not part.one_source_reason,
            "one_source_reason",
            "Give a second kind of source, or say why there is only one.",
        ),
        (not part.why_this_one, "why_this_one", "Say why this problem and not another."),
    ]


def _of_analysis(part: Analysis) -> _Told:
    tested = [each for each in part.hypotheses if each.supports and each.weakens]
    sides: _Told = [(True, side, f"Say what is known of the {side}.") for side in part.triangle.open_sides]
    return [
        *sides,
        (not part.hypotheses, "hypotheses", "Say why the problem may be there."),
        (
            bool(part.hypotheses) and not tested,
            "hypotheses",
            "Say what supports a hypothesis and what weakens it.",
        ),
        (not part.tried_before, "tried_before", "Say what was tried before."),
        (part.similar_seen_on is None, "similar", "Look at similar problems."),
    ]


def _of_response(part: Response) -> _Told:
    return [
        (not part.objective, "objective", "Say what is to be reached."),
        (part.measure is None, "measure", "Say what will tell whether it worked."),
        (
            part.measure is MeasureKind.COUNTS and not part.measure_words,
            "measure_words",
            "Say what you count.",
        ),
        (part.baseline is None, "baseline", "Give the count before the response, and for which days."),
        (part.use is None, "use", "Say what will be decided by the result."),
        (
            part.use is Use.USE_ELSEWHERE and not part.has_comparison,
            "elsewhere",
            "Name an area to compare with: without one nobody can say whether to use it elsewhere.",
        ),
        (not part.actions, "actions", "Set at least one action, with its owner and a day."),
    ]


def _of_assessment(part: Assessment) -> _Told:
    return [
        (part.was_done is None, "was_done", "Say whether what was planned was done."),
        (
            part.after is None and not part.not_measured_why,
            "after",
            "Give the count after the response, or say why there is none.",
        ),
        (not part.displacement, "displacement", "Say whether the problem moved elsewhere."),
        (not part.cost_words, "cost_words", "Say what it cost, also in hours."),
        (not part.lessons, "lessons", "Say what others can learn from it."),
        (part.outcome is None, "outcome", "Say what came of it."),
    ]


_LACKS: dict[type, Callable[[Any], _Told]] = {
    Scanning: _of_scanning,
    Analysis: _of_analysis,
    Response: _of_response,
    Assessment: _of_assessment,
}
