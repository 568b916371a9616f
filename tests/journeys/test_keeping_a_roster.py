"""A month's roster as a sergeant keeps it, and what a PCSO sees of it on the phone."""

import re
from datetime import date, time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.rules import PolicingRole
from npt.rostering.actions import WantedCover, set_cover
from npt.rostering.rules import CoverRole
from npt.shifts.actions import add_pattern
from npt.shifts.rules import PatternDay
from tests import make
from tests.journeys.hands import Hands
from tests.windows import PHONE, OpenPage

PCSOS = ("Ada Marlow", "Ben Okoro", "Cai Lindqvist")


@pytest.fixture(autouse=True)
def patch(session: Session) -> None:
    """A team of three PCSOs without a roster, a pattern of lates, and two PCSOs wanted on every evening."""
    team = make.team(session, code="N11")
    for name in PCSOS:
        member = make.member(session, name=name, role=PolicingRole.PCSO, team=team)
        if name == PCSOS[0]:
            make.account(session, role=Role.PCSO, unit=team, email="pcso@force.example", member=member)
    late = PatternDay(time(14), time(22))
    add_pattern(session, unit=team, name="Lates all week", cycle=[late])
    wanted = WantedCover(CoverRole.PCSO, range(7), time(18), time(22), 2, date(2026, 11, 1), None)
    set_cover(session, unit=team, wanted=wanted)
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example", name="Sam Sergeant")
    session.commit()


def lay_december(hands: Hands) -> None:
    """Lay the pattern over December for the whole team, from the page of the patterns."""
    page = hands.page
    page.goto("/teams/N11/patterns")
    hands.press("Assign")
    hands.tick("Everyone below")
    for name, day in (("first", ("1", "12", "2026")), ("last", ("31", "12", "2026"))):
        for part, typed in zip(("day", "month", "year"), day, strict=True):
            page.locator(f"#{name}-{part}").fill(typed)
    page.get_by_role("button", name=re.compile("Save|Assign|Roster")).last.click()
    expect(page.get_by_role("alert")).to_contain_text("93")


def test_a_sergeant_lays_a_month_changes_a_block_sees_the_gap_takes_it_back_and_prints(
    page: Page, session: Session
) -> None:
    hands = Hands(page)
    hands.sign_in("sergeant@force.example")
    lay_december(hands)

    # Two of three on leave over Christmas: the page says what that opens before it is done.
    page.goto("/teams/N11/roster/edit?from=2026-12-21")
    for name in PCSOS[:2]:
        page.get_by_role("checkbox", name=f"{name}, Fri 25 Dec").check()
    hands.tick("Record leave")
    page.get_by_label("Kind of absence").select_option("leave")
    hands.press("Check the effect")
    effect = page.get_by_role("region", name="Effect")
    expect(effect).to_contain_text("Opens a gap: Fri 25 Dec 18:00 to 22:00, met now, 1 of 2 PCSOs then")
    hands.press("Apply")
    expect(page.get_by_role("alert")).to_contain_text(
        "Absence recorded for Ada Marlow and Ben Okoro: 2 shifts changed."
    )

    # The gap stands first on the page of the cover, and opens the shifts behind it.
    hands.press("Cover")
    expect(page.locator(".npt-gaps")).to_contain_text("Fri 25 Dec 18:00 to 22:00 1 of 2 PCSOs")
    page.locator(".npt-gaps").get_by_role("link").click()
    row = page.get_by_role("row", name=PCSOS[0])
    expect(row).to_contain_text("absent 14:00 to 22:00")
    page.go_back()

    # Taken back in one press: no gap is left.
    page.goto("/teams/N11/roster/edit?from=2026-12-21")
    hands.press("Undo")
    expect(page.get_by_role("alert")).to_contain_text("Undone: Absence recorded")
    hands.press("Cover")
    expect(page.get_by_text("Team N11 meets every minimum this week")).to_be_visible()

    # The month for the wall is one sheet of A4 across.
    page.goto("/teams/N11/roster/print/2026-12")
    sheet = page.pdf(prefer_css_page_size=True)
    assert re.findall(rb"/MediaBox \[0 0 841\.\d+ 594\.\d+\]", sheet)
    assert len(re.findall(rb"/Type /Page\b", sheet)) == 1


def test_days_are_ticked_by_drawing_over_them_and_unticked_by_drawing_from_a_ticked_one(page: Page) -> None:
    hands = Hands(page)
    hands.sign_in("sergeant@force.example")
    page.goto("/teams/N11/roster/edit?from=2026-12-21")

    def cell(name: str) -> Locator:
        return page.get_by_role("checkbox", name=name).locator("xpath=ancestor::td")

    def draw(one: str, other: str) -> None:
        cell(one).hover(position={"x": 50, "y": 35})
        page.mouse.down()
        cell(other).hover(position={"x": 40, "y": 30})
        page.mouse.up()

    def ticked() -> list[str]:
        boxes = page.locator("input[name=cells]:checked").locator("xpath=ancestor::label")
        return [words.split(":")[0].strip() for words in boxes.all_inner_texts()]

    draw(f"{PCSOS[0]}, Mon 21 Dec", f"{PCSOS[1]}, Tue 22 Dec")
    both = ["Mon 21 Dec", "Tue 22 Dec"]
    assert ticked() == [f"{name}, {day}" for name in PCSOS[:2] for day in both]
    draw(f"{PCSOS[0]}, Tue 22 Dec", f"{PCSOS[1]}, Tue 22 Dec")
    assert ticked() == [f"{name}, Mon 21 Dec" for name in PCSOS[:2]]
    # A press without drawing is the box's own.
    page.get_by_role("checkbox", name=f"{PCSOS[2]}, Fri 25 Dec").locator("xpath=ancestor::label").click()
    assert f"{PCSOS[2]}, Fri 25 Dec" in ticked()


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_a_pcso_reads_the_own_shifts_on_the_phone_and_takes_the_calendar_along(
    open_page: OpenPage, has_script: bool
) -> None:
    sergeant = Hands(open_page())
    sergeant.sign_in("sergeant@force.example")
    lay_december(sergeant)
    page = open_page(PHONE, has_script=has_script)
    hands = Hands(page)
    hands.sign_in("pcso@force.example")
    hands.press("My shifts")
    page.goto("/my/shifts?from=2026-12-01")
    expect(page.get_by_role("listitem").filter(has_text="Tue 1 Dec")).to_contain_text("14:00 to 22:00")
    expect(page.get_by_text("Lates all week")).to_be_visible()
    hands.press("Get the address of my calendar")
    address = page.get_by_label("The address of your calendar").input_value()
    told = page.request.get(urlsplit(address).path)
    assert told.ok
    assert told.text().count("BEGIN:VEVENT") == 31
    page.reload()
    expect(page.get_by_label("The address of your calendar")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") is True


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_changing_a_block_shows_all_members_and_asks_only_what_the_action_needs(
    open_page: OpenPage, has_script: bool
) -> None:
    page = open_page(has_script=has_script)
    hands = Hands(page)
    hands.sign_in("sergeant@force.example")
    page.goto("/teams/N11/roster/edit?from=2026-12-21")
    asked = (
        page.locator(".npt-block-form__with")
        .get_by_role("textbox")
        .or_(page.locator(".npt-block-form__with").get_by_role("combobox"))
    )
    expect(asked).to_have_count(0)
    for action, labels in (
        ("Set the times", ["Starts", "Ends"]),
        ("Copy from", ["Day", "Month", "Year"]),
        ("Record leave", ["Kind of absence", "Note on the absence (optional)"]),
        ("Clear", []),
    ):
        hands.tick(action)
        expect(asked).to_have_count(len(labels))
        for label in labels:
            expect(page.get_by_label(label, exact=True)).to_be_visible()
    table = page.get_by_role("region", name="Roster, to tick")
    assert table.evaluate("one => one.scrollHeight <= one.clientHeight")
