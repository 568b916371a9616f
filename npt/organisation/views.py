"""The pages of the structure: a unit as it stood on a day, opening, correcting and closing units."""

from datetime import date

from flask import url_for

from npt.access.rules import Permission
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.organisation import queries
from npt.organisation.actions import UnknownUnit, change_unit, close_unit, open_unit
from npt.organisation.forms import ChangeUnitForm, CloseUnitForm, OpenUnitForm, UnitFacts
from npt.organisation.models import Unit
from npt.organisation.rules import Level, PriorityClass, WrongParent
from npt.store.versions import StaleRecord
from npt.webkit.as_at import AsAtForm, as_at
from npt.webkit.filters import day as day_in_words
from npt.webkit.forms import Sides
from npt.webkit.pages import Answer, Pages
from npt.webkit.parts import Column
from npt.webkit.stale import both_versions
from npt.webkit.visit import Visit

pages = Pages("organisation")


@pages.read("/units/<code>", needs=Permission.SEE_UNITS, within="code")
def unit(visit: Visit[Unit]) -> Answer:
    """A unit, where it stands, what it took over from, and the units under it on a day."""
    form = AsAtForm()
    day = form.read_address(visit.today)
    path = visit.place.path
    return visit.render(
        form=form,
        day=day,
        month=Month.of(day),
        columns=_columns(visit.place),
        above=_above(visit),
        children=queries.children(visit.session, visit.place, as_at=day),
        child_address=lambda child: url_for("organisation.unit", code=child.code, **as_at(day)),
        predecessors=queries.predecessors(visit.session, visit.place),
        successors=queries.successors(visit.session, visit.place),
        priority_class=_class_in_words(visit.place.priority_class),
        may_change=visit.may(Permission.MANAGE_UNITS, path),
        may_see_members=visit.may(Permission.SEE_MEMBERS, path),
        may_see_staffing=visit.may(Permission.SEE_STAFFING, path),
        may_manage_accounts=visit.may(Permission.MANAGE_ACCOUNTS, path),
        status=422 if form.has_errors else 200,
    )


@pages.form("/units/<code>/new-unit", needs=Permission.MANAGE_UNITS, within="code")
def new_unit(visit: Visit[Unit]) -> Answer:
    """Open a unit under this one."""
    form = OpenUnitForm()
    level = visit.place.level.below
    if visit.is_sent and form.validate():
        typed = form.value()
        try:
            if level is None:
                raise WrongParent("Nothing lies under a neighbourhood: open the unit under a team.")
            opened = open_unit(
                visit.session,
                code=typed.code,
                name=typed.name,
                level=level,
                parent=visit.place,
                opened_on=typed.opened_on,
                closed_on=typed.closed_on,
                priority_class=typed.priority_class,
            )
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
        else:
            return visit.saved(_address(opened), f"{opened.name} is open.")
    return visit.render(form=form, level=level, status=422 if visit.is_sent else 200)


@pages.form("/units/<code>/change", needs=Permission.MANAGE_UNITS, within="code")
def correct_unit(visit: Visit[Unit]) -> Answer:
    """Correct what is recorded of the unit."""
    form = ChangeUnitForm(
        name=visit.place.name,
        opened_on=visit.place.opened_on,
        closed_on=visit.place.closed_on,
        priority_class=None if visit.place.priority_class is None else str(visit.place.priority_class),
        version=str(visit.place.version),
    )
    if visit.is_sent and form.validate():
        typed = form.value()
        try:
            change_unit(
                visit.session,
                visit.place,
                name=typed.name,
                opened_on=typed.opened_on,
                closed_on=typed.closed_on,
                priority_class=typed.priority_class,
                expected_version=form.shown_version,
            )
        except StaleRecord:
            visit.session.rollback()
            sides = _sides(typed, visit.place)
            return both_versions(form, visit.place.version, sides, keep_href=_address(visit.place))
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
        else:
            return visit.saved(_address(visit.place), "The unit is corrected.")
    return visit.render(
        form=form,
        is_neighbourhood=visit.place.level is Level.NEIGHBOURHOOD,
        status=422 if visit.is_sent else 200,
    )


@pages.form("/units/<code>/close", needs=Permission.MANAGE_UNITS, within="code")
def close(visit: Visit[Unit]) -> Answer:
    """Close the unit and name the units that take over."""
    form = CloseUnitForm(version=str(visit.place.version))
    if visit.is_sent and form.validate():
        typed = form.value()
        try:
            close_unit(
                visit.session,
                visit.place,
                on=typed.on,
                taken_over_by=_named(visit, typed.successors),
                expected_version=form.shown_version,
            )
        except StaleRecord:
            visit.session.rollback()
            sides = [("Last day", _closing_in_words(typed.on), _closing_in_words(visit.place.closed_on))]
            return both_versions(form, visit.place.version, sides, keep_href=_address(visit.place))
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
        else:
            return visit.saved(
                _address(visit.place), f"{visit.place.name} closes on {day_in_words(typed.on)}."
            )
    return visit.render(form=form, status=422 if visit.is_sent else 200)


def _address(unit: Unit) -> str:
    return url_for("organisation.unit", code=unit.code)


def _above(visit: Visit[Unit]) -> list[tuple[str, str]]:
    """The units above that the person may see, as links."""
    return [
        (unit.name, _address(unit))
        for unit in queries.ancestors(visit.session, visit.place)
        if visit.may(Permission.SEE_UNITS, unit.path)
    ]


def _columns(unit: Unit) -> tuple[Column, ...]:
    headings = ["Name", "Code", "First day", "Last day"]
    # Only neighbourhoods have a priority class, and only teams have neighbourhoods.
    headings += ["Priority class"] if unit.level is Level.TEAM else []
    return tuple(Column(heading) for heading in headings)


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


def _class_in_words(priority_class: int | None) -> str:
    return "not classified" if priority_class is None else PriorityClass(priority_class).wording


def _closing_in_words(closed_on: date | None) -> str:
    return "open" if closed_on is None else day_in_words(closed_on)


def _sides(typed: UnitFacts, unit: Unit) -> list[Sides]:
    """What was typed and what is recorded, field by field, in words."""
    return [
        ("Name", typed.name, unit.name),
        ("First day", day_in_words(typed.opened_on), day_in_words(unit.opened_on)),
        ("Last day", _closing_in_words(typed.closed_on), _closing_in_words(unit.closed_on)),
        ("Priority class", _class_in_words(typed.priority_class), _class_in_words(unit.priority_class)),
    ]
