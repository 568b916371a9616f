"""Two ways of counting side by side, and the foot that tells printed figures again."""

import csv
import hashlib
import io
import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.rules import PolicingRole
from npt.shifts.models import Away
from tests import make
from tests.visiting import Visitor, plain

OCTOBER = "/units/C/months/2026-10"
BOTH = f"{OCTOBER}?with=inspectorate"


@pytest.fixture(autouse=True)
def month(session: Session) -> None:
    """BCU C with team T1: of ten hours on duty a constable was one in custody and two in training."""
    force = make.force(session, code="F")
    bcu = make.bcu(session, under=force, code="C")
    team = make.team(session, under=make.area(session, under=bcu, code="C1"), code="T1")
    constable = make.member(session, number="77", role=PolicingRole.CONSTABLE, team=team)
    shift = make.shift(session, member=constable, starts="2026-10-05T08:00", ends="2026-10-05T18:00")
    make.away(session, shift=shift, starts="2026-10-05T09:00", ends="2026-10-05T10:00", reason="custody")
    make.away(session, shift=shift, starts="2026-10-05T12:00", ends="2026-10-05T14:00", reason="training")
    make.account(session, role=Role.MANAGER, unit=bcu, email="manager@force.example")
    make.account(session, role=Role.BOARD, unit=force, email="board@force.example")
    session.commit()


@pytest.fixture
def manager(app: Flask) -> Visitor:
    """The manager of BCU C."""
    return Visitor(app, "manager@force.example")


def code_of(page: str) -> str:
    found = re.search(r"<code>([0-9a-f]{12})</code>", page)
    assert found is not None, page
    return found[1]


# Side by side -----------------------------------------------------------------------------------------------


def test_both_rates_stand_with_their_minutes_and_verdicts_and_the_difference_in_words(
    manager: Visitor,
) -> None:
    shown = plain(manager.open(BOTH).text)
    assert "Local (2008) beside Inspectorate" in shown
    assert (
        "Basic command unit C Officers 10.0% within 20%, provisional 1 h away of 10 h on duty"
        " 30.0% over 20%, provisional 3 h away of 10 h on duty"
        " Inspectorate: 20.0 points more, and over 20% instead of within" in shown
    )
    assert "Area C1 Officers 10.0% within" in shown
    assert "not known: no duty recorded" in shown


def test_a_definition_beside_itself_or_one_that_is_not_there_is_no_comparison(manager: Visitor) -> None:
    assert "beside Local (2008)" not in plain(manager.open(f"{OCTOBER}?with=local-2008").text)
    assert manager.open(f"{OCTOBER}?with=mine").status_code == 404
    assert manager.open(f"{OCTOBER}.csv?with=mine").status_code == 404
    assert manager.open(f"{OCTOBER}/records?with=mine").status_code == 404


def test_the_files_carry_the_rows_of_both(manager: Visitor) -> None:
    href = re.search(r'href="([^"]+\.csv[^"]*)"', manager.open(BOTH).text)
    assert href is not None
    rows = list(csv.DictReader(io.StringIO(manager.open(href[1].replace("&amp;", "&")).text)))
    of_month = {
        (row["definition"], row["unit"]): (row["abstracted_minutes"], row["within"])
        for row in rows
        if (row["month"], row["group"]) == ("2026-10", "officers")
    }
    assert of_month == {
        ("local-2008", "C"): ("60", "true"),
        ("local-2008", "C1"): ("60", "true"),
        ("inspectorate", "C"): ("180", "false"),
        ("inspectorate", "C1"): ("180", "false"),
    }
    assert len(rows) == 2 * (2 * 13 + 2)


def test_links_to_other_months_and_units_keep_the_comparison(manager: Visitor) -> None:
    page = manager.open(BOTH).text
    for address in (
        "/units/C/months/2026-09?with=inspectorate",
        "/units/C1/months/2026-10?with=inspectorate",
    ):
        assert f'href="{address}"' in page
        assert "Local (2008) beside Inspectorate" in plain(manager.open(address).text)


def test_the_records_of_a_figure_say_what_it_is_under_the_other_definition(manager: Visitor) -> None:
    shown = plain(manager.open(f"{OCTOBER}/records?group=officers&with=inspectorate").text)
    assert "Under Inspectorate: Officers 30.0%, over 20%" in shown
    assert "3 h of 10 h. Inspectorate: 20.0 points more" in shown
    assert "1 record, 1 h together" in shown or "All 1 1 h" in shown


# The foot ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [OCTOBER, BOTH, f"{OCTOBER}/records?group=officers"])
def test_every_page_of_rates_says_its_definition_moment_and_code(manager: Visitor, address: str) -> None:
    page = manager.open(address).text
    shown = plain(page)
    assert "Definition: Local (2008) (local-2008); what counts last changed: as installed." in shown
    assert re.search(r"As at 16 November 2026 \d\d:\d\d \(Europe/London\)", shown)
    assert code_of(manager.open(address).text) == code_of(page)


def test_a_printed_code_is_told_from_that_of_figures_that_have_changed(
    manager: Visitor, session: Session
) -> None:
    printed = code_of(manager.open(OCTOBER).text)
    assert "None has changed since" in plain(manager.open(f"{OCTOBER}?code={printed}").text)
    assert "None has changed since" in plain(manager.open(f"{OCTOBER}?code={printed.upper()}").text)
    assert "The figures are not those" in plain(manager.open(f"{BOTH}&code={printed}").text)
    away = session.scalars(select(Away).order_by(Away.id)).first()
    assert away is not None
    session.delete(away)
    session.commit()
    assert "The figures are not those" in plain(manager.open(f"{OCTOBER}?code={printed}").text)


def test_the_code_of_the_page_is_worked_out_from_its_file_as_documented(manager: Visitor) -> None:
    rows = csv.DictReader(io.StringIO(manager.open(f"{OCTOBER}.csv?with=inspectorate").text))
    texts = sorted(
        f'{{"abstracted":{row["abstracted_minutes"]},"definition":"{row["definition"]}",'
        f'"denominator":{row["duty_minutes"]},"group":"{row["group"]}","month":"{row["month"]}",'
        f'"reason":null,"unit":"{row["unit"]}"}}'
        for row in rows
    )
    code = hashlib.sha256(f"[{','.join(texts)}]".encode()).hexdigest()[:12]
    assert code_of(manager.open(BOTH).text) == code


def test_the_form_of_the_foot_carries_what_the_page_is_of_and_nothing_else(manager: Visitor) -> None:
    page = manager.open(BOTH).text
    form = page[page.index('id="foot"') :]
    hidden = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[: form.index("</form>")]
    )
    assert hidden == [("with", "inspectorate")]


def test_what_can_be_no_code_is_refused_beside_the_box(manager: Visitor) -> None:
    answer = manager.open(f"{OCTOBER}?code=12")
    assert answer.status_code == 422
    assert "The code must be 12 characters" in plain(answer.text)


def test_a_change_dated_later_leaves_the_code_and_one_dated_back_does_not(
    app: Flask, manager: Visitor
) -> None:
    printed = code_of(manager.open(OCTOBER).text)
    board = Visitor(app, "board@force.example")
    for starts_on, stands in (("1 11 2026", True), ("5 10 2026", False)):
        change = {"reasons": "training", "counts": "yes", "starts_on": starts_on, "why": "Agreed"}
        board.page = board.send("/definitions/local-2008/change", **change)
        assert board.fill("/definitions/local-2008/change", **change).status_code == 303
        shown = plain(manager.open(f"{OCTOBER}?code={printed}").text)
        assert ("None has changed since" in shown) is stands
        assert "what counts last changed: 16 November 2026" in shown
