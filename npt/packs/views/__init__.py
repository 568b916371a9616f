"""The pack of a month, taken out."""

from npt.packs.views import pack
from npt.packs.views.door import pages
