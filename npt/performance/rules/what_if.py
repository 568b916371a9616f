"""What taking more from a month would do, tried out: what can be tried, and what is refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from npt.counting.rules import DayTaken
from npt.kit.clock import day_in_words
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.people.rules import RoleGroup


class OutsideMonth(Refusal):
    """What is tried out lies on days that are gone, or in another month."""


class NoSuchDuty(Refusal):
    """More is tried to be taken than is on duty."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """So many of a group taken for so long on each of some days that follow one another."""

    group: RoleGroup
    members: int
    #: of each member on each day
    minutes: int
    first_on: date
    days: int

    @property
    def last_on(self) -> date:
        """The last of the days."""
        return self.first_on + timedelta(days=self.days - 1)

    @property
    def more(self) -> Mapping[date, int]:
        """Minutes taken on each day, by all of them together."""
        return {
            self.first_on + timedelta(days=number): self.members * self.minutes for number in range(self.days)
        }


def check_what_if(tried: WhatIf, unit: str, rostered: Iterable[DayTaken], month: Month, today: date) -> None:
    """Refuse (OutsideMonth, NoSuchDuty) what cannot be: days gone, another month's, or duty nobody has.

    `rostered` are the days of the unit (its name) and of the group. Whoever would be brought in on a day off
    is on duty that day: roster them first.
    """
    if tried.first_on < today:
        raise OutsideMonth(
            f"{day_in_words(tried.first_on)} is over: give today or a day still to come.", field="first_on"
        )
    if not month.first <= tried.first_on <= month.last:
        raise OutsideMonth(
            f"{day_in_words(tried.first_on)} is not in {month.title}: open the month that it is in,"
            " or give a day of this one.",
            field="first_on",
        )
    if tried.last_on > month.last:
        fit = (month.last - tried.first_on).days + 1
        raise OutsideMonth(
            f"Only {fit} of {tried.days} days lie in {month.title}: give at most {fit}, and try the rest in"
            f" {month.next.title}.",
            field="days",
        )
    free = {day.on: day.free for day in rostered}
    for on, minutes in tried.more.items():
        if minutes > free.get(on, 0):
            hours, rest = divmod(free.get(on, 0), 60)
            length = f"{hours} h {rest} min" if rest else f"{hours} h"
            raise NoSuchDuty(
                f"{tried.group.wording} of {unit} have {length} of duty on {day_in_words(on)} that nothing is"
                " taken from: ask for less or for other days, or roster the duty first.",
                field="members",
            )
