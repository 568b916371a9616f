"""The pages of the roster in full, one file a screen."""

from npt.rostering.views import absence, assignments, editing, undoing, wall
from npt.rostering.views.door import pages

__all__ = ["absence", "assignments", "editing", "pages", "undoing", "wall"]
