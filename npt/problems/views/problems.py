"""The problems of a unit, by stage."""

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.views import above
from npt.problems.queries import ProblemLine, problems_under
from npt.problems.views.door import list_address, pages
from npt.problems.wording import problem_address
from npt.webkit.listing import Column, Columns, Table, part_of
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_COLUMNS: Columns[ProblemLine] = (
    Column(
        "Problem",
        lambda line: line.problem.title,
        holds_words=True,
        below=lambda line: line.problem.reference,
    ),
    Column(
        "Stage",
        lambda line: line.problem.stage.wording,
        below=lambda line: "not proved here" if line.problem.is_unproved else "",
    ),
    Column("Category", lambda line: line.problem.category.name),
    Column("Owner", lambda line: line.owner_name, holds_words=True),
    Column("Unit", lambda line: line.problem.matter.unit.name, holds_words=True),
    Column("Raised", lambda line: line.problem.raised_on),
)


@pages.read("/units/<code>/problems", needs=Permission.SEE_PROBLEMS, within="code")
def problems(visit: Visit[Unit]) -> Answer:
    """The problems of a unit and of those under it."""
    found = problems_under(visit.session, visit.place.path)
    table = Table(
        "Problems",
        _COLUMNS,
        part_of(found, _COLUMNS, 50),
        href=lambda line: problem_address(line.problem),
        noun="problems",
        file=f"problems-{visit.place.code}",
    )
    may_keep = visit.may(Permission.KEEP_PROBLEMS, visit.place.path)
    return visit.render(
        table=table,
        start_href=url_for("problems.new_problem", team=visit.place.code) if may_keep else "",
        keyed_href=url_for("problems.keyed", code=visit.place.code) if may_keep else "",
        above=above(visit, Permission.SEE_PROBLEMS, lambda unit: list_address(unit.code)),
    )
