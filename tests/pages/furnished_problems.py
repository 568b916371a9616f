"""Problems of the furnished world: one at its response with all that a record can hold, others beside it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from npt.access.rules import ShareLevel
from npt.attachments.actions import receive
from npt.categories.queries import category_coded
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.partners.actions import share_with_agency
from npt.partners.models import Agency
from npt.partners.queries import agency_coded
from npt.partners.rules import LegalBasis, ShareTerms
from npt.people.models import Member
from npt.phone.actions import Sending
from npt.places.rules import Point
from npt.problems.actions import (
    AnalysisFacts,
    KeyedFacts,
    ResponseFacts,
    ScanningFacts,
    StartFacts,
    add_evidence,
    keep_sensitive,
    key_in_problem,
    link_problem,
    move_problem,
    say_analysis,
    say_response,
    say_scanning,
    start_problem,
)
from npt.problems.models import LinkKind, Problem, ProblemScore
from npt.problems.rules import (
    Hypothesis,
    Involvement,
    MeasureKind,
    Noticed,
    Outcome,
    Source,
    SourceKind,
    Stage,
    Triangle,
    Use,
)
from npt.work.actions import set_action
from npt.work.rules import ActionFacts, MatterStage, Owner, OwnerKind
from tests.world import HomeForce

#: In the first neighbourhood of the home force.
GROUND = Point.of_degrees(52.005, -0.495)


class Kept(NamedTuple):
    """What addresses name: a problem of the team, and a file of it."""

    problem: str
    problem_id: int
    evidence_id: int


def record_problems(
    session: Session,
    force: HomeForce,
    team: Unit,
    owner: Member,
    *,
    by: int,
    now: datetime,
    today: date,
    count: int,
) -> Kept:
    """Problems of the team, `count` of each sort; the first is linked with the others and shared."""
    stamp = Stamp(by, now - timedelta(days=3))
    made = [_at_response(session, team, owner, number, stamp, today, count) for number in range(count)]
    first = made[0]
    for number in range(count):
        started, _ = start_problem(
            session,
            facts=_start(session, team, f"Litter on the green {number}"),
            sending=Sending(stamp, owner),
        )
        link_problem(session, first, other=started, kind=LinkKind.RELATED, stamp=stamp)
        _keyed(session, team, owner, stamp, today, number)
    terms = ShareTerms("To solve it together", LegalBasis.CRIME_AND_DISORDER, today + timedelta(days=10))
    for agency in _agencies(session, force, team):
        share_with_agency(
            session, matter=first.matter, agency=agency, level=ShareLevel.FULL, terms=terms, stamp=stamp
        )
    session.flush()
    return Kept(first.reference, first.id, first.evidence[0].id)


def _agencies(session: Session, force: HomeForce, team: Unit) -> Sequence[Agency]:
    """The council of the force, where the team is of the BCU in which the council works."""
    own = agency_coded(session, f"COUNCIL-{force.force.code[0]}")
    assert own is not None, "the world has a council for each force"
    return [own] if team.path.startswith(force.bcus[0].path) else []


def _start(session: Session, team: Unit, title: str) -> StartFacts:
    category = category_coded(session, "asb")
    assert category is not None, "categories are shipped"
    return StartFacts(team, title, category, "The precinct", Noticed.RESIDENT, "Shoppers")


def _keyed(session: Session, team: Unit, owner: Member, stamp: Stamp, today: date, number: int) -> None:
    facts = KeyedFacts(
        _start(session, team, f"Old problem {number}"),
        Owner(OwnerKind.MEMBER, owner.id),
        Stage.CLOSED,
        today - timedelta(days=400),
        today - timedelta(days=200),
        Outcome.REDUCED,
    )
    key_in_problem(session, facts=facts, stamp=stamp)


def _at_response(
    session: Session,
    team: Unit,
    owner: Member,
    number: int,
    stamp: Stamp,
    today: date,
    count: int,
) -> Problem:
    problem, _ = start_problem(
        session, facts=_start(session, team, f"Mopeds race {number}"), sending=Sending(stamp, owner)
    )
    _scan(session, problem, stamp, count)
    move_problem(session, problem, stamp=stamp, stage=Stage.ANALYSIS, reason=None, expected_version=None)
    _analyse(session, problem, stamp, count)
    move_problem(session, problem, stamp=stamp, stage=Stage.RESPONSE, reason=None, expected_version=None)
    _respond(session, problem, stamp, today)
    for each in range(count):
        content = f"{problem.reference} {each}".encode()
        file = receive("photo.txt", content, scanner=None)
        add_evidence(
            session, problem, stamp=stamp, stage=Stage.SCANNING, words=f"The barrier {each}", file=file
        )
        _act(session, problem, team, owner, each, stamp, today)
        session.add(
            ProblemScore(
                problem_id=problem.id,
                scanning=4,
                analysis=3,
                response=2,
                assessment=0,
                words="A good start",
                scored_by_id=stamp.by,
                scored_at=stamp.now,
            )
        )
    keep_sensitive(session, problem, people="J. from the flats", tactics="Plain clothes", expected_version=0)
    return problem


def _scan(session: Session, problem: Problem, stamp: Stamp, count: int) -> None:
    facts = ScanningFacts(
        problem.title,
        problem.category,
        problem.place,
        GROUND,
        250,
        problem.noticed,
        problem.harmed,
        [
            *[Source(SourceKind.CALLS, f"Calls {each}") for each in range(count)],
            Source(SourceKind.PATROL, "Seen on nine evenings"),
        ],
        None,
        "It is what people name first.",
        Involvement(True, "Shopkeepers told us the hours."),
    )
    say_scanning(session, problem, facts=facts, stamp=stamp, expected_version=1)


def _analyse(session: Session, problem: Problem, stamp: Stamp, count: int) -> None:
    facts = AnalysisFacts(
        Triangle("Shoppers", "Wardens", "Young riders", "Parents", "An open car park", "The owner"),
        [Hypothesis(f"The barrier stands open {each}", "No lock", "Some walk") for each in range(count)],
        "A dispersal order, for a month.",
        has_seen_similar=True,
        involvement=Involvement(False),
    )
    say_analysis(session, problem, facts=facts, stamp=stamp, expected_version=0)


def _respond(session: Session, problem: Problem, stamp: Stamp, today: date) -> None:
    facts = ResponseFacts(
        objective="Half as many calls within three months",
        measure=MeasureKind.COUNTS,
        measure_words="Calls about mopeds",
        noticed_from=None,
        noticed_to=None,
        baseline_from=today - timedelta(days=150),
        baseline_to=today - timedelta(days=61),
        baseline_count=48,
        use=Use.CONTINUE,
        elsewhere_unit=None,
        elsewhere_words="The precinct of the next town",
        involvement=Involvement(),
    )
    say_response(session, problem, facts=facts, stamp=stamp, expected_version=0)


def _act(
    session: Session, problem: Problem, team: Unit, owner: Member, number: int, stamp: Stamp, today: date
) -> None:
    facts = ActionFacts(
        f"Mend the barrier {number}",
        Owner(OwnerKind.MEMBER, owner.id),
        today + timedelta(days=number - 1),
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
