"""Screens of seals: signing a month off, and what was signed."""

from npt.seals.views import sealed, signing
from npt.seals.views.door import pages
from npt.seals.views.part import signed_part
