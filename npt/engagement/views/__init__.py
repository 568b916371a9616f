"""Screens of contacts, patrols, five a day and the mix."""

from npt.engagement.views import asking, contact, lists, mix, patrol
from npt.engagement.views.door import pages
