"""The start page, and the two addresses that a watchman asks: is it up, is it ready?"""

from sqlalchemy import text

from npt.access.rules import Open, Permission, SignedIn
from npt.counting.views.headroom import rooms_shown
from npt.duty.views.day import report_address, report_in_words
from npt.kit.months import Month
from npt.operations.views.door import when_in_words
from npt.operations.views.operations_list import TONES
from npt.overview.coming_operations import operation_in_words
from npt.overview.concerns import concerns_at
from npt.overview.forms import SearchForm
from npt.overview.queries import start_page
from npt.overview.search import results
from npt.overview.sections import neighbourhood_places, people_places, performance_places, team_places
from npt.overview.tasks import tasks_of
from npt.people.queries import member_of_account
from npt.performance.views.figures import figure_of
from npt.performance.views.month_view import TABLED_ROLES
from npt.performance.views.provenance import foot_of
from npt.reporting.views.my_abstractions import running_in_words
from npt.staffing.wording import students_in_words
from npt.webkit.pages import Answer, Pages
from npt.webkit.parts import Heading
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
        tabled_roles=TABLED_ROLES,
        students_in_words=students_in_words,
        watched_codes={watch.unit.code for watch in page.watched},
        tasks={code: tasks_of(found, visit.today) for code, found in concerns.items()},
        this_month=Month.of(visit.today),
        out_of_line=OUT_OF_LINE,
        to_confirm=TO_CONFIRM,
        report_in_words=report_in_words,
        report_address=report_address,
        running_in_words=running_in_words,
        permission=Permission,
    )


@pages.read("/team", needs=SignedIn(because="it shows the units at which the person sees duty"))
def team(visit: Visit[None]) -> Answer:
    """What there is of teams, and what waits."""
    return visit.render(
        places=team_places(visit),
        has_shifts=member_of_account(visit.session, visit.by) is not None,
        permission=Permission,
    )


@pages.read("/neighbourhoods", needs=SignedIn(because="it shows the units that the person sees"))
def neighbourhoods(visit: Visit[None]) -> Answer:
    """What there is of neighbourhoods, and what waits."""
    return visit.render(places=neighbourhood_places(visit))


@pages.read("/people", needs=SignedIn(because="it shows the units at which the person sees staffing"))
def people(visit: Visit[None]) -> Answer:
    """What there is of members, posts and training, and what waits."""
    return visit.render(places=people_places(visit))


@pages.read("/performance", needs=SignedIn(because="it shows the units at which the person sees rates"))
def performance(visit: Visit[None]) -> Answer:
    """What there is of months, and which teams are over target."""
    return visit.render(places=performance_places(visit))


@pages.read(
    "/search",
    needs=SignedIn(because="everybody may look for what they may open"),
    shows_personal="member",
)
def search(visit: Visit[None]) -> Answer:
    """What fits the words of the address."""
    form = SearchForm()
    is_asked = form.validate() and bool(form.value())
    found = results(visit.session, visit.person, form.value(), visit.today) if is_asked else None
    visit.shows_personal = found is not None and bool(found.people.found)
    return visit.render(form=form, found=found, status=422 if form.has_errors else 200)


@pages.read("/healthz", needs=Open("a watchman has no account, and it says nothing", asks_who=False))
def alive(visit: Visit[None]) -> Answer:
    """The process answers."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@pages.read("/readyz", needs=Open("a load balancer has no account, and it says nothing", asks_who=False))
def ready(visit: Visit[None]) -> Answer:
    """The database answers too."""
    visit.session.execute(text("SELECT 1"))
    return "ready\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
