"""The pages of work: what is mine, the register of a unit, its board, and its clocks."""

from npt.work.views import action, assigning, board, clock, clocks, my_actions, register, setting
from npt.work.views.door import pages
