"""The cards of a unit's page: what is known of it, a room to a card, one file a card.

A card asks a fixed number of statements, whatever the unit, and is None for whoever may not see what it
shows. Meetings come after communities once their room stands.
"""

from npt.overview.cards.agreed import agreed
from npt.overview.cards.card import Card, CardOf, Fact, Line
from npt.overview.cards.communities import communities
from npt.overview.cards.documents import documents
from npt.overview.cards.ground import about, priority
from npt.overview.cards.kin import network
from npt.overview.cards.listening import listening
from npt.overview.cards.people import specialists
from npt.overview.cards.profile import incidents, profile
from npt.overview.cards.work import actions

#: In the order of the page.
CARDS: tuple[CardOf, ...] = (
    agreed,
    profile,
    listening,
    network,
    communities,
    incidents,
    actions,
    documents,
    specialists,
    priority,
    about,
)
