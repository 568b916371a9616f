"""The law of a review of boundaries: what closes, what opens, and which takes over from which. Ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal

#: The most neighbourhoods that one review opens.
MOST_OPENED = 12


class WrongNumber(Refusal):
    """Too few or too many neighbourhoods were chosen for what is to become of them."""


class NotYet(Refusal):
    """A review of boundaries would take effect on a day that is still to come."""


class SameTeam(Refusal):
    """A neighbourhood would be given to the team that it has."""


class CodeTwice(Refusal):
    """Two neighbourhoods would open with one code."""


class ReviewKind(Enum):
    """What becomes of neighbourhoods."""

    MERGE = "merge"
    SPLIT = "split"
    TRANSFER = "transfer"

    @property
    def wording(self) -> str:
        """As a heading says it."""
        return {"merge": "Merge", "split": "Split", "transfer": "Give to another team"}[self.value]


@dataclass(frozen=True, slots=True)
class Opening:
    """A neighbourhood that opens under the team of a code."""

    code: str
    name: str
    team: str
    priority_class: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a review does: the codes that close, and the neighbourhoods that open the day after."""

    kind: ReviewKind
    #: of the neighbourhoods that open; those that close have the day before as their last
    first_day: date
    closing: tuple[str, ...]
    openings: tuple[Opening, ...]

    @property
    def last_day(self) -> date:
        """The last day of the neighbourhoods that close."""
        return self.first_day - timedelta(days=1)

    def taking_over(self, code: str) -> tuple[str, ...]:
        """The codes of those that take over from a neighbourhood that closes."""
        if self.kind is ReviewKind.TRANSFER:
            return (self.openings[self.closing.index(code)].code,)
        return tuple(each.code for each in self.openings)


def opened_by(kind: ReviewKind, chosen: int, parts: int) -> int:
    """How many neighbourhoods open. WrongNumber for too few or too many chosen."""
    if kind is ReviewKind.MERGE:
        if chosen < 2:
            raise WrongNumber("Choose the two or more neighbourhoods that become one.", field="places")
        return 1
    if kind is ReviewKind.SPLIT:
        if chosen != 1:
            raise WrongNumber("Choose the one neighbourhood that is split.", field="places")
        return parts
    if chosen > MOST_OPENED:
        raise WrongNumber(
            f"Choose {MOST_OPENED} neighbourhoods at most, and do the rest after.", field="places"
        )
    return chosen


def check_day(first_day: date, today: date) -> None:
    """Refuse (NotYet) a day to come: what hangs on the neighbourhoods then is not known yet."""
    if first_day > today:
        raise NotYet(
            f"{day_in_words(first_day)} is still to come: give today or an earlier day, or come back then.",
            field="on",
        )


def check_openings(kind: ReviewKind, openings: Sequence[Opening], teams: Mapping[int, str]) -> None:
    """Refuse (CodeTwice, SameTeam) what cannot open; `teams` are those that neighbourhoods have, by place."""
    for place, each in enumerate(openings):
        if each.code in {other.code for other in openings[:place]}:
            raise CodeTwice(
                f"{each.code} is given twice: each needs a code of its own.", field=f"code-{place}"
            )
        if kind is ReviewKind.TRANSFER and each.team == teams.get(place):
            raise SameTeam("It is with this team already: choose another.", field=f"team-{place}")
