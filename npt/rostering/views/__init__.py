"""The pages of the roster in full, one file a screen."""

from npt.rostering.views import absence, editing, undoing
from npt.rostering.views.door import pages

__all__ = ["absence", "editing", "pages", "undoing"]
