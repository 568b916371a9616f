"""The pages of priorities, one file a screen."""

from npt.priorities.views import carry, originators, own, priorities, priority, proposing, signoff
from npt.priorities.views.door import pages
