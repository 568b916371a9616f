"""Problems of the furnished world that have come to their assessment, with incidents around them."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from sqlalchemy.orm import Session

from npt.categories.queries import category_coded
from npt.incidents.models import Incident
from npt.incidents.queries import month_number
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.matters.actions import open_matter
from npt.matters.rules import MatterKind
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.problems.models import Problem, ProblemAssessment, ProblemResponse, ProblemScore
from npt.problems.rules import Bearing, MeasureKind, Noticed, Outcome, Stage, Use, WasDone
from npt.work.actions import set_action
from npt.work.rules import ActionFacts, MatterStage, Owner, OwnerKind
from tests.pages.furnished_problems import GROUND

_DAYS = 92


def assess_problems(
    session: Session,
    team: Unit,
    neighbourhood: Unit,
    owner: Member,
    *,
    by: int,
    now: datetime,
    today: date,
    count: int,
) -> str:
    """`count` problems of the team at their assessment, with incidents before and after; one's reference."""
    stamp = Stamp(by, now - timedelta(days=2))
    before, after = today - timedelta(days=300), today - timedelta(days=100)
    _report(session, neighbourhood, before, 20 * count)
    _report(session, neighbourhood, after, 8 * count)
    _report(session, neighbourhood, today - timedelta(days=700), 1)
    made = [_assessed(session, team, owner, number, stamp, before, after) for number in range(count)]
    for each in made:
        _slipped(session, each, team, owner, stamp, today, count)
    session.flush()
    return made[0].reference


_NUMBER = count(1)


def _report(session: Session, unit: Unit, first: date, times: int) -> None:
    category = category_coded(session, "asb")
    assert category is not None, "categories are shipped"
    for number in range(times):
        day = first + timedelta(days=number % _DAYS)
        session.add(
            Incident(
                reference=f"{unit.code}-figure-{next(_NUMBER)}",
                happened_at=datetime.combine(day, time(21), UTC),
                on_date=day,
                month=month_number(Month.of(day)),
                category=category,
                lat=GROUND.lat + 100 * number,
                lng=GROUND.lng,
                unit=unit,
            )
        )


def _assessed(
    session: Session, team: Unit, owner: Member, number: int, stamp: Stamp, before: date, after: date
) -> Problem:
    category = category_coded(session, "asb")
    assert category is not None, "categories are shipped"
    matter = open_matter(
        session,
        kind=MatterKind.PROBLEM,
        title=f"Fires in bins {number}",
        unit=team,
        opened_on=before - timedelta(days=10),
    )
    problem = Problem(
        matter=matter,
        category=category,
        stage=Stage.ASSESSMENT,
        place="The precinct",
        lat=GROUND.lat,
        lng=GROUND.lng,
        noticed=Noticed.CALL,
        harmed="Shops",
        recorded_at=stamp.now,
        outcome=Outcome.REDUCED,
        bearing=Bearing.SHOWN,
        response=ProblemResponse(
            objective="Half as many",
            measure=MeasureKind.INCIDENTS,
            baseline_from=before,
            baseline_to=before + timedelta(days=_DAYS - 1),
            use=Use.CONTINUE,
            elsewhere_words="The next precinct",
        ),
        assessment=ProblemAssessment(
            was_done=WasDone.PARTLY,
            after_from=after,
            after_to=after + timedelta(days=_DAYS - 1),
            elsewhere_before=20,
            elsewhere_after=19,
            buffer_elsewhere_before=4,
            buffer_elsewhere_after=5,
            displacement="None was seen",
            cost_pence=25_000,
            cost_words="40 hours",
            lessons="Ask the shops first",
            is_involved=False,
        ),
        scores=[
            ProblemScore(
                scanning=4,
                analysis=3,
                response=4,
                assessment=2,
                words="Ask who raised it",
                scored_by_id=stamp.account_id,
                scored_at=stamp.now,
            )
        ],
    )
    problem.owner = Owner(OwnerKind.MEMBER, owner.id)
    session.add(problem)
    session.flush()
    return problem


def _slipped(
    session: Session, problem: Problem, team: Unit, owner: Member, stamp: Stamp, today: date, count: int
) -> None:
    for number in range(count):
        facts = ActionFacts(
            f"Move the bins {number}",
            Owner(OwnerKind.MEMBER, owner.id),
            today - timedelta(days=5),
            stage=MatterStage.RESPONSE,
        )
        set_action(
            session,
            stamp=stamp,
            today=today,
            unit=team,
            facts=facts,
            matter=problem.matter,
            may_be_past=True,
        )
