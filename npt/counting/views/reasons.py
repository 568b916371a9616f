"""The reasons for being away: listed for everybody, added and changed by the board."""

from flask import url_for

from npt.access.rules import Permission, SignedIn
from npt.counting import actions
from npt.counting.forms import ChangeReasonForm, NewReason, NewReasonForm
from npt.counting.queries import ReasonUse, definitions, reason_record, use_of
from npt.counting.views.door import pages
from npt.counting.views.wording import check_may_manage, may_manage
from npt.kit.spans import lasts
from npt.shifts.models import Reason
from npt.shifts.queries import ReasonLine, reasons
from npt.shifts.rules import ReasonKind
from npt.webkit.fields import Choice
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import plural
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: Why everybody signed in may read what counts.
EVERYBODYS = SignedIn(because="whoever reads a rate may know what counts in it; nobody's data is shown")
_COLUMNS: Columns[ReasonLine] = (
    coded("Reason", lambda reason: reason, is_below=True),
    Column("Known", lambda reason: "planned" if reason.is_planned else "unplanned"),
    Column("Decided", lambda reason: "force-wide" if reason.is_force_wide else "locally"),
    Column("Note", lambda reason: "needed" if reason.needs_note else "not needed"),
    Column(
        "May be recorded",
        lambda reason: "yes" if reason.closed_on is None else f"to {day_in_words(reason.closed_on)}",
    ),
)


@pages.read("/reasons", needs=EVERYBODYS)
def reasons_list(visit: Visit[None]) -> Answer:
    """Every reason, what is said of it, and under which definitions it counts."""
    known, by = reasons(visit.session), definitions(visit.session)
    may_change = may_manage(visit)

    def address(reason: ReasonLine) -> str:
        return url_for("counting.change_reason", reason=reason.code) if may_change else ""

    def counts_under(reason: ReasonLine) -> str:
        counting = [
            each.name
            for each in by
            if lasts(each.closed_on, visit.today) and each.on(visit.today).counts(reason.code, reason.kind)
        ]
        return ", ".join(counting) or "none"

    abstraction = [each for each in known if each.kind is ReasonKind.ABSTRACTION]
    absence = [each for each in known if each.kind is ReasonKind.ABSENCE]
    counts = Column("Counts today under", counts_under)
    return visit.render(
        abstraction=Table(
            "Reasons of abstraction", (*_COLUMNS, counts), abstraction, href=address, file="reasons"
        ),
        absence=Table("Reasons of absence", _COLUMNS, absence, href=address),
        may_change=may_change,
        definitions_href=url_for("counting.definitions_list"),
    )


@pages.form("/new-reason", needs=Permission.MANAGE_DEFINITIONS)
def new_reason(visit: Visit[None]) -> Answer:
    """Add a reason."""
    check_may_manage(visit)
    form, known = NewReasonForm(), definitions(visit.session)
    # Those that do not count every new reason of abstraction have to be asked about it.
    form.counts_under.choices = tuple(
        Choice(each.code, each.name) for each in known if not each.counts_new_reasons
    )
    return form_page(
        visit,
        form,
        act=lambda: _add(visit, form.value()),
        saved=lambda added: visit.saved(_list_address(), f"Added: {added.name}. It can be recorded now."),
        page=lambda: {
            "always": ", ".join(each.name for each in known if each.counts_new_reasons),
            "list_href": _list_address(),
        },
    )


def _add(visit: Visit[None], typed: NewReason) -> Reason:
    return actions.add_reason(
        visit.session, code=typed.code, kind=typed.kind, facts=typed.facts, counts_under=typed.counts_under
    )


@pages.form("/reasons/<reason>", needs=Permission.MANAGE_DEFINITIONS)
def change_reason(visit: Visit[None], reason: str) -> Answer:
    """Rename a reason, change what is said of it, close it after a day or open it again."""
    check_may_manage(visit)
    return correction_page(
        visit,
        ChangeReasonForm,
        lambda: reason_record(visit.session, reason),
        act=lambda found, form: actions.change_reason(
            visit.session, found, form.value(), expected_version=form.shown_version
        ),
        saved=lambda changed: visit.saved(_list_address(), f"Saved: {changed.name}."),
        page=lambda found: {
            "reason": found,
            "recorded": _use_in_words(use_of(visit.session, found)),
            "list_href": _list_address(),
        },
        keep_href=_list_address(),
    )


def _use_in_words(use: ReasonUse) -> str:
    if not use.records:
        return "Nothing is recorded for it yet."
    days = f"from {day_in_words(use.first_on)} to {day_in_words(use.last_on)}"
    return f"{plural(use.records, 'record')}, {days}."


def _list_address() -> str:
    return url_for("counting.reasons_list")
