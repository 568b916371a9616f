"""An officer starts a problem on a phone without a signal, and works it up to its response."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.rules import PolicingRole
from tests import make
from tests.journeys.hands import Hands

ANN = "ann@force.example"
SIDES = (
    "Victim",
    "Guardian of the victim",
    "Offender",
    "Handler of the offender",
    "Location",
    "Manager of the location",
)


@pytest.fixture(autouse=True)
def patch(session: Session) -> None:
    """A team with a constable."""
    area = make.area(session, under=make.bcu(session, code="N"), code="N1")
    team = make.team(session, under=area, code="N11")
    make.neighbourhood(session, under=team, code="N111")
    member = make.member(session, name="Ann Bell", role=PolicingRole.CONSTABLE, team=team)
    make.account(session, role=Role.OFFICER, unit=team, email=ANN, name="Ann Bell", member=member)
    session.commit()


def test_a_problem_started_without_a_signal_is_worked_up_to_its_response(phone: Page) -> None:
    hands = Hands(phone)
    hands.sign_in(ANN)
    phone.goto("/problems/new")
    expect(phone.get_by_text("This form also works without a signal.")).to_be_visible()
    phone.context.set_offline(True)
    phone.goto("/problems/new")
    phone.get_by_label("What is the problem?").fill("Mopeds race around the precinct")
    phone.get_by_label("Category").select_option(label="Anti-social behaviour")
    phone.get_by_label("Where is it?").fill("Precinct car park")
    phone.get_by_label("How did it come to notice?").select_option(label="A resident told us")
    phone.get_by_label("Who is harmed?").fill("Shoppers")
    hands.press("Start the problem")
    expect(phone.locator(".npt-phone")).to_contain_text("Saved on this phone.")
    expect(phone.get_by_label("What is the problem?")).to_have_value("")
    phone.context.set_offline(False)
    expect(phone.locator(".npt-phone")).to_contain_text("1 entry sent.")

    phone.goto("/units/N11/problems")
    hands.press("Mopeds race around the precinct")
    expect(phone.locator(".npt-waits")).to_contain_text("Ann Bell: Give evidence that it keeps happening")
    phone.get_by_text("3 things missing before analysis").click()
    hands.press("Give evidence that it keeps happening.")
    phone.get_by_label("Source 1", exact=True).select_option(label="Calls")
    phone.get_by_label("What source 1 shows").fill("Fourteen calls in six weeks")
    phone.get_by_label("Source 2", exact=True).select_option(label="What patrols saw")
    phone.get_by_label("What source 2 shows").fill("Seen on nine evenings")
    phone.get_by_label("Why this problem, and not another?").fill("It is what people name first")
    phone.get_by_role("radio", name="No").check()
    hands.press("Save the scanning")
    hands.press("Move on to analysis")
    expect(phone.get_by_text("Now at analysis.")).to_be_visible()

    hands.press("Fill in the analysis")
    for side in SIDES:
        phone.get_by_label(side, exact=True).fill(f"Known of the {side.lower()}")
    phone.get_by_label("Hypothesis 1", exact=True).fill("The barrier stands open at night")
    phone.get_by_label("What supports hypothesis 1").fill("Nobody comes when it is shut")
    phone.get_by_label("What weakens hypothesis 1").fill("Some come on foot")
    phone.get_by_label("What was tried before").fill("A dispersal order, for a month")
    phone.get_by_label("I have looked at similar problems").check()
    phone.get_by_role("radio", name="Yes").check()
    phone.get_by_label("Who took part, and how?").fill("Two shopkeepers walked it with us")
    hands.press("Save the analysis")
    expect(phone.get_by_role("img", name="Problem analysis triangle")).to_be_visible()
    hands.press("Move on to response")
    expect(phone.locator(".npt-stages [aria-current]")).to_have_text("Response")
