"""Tables of actions and clocks."""

from npt.work.models.actions import Action, ActionMove
from npt.work.models.clocks import Clock, ClockPause
from npt.work.models.owners import Owned
