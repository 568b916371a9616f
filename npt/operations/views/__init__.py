"""The pages of planned operations, one file a screen."""

from npt.operations.views import asking, choosing, deciding, listing, operation, planning
from npt.operations.views.door import pages

__all__ = ["asking", "choosing", "deciding", "listing", "operation", "pages", "planning"]
