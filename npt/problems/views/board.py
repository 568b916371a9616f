"""The board of a unit: its problems by stage."""

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.problems.queries import BOARD_DAYS, MOST_COUNTED, board_of
from npt.problems.views.door import list_address, pages
from npt.problems.views.listing import line_address
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: Cards in one column; the list has the rest.
MOST_CARDS = 30


@pages.read("/units/<code>/problems/board", needs=Permission.SEE_PROBLEMS, within="code")
def board(visit: Visit[Unit]) -> Answer:
    """The problems of a unit stage by stage, and what was closed in the last four weeks."""
    code = visit.place.code
    return visit.render(
        columns=board_of(visit.session, visit.place.path, today=visit.today, most=MOST_CARDS),
        days=BOARD_DAYS,
        most=MOST_COUNTED,
        address=line_address,
        stage_href=lambda stage: url_for("problems.problems", code=code, stage=stage.value),
        has_units=visit.place.level is not Level.TEAM,
        above=[(f"Problems of {visit.place.name}", list_address(code))],
    )
