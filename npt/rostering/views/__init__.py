"""The pages of the roster in full, one file a screen."""

from npt.rostering.views import absence, assignments, cover, cover_rules, editing, own, undoing, wall
from npt.rostering.views.door import pages

__all__ = ["absence", "assignments", "cover", "cover_rules", "editing", "own", "pages", "undoing", "wall"]
