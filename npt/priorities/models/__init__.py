"""Tables of priorities, of whoever raised them, and of what they answered."""

from npt.priorities.models.closings import Closing, PriorityAnswer, PriorityAttempt, PriorityLink
from npt.priorities.models.originators import Originator
from npt.priorities.models.priorities import Priority, PriorityLook
