"""Problems with incidents around them, made for tests of what the figures show."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.categories.models import Category
from npt.incidents.models import Incident
from npt.incidents.queries import month_number
from npt.kit.months import Month
from npt.matters.rules import MatterKind
from npt.organisation.models import Unit
from npt.places.rules import UNIT, Point
from npt.problems.models import Problem, ProblemAssessment, ProblemResponse
from npt.problems.rules import MeasureKind, Noticed, Stage, Use, Window
from npt.work.rules import Owner
from tests import make

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
BEFORE = Window(date(2026, 3, 1), date(2026, 5, 31))
AFTER = Window(date(2026, 8, 1), date(2026, 10, 31))
#: in the middle of the boundary of `make.boundary`
MIDDLE = Point(52 * UNIT + UNIT // 200, -UNIT // 2 + UNIT // 200)
_NUMBER = count(1)


def category(session: Session, code: str = "asb") -> Category:
    """A category that is shipped."""
    return session.scalars(select(Category).where(Category.code == code)).one()


def incident(
    session: Session,
    unit: Unit,
    day: date,
    *,
    metres_north: int = 0,
    of: str = "asb",
    has_point: bool = True,
    times: int = 1,
    point: Point | None = None,
) -> None:
    """Incidents of a day, at a point, or so many metres north of the middle."""
    if point is None and has_point:
        point = Point(MIDDLE.lat + round(metres_north * UNIT / 111_195), MIDDLE.lng)
    for _ in range(times):
        session.add(
            Incident(
                reference=f"m{next(_NUMBER)}",
                happened_at=datetime.combine(day, time(12), UTC),
                on_date=day,
                month=month_number(Month.of(day)),
                category=category(session, of),
                lat=point and point.lat,
                lng=point and point.lng,
                unit=unit,
            )
        )
    session.flush()


def reached(session: Session, unit: Unit, *, first: date = date(2025, 1, 1), last: date = TODAY) -> None:
    """Let the imported files reach from one day to another, by incidents of another category."""
    for day in (first, last):
        incident(session, unit, day, of="litter", has_point=False)


def spread(session: Session, unit: Unit, window: Window, count: int, **where: int | str | bool) -> None:
    """So many incidents, spread over a window."""
    for number in range(count):
        day = window.first + timedelta(days=number * window.days // max(count, 1))
        incident(session, unit, day, **where)  # type: ignore[arg-type]  # the keywords of incident


def problem(
    session: Session,
    *,
    team: Unit,
    owner: Owner,
    stage: Stage = Stage.RESPONSE,
    point: Point | None = MIDDLE,
    measure: MeasureKind = MeasureKind.INCIDENTS,
    elsewhere: Unit | None = None,
    after: Window | None = AFTER,
) -> Problem:
    """A problem of a team, with a baseline and, unless `after` is None, days after."""
    made = Problem(
        matter=make.matter(session, unit=team, kind=MatterKind.PROBLEM, title="Mopeds race on the green"),
        category=category(session),
        stage=stage,
        place="The green",
        lat=point and point.lat,
        lng=point and point.lng,
        radius=250,
        noticed=Noticed.RESIDENT,
        harmed="Those who live there",
        recorded_at=NOW,
    )
    made.matter.opened_on = date(2026, 7, 1)
    made.owner = owner
    made.response = ProblemResponse(
        measure=measure,
        measure_words=None if measure is MeasureKind.INCIDENTS else "Complaints to the council",
        baseline_from=BEFORE.first,
        baseline_to=BEFORE.last,
        use=Use.CONTINUE,
        elsewhere_unit=elsewhere,
    )
    made.assessment = (
        None if after is None else ProblemAssessment(after_from=after.first, after_to=after.last)
    )
    session.add(made)
    session.flush()
    return made
