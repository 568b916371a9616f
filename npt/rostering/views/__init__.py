"""The pages of the roster in full, one file a screen."""

from npt.rostering.views import absence, assignments, editing, undoing
from npt.rostering.views.door import pages

__all__ = ["absence", "assignments", "editing", "pages", "undoing"]
