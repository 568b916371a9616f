"""Problems: how far they have come, how old they are, and whether the figures bear what came of them."""

from datetime import timedelta

from sqlalchemy import ColumnElement, func, select

from npt.kit.months import Month
from npt.matters.models import Matter
from npt.matters.rules import MatterKind
from npt.measures.queries.asked import Asked
from npt.measures.queries.months import Months
from npt.measures.queries.recorded import ONE, Counting, Part, Recorded, Rows, open_at_end, when
from npt.measures.rules import Behind, Better, CountedIn, Measure
from npt.organisation.models import Unit
from npt.problems.models import Problem, ProblemMove
from npt.problems.rules import Bearing, Stage
from npt.store.dated import lasting

#: Raised longer ago than this, an open problem is old. Ours.
OLD = timedelta(days=183)
_STAGES = {f"problems-{stage.value}": stage for stage in Stage if stage.is_open}
_OPEN, _OLD, _SHOWN = "problems", "problems-old", "outcomes-shown"
_OWNER = "the inspector of the area"
_ON_THE_DAY = "at the end of the month"

_BY_STAGE = (
    Measure(
        code=_OPEN,
        name="Open problems",
        definition=f"Problem records that were open {_ON_THE_DAY}.",
        counted_in=CountedIn.COUNT,
        better=Better.NEITHER,
        question="Are problems solved jointly, stage by stage?",
        owner=_OWNER,
    ),
    *(
        Measure(
            code=code,
            name=f"Problems in {stage.value}",
            definition=f"Problem records in {stage.value} {_ON_THE_DAY}.",
            counted_in=CountedIn.COUNT,
            better=Better.NEITHER,
            question="Are problems solved jointly, stage by stage?",
            owner=_OWNER,
        )
        for code, stage in _STAGES.items()
    ),
    Measure(
        code=_OLD,
        name="Problems open for longer than six months",
        definition=f"Problem records raised more than {OLD.days} days before, out of those that were open"
        f" {_ON_THE_DAY}.",
        counted_in=CountedIn.SHARE,
        better=Better.LOWER,
        question="Do problems come to an end?",
        owner=_OWNER,
    ),
)
_OUTCOMES = (
    Measure(
        code=_SHOWN,
        name="Outcomes that the figures show",
        definition="Problems that closed in the month with an outcome that their figures show, out of"
        " those that closed with an outcome that figures could show.",
        counted_in=CountedIn.SHARE,
        better=Better.HIGHER,
        question="Does problem solving make a difference that can be shown?",
        owner=_OWNER,
    ),
)


def _open(months: Months) -> Rows:
    """The problems that were open on the day."""
    asked = select().select_from(Problem).join(Matter, Matter.id == Problem.matter_id)
    asked = asked.join(Unit, Unit.id == Matter.unit_id)
    stage = _stage_on(months)
    return Rows(
        asked.join(months.table, open_at_end(Matter.opened_on, Matter.closed_on, months.day)).where(
            Matter.kind == MatterKind.PROBLEM, lasting(Matter.closed_on, months.earliest)
        ),
        Problem.id,
        {
            _OPEN: Counting(ONE),
            **{code: Counting(when(stage == each)) for code, each in _STAGES.items()},
            _OLD: Counting(when(Matter.opened_on < months.since), ONE),
        },
    )


def _stage_on(months: Months) -> ColumnElement[Stage]:
    """The stage on the day: that of the last move by then, or the one that the first move after it left."""
    of_problem = ProblemMove.problem_id == Problem.id
    last = select(ProblemMove.stage_after).where(of_problem, ProblemMove.at < months.end_at)
    first = select(ProblemMove.stage_before).where(of_problem, ProblemMove.at >= months.end_at)
    return func.coalesce(
        last.order_by(ProblemMove.at.desc(), ProblemMove.id.desc()).limit(1).scalar_subquery(),
        first.order_by(ProblemMove.at, ProblemMove.id).limit(1).scalar_subquery(),
        Problem.stage,
    )


def _closed(months: Months) -> Rows:
    """The problems that closed in the month with an outcome that figures could show."""
    asked = select().select_from(Problem).join(Matter, Matter.id == Problem.matter_id)
    asked = asked.join(Unit, Unit.id == Matter.unit_id)
    asked = asked.join(months.table, months.holds(Matter.closed_on))
    return Rows(
        asked.where(
            Matter.kind == MatterKind.PROBLEM, Problem.bearing.in_((Bearing.SHOWN, Bearing.NOT_SHOWN))
        ),
        Problem.id,
        {_SHOWN: Counting(when(Problem.bearing == Bearing.SHOWN), ONE)},
    )


def _list(code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
    if code == _SHOWN:
        return Behind("problems.problems", {"code": unit.code, "stage": Stage.CLOSED.value})
    values = {"age": "older"} if code == _OLD else {}
    if code in _STAGES:
        values["stage"] = _STAGES[code].value
    return Behind("problems.problems", {"code": unit.code, **values})


COUNTED = Recorded(
    (
        Part(
            _BY_STAGE,
            "problem",
            _open,
            _list,
            where_none={_OLD: "No problem was open on the day."},
            since=lambda day: day - OLD,
        ),
        Part(
            _OUTCOMES,
            "problem",
            _closed,
            _list,
            where_none={_SHOWN: "No problem closed in the month with an outcome that figures could show."},
        ),
    )
)
