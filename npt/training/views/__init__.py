"""The pages of training, one file a screen: a unit's members, one member's record, its steps, programmes."""

from npt.training.views import corrections, many, my_training, programmes, record, steps, unit
from npt.training.views.door import pages
