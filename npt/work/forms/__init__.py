"""What is typed on the pages of actions and clocks."""

from npt.work.forms.actions import AssignForm, CorrectActionForm, NewActionForm, ProgressForm, key_typed
from npt.work.forms.clocks import ChangeClockForm, ClockShowForm, NewClockForm, PauseForm
from npt.work.forms.owners import OwnerFields
from npt.work.forms.register import RegisterForm
