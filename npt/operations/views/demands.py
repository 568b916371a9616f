"""How many are asked of which unit."""

from npt.access.rules import Permission
from npt.kit.refusals import Refusal
from npt.operations.actions import ask_unit
from npt.operations.actions import drop_ask as drop_ask_of
from npt.operations.forms import AskForm, DecideForm
from npt.operations.models import Operation
from npt.operations.views.door import KEY, ask_of, breadcrumbs, operation_address, pages, planned_here
from npt.organisation.models import Unit
from npt.organisation.queries import units_under
from npt.organisation.rules import Level
from npt.store.versions import StaleRecord
from npt.webkit.fields import Choice
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, turned_down


@pages.form(
    f"/units/<code>/operations/<{KEY}:operation_id>/ask", needs=Permission.PLAN_OPERATIONS, within="code"
)
def ask(visit: Visit[Unit], operation_id: int) -> Answer:
    """Ask a unit for members of a role, or for another number than before."""
    found = planned_here(visit, operation_id)
    form = AskForm(version=str(found.version))
    units = {unit.code: unit for unit in _units(visit, found)}
    form.unit.choices = tuple(Choice(unit.code, f"{unit.name} ({unit.code})") for unit in units.values())
    status = 200
    if visit.is_sent:
        status = 422
        if form.validate():
            typed = form.value()
            try:
                ask_unit(
                    visit.session,
                    now=visit.now,
                    today=visit.today,
                    operation=found,
                    expected_version=form.shown_version,
                    unit=units[typed.unit],
                    role=typed.role,
                    number=typed.number,
                )
            except Refusal as refusal:
                visit.session.rollback()
                found = planned_here(visit, operation_id)
                form.refuse(refusal)
                if isinstance(refusal, StaleRecord):
                    status = 409
                    form.version.data, form.version.typed = str(found.version), []
            else:
                words = f"{units[typed.unit].name} is asked for {typed.number} {typed.role.plural}."
                return visit.saved(operation_address(found), f"{words} Now choose them.")
    return visit.render(
        form=form,
        operation=found,
        above=breadcrumbs(visit),
        operation_href=operation_address(found),
        status=status,
    )


@pages.write(
    f"/units/<code>/operations/<{KEY}:operation_id>/asks/<{KEY}:ask_id>/drop",
    needs=Permission.PLAN_OPERATIONS,
    within="code",
)
def drop(visit: Visit[Unit], operation_id: int, ask_id: int) -> Answer:
    """Ask for these members no longer."""
    found = planned_here(visit, operation_id)
    asked = ask_of(visit, found, ask_id)
    location = operation_address(found)
    form = DecideForm()
    if not form.validate():
        return turned_down(visit, Refusal("The page came back changed: look at it and try again."), location)
    words = f"{asked.unit.name} is no longer asked for {asked.role.plural}."
    try:
        drop_ask_of(
            visit.session,
            now=visit.now,
            operation=found,
            expected_version=form.shown_version,
            ask=asked,
        )
    except Refusal as refusal:
        return turned_down(visit, refusal, location)
    return visit.saved(location, words)


def _units(visit: Visit[Unit], operation: Operation) -> list[Unit]:
    """The units that may be asked: this one and those under it that stand then, without neighbourhoods."""
    found = units_under(visit.session, operation.unit.path, as_at=operation.first_on)
    return [unit for unit in found if unit.level is not Level.NEIGHBOURHOOD]
