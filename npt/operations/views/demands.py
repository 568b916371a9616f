"""How many are asked of which unit."""

from typing import Any

from npt.access.rules import Permission
from npt.operations.actions import ask_unit
from npt.operations.actions import drop_ask as drop_ask_of
from npt.operations.forms import AskForm
from npt.operations.models import Operation
from npt.operations.views.commitment import decide
from npt.operations.views.door import ONE, ask_of, breadcrumbs, operation_address, pages, planned_here
from npt.organisation.models import Unit
from npt.organisation.queries import units_under
from npt.organisation.rules import Level
from npt.webkit.converters import KEY
from npt.webkit.fields import Choice
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form(f"{ONE}/ask", needs=Permission.PLAN_OPERATIONS, within="code")
def ask(visit: Visit[Unit], operation_id: int) -> Answer:
    """Ask a unit for members of a role, or for another number than before."""
    found = planned_here(visit, operation_id)
    form = _form(visit, found)
    return form_page(
        visit,
        form,
        act=lambda: _ask(visit, found, **form.value()),
        saved=lambda words: f"{words} Now choose them.",
        back_href=operation_address(found),
        page=lambda: {"operation": planned_here(visit, operation_id), "above": breadcrumbs(visit)},
    )


def _form(visit: Visit[Unit], operation: Operation) -> AskForm:
    form = AskForm(version=operation.version)
    form.unit.choices = tuple(
        Choice(unit.code, f"{unit.name} ({unit.code})") for unit in _units(visit, operation)
    )
    return form


def _ask(visit: Visit[Unit], operation: Operation, unit: str, **typed: Any) -> str:
    """Ask the unit of this code; what was asked of whom, in words."""
    chosen = next(each for each in _units(visit, operation) if each.code == unit)
    made = ask_unit(
        visit.session, now=visit.now, today=visit.today, operation=operation, unit=chosen, **typed
    )
    return f"{chosen.name} is asked for {made.number} {made.role.plural}."


@pages.write(f"{ONE}/asks/<{KEY}:ask_id>/drop", needs=Permission.PLAN_OPERATIONS, within="code")
def drop(visit: Visit[Unit], operation_id: int, ask_id: int) -> Answer:
    """Ask for these members no longer."""
    asked = ask_of(visit, planned_here(visit, operation_id), ask_id)
    unit, role = asked.unit.name, asked.role
    return decide(
        visit,
        operation_id,
        act=lambda found, form: drop_ask_of(
            visit.session, now=visit.now, operation=found, expected_version=form.shown_version, ask=asked
        ),
        words=lambda _: f"{unit} is no longer asked for {role.plural}.",
    )


def _units(visit: Visit[Unit], operation: Operation) -> list[Unit]:
    """The units that may be asked: this one and those under it that stand then, without neighbourhoods."""
    found = units_under(visit.session, operation.unit.path, as_at=operation.first_on)
    return [unit for unit in found if unit.level is not Level.NEIGHBOURHOOD]
