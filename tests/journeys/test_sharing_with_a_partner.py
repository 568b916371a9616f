"""Sharing, whole: a sergeant shares a document, the council’s partner reads it, and it is withdrawn."""

from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.attachments.actions import receive
from npt.documents.actions import Facts, file_document
from npt.documents.rules import DocumentKind
from npt.kit.clock import local_midnight
from npt.kit.stamps import Stamp
from tests import make
from tests.journeys.hands import Hands
from tests.windows import PHONE, OpenPage

TODAY = date(2026, 11, 16)


@pytest.fixture
def today() -> date:
    """A Monday."""
    return TODAY


@pytest.fixture(autouse=True)
def plan(session: Session) -> None:
    """A team with a sergeant and a plan; a council for which somebody acts."""
    bcu = make.bcu(session, under=make.force(session, code="F"), code="N")
    team = make.team(session, under=make.area(session, under=bcu), code="N11")
    sergeant = make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example")
    partner = make.account(session, role=Role.PARTNER, unit=bcu, email="partner@council.example")
    make.partner(session, partner, agency=make.agency(session, code="COUNCIL"))
    file_document(
        session,
        stamp=Stamp(sergeant.id, local_midnight(TODAY)),
        unit=team,
        facts=Facts(
            "Plan for the market",
            DocumentKind.PLAN,
            "Who patrols when.",
            TODAY,
            None,
            None,
            None,
            reaches_down=False,
        ),
        file=receive("plan.txt", b"Meet at nine.", scanner=None),
    )
    session.commit()


def test_a_summary_is_shared_seen_and_withdrawn(open_page: OpenPage) -> None:
    desk, phone = open_page(), open_page(PHONE)
    sergeant, partner = Hands(desk), Hands(phone)
    sergeant.sign_in("sergeant@force.example")
    partner.sign_in("partner@council.example")
    expect(phone.get_by_text("Nothing is shared yet")).to_be_visible()

    desk.goto("/units/N11/documents")
    sergeant.press("Plan for the market")
    sergeant.press("Share with a partner, or see")
    sergeant.press("Share with a partner")
    desk.get_by_label("Agency").select_option(label="Agency COUNCIL (COUNCIL)")
    sergeant.tick("Summary")
    desk.get_by_label("What it is shared for").fill("Wardens patrol too")
    desk.get_by_label("Legal basis").select_option("crime-and-disorder")
    for part, typed in (("Day", "30"), ("Month", "11"), ("Year", "2026")):
        desk.get_by_label(part, exact=True).fill(typed)
    sergeant.press("Share")
    expect(desk.get_by_text("is shared with Agency COUNCIL until 30 November 2026")).to_be_visible()

    phone.goto("/")
    partner.press("Plan for the market")
    expect(phone.get_by_text("Who patrols when.")).to_be_visible()
    expect(phone.get_by_role("link", name="Download")).to_have_count(0)

    sergeant.press("Extend")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Extend the share with Agency COUNCIL")
    sergeant.press("Cancel")
    desk.get_by_text("Withdraw from Agency COUNCIL", exact=True).click()
    desk.get_by_role("button", name="Withdraw", exact=True).click()
    expect(desk.get_by_text("The share with Agency COUNCIL is withdrawn")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Page not found")
