"""What counts under a definition, changed from a day on and put back: saved once its effect was seen."""

from collections.abc import Mapping
from typing import Any

from npt.access.rules import Permission
from npt.counting import actions
from npt.counting.forms import CountingForm, PutBackForm
from npt.counting.models import DefinitionChange
from npt.counting.queries import DatedDefinition, changes_of, restatement
from npt.counting.rules import MarkChange, Restatement
from npt.counting.views.definitions import address, dated_definition, definition_at
from npt.counting.views.door import pages
from npt.counting.views.wording import check_may_manage, choices_of, restatement_shown
from npt.shifts.queries import reasons, reasons_of
from npt.shifts.rules import ReasonKind
from npt.webkit.converters import KEY
from npt.webkit.form_flow import seen_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_SEE_WORDS = "Check that the description still fits."


@pages.form("/definitions/<definition>/change", needs=Permission.MANAGE_DEFINITIONS)
def change_counting(visit: Visit[None], definition: str) -> Answer:
    """Make reasons count, or not, from a day on; what that restates is shown before it is saved."""
    check_may_manage(visit)
    session, dated = visit.session, dated_definition(visit, definition)
    form = CountingForm(version=definition_at(visit, definition).version)
    form.reasons.choices = choices_of(reasons_of(session, ReasonKind.ABSTRACTION))
    return seen_page(
        visit,
        form,
        effect=lambda: restatement(session, dated, _planned(visit, dated, form)),
        act=lambda found: _change(visit, definition, form, found),
        saved=f"What counts is changed. {_SEE_WORDS}",
        back_href=address(definition),
        page=lambda found: _shown(visit, definition, found),
    )


def _planned(visit: Visit[None], dated: DatedDefinition, form: CountingForm) -> tuple[MarkChange, ...]:
    return actions.planned_changes(
        visit.session,
        dated,
        chosen=form.reasons.value,
        counts=form.counts.value == "yes",
        starts_on=form.starts_on.value,
    )


@pages.form(
    f"/definitions/<definition>/changes/<{KEY}:counting_change_id>/put-back",
    needs=Permission.MANAGE_DEFINITIONS,
)
def put_back(visit: Visit[None], definition: str, counting_change_id: int) -> Answer:
    """Put a change of what counts back; what that restates is shown first."""
    check_may_manage(visit)
    session, dated = visit.session, dated_definition(visit, definition)
    record = definition_at(visit, definition)
    made = next((each for each in changes_of(session, record) if each.id == counting_change_id), None)
    change = visit.found(made)
    form = PutBackForm(version=record.version)
    return seen_page(
        visit,
        form,
        effect=lambda: restatement(session, dated, actions.changes_back(session, dated, change)),
        act=lambda found: _change(visit, definition, form, found, puts_back=change),
        saved=f"The change is reversed. {_SEE_WORDS}",
        back_href=address(definition),
        page=lambda found: _shown(visit, definition, found),
        is_asked=False,
    )


def _change(
    visit: Visit[None],
    definition: str,
    form: CountingForm | PutBackForm,
    found: Restatement,
    *,
    puts_back: DefinitionChange | None = None,
) -> None:
    actions.change_counting(
        visit.session,
        definition_at(visit, definition),
        found.changes,
        why=form.value(),
        stamp=visit.stamp,
        expected_version=form.shown_version,
        puts_back=puts_back,
    )


def _shown(visit: Visit[None], definition: str, found: Restatement | None) -> Mapping[str, Any]:
    dated = dated_definition(visit, definition)
    return {
        "definition": dated,
        "restated": None if found is None else restatement_shown(visit, dated, found, reasons(visit.session)),
    }
