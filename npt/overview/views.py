"""The start page, and the two addresses that a watchman asks: is it up, is it ready?"""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy import text

from npt.access.rules import Open, Permission, SignedIn
from npt.counting.queries import DatedDefinition
from npt.counting.views.headroom import rooms_shown
from npt.duty.views.day import report_address, report_in_words
from npt.kit.months import Month
from npt.overview.coming_operations import operations_coming
from npt.overview.concerns import concerns_at
from npt.overview.queries import StartPage, Watch, start_page
from npt.overview.tasks import tasks_of
from npt.people.rules import PolicingRole, RoleGroup
from npt.performance.rules import RateRow
from npt.performance.views.figures import figure_of
from npt.performance.views.provenance import foot_of
from npt.reporting.views.my_abstractions import in_words
from npt.staffing.views import role_as_heading
from npt.staffing.wording import students_in_words
from npt.webkit.filters import number, percent
from npt.webkit.pages import Answer, Pages
from npt.webkit.parts import Figure, Heading
from npt.webkit.visit import Visit

pages = Pages("overview")

#: The headings of the table of what is out of line.
OUT_OF_LINE = (
    Heading("Team"),
    Heading("Group"),
    Heading("Month"),
    Heading("Abstracted"),
    Heading("Confirmed", is_number=True),
)
#: The headings of the list of days to confirm.
TO_CONFIRM = (Heading("Day"), Heading("Shifts", is_number=True), Heading("Confirm"))
#: The roles whose posts a manager sees at once.
POSTS = (PolicingRole.INSPECTOR, PolicingRole.SERGEANT, PolicingRole.CONSTABLE, PolicingRole.PCSO)


@dataclass(frozen=True, slots=True)
class Offence:
    """A team's group over target in a month."""

    team: str
    group: str
    month: str
    href: str
    figure: Figure
    #: how much of the duty is confirmed
    coverage: str


@dataclass(frozen=True, slots=True)
class WatchShown:
    """A watched unit in words: what is out of line, then the month, then the posts."""

    watch: Watch
    over: tuple[Offence, ...]
    figures: tuple[Figure, ...]
    #: "22 of 28 constables"; student officers, and whether they count, where there are any
    posts: tuple[str, ...]


def _offence(name: str, row: RateRow, definition: DatedDefinition) -> Offence:
    group = RoleGroup(row.group)
    address = url_for("performance.month", code=row.unit, month=row.month)
    figure = figure_of(row, group.wording, group.target, definition)
    return Offence(name, group.wording, row.month.title, address, figure, percent(row.coverage))


def _watch(watch: Watch, definition: DatedDefinition) -> WatchShown:
    """The two months of the unit as figures, the current one first."""
    figures = [
        figure_of(row, f"{group.wording}, {row.month.title}", group.target, definition)
        for rows in (watch.this_month, watch.last_month)
        for group, row in rows.items()
    ]
    posts = []
    for role in POSTS:
        line = watch.staffing.of(role)
        of = (
            "establishment not known"
            if line.establishment is None
            else f"of {number(line.establishment)} posts"
        )
        posts.append(f"{role_as_heading(role)}: {number(line.strength)} {of}")
    if students := students_in_words(watch.staffing.students):
        posts.append(students.rstrip("."))
    over = tuple(_offence(unit.name, row, definition) for unit, row in watch.out_of_line)
    return WatchShown(watch, over, tuple(figures), tuple(posts))


def _watched(page: StartPage) -> list[WatchShown]:
    return [_watch(watch, page.definition) for watch in page.watched]


@pages.read("/", needs=SignedIn(because="everybody has a start page, with what they may see"))
def home(visit: Visit[None]) -> Answer:
    """What this person needs to do now."""
    page = start_page(visit.session, visit.person, today=visit.today, now=visit.now)
    shown = [*(team.unit for team in page.teams), *(watch.unit for watch in page.watched)]
    concerns = concerns_at(visit.session, visit.person, shown, visit.today)
    rates = [row for watch in page.watched for row in watch.rows]
    foot = foot_of(rows=rates, definitions=[page.definition], now=visit.now) if rates else None
    return visit.render(
        page=page,
        foot=foot,
        status=422 if foot is not None and foot.form.has_errors else 200,
        coming={team.unit.code: operations_coming(team) for team in page.teams},
        rooms={team.unit.code: rooms_shown(team.headrooms) for team in page.teams},
        watched=_watched(page),
        watched_codes={watch.unit.code for watch in page.watched},
        tasks={code: tasks_of(found, visit.today) for code, found in concerns.items()},
        this_month=Month.of(visit.today),
        out_of_line=OUT_OF_LINE,
        to_confirm=TO_CONFIRM,
        reports={
            team.unit.code: [
                (report_in_words(report, team.grid), report_address(report)) for report in team.reports
            ]
            for team in page.teams
        },
        running=[(away, in_words(away, visit.now)) for away in page.own.running] if page.own else [],
        permission=Permission,
    )


@pages.read("/healthz", needs=Open(because="a watchman has no account, and it says nothing"))
def alive(visit: Visit[None]) -> Answer:
    """The process answers."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@pages.read("/readyz", needs=Open(because="a load balancer has no account, and it says nothing"))
def ready(visit: Visit[None]) -> Answer:
    """The database answers too."""
    visit.session.execute(text("SELECT 1"))
    return "ready\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
