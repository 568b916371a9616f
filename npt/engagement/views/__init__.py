"""Screens of contacts, patrols, five a day and the mix."""

from npt.engagement.views import contact, lists, patrol, phone
from npt.engagement.views.door import pages
