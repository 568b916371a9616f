"""When a location repeats: so many incidents within so many days."""

from dataclasses import dataclass
from datetime import date, timedelta

from npt.kit.refusals import Refusal

FEWEST, MOST = 2, 100
SHORTEST, LONGEST = 7, 366


class BadRepeats(Refusal):
    """A location cannot repeat so."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """A location repeats from this many incidents in this many days on."""

    incidents: int
    days: int

    def first_day(self, day: date) -> date:
        """The first of the days that are looked at on `day`, which is the last of them."""
        return day - timedelta(days=self.days - 1)

    @property
    def in_words(self) -> str:
        """The rule: "3 or more incidents in 90 days"."""
        return f"{self.incidents} or more incidents in {self.days} days"


#: ours: no source gives one
DEFAULT_REPEATS = Repeats(3, 90)


def check_repeats(rule: Repeats) -> None:
    """Refuse (BadRepeats) a rule that finds everything or nothing."""
    if not FEWEST <= rule.incidents <= MOST:
        raise BadRepeats(f"Give a number of incidents from {FEWEST} to {MOST}.", field="incidents")
    if not SHORTEST <= rule.days <= LONGEST:
        raise BadRepeats(f"Give a number of days from {SHORTEST} to {LONGEST}.", field="days")
