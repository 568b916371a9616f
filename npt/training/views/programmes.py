"""The programmes of a force: listed, added, taken over from those that ship, and changed."""

from datetime import date

from flask import abort, url_for

from npt.access.rules import Permission
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.rules import PolicingRole
from npt.store.versions import StaleRecord
from npt.training.actions import ProgrammeFacts, add_programme, add_shipped_programme, change_programme
from npt.training.forms import CorrectProgrammeForm, NewProgrammeForm
from npt.training.models import Programme
from npt.training.queries import force_of, programme_coded, programmes_of
from npt.training.rules import SHIPPED_PROGRAMMES
from npt.training.rules import shipped as shipped_as
from npt.training.views.door import pages
from npt.webkit.filters import day as day_in_words
from npt.webkit.pages import Answer
from npt.webkit.parts import Column
from npt.webkit.stale import Sides, both_versions
from npt.webkit.visit import Visit

_COLUMNS = (
    Column("Programme"),
    Column("Modules", is_number=True),
    Column("Who needs it"),
    Column("Register within", is_number=True, note="days"),
    Column("Stalls after", is_number=True, note="days"),
    Column("Valid", is_number=True, note="months"),
    Column("External"),
    Column("Takes registrations"),
)


@pages.read("/units/<code>/programmes", needs=Permission.SEE_STAFFING, within="code")
def programmes(visit: Visit[Unit]) -> Answer:
    """The programmes of the force that the unit is part of."""
    found = programmes_of(visit.session, visit.place.path)
    force = force_of(visit.session, visit.place)
    known = {each.code for each in found}
    return visit.render(
        force=force,
        programmes=[(each, _roles_in_words(each)) for each in found],
        columns=_COLUMNS,
        shipped=[each for each in SHIPPED_PROGRAMMES if each.code not in known],
        may_change=visit.may(Permission.MANAGE_MEMBERS, force.path),
        training_href=url_for("training.training", code=visit.place.code),
    )


def _roles_in_words(programme: Programme) -> str:
    needed = programme.terms.roles
    return ", ".join(role.plural for role in PolicingRole if role in needed) or "nobody has to"


@pages.form("/units/<code>/new-programme", needs=Permission.MANAGE_MEMBERS, within="code")
def new_programme(visit: Visit[Unit]) -> Answer:
    """Add a programme to a force."""
    _check_force(visit)
    form = NewProgrammeForm()
    if visit.is_sent and form.validate():
        typed = form.value()
        try:
            add_programme(visit.session, force=visit.place, code=typed.code, facts=typed.facts)
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
        else:
            return visit.saved(_list_address(visit), "The programme is added.")
    return visit.render(form=form, programmes_href=_list_address(visit), status=422 if visit.is_sent else 200)


@pages.write("/units/<code>/programmes/<programme>/take-over", needs=Permission.MANAGE_MEMBERS, within="code")
def take_over(visit: Visit[Unit], programme: str) -> Answer:
    """Give the force a programme that ships, to use or to change."""
    _check_force(visit)
    ships = shipped_as(programme)
    if ships is None:
        abort(404)
    add_shipped_programme(visit.session, force=visit.place, shipped=ships, needed_from=visit.today)
    return visit.saved(_list_address(visit), f"{ships.name} is added.")


@pages.form("/units/<code>/programmes/<programme>", needs=Permission.MANAGE_MEMBERS, within="code")
def correct_programme(visit: Visit[Unit], programme: str) -> Answer:
    """Change a programme of a force."""
    found = _programme(visit, programme)
    form = CorrectProgrammeForm(data=_shown(found))
    if visit.is_sent and form.validate():
        typed = form.value()
        try:
            change_programme(visit.session, found, typed, expected_version=form.shown_version)
        except StaleRecord:
            visit.session.rollback()
            found = _programme(visit, programme)
            return both_versions(form, found.version, _sides(typed, found), keep_href=_list_address(visit))
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
            found = _programme(visit, programme)
        else:
            return visit.saved(_list_address(visit), "The programme is saved.")
    return visit.render(
        form=form,
        programme=found,
        programmes_href=_list_address(visit),
        status=422 if visit.is_sent else 200,
    )


def _check_force(visit: Visit[Unit]) -> None:
    if visit.place.level is not Level.FORCE:
        abort(404)


def _programme(visit: Visit[Unit], code: str) -> Programme:
    _check_force(visit)
    found = programme_coded(visit.session, visit.place.path, code)
    if found is None:
        abort(404)
    return found


def _list_address(visit: Visit[Unit]) -> str:
    return url_for("training.programmes", code=visit.place.code)


def _shown(programme: Programme) -> dict[str, object]:
    needed = programme.terms.roles
    return {
        "name": programme.name,
        "explanation": programme.explanation,
        "modules": "\n".join(each.name for each in programme.modules),
        "roles": tuple(role.value for role in PolicingRole if role in needed),
        "register_within": programme.register_within,
        "stalls_after": programme.stalls_after,
        "months_valid": programme.months_valid,
        "has_external": True if programme.has_external else None,
        "needed_from": programme.needed_from,
        "closed_on": programme.closed_on,
        "version": str(programme.version),
    }


def _sides(typed: ProgrammeFacts, programme: Programme) -> list[Sides]:
    def roles(needed: frozenset[PolicingRole]) -> str:
        return ", ".join(role.plural for role in PolicingRole if role in needed)

    def in_words(value: date | None) -> str:
        return "" if value is None else day_in_words(value)

    theirs = programme.terms
    return [
        ("Name", typed.name, programme.name),
        ("What it teaches", typed.explanation, programme.explanation),
        ("Modules", "; ".join(typed.modules), "; ".join(each.name for each in programme.modules)),
        ("Who needs it", roles(typed.roles), roles(theirs.roles)),
        ("Days to register", str(typed.register_within), str(theirs.register_within)),
        ("Days until stalled", str(typed.stalls_after), str(theirs.stalls_after)),
        ("Months valid", str(typed.months_valid or ""), str(theirs.months_valid or "")),
        ("External verification", _yes(typed.has_external), _yes(theirs.has_external)),
        ("Needed from", in_words(typed.needed_from), in_words(theirs.needed_from)),
        ("Last day for registering", in_words(typed.closed_on), in_words(theirs.closed_on)),
    ]


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
