"""The review of a month: exceptions first, what is said and done, and a screen at a time in a meeting."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.kit.months import Month
from npt.people.rules import PolicingRole
from tests import make
from tests.records.sealed_month import OCTOBER, SealedMonth
from tests.visiting import Visitor, plain

REVIEW = "/units/C/reviews/2026-10"
#: hours taken off an eight-hour shift, in each of the twelve months before
USUAL = (60, 70, 55, 65, 60, 75, 65, 60, 70, 55, 65, 60)


@pytest.fixture
def reviewed(app: Flask, session: Session) -> SealedMonth:
    """BCU C: a confirmed shift a month, a little of it taken off; of October's shift five hours in eight."""
    force = make.force(session, code="BEDS")
    bcu = make.bcu(session, under=force, code="C")
    team = make.team(session, under=make.area(session, under=bcu, code="C1"), code="C11")
    make.neighbourhood(session, under=team, code="C111")
    member = make.member(session, role=PolicingRole.CONSTABLE, team=team)
    shifts = []
    for month, minutes in zip(OCTOBER.plus(-12).until(OCTOBER), (*USUAL, 300), strict=True):
        day = f"{month}-05"
        shifts.append(make.shift(session, member=member, starts=f"{day}T10:00", ends=f"{day}T18:00"))
        ends = f"{day}T{10 + minutes // 60}:{minutes % 60:02}"
        make.away(session, shift=shifts[-1], starts=f"{day}T10:00", ends=ends, reason="response")
        make.confirmation(session, unit=team, day=date.fromisoformat(day))
    for role, unit in ((Role.MANAGER, bcu), (Role.BOARD, force), (Role.OFFICER, team)):
        make.account(
            session, role=role, unit=unit, email=f"{role.value}@force.example", name=f"A {role.value}"
        )
    by = make.account(session, role=Role.MANAGER, unit=bcu).id
    session.commit()
    return SealedMonth(session, force, bcu, team, by, shifts)


@pytest.fixture
def manager(app: Flask, reviewed: SealedMonth) -> Visitor:
    return Visitor(app, "manager@force.example")


def exceptions(page: str) -> list[str]:
    """The exceptions of a review, in their order, as plain text."""
    listed = page[page.index("What is out of line") : page.index("Comments on the month")]
    found = re.findall(r"<li class=\"npt-exceptions__each.*?</li>", listed, re.DOTALL)
    return [plain(each).strip() for each in found]


def test_what_is_furthest_out_of_line_comes_first_and_says_why(manager: Visitor) -> None:
    first, *rest = exceptions(manager.open(REVIEW).text)
    assert first.startswith("Abstraction of officers 62.5%")
    assert "target missed target at most 20%." in first
    assert "above its limits usually" in first
    assert any(each.startswith("Abstraction of PCSOs not known") for each in rest)


def test_the_page_says_how_much_chance_alone_would_flag_and_by_which_rules(manager: Visitor) -> None:
    page = plain(manager.open(REVIEW).text)
    assert re.search(
        r"figures? (is|are) judged by limits: chance alone would flag about [0-9.]+ of them", page
    )
    assert "drawn from the twelve months before the month under review" in page
    assert "Local (2008) (local-2008)" in page


def test_every_month_opens_its_records(manager: Visitor) -> None:
    table = manager.open(REVIEW).text
    table = table[table.index("Every measure, month by month") :]
    assert "/units/C/months/2025-10/records?group=officers" in table


def test_a_comment_on_a_measure_stands_beside_it_with_who_and_when(manager: Visitor) -> None:
    address = f"{REVIEW}/comment?measure=abstraction-officers"
    assert re.search('value="abstraction-officers"[^>]* selected', manager.open(address).text)
    sent = manager.fill(address, measure="abstraction-officers", words="Custody took <b>five</b>")
    assert sent.location == REVIEW
    page = manager.open(REVIEW).text
    measure = page[page.index('id="abstraction-officers"') : page.index('id="abstraction-pcsos"')]
    assert "Custody took &lt;b&gt;five&lt;/b&gt;" in measure
    assert "A manager" in measure


def test_a_comment_on_the_month_stands_above_the_measures(manager: Visitor) -> None:
    manager.send(f"{REVIEW}/comment", words="A hard month")
    page = manager.open(REVIEW).text
    assert page.index("A hard month") < page.index("Thirteen months")
    assert "A hard month" not in page[page.index('class="npt-measures"') :]


def test_a_comment_that_is_empty_is_asked_for_again(manager: Visitor) -> None:
    sent = manager.send(f"{REVIEW}/comment", words="")
    assert (sent.status_code, "Write a comment." in sent.text) == (422, True)


def test_an_action_is_set_for_the_review_and_comes_up_next_month(manager: Visitor) -> None:
    manager.open(REVIEW)
    form = manager.fill(f"{REVIEW}/action").location
    assert form == "/units/C/actions/new?for=REV-C-2026-10"
    shown = manager.open(form)
    owner = re.search(r'<option value="(account-[0-9]+)"[^>]*>A manager', shown.text)
    assert owner is not None
    made = manager.fill(form, what="Ask the duty office", owner=owner[1], due_on="20 11 2026").location
    assert f'href="{REVIEW}"' in manager.open(made).text
    assert "Ask the duty office" in manager.open(REVIEW).text
    after = plain(manager.open("/units/C/reviews/2026-11").text)
    assert "Ask the duty office" in after[after.index("Actions from October 2026") :]


def test_limits_drawn_anew_say_from_when_why_and_by_whom(manager: Visitor) -> None:
    address = f"{REVIEW}/limits?measure=abstraction-officers"
    manager.open(address)
    boxes = {"starts-month": "2", "starts-year": "2026"}
    sent = manager.fill(address, measure="abstraction-officers", reason="New shifts", **boxes)
    assert sent.location == REVIEW
    page = plain(manager.open(REVIEW).text)
    assert "8 months, Feb 2026 to Sep 2026; on trial, from fewer than 12" in page
    assert "Drawn from February 2026 on: New shifts (A manager)." in page


def test_limits_from_a_month_to_come_are_refused_beside_the_month(manager: Visitor) -> None:
    address = f"{REVIEW}/limits?measure=abstraction-officers"
    manager.open(address)
    boxes = {"starts-month": "11", "starts-year": "2026"}
    sent = manager.fill(address, measure="abstraction-officers", reason="New shifts", **boxes)
    assert sent.status_code == 422
    assert "November 2026 comes after October 2026, the month under review" in sent.text


def test_a_meeting_goes_from_what_is_out_of_line_through_every_measure(manager: Visitor) -> None:
    screens, address = [], f"{REVIEW}?meeting=1"
    while address:
        page = manager.open(address).text
        screens.append(page)
        onward = re.search(r'href="([^"]+)" rel="next" accesskey="n"', page)
        address = onward[1] if onward else ""
    assert "What is out of line" in screens[0]
    assert "Abstraction of officers" in screens[1]
    assert "Comments on the month" in screens[-1]
    measures = re.findall(r'<section class="npt-measure ', manager.open(REVIEW).text)
    assert len(screens) == len(measures) + 2
    assert manager.open(f"{REVIEW}?meeting={len(screens) + 1}").status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "x", "9999"])
def test_there_is_no_such_screen_of_a_meeting(manager: Visitor, number: str) -> None:
    assert manager.open(f"{REVIEW}?meeting={number}").status_code == 404


def test_a_figure_restated_since_sign_off_shows_both_wherever_it_stands(
    manager: Visitor, reviewed: SealedMonth
) -> None:
    reviewed.sign()
    reviewed.session.commit()
    make.away(
        reviewed.session,
        shift=reviewed.shifts[-1],
        starts="2026-10-05T16:00",
        ends="2026-10-05T17:00",
        reason="response",
    )
    reviewed.session.commit()
    page = plain(manager.open(REVIEW).text)
    assert (
        page.count("restated since sign-off, 62.5% was signed") == 2
    )  # its measure, and the thirteen months
    board = Visitor(manager.client.application, "board@force.example")
    assert "restated since sign-off, 62.5% was signed" in plain(
        board.open("/units/BEDS/reviews/2026-10").text
    )


def test_who_only_reads_is_offered_nothing_to_write(app: Flask, manager: Visitor) -> None:
    officer = Visitor(app, "officer@force.example")
    page = officer.open("/units/C11/reviews/2026-10")
    assert page.status_code == 200
    assert "Comment on the month" not in page.text.replace("Comments on the month", "")
    assert "/action" not in re.findall(r'<form[^>]*action="([^"]*)"', page.text)


@pytest.mark.parametrize("address", ["/units/C111/reviews/2026-10", "/units/C/reviews/1900-12"])
def test_there_is_no_review_of_a_neighbourhood_or_before_time(manager: Visitor, address: str) -> None:
    assert manager.open(address).status_code == 404


def test_a_month_to_come_says_so_and_takes_no_comment(manager: Visitor) -> None:
    month = Month(2026, 12)
    page = manager.open(f"/units/C/reviews/{month}").text
    assert "December 2026 has not begun" in page
    assert "Comment on the month" not in page.replace("Comments on the month", "")
    sent = manager.send(f"/units/C/reviews/{month}/comment", words="Early")
    assert "December 2026 has not begun: review it once it has." in sent.text
