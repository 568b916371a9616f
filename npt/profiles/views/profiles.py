"""The profiles of all neighbourhoods of a unit: whose they are, and which are overdue."""

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.views import above as units_above
from npt.profiles import queries
from npt.profiles.forms import ProfilesForm, Sought
from npt.profiles.queries import Kept
from npt.profiles.views.door import pages
from npt.profiles.wording import overdue_in_words, tone_of
from npt.webkit.filters import day as day_in_words
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_COLUMNS: Columns[Kept] = (
    coded("Neighbourhood", lambda each: each.neighbourhood, is_below=True),
    Column("Profile", lambda each: each.keeping, tone=tone_of),
    Column(
        "Review by",
        lambda each: None if each.profile is None else each.profile.review_due_on,
        unknown="nothing to review",
    ),
    Column("Last signed", lambda each: each.reviewed_on, unknown="never"),
    Column(
        "Owner",
        lambda each: None if each.profile is None or each.profile.owner is None else each.profile.owner.name,
        holds_words=True,
        unknown="nobody",
    ),
)


@pages.read("/units/<code>/profiles", needs=Permission.SEE_PROFILES, within="code")
def profiles(visit: Visit[Unit]) -> Answer:
    """How the profiles of the neighbourhoods stand on a day, the longest overdue first."""
    form = ProfilesForm()
    day = form.read_address(visit.today)
    found = sorted(queries.kept_under(visit.session, visit.place, day), key=lambda each: each.due_on)
    overdue = [each for each in found if each.keeping.is_overdue]
    return visit.render(
        form=form,
        above=units_above(
            visit, Permission.SEE_PROFILES, lambda unit: url_for("profiles.profiles", code=unit.code)
        ),
        words=overdue_in_words(len(overdue), len(found)),
        table=Table(
            f"Profiles on {day_in_words(day)}",
            _COLUMNS,
            overdue if form.show.given is Sought.OVERDUE else found,
            href=lambda each: url_for("overview.profile", code=each.neighbourhood.code),
            file=f"profiles-{visit.place.code}-{day}",
        ),
        status=422 if form.has_errors else 200,
    )
