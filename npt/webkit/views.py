"""The style guide: every component in every state. Served in the demonstration and in tests only."""

from npt.access.rules import Open
from npt.webkit.components_page import examples
from npt.webkit.pages import Answer, Pages
from npt.webkit.visit import Visit

pages = Pages("webkit")


@pages.read("/components", needs=Open(because="it shows invented figures only"))
def components(visit: Visit[None]) -> Answer:
    """All components in every state."""
    return visit.render(status=200, **examples())  # examples of refusals refuse nothing
