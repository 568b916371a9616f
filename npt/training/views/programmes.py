"""The programmes of a force: listed, added, taken over from those that ship, and changed."""

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.rules import PolicingRole
from npt.training.actions import add_programme, add_shipped_programme, change_programme
from npt.training.forms import CorrectProgrammeForm, NewProgrammeForm
from npt.training.models import Programme
from npt.training.queries import force_of, programme_coded, programmes_of
from npt.training.rules import SHIPPED_PROGRAMMES
from npt.training.rules import shipped as shipped_as
from npt.training.views.door import pages
from npt.webkit.filters import day as day_in_words
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, not_found

_COLUMNS: Columns[Programme] = (
    coded("Programme", lambda each: each, is_below=True),
    Column("Modules", lambda each: len(each.modules), is_number=True),
    Column("Who needs it", lambda each: _roles_in_words(each)),
    Column("Register within", lambda each: each.register_within, is_number=True, note="days"),
    Column("Stalls after", lambda each: each.stalls_after, is_number=True, note="days"),
    Column("Valid", lambda each: each.months_valid, is_number=True, note="months", unknown="no end"),
    Column("External", lambda each: "yes" if each.has_external else "no"),
    Column(
        "Takes registrations",
        lambda each: f"to {day_in_words(each.closed_on)}" if each.closed_on else "yes",
    ),
)


@pages.read("/units/<code>/programmes", needs=Permission.SEE_STAFFING, within="code")
def programmes(visit: Visit[Unit]) -> Answer:
    """The programmes of the force that the unit is part of."""
    found = programmes_of(visit.session, visit.place.path)
    force = force_of(visit.session, visit.place)
    known = {each.code for each in found}
    may_change = visit.may(Permission.MANAGE_MEMBERS, force.path)

    def address(programme: Programme) -> str:
        if not may_change:
            return ""
        return url_for("training.correct_programme", code=force.code, programme=programme.code)

    return visit.render(
        force=force,
        programmes=Table("Programmes", _COLUMNS, found, href=address, file=f"programmes-{force.code}"),
        shipped=[each for each in SHIPPED_PROGRAMMES if each.code not in known],
        may_change=may_change,
    )


def _roles_in_words(programme: Programme) -> str:
    needed = programme.terms.roles
    return ", ".join(role.plural for role in PolicingRole if role in needed) or "no one"


@pages.form("/units/<code>/new-programme", needs=Permission.MANAGE_MEMBERS, within="code")
def new_programme(visit: Visit[Unit]) -> Answer:
    """Add a programme to a force."""
    force = _force(visit)
    form = NewProgrammeForm()
    return form_page(
        visit,
        form,
        act=lambda: add_programme(visit.session, force=force, **form.value()),
        saved="The programme is added.",
        back_href=url_for("training.programmes", code=visit.place.code),
    )


@pages.write("/units/<code>/programmes/<programme>/take-over", needs=Permission.MANAGE_MEMBERS, within="code")
def take_over(visit: Visit[Unit], programme: str) -> Answer:
    """Give the force a programme that ships, to use or to change."""
    force, ships = _force(visit), visit.found(shipped_as(programme))
    add_shipped_programme(visit.session, force=force, shipped=ships, needed_from=visit.today)
    return visit.saved(url_for("training.programmes", code=visit.place.code), f"{ships.name} is added.")


@pages.form("/units/<code>/programmes/<programme>", needs=Permission.MANAGE_MEMBERS, within="code")
def correct_programme(visit: Visit[Unit], programme: str) -> Answer:
    """Change a programme of a force."""
    return correction_page(
        visit,
        CorrectProgrammeForm,
        lambda: programme_coded(visit.session, _force(visit).path, programme),
        act=lambda found, form: change_programme(
            visit.session, found, form.value(), expected_version=form.shown_version
        ),
        saved="The programme is saved.",
        back_href=url_for("training.programmes", code=visit.place.code),
    )


def _force(visit: Visit[Unit]) -> Unit:
    """The place, which has programmes of its own only if it is a force."""
    return visit.place if visit.place.level is Level.FORCE else not_found()
