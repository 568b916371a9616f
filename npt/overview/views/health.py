"""The two addresses that a watchman asks: is it up, is it ready?"""

from sqlalchemy import text

from npt.access.rules import Open
from npt.overview.views.door import pages
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read("/healthz", needs=Open("a watchman has no account, and it says nothing", asks_who=False))
def alive(visit: Visit[None]) -> Answer:
    """The process answers."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@pages.read("/readyz", needs=Open("a load balancer has no account, and it says nothing", asks_who=False))
def ready(visit: Visit[None]) -> Answer:
    """The database answers too."""
    visit.session.execute(text("SELECT 1"))
    return "ready\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
