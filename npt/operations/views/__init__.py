"""The pages of planned operations, one file a screen."""

from npt.operations import models
from npt.operations.views.door import pages

__all__ = ["models", "pages"]
