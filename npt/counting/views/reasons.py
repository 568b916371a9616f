"""The reasons for being away: listed for everybody, added and changed by the board."""

from collections.abc import Sequence
from datetime import date

from flask import url_for

from npt.access.rules import Permission, SignedIn
from npt.counting.actions import add_reason
from npt.counting.actions import change_reason as save
from npt.counting.forms import ChangeReasonForm, NewReasonForm
from npt.counting.queries import DatedDefinition, definitions, reason_record, use_of
from npt.counting.views.door import pages
from npt.counting.views.wording import check_may_manage, choices_of, may_manage
from npt.kit.spans import lasts
from npt.shifts.queries import ReasonLine, reasons
from npt.shifts.rules import ReasonKind
from npt.webkit.filters import day as day_in_words
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
    known, href = reasons(visit.session), _address if may_manage(visit) else None
    abstraction = [each for each in known if each.kind is ReasonKind.ABSTRACTION]
    absence = [each for each in known if each.kind is ReasonKind.ABSENCE]
    columns = (*_COLUMNS, _counts_under(definitions(visit.session), visit.today))
    return visit.render(
        abstraction=Table("Reasons of abstraction", columns, abstraction, href=href, file="reasons"),
        absence=Table("Reasons of absence", _COLUMNS, absence, href=href),
        may_change=href is not None,
        definitions_href=url_for("counting.definitions_list"),
    )


def _address(reason: ReasonLine) -> str:
    return url_for("counting.change_reason", reason=reason.code)


def _counts_under(by: Sequence[DatedDefinition], day: date) -> Column[ReasonLine]:
    def counting(reason: ReasonLine) -> str:
        then = (each for each in by if lasts(each.closed_on, day))
        return (
            ", ".join(each.name for each in then if each.on(day).counts(reason.code, reason.kind)) or "none"
        )

    return Column("Counts today under", counting)


@pages.form("/new-reason", needs=Permission.MANAGE_DEFINITIONS)
def new_reason(visit: Visit[None]) -> Answer:
    """Add a reason."""
    check_may_manage(visit)
    form, known = NewReasonForm(), definitions(visit.session)
    form.counts_under.choices = choices_of(each for each in known if not each.counts_new_reasons)
    return form_page(
        visit,
        form,
        act=lambda: add_reason(
            visit.session,
            code=form.code.value,
            kind=ReasonKind(form.kind.value),
            facts=form.value(),
            counts_under=form.counts_under.data or (),
        ),
        saved=lambda added: f"Added: {added.name}. It can be used now.",
        back_href=url_for("counting.reasons_list"),
        page=lambda: {"always": ", ".join(each.name for each in known if each.counts_new_reasons)},
    )


@pages.form("/reasons/<reason>", needs=Permission.MANAGE_DEFINITIONS)
def change_reason(visit: Visit[None], reason: str) -> Answer:
    """Rename a reason, change what is said of it, close it after a day or open it again."""
    check_may_manage(visit)
    return correction_page(
        visit,
        ChangeReasonForm,
        lambda: reason_record(visit.session, reason),
        act=lambda found, form: save(visit.session, found, form.value(), expected_version=form.shown_version),
        saved=lambda changed: f"Saved: {changed.name}.",
        page=lambda found: {"use": use_of(visit.session, found)},
        back_href=url_for("counting.reasons_list"),
    )
