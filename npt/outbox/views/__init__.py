"""Pages of letters: those of a unit, one with its history, and the link by which anybody stops theirs."""

from npt.outbox.views import letter, letters, own_address, unsubscribing
from npt.outbox.views.door import pages
from npt.outbox.views.unsubscribing import register
