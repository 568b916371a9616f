"""The list of categories, as the board keeps it and everybody else reads it."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from npt.access.rules import Role
from tests import make
from tests.visiting import Visitor, plain


@pytest.fixture
def board(app: Flask, session: Session) -> Visitor:
    """The board of a force, beside an administrator of one of its teams."""
    force = make.force(session, code="F")
    team = make.team(session, under=make.area(session, under=make.bcu(session, under=force)), code="T1")
    make.account(session, role=Role.BOARD, unit=force, email="board@f.example")
    make.account(session, role=Role.ADMIN, unit=team, email="admin@f.example")
    session.commit()
    return Visitor(app, "board@f.example")


def test_the_list_ships_filled_and_only_the_force_may_change_it(board: Visitor, app: Flask) -> None:
    assert "Anti-social behaviour asb yes Noise noise yes" in plain(board.open("/categories").text)
    admin = Visitor(app, "admin@f.example")
    assert "Add a category" not in admin.open("/categories").text
    for address in ("/new-category", "/categories/asb"):
        assert admin.open(address).status_code == 403


def test_a_category_that_the_board_adds_is_the_last_of_the_list(board: Visitor) -> None:
    assert board.send("/new-category", name="Fly-tipping", code="fly-tipping").status_code == 303
    assert "Other other yes Fly-tipping fly-tipping yes" in plain(board.open("/categories").text)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": "Fly-tipping", "code": "asb"}, "Another category has this code"),
        ({"name": "Noise", "code": "loud"}, "Another category has this name"),
        ({"name": "Fly-tipping", "code": "Fly tipping"}, "is not a code"),
    ],
)
def test_a_code_or_name_is_given_once(board: Visitor, typed: dict[str, str], told: str) -> None:
    answer = board.send("/new-category", **typed)
    assert answer.status_code == 422
    assert told in plain(answer.text)


def test_a_category_is_renamed_and_closed_and_stays_in_the_list(board: Visitor) -> None:
    assert board.send("/categories/arson", name="Fires", closed_on="2 11 2026").status_code == 303
    assert "Fires arson to 2 November 2026" in plain(board.open("/categories").text)


def test_the_list_is_taken_out_as_a_file_by_whoever_may(board: Visitor) -> None:
    assert "asb,yes" in board.open("/categories?format=csv").text
