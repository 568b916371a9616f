"""A sergeant reviews a problem, scores it and closes it; one who raised it agrees, another does not."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.kit.stamps import Stamp
from npt.outcomes.actions import AssessmentFacts, say_assessment
from npt.people.rules import PolicingRole
from npt.priorities.actions import agree
from npt.priorities.rules import AgreedHow
from npt.problems.actions.kept import PAIRS
from npt.problems.models import Problem
from npt.problems.queries import problem_of
from npt.problems.rules import Involvement, MeasureKind, Outcome, Stage, WasDone
from npt.work.rules import Owner, OwnerKind
from tests import make
from tests.journeys.hands import Hands
from tests.measured import AFTER, NOW, TODAY, problem
from tests.records.priority_desk import proposed
from tests.windows import DESK, OpenPage

SERGEANT, OFFICER = "sergeant@force.example", "officer@force.example"
SOLVED, NOT_SOLVED = "Racing on the green", "Noise at night"


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def assessed(session: Session) -> Problem:
    """A problem of an officer's at assessment, with nothing missing, behind two priorities."""
    session.expire_on_commit = False
    area = make.area(session, under=make.bcu(session, code="N"), code="N1")
    team = make.team(session, under=area, code="N11")
    ann = make.member(session, name="Ann Bell", role=PolicingRole.CONSTABLE, team=team)
    make.account(session, role=Role.OFFICER, unit=team, email=OFFICER, name="Ann Bell", member=ann)
    make.account(session, role=Role.SERGEANT, unit=team, email=SERGEANT, name="Sam Hill")
    owner = Owner(OwnerKind.MEMBER, ann.id)
    made = problem(session, team=team, owner=owner, stage=Stage.ASSESSMENT, measure=MeasureKind.COUNTS)
    stamp = Stamp(None, NOW)
    for title in (SOLVED, NOT_SOLVED):
        raised = proposed(session, team, title=title)
        how = AgreedHow.TEAM
        day = raised.raised_on
        agree(
            session, raised, agreed_on=day, agreed_how=how, lead=ann, problem=made, stamp=stamp, today=TODAY
        )
    made.response.baseline_count = 48  # type: ignore[union-attr]  # it has one
    facts = AssessmentFacts(
        was_done=WasDone.AS_PLANNED,
        was_done_how=None,
        after_from=AFTER.first,
        after_to=AFTER.last,
        after_count=20,
        not_measured_why=None,
        pairs=dict.fromkeys(PAIRS, (None, None)),
        displacement="None was seen",
        cost_pence=None,
        cost_words="40 hours",
        lessons="Ask the shops first",
        outcome=Outcome.REDUCED,
        involvement=Involvement(False),
    )
    found = problem_of(session, made.matter_id)
    assert found is not None
    version = 0 if found.assessment is None else found.assessment.version
    say_assessment(session, found, facts=facts, stamp=stamp, expected_version=version)
    session.commit()
    return found


def sign_off(page: Page, hands: Hands, title: str, answer: str, reason: str = "") -> None:
    """Close the priority from the page of its problem, and record what whoever raised it says by phone."""
    page.locator("li", has_text=title).get_by_role("link").first.click()
    hands.press("It is solved: close it")
    page.get_by_label("What was done?").fill("Barriers stand there now.")
    hands.press("Ask whether it is solved")
    hands.press("Record an answer or an attempt")
    page.get_by_label("Who was asked?").select_option(index=1)
    hands.tick(answer)
    page.get_by_label("How were they asked?").select_option(label="By phone")
    page.get_by_label("What is not solved?").fill(reason)
    hands.press("Record it")


def test_a_sergeant_scores_and_closes_and_what_is_refused_is_opened_again(
    open_page: OpenPage, assessed: Problem
) -> None:
    desk, address = open_page(DESK), f"/problems/{assessed.reference}"
    sergeant = Hands(desk)
    sergeant.sign_in(SERGEANT)
    desk.goto("/units/N11/problems?waits=scorer")
    sergeant.press("Mopeds race on the green")
    waits = desk.locator(".npt-waits")
    expect(waits).to_contain_text("A supervisor or an analyst: Score the record")
    sergeant.press("Score the record")
    for mark in ("4: two sources, who is harmed", "3: all three sides", "4: linked to causes"):
        sergeant.tick(mark)
    sergeant.tick("3: before and after in windows")
    sergeant.press("Save the score")
    expect(desk.get_by_text("Scored 20 of 30.")).to_be_visible()
    expect(waits).not_to_contain_text("Score the record")

    sergeant.press("Close the problem")
    expect(desk.get_by_text("What came of it will read: Fewer incidents")).to_be_visible()
    sergeant.press("Close the problem")
    sign_off(desk, sergeant, SOLVED, "They say that it is solved")
    expect(desk.get_by_text("Accepted by whoever raised it").first).to_be_visible()
    desk.goto(address)
    sign_off(desk, sergeant, NOT_SOLVED, "They say that it is not solved", "They race on Fridays.")
    expect(desk.get_by_text("Whoever raised it says that it is not solved")).to_be_visible()

    desk.goto(address)
    sergeant.press("Change the stage")
    sergeant.tick("Assessment")
    desk.get_by_label("Reason").fill("They race on Fridays.")
    sergeant.press("Change the stage")
    expect(desk.get_by_text("Now at assessment.")).to_be_visible()
    expect(desk.get_by_text("Dropped").first).to_be_visible()

    owner = Hands(open_page(DESK))
    owner.sign_in(OFFICER)
    owner.press("Priorities refused")
    owner.press(NOT_SOLVED)
    expect(owner.page.get_by_text("Not solved: They race on Fridays.")).to_be_visible()
