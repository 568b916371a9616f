"""The main job, whole: a sergeant records who was taken off duty, the manager sees it at once."""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import update
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import SignInSession
from npt.people.rules import PolicingRole
from tests import make
from tests.journeys.hands import Hands
from tests.windows import DESK, PHONE, OpenPage

MEMBERS = ("Ada Marlow", "Ben Okoro", "Cai Lindqvist")


#: The codes of the units of the patch.
BCU, AREA, TEAM = "N", "N1", "N11"


@pytest.fixture(autouse=True)
def patch(session: Session) -> None:
    """A team of three constables on an early shift today, and a quiet yesterday."""
    bcu = make.bcu(session, code=BCU)
    team = make.team(session, under=make.area(session, under=bcu, code=AREA), code=TEAM)
    for name in MEMBERS:
        member = make.member(session, name=name, role=PolicingRole.CONSTABLE, team=team)
        make.shift(session, member=member, starts="2026-11-16T08:00", ends="2026-11-16T18:00")
        make.shift(session, member=member, starts="2026-11-15T08:00", ends="2026-11-15T18:00")
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example", name="Sam Sergeant")
    make.account(session, role=Role.MANAGER, unit=bcu, email="manager@force.example", name="Max Manager")
    session.commit()


def test_a_sergeant_records_three_members_in_six_interactions_with_the_headroom_shown_before(
    page: Page,
) -> None:
    hands = Hands(page)
    hands.sign_in("sergeant@force.example")
    hands.press("Record time away")
    hands.tick("Whole team")
    hands.tick("Response to incidents")
    expect(page.locator("[data-npt-effect]")).to_contain_text("takes 30 h")
    hands.press("Record")
    assert hands.interactions <= 6
    expect(page.get_by_role("alert")).to_contain_text("Headroom in November 2026")
    expect(
        page.get_by_role("list").filter(has_text="recorded for Ada Marlow, Ben Okoro and Cai Lindqvist").first
    ).to_be_visible()


def test_one_abstraction_takes_a_sergeant_four_interactions_and_a_change_of_reason_none_more(
    page: Page,
) -> None:
    hands = Hands(page)
    hands.sign_in("sergeant@force.example")
    hands.press("Record time away")
    page.get_by_role("checkbox", name="Ada Marlow").check()
    hands.tick("Custody")
    hands.press("Record")
    assert hands.interactions + 1 <= 4
    expect(page.get_by_role("alert")).to_contain_text("Headroom in November 2026")


def test_a_quiet_day_is_confirmed_by_one_press_from_the_start_page(page: Page) -> None:
    hands = Hands(page)
    hands.sign_in("sergeant@force.example")
    hands.press("Confirm")
    assert hands.interactions == 1
    expect(page.get_by_role("alert")).to_contain_text("Confirmed: Sunday 15 November 2026")
    expect(page.get_by_text("Every day of the last two weeks is confirmed.")).to_be_visible()


def test_the_manager_sees_it_in_the_month_at_once_and_its_figure_opens_those_three_records(
    open_page: OpenPage,
) -> None:
    sergeant = Hands(open_page())
    sergeant.sign_in("sergeant@force.example")
    sergeant.press("Record time away")
    sergeant.tick("Whole team")
    sergeant.tick("Response to incidents")
    sergeant.press("Record")
    expect(sergeant.page.get_by_role("alert")).to_contain_text("Headroom")

    manager = open_page()
    Hands(manager).sign_in("manager@force.example")
    manager.goto(f"/units/{BCU}/months/2026-11")
    figure = manager.locator(".npt-figure", has_text="Officers")
    expect(figure).to_contain_text("50.0%")
    expect(figure).to_contain_text("over 20%")
    expect(figure).to_contain_text("30 h away of 60 h on duty")
    figure.get_by_role("link", name="See the records").click()
    for name in MEMBERS:
        expect(manager.get_by_role("table").last).to_contain_text(name)
    expect(manager.get_by_role("table").last.locator("tbody tr", has_text="Response")).to_have_count(3)


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_the_same_is_done_on_a_phone_with_and_without_javascript(
    open_page: OpenPage, has_script: bool
) -> None:
    hands = Hands(open_page(PHONE, has_script=has_script))
    hands.sign_in("sergeant@force.example")
    hands.press("Record time away")
    hands.page.get_by_role("checkbox", name="Ben Okoro").check()
    hands.tick("Event")
    if not has_script:
        hands.press("Check the effect on the headroom")
        expect(hands.page.locator("[data-npt-effect]")).to_contain_text("10 h")
    hands.press("Record")
    expect(hands.page.get_by_role("alert")).to_contain_text("Headroom in November 2026")


def test_two_browsers_that_edit_the_same_day_lose_nothing(open_page: OpenPage) -> None:
    first, second = Hands(open_page()), Hands(open_page())
    for hands in (first, second):
        hands.sign_in("sergeant@force.example")
        hands.press("Record time away")
        hands.page.get_by_role("checkbox", name="Ada Marlow").check()
        hands.tick("Between two times:")
    for hands, reason, starts, ends in (
        (first, "Custody", "08:00", "10:00"),
        (second, "Event", "12:00", "14:00"),
    ):
        hands.tick(reason)
        hands.page.get_by_label("From", exact=True).fill(starts)
        hands.page.get_by_label("To", exact=True).fill(ends)
    first.press("Record")
    expect(first.page.get_by_role("alert")).to_contain_text("Headroom")
    second.press("Record")
    expect(second.page.get_by_text("Somebody else changed this day")).to_be_visible()
    expect(second.page.get_by_label("From", exact=True)).to_have_value("12:00")
    second.press("Record")
    expect(second.page.get_by_role("alert")).to_contain_text("Headroom")
    row = second.page.get_by_role("row", name="Ada Marlow")
    expect(row).to_contain_text("08:00 to 10:00 Custody")
    expect(row).to_contain_text("12:00 to 14:00 Event")


def test_what_was_typed_after_the_session_ended_is_back_once_the_same_person_signs_in(
    page: Page, session: Session
) -> None:
    hands = Hands(page)
    hands.sign_in("sergeant@force.example")
    hands.press("Record time away")
    hands.tick("Whole team")
    hands.tick("Custody")
    page.get_by_role("textbox", name="Note").fill("Relieved the custody suite at Greyfriars.")
    session.execute(update(SignInSession).values(expires_at=SignInSession.started_at))
    session.commit()
    hands.press("Record")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("Email address").fill("sergeant@force.example")
    page.get_by_label("Password", exact=True).fill(make.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Relieved the custody suite at Greyfriars.")).to_be_visible()
    hands.press("Save it now")
    expect(page.get_by_role("alert")).to_contain_text("Headroom in November 2026")


def test_the_whole_team_stays_ticked_where_the_script_comes_late(page: Page) -> None:
    hands, late = Hands(page), list[Route]()
    page.route("**/dist/duty.js", lambda route: late.append(route))
    hands.sign_in("sergeant@force.example")
    hands.press("Record time away")
    hands.tick("Whole team")
    late[0].continue_()
    expect(page.get_by_role("button", name="Record for 3 members")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Whole team")).to_be_checked()


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_button_is_in_view_beside_the_ticks_and_what_it_did_after_it(
    open_page: OpenPage, size: tuple[int, int], has_script: bool
) -> None:
    hands = Hands(open_page(size, has_script=has_script))
    page = hands.page
    hands.sign_in("sergeant@force.example")
    hands.press("Record time away")
    record = page.get_by_role("button", name=re.compile("^Record"))
    page.get_by_role("checkbox", name="Ben Okoro").check()
    expect(page.get_by_role("row", name="Ben Okoro")).to_be_in_viewport()
    expect(record).to_be_in_viewport(ratio=1)
    hands.tick("Event")
    expect(record).to_be_in_viewport(ratio=1)
    record.click()
    expect(page.get_by_role("row", name="Ben Okoro").get_by_text("Saved")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Undo").first).to_be_in_viewport()
    expect(page.get_by_role("alert")).to_contain_text("Event recorded for Ben Okoro, 08:00 to 18:00.")
