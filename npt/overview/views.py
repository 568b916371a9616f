"""The start page, the journal, and the two addresses that a watchman asks: is it up, is it ready?"""

from dataclasses import replace

from sqlalchemy import text

from npt.access.rules import Open, Permission, SignedIn
from npt.counting.views.headroom import rooms_shown
from npt.duty.views.day import report_address, report_in_words
from npt.journal.rules import fields_of
from npt.kit.months import Month
from npt.operations.views.door import when_in_words
from npt.operations.views.operations_list import TONES
from npt.organisation.models import Unit
from npt.overview.coming_operations import operation_in_words
from npt.overview.concerns import concerns_at
from npt.overview.forms import JournalForm
from npt.overview.journal_search import FoundEntry, Question, account_here, act_in_words, journal_of
from npt.overview.queries import start_page
from npt.overview.tasks import tasks_of
from npt.people.queries import member_in
from npt.performance.views.figures import figure_of
from npt.performance.views.month_view import TABLED_ROLES
from npt.performance.views.provenance import foot_of
from npt.reporting.views.my_abstractions import running_in_words
from npt.staffing.wording import students_in_words
from npt.webkit.asked import asked_page
from npt.webkit.filters import number
from npt.webkit.listing import Column, Columns, Table
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


def _record_in_words(found: FoundEntry) -> str:
    """What an entry is about: "member 12", "3 shifts"."""
    entry, words = found.entry, act_in_words(found.entry.record_type)
    if entry.record_id is not None:
        return f"{words} {entry.record_id}"
    return words if entry.record_count == 1 else f"{words}, {number(entry.record_count)} records"


def _fields_in_words(found: FoundEntry) -> str:
    """Which of its facts an entry is about; what they were is not shown."""
    return ", ".join(act_in_words(name) for name in fields_of(found.entry.details))


JOURNAL: Columns[FoundEntry] = (
    Column("When", lambda each: each.entry.at),
    Column(
        "Who",
        lambda each: each.name,
        holds_words=True,
        unknown="a command, or an account elsewhere",
        below=lambda each: each.email or "",
    ),
    Column("Action", lambda each: act_in_words(each.entry.act), holds_words=True),
    Column("Kind", lambda each: "seen" if each.entry.change == "viewed" else each.entry.change),
    Column("Record", _record_in_words),
    Column("Facts", _fields_in_words),
    Column("Entry", lambda each: each.entry.sequence, is_number=True),
)


@pages.read(
    "/units/<code>/journal",
    needs=Permission.READ_JOURNAL,
    within="code",
    shows_personal="journal of unit",
)
def journal(visit: Visit[Unit]) -> Answer:
    """Who did what, when, at the unit and under it; and who saw or changed what is kept of a member."""
    form, visit.personal_record_id = JournalForm(), visit.place.id
    form.read_address(visit.today)
    question = None if form.has_errors else _asked(visit, form)
    found = None
    if question is not None:
        found = journal_of(visit.session, visit.place, question, visit.today, asked_page(100))
    caption = f"Journal of {visit.place.name}"
    return visit.render(
        form=form,
        table=None
        if found is None
        else Table(caption, JOURNAL, found, noun="entries", file=f"journal-{visit.place.code}"),
        status=422 if form.has_errors else 200,
    )


def _asked(visit: Visit[Unit], form: JournalForm) -> Question | None:
    """The question with its member and account; None, and said on the field, where there is none here."""
    question = form.value()
    if form.member.data:
        found = member_in(visit.session, visit.place.path, form.member.data, today=visit.today)
        if found is None:
            form.member.errors = [f"There is no member {form.member.data} here: check the number."]
            return None
        question = replace(question, member_id=found.id)
    if form.account.data:
        account_id = account_here(visit.session, visit.place, form.account.data)
        if account_id is None:
            form.account.errors = ["No account of this address has a role here: check the address."]
            return None
        question = replace(question, account_id=account_id)
    return question


@pages.read("/healthz", needs=Open("a watchman has no account, and it says nothing", asks_who=False))
def alive(visit: Visit[None]) -> Answer:
    """The process answers."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@pages.read("/readyz", needs=Open("a load balancer has no account, and it says nothing", asks_who=False))
def ready(visit: Visit[None]) -> Answer:
    """The database answers too."""
    visit.session.execute(text("SELECT 1"))
    return "ready\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
