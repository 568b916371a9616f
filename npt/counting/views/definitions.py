"""The definitions of the abstraction rate: what each counts, copied, reworded, closed."""

from collections.abc import Sequence
from datetime import date

from flask import request, url_for

from npt.access.rules import Permission
from npt.counting.actions import change_definition as save
from npt.counting.actions import copy_definition
from npt.counting.forms import ChangeDefinitionForm, NewDefinitionForm
from npt.counting.models import Definition, DefinitionChange
from npt.counting.queries import (
    DatedDefinition,
    changes_of,
    definition_coded,
    definition_record,
    definitions,
    still_stands,
)
from npt.counting.rules import DEFAULT_DEFINITION
from npt.counting.rules import Definition as DefinitionThen
from npt.counting.views.door import pages
from npt.counting.views.reasons import EVERYBODYS
from npt.counting.views.wording import (
    change_in_words,
    check_may_manage,
    choices_of,
    counts_in_words,
    marks_in_words,
    may_manage,
    over_in_words,
    table_changed,
)
from npt.shifts.queries import ReasonLine, reasons, reasons_of
from npt.shifts.rules import ReasonKind
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import moment
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_COLUMNS: Columns[DatedDefinition] = (
    coded("Definition", lambda each: each, is_below=True),
    Column("What it counts", lambda each: each.explanation),
    Column("Divided by", lambda each: over_in_words(each)),
    Column("In use", lambda each: _use_in_words(each)),
    Column("Last changed", lambda each: table_changed(each)),
)
_NEXT = "Now change what counts, if it differs."


@pages.read("/definitions", needs=EVERYBODYS)
def definitions_list(visit: Visit[None]) -> Answer:
    """Every definition, and which reasons count under each today."""
    found = definitions(visit.session)
    return visit.render(
        definitions=Table(
            "Definitions", _COLUMNS, found, href=lambda each: address(each.code), file="definitions"
        ),
        counting=_counting_today(visit, found),
        may_change=may_manage(visit),
        reasons_href=url_for("counting.reasons_list"),
    )


def _counting_today(visit: Visit[None], found: Sequence[DatedDefinition]) -> Table[ReasonLine | None]:
    """Each reason of abstraction, and absence as a whole (None), with what it does today."""

    def under(definition: DefinitionThen) -> Column[ReasonLine | None]:
        def counts(reason: ReasonLine | None) -> bool:
            return (
                definition.puts_absence_back
                if reason is None
                else definition.counts(reason.code, reason.kind)
            )

        return Column(definition.name, counts, words=counts_in_words)

    return Table(
        "What counts today under each definition",
        (
            Column("Reason", lambda reason: reason.name if reason else "Every absence", holds_words=True),
            *(under(each.on(visit.today)) for each in found),
        ),
        [*reasons_of(visit.session, ReasonKind.ABSTRACTION), None],
    )


def _use_in_words(definition: DatedDefinition) -> str:
    if definition.closed_on is not None:
        return f"to {day_in_words(definition.closed_on)}"
    return "yes: used for targets" if definition.code == DEFAULT_DEFINITION else "yes"


def address(code: str) -> str:
    """The page of a definition."""
    return url_for("counting.definition", definition=code)


@pages.read("/definitions/<definition>", needs=EVERYBODYS)
def definition(visit: Visit[None], definition: str) -> Answer:
    """One definition: what counts from which day on, and every change of it."""
    found, record = dated_definition(visit, definition), definition_at(visit, definition)
    known = reasons(visit.session)
    is_mine = may_manage(visit)
    return visit.render(
        definition=found,
        facts=_facts(found),
        counting=Table(
            "What counts, by reason and date",
            _marks_columns(found, visit.today),
            [reason for reason in known if reason.kind is ReasonKind.ABSTRACTION],
        ),
        changes=_changes(found, changes_of(visit.session, record), known, is_mine=is_mine),
        may_change=is_mine,
        list_href=url_for("counting.definitions_list"),
    )


def _facts(definition: DatedDefinition) -> tuple[tuple[str, str], ...]:
    return (
        ("Code", definition.code),
        ("What it counts", definition.explanation),
        ("Divided by", over_in_words(definition)),
        ("In use", _use_in_words(definition)),
        ("Last changed", table_changed(definition)),
        ("New reasons of abstraction", "count" if definition.counts_new_reasons else "are asked about"),
    )


def _marks_columns(definition: DatedDefinition, today: date) -> Columns[ReasonLine]:
    then = definition.on(today)
    return (
        coded("Reason", lambda reason: reason, is_below=True),
        Column("Today", lambda reason: counts_in_words(then.counts(reason.code, reason.kind))),
        Column("By date", lambda reason: marks_in_words(definition.marks.get(reason.code, ()))),
    )


def _changes(
    definition: DatedDefinition,
    found: list[DefinitionChange],
    known: tuple[ReasonLine, ...],
    *,
    is_mine: bool,
) -> Table[DefinitionChange]:
    names = {reason.id: reason.name for reason in known}
    codes = {reason.id: reason.code for reason in known}
    put_back = {change.puts_back_id for change in found}

    def what(change: DefinitionChange) -> str:
        return change_in_words(change, names)

    def put_back_address(change: DefinitionChange) -> str:
        if change.id in put_back or not still_stands(definition, change, codes):
            return ""
        return url_for("counting.put_back", definition=definition.code, counting_change_id=change.id)

    columns: Columns[DefinitionChange] = (
        Column("Changed", lambda change: change.changed_at),
        Column("From", lambda change: change.starts_on),
        Column("Reasons", what),
        Column("Why", lambda change: change.why, holds_words=True),
    )
    of_mine: Columns[DefinitionChange] = (
        Column("By", lambda change: "the command line" if change.account is None else change.account.name),
        Column(
            "",
            lambda change: "Reverse" if put_back_address(change) else "",
            href=put_back_address,
            about=lambda change: f" the change of {moment(change.changed_at)}, {what(change)}",
        ),
    )
    return Table("Changes of what counts", (*columns, *of_mine) if is_mine else columns, found)


def dated_definition(visit: Visit[None], code: str) -> DatedDefinition:
    """The definition of the address with its dates; "not found" when there is none."""
    return visit.found(definition_coded(visit.session, code))


def definition_at(visit: Visit[None], code: str) -> Definition:
    """The definition of the address, to change it; "not found" when there is none."""
    return visit.found(definition_record(visit.session, code))


@pages.form("/new-definition", needs=Permission.MANAGE_DEFINITIONS)
def new_definition(visit: Visit[None]) -> Answer:
    """Make a definition by copying another; the address may say which (`copy`)."""
    check_may_manage(visit)
    form = NewDefinitionForm(source=request.args.get("copy"))
    form.source.choices = choices_of(definitions(visit.session))
    return form_page(
        visit,
        form,
        act=lambda: copy_definition(
            visit.session,
            source=form.source.value,
            code=form.code.value,
            facts=form.value(),
            now=visit.now,
        ),
        saved=lambda made: visit.saved(address(made.code), f"Added: {made.name}. {_NEXT}"),
        back_href=url_for("counting.definitions_list"),
    )


@pages.form("/definitions/<definition>/words", needs=Permission.MANAGE_DEFINITIONS)
def change_definition(visit: Visit[None], definition: str) -> Answer:
    """Reword a definition, close it after a day or open it again. No figure moves."""
    check_may_manage(visit)
    return correction_page(
        visit,
        ChangeDefinitionForm,
        lambda: definition_record(visit.session, definition),
        act=lambda found, form: save(visit.session, found, form.value(), expected_version=form.shown_version),
        saved=lambda changed: f"Saved: {changed.name}.",
        back_href=address(definition),
    )
