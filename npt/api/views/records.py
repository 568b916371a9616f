"""Units, shifts and time away, page by page."""

from npt.access.rules import Permission
from npt.api.exchange import (
    actions_as_json,
    away_as_json,
    duty_as_json,
    losses_as_json,
    priorities_as_json,
    problem_as_json,
    problems_as_json,
    units_as_json,
    verdicts_as_json,
)
from npt.api.views.door import asked_day, asked_month, asked_page, pages
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.problems.queries import problem_of
from npt.webkit.api import answered
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read("/api/v1/units", needs=Permission.SEE_UNITS)
def units(visit: Visit[None]) -> Answer:
    """The units within reach of the token that stand on a day."""
    paths = visit.person.reach(Permission.SEE_UNITS)
    return answered(units_as_json(visit.session, paths, asked_day(visit.today), asked_page()))


@pages.read("/api/v1/duty", needs=Permission.SEE_DUTY, within="unit", shows_personal="shift")
def duty(visit: Visit[Unit]) -> Answer:
    """The shifts of a unit and all under it that start in a month."""
    return answered(duty_as_json(visit.session, visit.place, asked_month(), asked_page()))


@pages.read("/api/v1/away", needs=Permission.RECORD_DUTY, within="unit", shows_personal="away")
def away(visit: Visit[Unit]) -> Answer:
    """The time away in those shifts, with reasons of absence and notes: for those who record it."""
    return answered(away_as_json(visit.session, visit.place, asked_month(), asked_page()))


@pages.read("/api/v1/losses", needs=Permission.SEE_DUTY, within="unit", shows_personal="loss")
def losses(visit: Visit[Unit]) -> Answer:
    """What was lost by abstraction in those shifts."""
    return answered(losses_as_json(visit.session, visit.place, asked_month(), asked_page()))


@pages.read("/api/v1/verdicts", needs=Permission.SEE_DUTY, within="unit", shows_personal="verdict")
def verdicts(visit: Visit[Unit]) -> Answer:
    """What was said at review of the abstractions in those shifts."""
    return answered(verdicts_as_json(visit.session, visit.place, asked_month(), asked_page()))


@pages.read("/api/v1/actions", needs=Permission.SEE_ACTIONS, within="unit", shows_personal="action")
def actions(visit: Visit[Unit]) -> Answer:
    """The actions of a unit and of all under it."""

    def may_see(matter: Matter) -> bool:
        return visit.may(matter.kind.needs, matter.unit.path)

    return answered(actions_as_json(visit.session, visit.place, asked_page(), may_see=may_see))


@pages.read("/api/v1/priorities", needs=Permission.SEE_PROBLEMS, within="unit")
def priorities(visit: Visit[Unit]) -> Answer:
    """The priorities of a unit and of all under it, without anybody who raised them."""
    return answered(priorities_as_json(visit.session, visit.place, asked_page()))


@pages.read("/api/v1/problems", needs=Permission.SEE_PROBLEMS, within="unit", shows_personal="problem")
def problems(visit: Visit[Unit]) -> Answer:
    """The problems of a unit and of all under it, without what is said at their stages."""
    return answered(problems_as_json(visit.session, visit.place, asked_page()))


@pages.read(
    "/api/v1/problems/<problem>",
    needs=Permission.SEE_PROBLEMS,
    within_matter="problem",
    shows_personal="problem",
)
def problem(visit: Visit[Matter]) -> Answer:
    """A problem as the list has it, and what the figures show of it."""
    found = visit.found(problem_of(visit.session, visit.place.id))
    visit.personal_record_id = found.id
    return answered(problem_as_json(visit.session, found))
