"""The pages of the roster in full, one file a screen."""

from npt.rostering.views import absence, assignments, blocks, cover, cover_rules, my_shifts, undo, wall
from npt.rostering.views.door import pages
