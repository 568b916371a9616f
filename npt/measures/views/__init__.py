"""The pages of measures: the list with figures and targets, setting a target, definitions side by side."""

from npt.measures.views import definitions, measures, targets
from npt.measures.views.door import pages
