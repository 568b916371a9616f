"""The start page: what this person needs to do now."""

from collections.abc import Mapping
from typing import Any

from npt.access.rules import Permission, SignedIn
from npt.counting.views.headroom import rooms_shown
from npt.duty.views.day import report_address, report_in_words
from npt.engagement.views.asking import asking_today
from npt.kit.months import Month
from npt.kit.paging import Page
from npt.operations.views.door import when_in_words
from npt.operations.views.operations_list import TONES
from npt.overview.coming_operations import operation_in_words
from npt.overview.concerns import concerns_at
from npt.overview.navigation import is_only_partner
from npt.overview.partner_start import partner_start
from npt.overview.queries import start_page
from npt.overview.review_tasks import review_tasks
from npt.overview.tasks import infected_files, tasks_of
from npt.overview.views.door import pages
from npt.partners.rules import ENDS_SOON
from npt.partners.wording import level_in_words, shared_address
from npt.performance.views.cover import contact_shown
from npt.performance.views.figures import figure_of
from npt.performance.views.month_view import TABLED_ROLES
from npt.performance.views.provenance import foot_of
from npt.problems.queries import own_problems
from npt.problems.wording import problem_address
from npt.reporting.views.my_abstractions import running_in_words
from npt.shifts.wording import shift_in_words
from npt.staffing.wording import students_in_words
from npt.webkit.pages import Answer
from npt.webkit.parts import Heading
from npt.webkit.visit import Visit
from npt.work.queries import mine as mine_of
from npt.work.queries import own_actions
from npt.work.wording import due_in_words, own_address

#: Own problems and actions on the start page; the rest are a link away.
FIRST_ACTIONS = 5
#: The headings of the table of what is out of line.
OUT_OF_LINE = (
    Heading("Team"),
    Heading("Abstracted"),
    Heading("Group"),
    Heading("Month"),
    Heading("Confirmed", is_number=True),
)
#: The headings of the list of days to confirm.
TO_CONFIRM = (Heading("Day"), Heading("Shifts", is_number=True), Heading("Confirm"))
#: By what the template words the records of other features, whoever looks at it.
_WORDS: Mapping[str, Any] = {
    "permission": Permission,
    "operation_in_words": operation_in_words,
    "operation_times": when_in_words,
    "tones": TONES,
    "rooms_shown": rooms_shown,
    "figure_of": figure_of,
    "tabled_roles": TABLED_ROLES,
    "students_in_words": students_in_words,
    "out_of_line": OUT_OF_LINE,
    "to_confirm": TO_CONFIRM,
    "report_in_words": report_in_words,
    "report_address": report_address,
    "running_in_words": running_in_words,
    "shift_in_words": shift_in_words,
    "contact_shown": contact_shown,
    "problem_address": problem_address,
    "action_due": due_in_words,
    "action_address": own_address,
    "level_in_words": level_in_words,
    "shared_address": shared_address,
}


@pages.read("/", needs=SignedIn(because="everybody has a start page, with what they may see"))
def home(visit: Visit[None]) -> Answer:
    """What this person needs to do now."""
    mine = mine_of(visit.session, visit.person)
    page = start_page(visit.session, visit.person, today=visit.today, now=visit.now)
    concerns = concerns_at(visit.session, visit.person, page.units, visit.now)
    foot = foot_of(page.rates, page.definition, visit.now) if page.rates else None
    return visit.render(
        page=page,
        infected=infected_files(visit.session, visit.person),
        foot=foot,
        status=200 if foot is None else foot.status,
        tasks={code: tasks_of(found, visit.today) for code, found in concerns.items()},
        reviews=review_tasks(visit, [watch.unit for watch in page.watched]),
        this_month=Month.of(visit.today),
        own_actions=own_actions(visit.session, mine, today=visit.today, page=Page(1, FIRST_ACTIONS)),
        own_problems=own_problems(visit.session, mine, today=visit.today, most=FIRST_ACTIONS),
        is_in_the_street=visit.may(Permission.RECORD_CONTACTS),
        asking=asking_today(visit) if page.own else "",
        partner=partner_start(visit.session, visit.person, visit.now),
        ends_soon=visit.today + ENDS_SOON,
        is_only_partner=is_only_partner(visit.person),
        **_WORDS,
    )
