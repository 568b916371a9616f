"""The pages of planned operations, one file a screen."""

from npt.operations.views import asking, choosing, deciding, listing, operation, planning
from npt.operations.views.door import pages
from npt.operations.views.origin import origins

__all__ = ["asking", "choosing", "deciding", "listing", "operation", "origins", "pages", "planning"]
