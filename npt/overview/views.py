"""The start page, and the two addresses that a watchman asks: is it up, is it ready?"""

from sqlalchemy import text

from npt.access.rules import Open, Permission, SignedIn
from npt.counting.queries import DatedDefinition
from npt.counting.views.headroom import rooms_shown
from npt.duty.views.day import report_address, report_in_words
from npt.kit.months import Month
from npt.operations.views.door import when_in_words
from npt.operations.views.operations_list import TONES
from npt.overview.coming_operations import operation_in_words
from npt.overview.concerns import concerns_at
from npt.overview.queries import Watch, start_page
from npt.overview.tasks import tasks_of
from npt.performance.views.figures import figure_of
from npt.performance.views.month_view import TABLED_ROLES
from npt.performance.views.provenance import foot_of
from npt.reporting.views.my_abstractions import in_words
from npt.staffing.wording import students_in_words
from npt.webkit.filters import number
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


def _posts(watch: Watch) -> list[str]:
    """The posts of a watched unit: "Constables: 22 of 28 posts"; its student officers, if it has any."""
    posts = [
        f"{line.role.heading}: {number(line.strength)} "
        + (
            "establishment not known"
            if line.establishment is None
            else f"of {number(line.establishment)} posts"
        )
        for line in map(watch.staffing.of, TABLED_ROLES)
    ]
    students = students_in_words(watch.staffing.students).rstrip(".")
    return [*posts, students] if students else posts


def _months(watch: Watch, definition: DatedDefinition) -> list[Figure]:
    """The two months of a watched unit, the current one first."""
    return [
        figure_of(row, definition, f"{group.wording}, {row.month.title}")
        for rows in (watch.this_month, watch.last_month)
        for group, row in rows.items()
    ]


@pages.read("/", needs=SignedIn(because="everybody has a start page, with what they may see"))
def home(visit: Visit[None]) -> Answer:
    """What this person needs to do now."""
    page = start_page(visit.session, visit.person, today=visit.today, now=visit.now)
    shown = [*(team.unit for team in page.teams), *(watch.unit for watch in page.watched)]
    concerns = concerns_at(visit.session, visit.person, shown, visit.today)
    rates = [row for watch in page.watched for row in watch.rows]
    foot = foot_of(rates, page.definition, visit.now) if rates else None
    return visit.render(
        page=page,
        foot=foot,
        status=200 if foot is None else foot.status,
        operation_in_words=operation_in_words,
        operation_times=when_in_words,
        tones=TONES,
        rooms_shown=rooms_shown,
        figure_of=figure_of,
        months_of=_months,
        posts_of=_posts,
        watched_codes={watch.unit.code for watch in page.watched},
        tasks={code: tasks_of(found, visit.today) for code, found in concerns.items()},
        this_month=Month.of(visit.today),
        out_of_line=OUT_OF_LINE,
        to_confirm=TO_CONFIRM,
        report_in_words=report_in_words,
        report_address=report_address,
        running=[(away, in_words(away, visit.now)) for away in page.own.running] if page.own else [],
        permission=Permission,
    )


@pages.read("/healthz", needs=Open("a watchman has no account, and it says nothing", asks_who=False))
def alive(visit: Visit[None]) -> Answer:
    """The process answers."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@pages.read("/readyz", needs=Open("a load balancer has no account, and it says nothing", asks_who=False))
def ready(visit: Visit[None]) -> Answer:
    """The database answers too."""
    visit.session.execute(text("SELECT 1"))
    return "ready\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
