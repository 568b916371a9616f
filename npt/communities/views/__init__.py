"""The pages of communities, one file a screen."""

from npt.communities.views import carry, communities, community, flags, population, said, specialists
from npt.communities.views.door import pages
