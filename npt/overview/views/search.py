"""The search from every page."""

from npt.access.rules import SignedIn
from npt.overview.forms import SearchForm
from npt.overview.search import results
from npt.overview.views.door import pages
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read(
    "/search",
    needs=SignedIn(because="everybody may look for what they may open"),
    shows_personal="member",
)
def search(visit: Visit[None]) -> Answer:
    """What fits the words of the address."""
    form = SearchForm()
    is_asked = form.validate() and bool(form.value())
    found = results(visit.session, visit.person, form.value(), visit.today) if is_asked else None
    visit.shows_personal = found is not None and found.names_people
    return visit.render(form=form, found=found)
