"""The pages of planned operations, one file a screen."""

from npt.operations.views import choices, commitment, demands, operation, operations_list, plans
from npt.operations.views.door import pages
from npt.operations.views.origin import origins
