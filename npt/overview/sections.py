"""The pages that the navigation opens: what there is for each unit of the reader, and what waits there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.counting.queries import default_definition
from npt.documents.forms import DUE
from npt.documents.queries import reviews_due
from npt.duty.queries import lately_unconfirmed
from npt.duty.views.confirmations import OPEN
from npt.duty.views.day import report_address
from npt.kit.months import Month
from npt.operations.queries import operations_of
from npt.operations.rules import OperationStatus
from npt.organisation.models import Unit
from npt.organisation.queries import neighbourhoods_of, units_coded, units_under
from npt.organisation.rules import Level, Lineage
from npt.overview.concerns import neighbourhood_concerns, people_concerns
from npt.overview.queries import MOST_PLACES, gaps_ahead
from npt.overview.tasks import tasks_of
from npt.performance.queries import teams_against_target
from npt.performance.views.door import month_address
from npt.performance.views.figures import figure_of
from npt.reporting.queries import waiting_reports
from npt.rostering.views.cover import cover_address
from npt.shifts.actions.shift_attribution import LEVELS_WITH_DUTY
from npt.webkit.filters import plural
from npt.webkit.parts import Link, Task
from npt.webkit.visit import Visit
from npt.work.queries import ClockShow, breaches_at, waiting_at

#: A page that a section offers: what one needs for it, its words, its endpoint, and what its address names
#: beside the unit.
Way = tuple[Permission, str, str, dict[str, Any]]
#: The rates over target that a page shows; the month has the rest.
MOST_OVER = 10


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """A unit of the reader: what waits there, what there is, and the units to go on to."""

    unit: Unit
    waiting: Sequence[Task]
    links: Sequence[Link]
    below: Sequence[Link] = ()
    #: whether what there is to do here is the reader's, so that nothing waiting means that all is done
    is_theirs: bool = True


def _units(visit: Visit[None], needs: Permission) -> list[Unit]:
    """The outermost units at which the reader has the permission, as many as fit a page."""
    codes = [Lineage.parse(path).code for path in visit.person.reach(needs)[:MOST_PLACES]]
    found = units_coded(visit.session, codes)
    return [found[code] for code in codes]


def _links(visit: Visit[None], unit: Unit, ways: Sequence[Way]) -> list[Link]:
    """The pages of the unit that the reader may open."""
    return [
        Link(words, url_for(endpoint, code=unit.code, **named))
        for needs, words, endpoint, named in ways
        if visit.may(needs, unit.path)
    ]


# Team -------------------------------------------------------------------------------------------------------


def team_places(visit: Visit[None]) -> list[SectionPlace]:
    """Days, rosters, cover, patterns and operations."""
    days: tuple[Way, ...] = (
        (Permission.SEE_DUTY, "Today", "duty.day", {"on": visit.today}),
        (Permission.SEE_DUTY, "Roster", "duty.roster", {}),
        (Permission.RECORD_DUTY, "Change the roster", "rostering.edit", {}),
        (Permission.SEE_DUTY, "Patterns", "duty.patterns", {}),
    )
    everywhere: tuple[Way, ...] = (
        (Permission.SEE_DUTY, "Minimum cover", "rostering.cover", {}),
        (Permission.SEE_DUTY, "Days confirmed, week by week", "duty.confirmations", {}),
        (Permission.SEE_DUTY, "Operations", "operations.operations", {}),
    )
    return [
        SectionPlace(
            unit,
            list(_waits_in_team(visit, unit)),
            _links(visit, unit, (*(days if unit.level in LEVELS_WITH_DUTY else ()), *everywhere)),
            _days_below(visit, unit),
            visit.may(Permission.CONFIRM_DUTY, unit.path),
        )
        for unit in _units(visit, Permission.SEE_DUTY)
        if unit.level is not Level.NEIGHBOURHOOD
    ]


def _waits_in_team(visit: Visit[None], unit: Unit) -> Iterator[Task]:
    session, code, path, today = visit.session, unit.code, unit.path, visit.today
    if visit.may(Permission.RECORD_DUTY, path) and (reports := waiting_reports(session, path)):
        status = plural(len(reports), "report")
        yield Task("Reports of abstraction to approve", report_address(reports[0]), status, is_urgent=True)
    if visit.may(Permission.CONFIRM_DUTY, path):
        days = lately_unconfirmed(session, path, today)
        if days:
            address = url_for("duty.confirmations", code=code, show=OPEN)
            yield Task("Days to confirm", address, plural(len(days), "team-day"), "Of the last two weeks.")
    if visit.may(Permission.RECORD_DUTY, path) and unit.level in LEVELS_WITH_DUTY:
        gaps = gaps_ahead(session, unit, today, visit.now)
        if gaps:
            address = cover_address(code, today)
            hint = "In the next seven days."
            yield Task("Gaps in minimum cover", address, plural(len(gaps), "gap"), hint, is_urgent=True)
    if visit.may(Permission.PLAN_OPERATIONS, path):
        coming = operations_of(session, path, today=today, is_past=False)
        drafts = sum(each.status is OperationStatus.DRAFT for each in coming)
        if drafts:
            address = url_for("operations.operations", code=code)
            yield Task("Operations to commit", address, plural(drafts, "draft"))


def _days_below(visit: Visit[None], unit: Unit) -> list[Link]:
    """The days of the areas of a wider unit, and of the teams of an area."""
    if unit.level is Level.TEAM:
        return []
    level = Level.TEAM if unit.level is Level.AREA else Level.AREA
    return [
        Link(each.name, url_for("duty.day", code=each.code, on=visit.today))
        for each in units_under(visit.session, unit.path, as_at=visit.today, level=level)
    ]


# Neighbourhoods ---------------------------------------------------------------------------------------------


def neighbourhood_places(visit: Visit[None]) -> list[SectionPlace]:
    """Neighbourhoods, their named contacts, and the structure that they stand in."""
    ways: tuple[Way, ...] = (
        (Permission.SEE_UNITS, "At a glance", "overview.unit", {}),
        (Permission.SEE_UNITS, "Named contacts", "performance.cover", {}),
        (Permission.SEE_UNITS, "Structure", "organisation.structure", {}),
        (Permission.SEE_PROFILES, "Profile", "overview.profile", {}),
        (Permission.SEE_PROFILES, "Owners and review dates of profiles", "profiles.profiles", {}),
        (Permission.SEE_PROFILES, "Incidents", "incidents.counts", {}),
        (Permission.SEE_PROFILES, "Repeat locations", "incidents.repeats", {}),
        (Permission.SEE_PROFILES, "Communities", "communities.communities", {}),
        (Permission.SEE_PROFILES, "Vulnerable and emerging communities", "communities.said", {}),
        (Permission.SEE_PROFILES, "Population", "communities.population", {}),
        (Permission.SEE_STAFFING, "Priority classes", "organisation.priorities", {}),
        (Permission.REVIEW_BOUNDARIES, "Review of boundaries", "reorganisation.review", {}),
        (Permission.SEE_STAFFING, "Specialist contacts", "communities.specialists", {}),
        (Permission.SEE_KIN, "Key individual network (KIN)", "kin.individuals", {}),
        (Permission.SEE_KIN, "Who is represented in it", "kin.mix", {}),
        (Permission.SEE_PROFILES, "Contacts", "engagement.contacts", {}),
        (Permission.SEE_PROFILES, "Patrols", "engagement.patrols", {}),
        (Permission.SEE_PROFILES, "Five a day", "engagement.five_a_day", {"month": Month.of(visit.today)}),
        (Permission.SEE_PROFILES, "Mix of contacts", "engagement.mix", {}),
        (Permission.SEE_PROFILES, "Who we have not heard", "engagement.not_heard", {}),
        (Permission.SEE_DOCUMENTS, "Documents", "documents.documents", {}),
        (Permission.SHARE, "Shared with partners", "partners.unit_shares", {}),
        (Permission.SEE_UNITS, "Map", "places.unit_map", {}),
    )
    return [
        SectionPlace(
            unit,
            [
                *tasks_of(
                    neighbourhood_concerns(visit.session, visit.person, unit, visit.today), visit.today
                ),
                *_documents_to_review(visit, unit),
            ],
            _links(visit, unit, ways),
            [
                Link(each.name, url_for("overview.unit", code=each.code))
                for each in neighbourhoods_of(visit.session, unit, as_at=visit.today)
                if each.id != unit.id
            ],
        )
        for unit in _units(visit, Permission.SEE_UNITS)
    ]


def _documents_to_review(visit: Visit[None], unit: Unit) -> Iterator[Task]:
    if visit.may(Permission.FILE_DOCUMENTS, unit.path):
        count = reviews_due(visit.session, unit.path, visit.today)
        if count:
            address = url_for("documents.documents", code=unit.code, show=DUE)
            yield Task("Documents to review", address, plural(count, "document"))


# Actions ----------------------------------------------------------------------------------------------------


def action_places(visit: Visit[None]) -> list[SectionPlace]:
    """Problems, the registers of actions, their boards, and the clocks."""
    ways: tuple[Way, ...] = (
        (Permission.SEE_PROBLEMS, "Priorities", "priorities.priorities", {}),
        (Permission.SEE_PROBLEMS, "Problems", "problems.problems", {}),
        (Permission.SEE_PROBLEMS, "Problems by stage", "problems.board", {}),
        (Permission.SEE_PROBLEMS, "What worked, and what did not", "exemplars.exemplars", {}),
        (Permission.SEE_ACTIONS, "Register of actions", "work.register", {}),
        (Permission.SEE_ACTIONS, "Board", "work.board", {}),
        (Permission.SEE_ACTIONS, "Clocks", "work.clocks", {}),
        (Permission.SET_ACTIONS, "Set an action", "work.new_action", {}),
    )
    return [
        SectionPlace(unit, list(_waits_for_action(visit, unit)), _links(visit, unit, ways))
        for unit in _units(visit, Permission.SEE_ACTIONS)
    ]


def _waits_for_action(visit: Visit[None], unit: Unit) -> Iterator[Task]:
    waiting = waiting_at(visit.session, unit.path, today=visit.today)
    breaches = breaches_at(visit.session, unit.path, now=visit.now)
    if waiting.overdue:
        address = url_for("work.register", code=unit.code, due="overdue")
        status = plural(waiting.overdue, "action")
        yield Task("Actions overdue", address, status, "Their day has gone by.", is_urgent=True)
    if waiting.without_owner:
        address = url_for("work.register", code=unit.code) + "?without-owner=yes"
        status = plural(waiting.without_owner, "action")
        yield Task("Actions without an owner", address, status, "Their owner has gone.", is_urgent=True)
    if breaches:
        address = url_for("work.clocks", code=unit.code, show=ClockShow.BREACHES.value)
        yield Task(
            "Clocks in breach", address, plural(breaches, "clock"), "Past due, and not ended.", is_urgent=True
        )


# People -----------------------------------------------------------------------------------------------------


def people_places(visit: Visit[None]) -> list[SectionPlace]:
    """Members, posts, training and accounts."""
    ways: tuple[Way, ...] = (
        (Permission.SEE_MEMBERS, "Members", "people.members", {}),
        (Permission.SEE_STAFFING, "Strength and establishment", "staffing.staffing", {}),
        (Permission.SEE_STAFFING, "Vacancies", "staffing.vacancies", {}),
        (Permission.SEE_MEMBERS, "Postings ending", "staffing.succession", {}),
        (Permission.SEE_STAFFING, "Supervision", "staffing.supervision", {}),
        (Permission.SEE_STAFFING, "Specials and volunteers", "staffing.volunteers", {}),
        (Permission.SEE_STAFFING, "Training", "training.training", {}),
        (Permission.SEE_STAFFING, "Training programmes", "training.programmes", {}),
        (Permission.MANAGE_ACCOUNTS, "Accounts and roles", "people.accounts", {}),
        (Permission.MANAGE_PARTNERS, "Partner accounts", "partners.partner_accounts", {}),
        (Permission.SEE_LETTERS, "Emails", "outbox.letters", {}),
        (Permission.READ_JOURNAL, "Journal", "overview.journal", {}),
    )
    return [
        SectionPlace(
            unit,
            tasks_of(people_concerns(visit.session, visit.person, unit, visit.today), visit.today),
            _links(visit, unit, ways),
        )
        for unit in _units(visit, Permission.SEE_STAFFING)
    ]


# Performance ------------------------------------------------------------------------------------------------


def performance_places(visit: Visit[None]) -> list[SectionPlace]:
    """Months, reviews, headroom, and what counts in them."""
    month = Month.of(visit.today)
    last = month.previous
    ways: tuple[Way, ...] = (
        (Permission.SEE_STAFFING, f"{month.title} so far", "performance.month", {"month": month}),
        (Permission.SEE_STAFFING, f"Review of {last.title}", "reviews.review", {"month": last}),
        (Permission.SEE_STAFFING, f"Month of {last.title}", "performance.month", {"month": last}),
        (
            Permission.SEE_STAFFING,
            f"Abstraction of {last.title} under review",
            "performance.review",
            {"month": last},
        ),
        (Permission.SEE_STAFFING, f"What was lost in {last.title}", "performance.losses", {"month": last}),
        (Permission.SEE_STAFFING, f"Measures of {last.title}", "measures.measures", {"month": last}),
        (Permission.SEE_STAFFING, "Headroom, forecast and what if", "performance.headroom", {}),
    )
    return [
        SectionPlace(unit, _over(visit, unit, month), _links(visit, unit, ways))
        for unit in _units(visit, Permission.SEE_STAFFING)
    ]


def _over(visit: Visit[None], unit: Unit, month: Month) -> list[Task]:
    """The rates over target, the furthest over first."""
    definition = default_definition(visit.session)
    found = []
    over = teams_against_target(visit.session, unit, month.previous, month, definition).over
    for team, row in over[:MOST_OVER]:
        figure = figure_of(row, definition)
        title = f"{team.name}: {figure.label}, {row.month.title}"
        status = f"{figure.value}, {figure.words}"
        found.append(Task(title, month_address(row.unit, row.month), status, is_urgent=True))
    return found
