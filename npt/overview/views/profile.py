"""The profile of a neighbourhood, and of a unit above: what people wrote, and what the records say today."""

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.rules import PriorityClass
from npt.organisation.views import above as units_above
from npt.overview.profile import profile_of_place
from npt.overview.views.door import pages
from npt.performance.views.cover import contact_of
from npt.profiles.wording import written_in_words
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read("/units/<code>/profile", needs=Permission.SEE_PROFILES, within="code")
def profile(visit: Visit[Unit]) -> Answer:
    """The profile."""
    rank = visit.place.priority_class
    return visit.render(
        **profile_of_place(visit),
        above=units_above(
            visit, Permission.SEE_PROFILES, lambda unit: url_for("overview.profile", code=unit.code)
        ),
        contact=contact_of(visit, visit.today),
        priority_class="not classified" if rank is None else PriorityClass(rank).wording,
        written_in_words=written_in_words,
        may_keep=visit.may(Permission.KEEP_PROFILES, visit.place.path),
        stands=visit.place.stands_on(visit.today),
    )
