"""What the screens of problems share: declared routes, and what they read first."""

from typing import Any, cast

from flask import Flask, current_app, url_for

from npt.access.rules import Permission
from npt.matters.models import Matter
from npt.organisation.actions import UnknownUnit
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.organisation.rules import CODE_LENGTH, Lineage
from npt.problems.models import Problem
from npt.problems.queries import SignOffs, problem_of
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit

pages = Pages("problems")

#: Where the pages about one problem stand.
ONE = "/problems/<problem>"
_SIGN_OFFS = "npt_sign_offs_of_problems"


def register(app: Flask, sign_offs: SignOffs) -> None:
    """Say where it is known of which problems whoever raised them has been asked."""
    app.extensions[_SIGN_OFFS] = sign_offs


def sign_offs_known() -> SignOffs:
    """Where that is known."""
    return cast(SignOffs, current_app.extensions[_SIGN_OFFS])


def problem_here(visit: Visit[Matter]) -> Problem:
    """The problem of the address as it is now; "not found" for a record of another kind."""
    return visit.found(problem_of(visit.session, visit.place.id))


def list_address(code: str) -> str:
    """The problems of a unit."""
    return url_for("problems.problems", code=code)


def trail(visit: Visit[Any], problem: Problem | None = None) -> list[tuple[str, str]]:
    """The way back from a page: the problems of its unit, as far as they may be seen, and the problem."""
    unit = visit.place if problem is None else problem.matter.unit
    way = []
    if visit.level is None and visit.may(Permission.SEE_PROBLEMS, unit.path):
        way.append((f"Problems of {unit.name}", list_address(unit.code)))
    return way


def unit_called(visit: Visit[Matter], code: str, field: str) -> Unit:
    """The unit of the code in the force that has the problem. UnknownUnit."""
    unit = unit_at(visit.session, code)
    force = Lineage.parse(visit.place.path).codes[0]
    if unit is None or Lineage.parse(unit.path).codes[0] != force:
        raise UnknownUnit(
            f"There is no unit {code[:CODE_LENGTH]}: enter the code of a team, area or BCU.", field=field
        )
    return unit
