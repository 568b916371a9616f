"""The reasons for being away: listed for everybody, added and changed by the board."""

from flask import url_for

from npt.access.rules import Permission, SignedIn
from npt.counting import actions
from npt.counting.forms import ChangeReasonForm, NewReasonForm
from npt.counting.queries import DatedDefinition, definitions, reason_record, use_of
from npt.counting.views.door import pages
from npt.counting.views.wording import check_may_manage, may_manage
from npt.kit.refusals import Refusal
from npt.kit.spans import lasts
from npt.shifts.models import Reason
from npt.shifts.queries import ReasonLine, reasons
from npt.shifts.rules import ReasonKind
from npt.store.versions import StaleRecord
from npt.webkit.fields import Choice
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import last_day, plural
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.stale import both_versions
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
    form = NewReasonForm()
    asked, always = _asked_about(visit)
    form.counts_under.choices = tuple(Choice(each.code, each.name) for each in asked)
    if visit.is_sent and form.validate():
        typed = form.value()
        try:
            actions.add_reason(
                visit.session,
                code=typed.code,
                kind=typed.kind,
                facts=typed.facts,
                counts_under=typed.counts_under,
            )
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
        else:
            return visit.saved(_list_address(), f"Added: {typed.facts.name}. It can be recorded now.")
    return visit.render(
        form=form,
        always=", ".join(each.name for each in always),
        list_href=_list_address(),
        status=422 if visit.is_sent else 200,
    )


def _asked_about(visit: Visit[None]) -> tuple[list[DatedDefinition], list[DatedDefinition]]:
    """The definitions that have to be asked about a new reason of abstraction, and those that count it."""
    known = definitions(visit.session)
    return [each for each in known if not each.counts_new_reasons], [
        each for each in known if each.counts_new_reasons
    ]


@pages.form("/reasons/<reason>", needs=Permission.MANAGE_DEFINITIONS)
def change_reason(visit: Visit[None], reason: str) -> Answer:
    """Rename a reason, change what is said of it, close it after a day or open it again."""
    check_may_manage(visit)
    found = _record(visit, reason)
    form = ChangeReasonForm(data=_as_it_is(found))
    if visit.is_sent and form.validate():
        typed = form.value()
        try:
            actions.change_reason(visit.session, found, typed, expected_version=form.shown_version)
        except StaleRecord:
            visit.session.rollback()
            found = _record(visit, reason)
            return both_versions(form, found.version, _sides(typed, found), keep_href=_list_address())
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
            found = _record(visit, reason)
        else:
            return visit.saved(_list_address(), f"Saved: {typed.name}.")
    use = use_of(visit.session, found)
    recorded = "Nothing is recorded for it yet."
    if use.records:
        days = f"from {day_in_words(use.first_on)} to {day_in_words(use.last_on)}"
        recorded = f"{plural(use.records, 'record')}, {days}."
    return visit.render(
        form=form,
        reason=found,
        recorded=recorded,
        list_href=_list_address(),
        status=422 if visit.is_sent else 200,
    )


def _record(visit: Visit[None], code: str) -> Reason:
    found = reason_record(visit.session, code)
    if found is None:
        visit.missing()
        raise AssertionError("the request has ended")
    return found


def _list_address() -> str:
    return url_for("counting.reasons_list")


def _as_it_is(reason: Reason) -> dict[str, object]:
    return {
        "name": reason.name,
        "needs_note": reason.needs_note or None,
        "is_planned": reason.is_planned or None,
        "is_force_wide": reason.is_force_wide or None,
        "closed_on": reason.closed_on,
        "version": str(reason.version),
    }


def _sides(typed: actions.ReasonFacts, reason: Reason) -> list[tuple[str, str, str]]:
    def yes(is_so: bool) -> str:
        return "yes" if is_so else "no"

    return [
        ("Name", typed.name, reason.name),
        ("Planned", yes(typed.is_planned), yes(reason.is_planned)),
        ("Decided force-wide", yes(typed.is_force_wide), yes(reason.is_force_wide)),
        ("Needs a note", yes(typed.needs_note), yes(reason.needs_note)),
        ("Last day", last_day(typed.closed_on), last_day(reason.closed_on)),
    ]
