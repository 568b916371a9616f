"""The journal, searched: who did what, when."""

from dataclasses import replace

from npt.access.rules import Permission
from npt.journal.rules import fields_of
from npt.organisation.models import Unit
from npt.overview.forms import JournalForm
from npt.overview.journal_search import (
    FoundEntry,
    Question,
    account_here,
    act_in_words,
    fact_in_words,
    journal_of,
)
from npt.overview.views.door import pages
from npt.people.queries import member_in
from npt.webkit.asked import asked_page
from npt.webkit.filters import number
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


def _record_in_words(found: FoundEntry) -> str:
    """What an entry is about: "member 12", "3 shifts"."""
    entry, words = found.entry, act_in_words(found.entry.record_type)
    if entry.record_id is not None:
        return f"{words} {entry.record_id}"
    return words if entry.record_count == 1 else f"{words}, {number(entry.record_count)} records"


def _fields_in_words(found: FoundEntry) -> str:
    """Which of its facts an entry is about; what they were is not shown."""
    return ", ".join(dict.fromkeys(map(fact_in_words, fields_of(found.entry.details))))


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
