"""The profile of a neighbourhood, and of a unit above: what people wrote, and what the records say today."""

from flask import url_for
from markupsafe import Markup

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.organisation.views import above as units_above
from npt.organisation.wording import class_in_words
from npt.overview.profile import profile_of_place
from npt.overview.views.door import pages
from npt.performance.queries import away_all_day
from npt.performance.views.cover import contact_shown
from npt.profiles.wording import written_in_words
from npt.staffing.queries import cover_of
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read("/units/<code>/profile", needs=Permission.SEE_PROFILES, within="code")
def profile(visit: Visit[Unit]) -> Answer:
    """The profile."""
    is_neighbourhood = visit.place.level is Level.NEIGHBOURHOOD
    covers = cover_of(visit.session, visit.place, visit.today, away=away_all_day) if is_neighbourhood else ()
    return visit.render(
        **profile_of_place(visit),
        above=units_above(
            visit, Permission.SEE_PROFILES, lambda unit: url_for("overview.profile", code=unit.code)
        ),
        contact=Markup(" ").join(map(contact_shown, covers)),
        priority_class=class_in_words(visit.place.priority_class),
        written_in_words=written_in_words,
        may_keep=visit.may(Permission.KEEP_PROFILES, visit.place.path),
        stands=visit.place.stands_on(visit.today),
    )
