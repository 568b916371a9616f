"""The problems of a unit, filtered by the address."""

from flask import url_for

from npt.access.rules import Permission
from npt.categories.queries import categories
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.organisation.views import above
from npt.problems.forms import ProblemsForm
from npt.problems.queries import problem_owners_under, problems_at
from npt.problems.views.door import list_address, pages, sign_offs_known
from npt.problems.views.listing import MORE, columns_of, line_address
from npt.webkit.asked import asked_page
from npt.webkit.listing import Table, sorting_asked_of
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: The units of which so few people own problems that one of them can be chosen.
_OWNERS_OFFERED = (Level.TEAM, Level.AREA)


@pages.read("/units/<code>/problems", needs=Permission.SEE_PROBLEMS, within="code")
def problems(visit: Visit[Unit]) -> Answer:
    """The problems of a unit and of those under it: those that are open, unless others are asked for."""
    form, path, code = _asked(visit), visit.place.path, visit.place.code
    columns = columns_of(visit.today, with_unit=visit.place.level is not Level.TEAM)
    found = problems_at(
        visit.session,
        path,
        form.asked(visit.today),
        today=visit.today,
        page=asked_page(),
        sorting=sorting_asked_of(columns),
        sign_off_asked=sign_offs_known().is_asked(),
    )
    table = Table(
        "Problems", columns, found.part, href=line_address, noun="problems", file=f"problems-{code}"
    )
    may_keep = visit.may(Permission.KEEP_PROBLEMS, path)
    return visit.render(
        form=form,
        table=table,
        more=MORE if found.has_more else "",
        start_href=url_for("problems.new_problem", team=code) if may_keep else "",
        keyed_href=url_for("problems.keyed", code=code) if may_keep else "",
        above=above(visit, Permission.SEE_PROBLEMS, lambda unit: list_address(unit.code)),
    )


def _asked(visit: Visit[Unit]) -> ProblemsForm:
    form = ProblemsForm()
    owners = visit.place.level in _OWNERS_OFFERED
    form.offer(
        categories(visit.session),
        problem_owners_under(visit.session, visit.place.path) if owners else (),
    )
    form.validate()
    return form
