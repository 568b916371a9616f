"""The pages that the navigation opens: what is there and what waits."""

from npt.access.rules import Permission, SignedIn
from npt.overview.sections import (
    action_places,
    neighbourhood_places,
    people_places,
    performance_places,
    team_places,
)
from npt.overview.views.door import pages
from npt.people.queries import member_of_account
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read("/team", needs=SignedIn(because="it shows the units at which the person sees duty"))
def team(visit: Visit[None]) -> Answer:
    """What there is of teams, and what waits."""
    return visit.render(
        places=team_places(visit),
        has_shifts=member_of_account(visit.session, visit.by) is not None,
        permission=Permission,
    )


@pages.read("/neighbourhoods", needs=SignedIn(because="it shows the units that the person sees"))
def neighbourhoods(visit: Visit[None]) -> Answer:
    """What there is of neighbourhoods, and what waits."""
    return visit.render(places=neighbourhood_places(visit), permission=Permission)


@pages.read("/actions", needs=SignedIn(because="it shows the units at which the person sees actions"))
def actions(visit: Visit[None]) -> Answer:
    """What there is of actions and clocks, and what waits."""
    return visit.render(places=action_places(visit))


@pages.read("/people", needs=SignedIn(because="it shows the units at which the person sees staffing"))
def people(visit: Visit[None]) -> Answer:
    """What there is of members, posts and training, and what waits."""
    return visit.render(places=people_places(visit))


@pages.read("/performance", needs=SignedIn(because="it shows the units at which the person sees rates"))
def performance(visit: Visit[None]) -> Answer:
    """What there is of months, and which teams are over target."""
    return visit.render(places=performance_places(visit))
