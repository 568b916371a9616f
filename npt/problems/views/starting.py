"""A problem is started on a phone, or keyed in from paper."""

from collections.abc import Sequence

from flask import request

from npt.access.rules import Permission
from npt.categories.queries import categories
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.organisation.rules import Level, Lineage
from npt.people.queries import member_of_account
from npt.phone.views import is_kept, phone_page
from npt.problems.actions import key_in_problem, start_problem
from npt.problems.forms import KeyedForm, StartForm
from npt.problems.models import Problem
from npt.problems.queries import teams_within
from npt.problems.views.door import list_address, pages, trail
from npt.problems.wording import problem_address
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit
from npt.work.views.door import offer_owners, owner_needed


@pages.form("/problems/new", needs=Permission.KEEP_PROBLEMS)
def new_problem(visit: Visit[None]) -> Answer:
    """Start a problem: five things, the rest later."""
    member = member_of_account(visit.session, visit.by)
    form = StartForm(typed_by=str(visit.by), meta={"csrf": not is_kept()})
    day = form.day(visit.today)
    teams = _teams(visit)
    form.offer(teams, categories(visit.session, open_on=day))
    form.begin_at(teams if len(teams) == 1 or request.args.get("team") else [])
    return phone_page(
        visit,
        form,
        member,
        act=lambda sending: start_problem(visit.session, facts=form.started(), sending=sending),
        saved=lambda made: visit.saved(problem_address(made[0]), _said(*made)),
    )


def _teams(visit: Visit[None]) -> Sequence[Unit]:
    """The teams for which the person keeps problems, the one that the address names first."""
    reach = visit.person.reach(Permission.KEEP_PROBLEMS)
    asked = request.args.get("team", "")
    found = teams_within(visit.session, reach, as_at=visit.today)
    return sorted(found, key=lambda unit: unit.code != asked)


def _said(problem: Problem, is_new: bool) -> str:
    if not is_new:
        return "This problem was started already, so nothing was added."
    where = "" if problem.point else " Its place is not on the map yet."
    return f"{problem.reference} is started.{where}"


@pages.form("/units/<code>/problems/keyed", needs=Permission.KEEP_PROBLEMS, within="code")
def keyed(visit: Visit[Unit]) -> Answer:
    """Key in an old paper record, at whatever stage it stands."""
    form = KeyedForm()
    teams = _teams_of(visit)
    form.offer(teams, categories(visit.session))
    if len(teams) == 1 and not form.team.typed:
        form.team.process_data(teams[0].code)
    offer_owners(visit, form)
    return form_page(
        visit,
        form,
        act=lambda: key_in_problem(
            visit.session, facts=form.keyed(owner_needed(visit, form)), stamp=visit.stamp
        ),
        saved=lambda made: visit.saved(problem_address(made), f"{made.reference} is kept."),
        back_href=list_address(visit.place.code),
        page=lambda: {"above": trail(visit)},
    )


def _teams_of(visit: Visit[Unit]) -> Sequence[Unit]:
    """The teams at or under the unit; of a neighbourhood the team that it is of, if the person may."""
    if visit.place.level is Level.TEAM:
        return [visit.place]
    if visit.place.level is Level.NEIGHBOURHOOD:
        team = unit_at(visit.session, Lineage.parse(visit.place.path).ancestors[-1].code)
        return [team] if team is not None and visit.may(Permission.KEEP_PROBLEMS, team.path) else []
    return teams_within(visit.session, [visit.place.path], as_at=visit.today)
