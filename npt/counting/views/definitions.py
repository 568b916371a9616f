"""The definitions of the abstraction rate: what each counts, copied, reworded, closed."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request, url_for

from npt.access.rules import Permission
from npt.counting import actions
from npt.counting.forms import ChangeDefinitionForm, NewDefinition, NewDefinitionForm
from npt.counting.models import Definition, DefinitionChange
from npt.counting.queries import DatedDefinition, changes_of, definition_coded, definition_record, definitions
from npt.counting.rules import DEFAULT_DEFINITION, counts_on, mark_on
from npt.counting.views.door import pages
from npt.counting.views.reasons import EVERYBODYS
from npt.counting.views.wording import (
    ChangeShown,
    change_shown,
    check_may_manage,
    counts_in_words,
    marks_in_words,
    may_manage,
    over_in_words,
    table_changed,
)
from npt.shifts.queries import ReasonLine, reasons
from npt.shifts.rules import ReasonKind
from npt.webkit.fields import Choice
from npt.webkit.filters import day as day_in_words
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.parts import Column
from npt.webkit.visit import Visit

_COLUMNS = tuple(
    Column(heading) for heading in ("Definition", "What it counts", "Over", "In use", "Table changed")
)
_TABLE_COLUMNS = (Column("Reason"), Column("Today"), Column("By date"))
_CHANGE_COLUMNS = tuple(Column(heading) for heading in ("Changed", "From", "Reasons", "Why"))


@dataclass(frozen=True, slots=True)
class DefinitionShown:
    """A definition as the list shows it."""

    name: str
    code: str
    href: str
    explanation: str
    over: str
    use: str
    changed: str


@pages.read("/definitions", needs=EVERYBODYS)
def definitions_list(visit: Visit[None]) -> Answer:
    """Every definition, and which reasons count under each today."""
    found = definitions(visit.session)
    known = [reason for reason in reasons(visit.session) if reason.kind is ReasonKind.ABSTRACTION]
    absence = [counts_in_words(each.puts_absence_back) for each in found]
    return visit.render(
        definitions=[_shown(each) for each in found],
        columns=_COLUMNS,
        counting=[
            (
                reason.name,
                [counts_in_words(counts_on(each.marks.get(reason.code, ()), visit.today)) for each in found],
            )
            for reason in known
        ]
        + [("Every absence", absence)],
        counting_columns=[Column("Reason"), *(Column(each.name) for each in found)],
        may_change=may_manage(visit),
        reasons_href=url_for("counting.reasons_list"),
    )


def _shown(definition: DatedDefinition) -> DefinitionShown:
    return DefinitionShown(
        name=definition.name,
        code=definition.code,
        href=address(definition.code),
        explanation=definition.explanation,
        over=over_in_words(definition),
        use=_use_in_words(definition),
        changed=table_changed(definition),
    )


def _use_in_words(definition: DatedDefinition) -> str:
    if definition.closed_on is not None:
        return f"to {day_in_words(definition.closed_on)}"
    return "yes: targets are judged by it" if definition.code == DEFAULT_DEFINITION else "yes"


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
        facts=(
            ("Code", found.code),
            ("What it counts", found.explanation),
            ("The rate is over", over_in_words(found)),
            ("In use", _use_in_words(found)),
            ("What counts last changed", table_changed(found)),
            ("New reasons of abstraction", "count" if found.counts_new_reasons else "are asked about"),
        ),
        columns=_TABLE_COLUMNS,
        counting=[
            (reason.name, reason.code, counts_in_words(counts_on(marks, visit.today)), marks_in_words(marks))
            for reason in known
            if reason.kind is ReasonKind.ABSTRACTION
            for marks in [found.marks.get(reason.code, ())]
        ],
        changes=_changes(found, changes_of(visit.session, record), known, is_mine=is_mine),
        change_columns=(*_CHANGE_COLUMNS, Column("By"), Column("")) if is_mine else _CHANGE_COLUMNS,
        may_change=is_mine,
        list_href=url_for("counting.definitions_list"),
    )


def _changes(
    definition: DatedDefinition,
    found: list[DefinitionChange],
    known: tuple[ReasonLine, ...],
    *,
    is_mine: bool,
) -> list[ChangeShown]:
    names = {reason.id: reason.name for reason in known}
    codes = {reason.id: reason.code for reason in known}
    put_back = {change.puts_back_id for change in found}
    return [
        change_shown(
            change,
            names,
            by=is_mine,
            put_back_href=url_for(
                "counting.put_back", definition=definition.code, counting_change_id=change.id
            )
            if is_mine and change.id not in put_back and _stands(definition, change, codes)
            else "",
        )
        for change in found
    ]


def _stands(definition: DatedDefinition, change: DefinitionChange, codes: Mapping[int, str]) -> bool:
    """Whether the table still says what the change wrote."""
    return all(
        mark_on(definition.marks.get(codes[line.reason_id], ()), change.starts_on) is line.counts
        for line in change.lines
    )


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
    form.source.choices = tuple(Choice(each.code, each.name) for each in definitions(visit.session))
    return form_page(
        visit,
        form,
        act=lambda: _copy(visit, form.value()),
        saved=lambda made: visit.saved(
            address(made.code), f"Added: {made.name}. Now change what counts, if it differs."
        ),
        page=lambda: {"list_href": url_for("counting.definitions_list")},
    )


def _copy(visit: Visit[None], typed: NewDefinition) -> Definition:
    return actions.copy_definition(
        visit.session, source=typed.source, code=typed.code, facts=typed.facts, now=visit.now
    )


@pages.form("/definitions/<definition>/words", needs=Permission.MANAGE_DEFINITIONS)
def change_definition(visit: Visit[None], definition: str) -> Answer:
    """Reword a definition, close it after a day or open it again. No figure moves."""
    check_may_manage(visit)
    return correction_page(
        visit,
        ChangeDefinitionForm,
        lambda: definition_record(visit.session, definition),
        act=lambda found, form: actions.change_definition(
            visit.session, found, form.value(), expected_version=form.shown_version
        ),
        saved=lambda changed: visit.saved(address(definition), f"Saved: {changed.name}."),
        page=lambda found: {"definition": found, "definition_href": address(definition)},
        keep_href=address(definition),
    )
