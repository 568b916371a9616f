"""The pages of profiles, one file a screen. The page of a profile itself is that of `npt.overview`."""

from npt.profiles.views import carry, keeping, part, profiles
from npt.profiles.views.door import pages
