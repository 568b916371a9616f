"""A team with a ground, an officer and a sergeant who keep problems of it, for tests of problem records."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import Account
from npt.categories.models import Category
from npt.categories.queries import category_coded
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.phone.actions import Sending
from npt.problems.actions import (
    AnalysisFacts,
    ResponseFacts,
    ScanningFacts,
    StartFacts,
    move_problem,
    say_analysis,
    say_response,
    say_scanning,
    start_problem,
)
from npt.problems.models import Problem
from npt.problems.queries import problem_of
from npt.problems.rules import (
    Hypothesis,
    Involvement,
    MeasureKind,
    Noticed,
    Source,
    SourceKind,
    Stage,
    Triangle,
    Use,
)
from npt.work.actions import set_action
from npt.work.models import Action
from npt.work.rules import ActionFacts, MatterStage, Owner, OwnerKind
from tests import make

TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
INVOLVED = Involvement(True, "Shopkeepers told us the hours.")
ANALYSIS = AnalysisFacts(
    Triangle("Shoppers", "Wardens", "Riders", "Parents", "A car park", "Nobody"),
    [Hypothesis("The barrier stands open", "No lock", "Some walk")],
    "A dispersal order.",
    has_seen_similar=True,
    involvement=INVOLVED,
)
RESPONSE = ResponseFacts(
    objective="Half as many calls",
    measure=MeasureKind.COUNTS,
    measure_words="Calls",
    noticed_from=None,
    noticed_to=None,
    baseline_from=TODAY - timedelta(days=150),
    baseline_to=TODAY - timedelta(days=61),
    baseline_count=48,
    use=Use.CONTINUE,
    elsewhere_unit=None,
    elsewhere_words=None,
    involvement=INVOLVED,
)


@dataclass
class ProblemDesk:
    """Team T1 with neighbourhood N1, team T2 of the same force, an officer with a member, a sergeant."""

    session: Session
    team: Unit
    other: Unit
    neighbourhood: Unit
    ann: Member
    officer: Account
    sergeant: Account
    category: Category

    @property
    def stamp(self) -> Stamp:
        """The officer, now."""
        return Stamp(self.officer.id, NOW)

    def facts(self, **said: Any) -> StartFacts:
        """A problem of the team."""
        usual: dict[str, Any] = {
            "team": self.team,
            "title": "Mopeds race around the precinct",
            "category": self.category,
            "place": "The precinct",
            "noticed": Noticed.RESIDENT,
            "harmed": "Shoppers",
        }
        return StartFacts(**{**usual, **said})

    def start(self, *, sending: Sending | None = None, **said: Any) -> Problem:
        """Start a problem of the officer's."""
        facts = self.facts(**said)
        problem, _ = start_problem(
            self.session, facts=facts, sending=sending or Sending(self.stamp, self.ann)
        )
        return self.again(problem)

    def again(self, problem: Problem) -> Problem:
        """The problem as it is now, with all that is said of it."""
        found = problem_of(self.session, problem.matter_id)
        assert found is not None
        return found

    def scanning(self, problem: Problem) -> ScanningFacts:
        """All that scanning asks for."""
        return ScanningFacts(
            problem.title,
            problem.category,
            problem.place,
            problem.point,
            250,
            problem.noticed,
            problem.harmed,
            [Source(SourceKind.CALLS, "Fourteen calls"), Source(SourceKind.PATROL, "Seen on nine evenings")],
            None,
            "People name it first.",
            INVOLVED,
            problem.place_kind,
        )

    def scan(self, problem: Problem, **said: Any) -> None:
        """Say what scanning asks for."""
        version = 0 if problem.scanning is None else problem.scanning.version
        facts = replace(self.scanning(problem), **said)
        say_scanning(self.session, problem, facts=facts, stamp=self.stamp, expected_version=version)

    def analyse(self, problem: Problem, **said: Any) -> None:
        """Say what the analysis asks for."""
        version = 0 if problem.analysis is None else problem.analysis.version
        facts = replace(ANALYSIS, **said)
        say_analysis(self.session, problem, facts=facts, stamp=self.stamp, expected_version=version)

    def respond(self, problem: Problem, **said: Any) -> None:
        """Say what the response asks for."""
        version = 0 if problem.response is None else problem.response.version
        facts = replace(RESPONSE, **said)
        say_response(self.session, problem, facts=facts, stamp=self.stamp, expected_version=version)

    def act(self, problem: Problem, stage: MatterStage | None = MatterStage.RESPONSE) -> Action:
        """Set an action of the problem."""
        facts = ActionFacts(
            "Mend the barrier", Owner(OwnerKind.MEMBER, self.ann.id), TODAY + timedelta(days=7), stage=stage
        )
        return set_action(
            self.session,
            stamp=self.stamp,
            today=TODAY,
            unit=problem.matter.unit,
            facts=facts,
            matter=problem.matter,
        )

    def move(
        self, problem: Problem, stage: Stage, reason: str | None = None, version: int | None = None
    ) -> None:
        """Move the problem to a stage."""
        move_problem(
            self.session, problem, stamp=self.stamp, stage=stage, reason=reason, expected_version=version
        )


def problem_desk(session: Session) -> ProblemDesk:
    """The desk, in a database that has nothing but what is shipped."""
    force = make.force(session, code="F")
    area = make.area(session, under=make.bcu(session, under=force, code="C"), code="A1")
    team, other = make.team(session, under=area, code="T1"), make.team(session, under=area, code="T2")
    first = make.neighbourhood(session, under=team, code="N1")
    second = make.neighbourhood(session, under=other, code="N2")
    make.boundary(session, unit=first, south=52.0, west=-0.5)
    make.boundary(session, unit=second, south=52.0, west=-0.49)
    ann = make.member(session, name="Ann Bell", role=PolicingRole.CONSTABLE, team=team)
    officer = make.account(session, role=Role.OFFICER, unit=team, email="officer@f.example", member=ann)
    sergeant = make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@f.example")
    category = category_coded(session, "asb")
    assert category is not None
    session.flush()
    return ProblemDesk(session, team, other, first, ann, officer, sergeant, category)
