"""What is done to actions and clocks. Nothing here commits; every refusal has its name."""

from npt.work.actions.assigning import MixedMany, NothingChosen, assign_many, look_at
from npt.work.actions.clocks import change_clock, end_clock, pause_clock, resume_clock, start_clock
from npt.work.actions.following import follow_matters, hand_over_work
from npt.work.actions.owners import check_owner, owner_called
from npt.work.actions.progress import move_action
from npt.work.actions.setting import ReferenceTaken, UnitClosed, correct_action, set_action
