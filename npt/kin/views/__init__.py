"""The pages of key individuals, one file a screen."""

from npt.kin.views import carry, individual, individuals, merging, mix, own
from npt.kin.views.door import pages
