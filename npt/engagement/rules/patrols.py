"""What a patrol is: how one goes, how long it may be, and how many people it may have spoken to."""

from datetime import datetime, timedelta
from enum import Enum

from npt.kit.clock import minutes_between
from npt.kit.refusals import Refusal

LONGEST_NOTE = 300
#: Nobody is on duty for longer at a stretch. Ours.
LONGEST_PATROL = timedelta(hours=16)
MOST_SPOKEN_TO = 500


class BadPatrol(Refusal):
    """A patrol of no length, a longer one than anybody goes, or one with an impossible number of people."""


class PatrolMode(Enum):
    """How one goes."""

    FOOT = "foot"
    CYCLE = "cycle"
    VEHICLE = "vehicle"
    BUS = "bus"
    MOBILE_STATION = "mobile-station"

    @property
    def wording(self) -> str:
        """How one goes, as a list says it."""
        return self.value.replace("-", " ").replace("mobile station", "mobile police station")


def check_patrol(starts: datetime, ends: datetime, spoken_to: int | None) -> int:
    """The minutes of a patrol; `spoken_to` None where nobody counted. BadPatrol."""
    minutes = minutes_between(starts, ends)
    if minutes <= 0:
        raise BadPatrol("A patrol ends after it starts: correct the times.", field="ends")
    if ends - starts > LONGEST_PATROL:
        raise BadPatrol("That is more than 16 hours: correct the times, or record two patrols.", field="ends")
    if spoken_to is not None and not 0 <= spoken_to <= MOST_SPOKEN_TO:
        raise BadPatrol(f"Give a number of people from 0 to {MOST_SPOKEN_TO}.", field="spoken_to")
    return minutes
