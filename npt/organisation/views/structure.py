"""The pages of the structure: a unit as it stood on a day, opening, correcting and closing units."""

from datetime import date

from flask import url_for

from npt.access.rules import Permission
from npt.organisation import queries
from npt.organisation.actions import UnknownUnit, change_unit, close_unit, open_unit
from npt.organisation.forms import ChangeUnitForm, CloseUnitForm, OpenUnitForm
from npt.organisation.models import Unit
from npt.organisation.rules import Level, UnitFacts, WrongParent
from npt.organisation.views.door import above, pages
from npt.organisation.wording import class_in_words
from npt.webkit.as_at import AsAtForm, as_at
from npt.webkit.filters import day as day_in_words
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read("/units/<code>/structure", needs=Permission.SEE_UNITS, within="code")
def structure(visit: Visit[Unit]) -> Answer:
    """A unit, where it stands, what it took over from, and the units under it on a day."""
    form = AsAtForm()
    day = form.read_address(visit.today)
    return visit.render(
        form=form,
        day=day,
        above=above(visit, Permission.SEE_UNITS, _address),
        children=_children(visit, day),
        predecessors=queries.predecessors(visit.session, visit.place),
        successors=queries.successors(visit.session, visit.place),
        may_open=lambda unit: visit.may(Permission.SEE_UNITS, unit.path),
        priority_class=class_in_words(visit.place.priority_class),
        may_change=visit.may(Permission.MANAGE_UNITS, visit.place.path),
    )


@pages.form("/units/<code>/new-unit", needs=Permission.MANAGE_UNITS, within="code")
def new_unit(visit: Visit[Unit]) -> Answer:
    """Open a unit under this one."""
    form, level = OpenUnitForm(), visit.place.level.below
    return form_page(
        visit,
        form,
        act=lambda: _open(visit, level, *form.value()),
        saved=lambda opened: visit.saved(_address(opened), f"{opened.name} is open."),
        page=lambda: {"level": level},
    )


def _open(visit: Visit[Unit], level: Level | None, code: str, facts: UnitFacts) -> Unit:
    if level is None:
        raise WrongParent("A neighbourhood has no units below it: open the unit under a team.")
    return open_unit(visit.session, code=code, level=level, parent=visit.place, facts=facts)


@pages.form("/units/<code>/change", needs=Permission.MANAGE_UNITS, within="code")
def correct_unit(visit: Visit[Unit]) -> Answer:
    """Correct what is recorded of the unit."""
    return correction_page(
        visit,
        ChangeUnitForm,
        lambda: visit.place,
        act=lambda unit, form: change_unit(
            visit.session, unit, facts=form.value(), expected_version=form.shown_version
        ),
        saved=lambda _: visit.saved(_address(visit.place), "The unit is saved."),
        page=lambda unit: {"is_neighbourhood": unit.level is Level.NEIGHBOURHOOD},
        back_href=_address(visit.place),
    )


@pages.form("/units/<code>/close", needs=Permission.MANAGE_UNITS, within="code")
def close(visit: Visit[Unit]) -> Answer:
    """Close the unit and name the units that take over."""
    return correction_page(
        visit,
        CloseUnitForm,
        lambda: visit.place,
        act=lambda unit, form: _close(visit, unit, form),
        saved=lambda last: visit.saved(
            _address(visit.place), f"{visit.place.name} closes on {day_in_words(last)}."
        ),
        back_href=_address(visit.place),
    )


def _close(visit: Visit[Unit], unit: Unit, form: CloseUnitForm) -> date:
    """Close the unit; its last day."""
    on, codes = form.value()
    taken_over_by = _named(visit, codes)
    close_unit(visit.session, unit, on=on, taken_over_by=taken_over_by, expected_version=form.shown_version)
    return on


def _address(unit: Unit) -> str:
    return url_for("organisation.structure", code=unit.code)


_CHILDREN: Columns[Unit] = (
    Column("Name", lambda unit: unit.name, holds_words=True),
    Column("Code", lambda unit: unit.code),
    Column("First day", lambda unit: unit.opened_on),
    Column("Last day", lambda unit: unit.closed_on, unknown="open"),
)
_PRIORITY = Column[Unit]("Priority class", lambda unit: unit.priority_class, unknown="not classified")


def _children(visit: Visit[Unit], day: date) -> Table[Unit] | None:
    """The units right under the unit on a day; None for a neighbourhood, which has none."""
    below = visit.place.level.below
    if below is None:
        return None
    return Table(
        f"{below.plural.capitalize()} on {day_in_words(day)}",
        # Only neighbourhoods have a priority class.
        (*_CHILDREN, _PRIORITY) if below is Level.NEIGHBOURHOOD else _CHILDREN,
        queries.children(visit.session, visit.place, as_at=day),
        href=lambda child: url_for("organisation.structure", code=child.code, **as_at(day)),
        file=f"units-{visit.place.code}-{day}",
    )


def _named(visit: Visit[Unit], codes: tuple[str, ...]) -> list[Unit]:
    """The units of these codes. UnknownUnit for one that is not there or that the person may not manage."""
    units = queries.units_coded(visit.session, codes)
    unknown = [
        code
        for code in codes
        if code not in units or not visit.may(Permission.MANAGE_UNITS, units[code].path)
    ]
    if unknown:
        raise UnknownUnit(
            f"There is no unit {unknown[0]} that you manage: correct the code.", field="successors"
        )
    return [units[code] for code in codes]
