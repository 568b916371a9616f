"""What is printed: a month on two pages, a roster for the wall, a day as a briefing sheet."""

import re

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.rules import PolicingRole
from tests import make
from tests.journeys.hands import Hands

#: CSS pixels of a point, and of what is printed on a sheet of A4 upright between its margins.
POINT = 96 / 72
WIDTH = round((210 - 22) / 25.4 * 96)


@pytest.fixture(autouse=True)
def team(session: Session) -> None:
    """Seven constables and seven PCSOs of a team, each taken off in November for each of many reasons."""
    unit = make.team(session, code="T1")
    reasons = (
        "custody",
        "response",
        "scene-guard",
        "constant-watch",
        "event",
        "public-order",
        "control-room",
    )
    starts = ("07:00", "12:30", "22:00")
    for number in range(14):
        role = PolicingRole.CONSTABLE if number < 7 else PolicingRole.PCSO
        member = make.member(
            session, number=f"7{number:02}", name=f"Ann Example {number}", role=role, team=unit
        )
        for place, reason in enumerate(reasons):
            on = f"2026-11-{2 * place + 2:02}"
            start = starts[place % 3]
            hour = int(start[:2])
            end = f"2026-11-{2 * place + 3:02}T05:00" if hour == 22 else f"{on}T{hour + 8}{start[2:]}"
            shift = make.shift(session, member=member, starts=f"{on}T{start}", ends=end)
            make.away(
                session,
                shift=shift,
                starts=f"{on}T{start}",
                ends=f"{on}T{hour + 1:02}{start[2:]}",
                reason=reason,
            )
    for reader in (Role.SERGEANT, Role.INSPECTOR):
        make.account(session, role=reader, unit=unit, email=f"{reader.value}@force.example")
    session.commit()


def printed_for(role: Role, page: Page) -> Page:
    """The page of somebody with the role as it is printed, upright."""
    Hands(page).sign_in(f"{role.value}@force.example")
    page.set_viewport_size({"width": WIDTH, "height": 1040})
    page.emulate_media(media="print")
    return page


@pytest.fixture
def paper(page: Page) -> Page:
    """The sergeant's page as it is printed, upright."""
    return printed_for(Role.SERGEANT, page)


def sheets(page: Page) -> int:
    """On how many pages of paper it is."""
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type /Page\b", printed))


def size(page: Page, of: str) -> list[float]:
    """The sizes of the words that are seen in what `of` selects, in points, the smallest first."""
    found = page.locator(of).evaluate_all(
        """all => all.filter(one => one.checkVisibility() && one.innerText.trim())
             .map(one => parseFloat(getComputedStyle(one).fontSize))"""
    )
    return sorted(pixels / POINT for pixels in found)


def nothing_to_press(page: Page) -> bool:
    """Whether no control of a form is seen, nor the square that GOV.UK draws for a box."""
    drawn = page.locator(".govuk-checkboxes__label").first.evaluate(
        "one => getComputedStyle(one, '::before').display"
    )
    controls = page.locator("main").locator("input, button, select, textarea, summary").filter(visible=True)
    return drawn == "none" and not controls.count()


def test_a_teams_month_is_two_sheets_with_its_tables_in_nine_points(paper: Page) -> None:
    paper.goto("/units/T1/months/2026-11")
    assert sheets(paper) == 2
    assert size(paper, "td, tbody th, thead th")[0] >= 8.99
    # Wider than the paper (a pixel is for rounding), and the browser would print all of it smaller.
    assert paper.evaluate("document.documentElement.scrollWidth") <= WIDTH + 1


def test_a_heading_keeps_to_its_table(paper: Page) -> None:
    paper.goto("/units/T1/months/2026-11")
    breaks = paper.locator("h2, h3, .npt-table__caption").evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => getComputedStyle(one).breakAfter)"
    )
    assert set(breaks) == {"avoid"}


def test_a_roster_for_the_wall_is_one_sheet_across_with_letters_in_sixteen_points(paper: Page) -> None:
    paper.goto("/teams/T1/roster/print/2026-11")
    printed = paper.pdf(format="A4", prefer_css_page_size=True)
    assert re.findall(rb"/MediaBox \[0 0 841\.\d+ 594\.\d+\]", printed)
    assert len(re.findall(rb"/Type /Page\b", printed)) == 1
    assert size(paper, ".npt-wall__shift")[0] >= 15.99
    assert (
        "E early, starts from 04:00 to 11:59: 07:00 to 15:00"
        in paper.locator(".npt-wall__legend").inner_text()
    )


def test_a_day_is_a_sheet_that_says_who_is_on_and_away_and_until_when(paper: Page) -> None:
    paper.goto("/teams/T1/day/2026-11-02")
    words = paper.locator("main").inner_text()
    assert re.search(r"Ann Example 0.*?07:00 to 15:00.*?07:00 to 08:00 Custody", words, re.S)
    for gone in ("Record", "Undo", "Confirm", "Next", "Why?", "add one"):
        assert gone not in words
    assert nothing_to_press(paper)
    assert not paper.locator("main svg").filter(visible=True).count()
    assert sheets(paper) == 1


def test_the_review_of_a_month_is_a_list_of_what_was_said_with_nothing_to_press(page: Page) -> None:
    paper = printed_for(Role.INSPECTOR, page)
    paper.goto("/units/T1/months/2026-11/review")
    words = paper.locator("main").inner_text()
    assert "Ann Example 0, constable 700" in words
    assert "Needed for" not in words
    assert nothing_to_press(paper)
    assert size(paper, ".npt-review label, .npt-review td")[-1] <= 9.01
    assert size(paper, ".npt-tag")[-1] <= 8.01
