"""Repeating rosters: a pattern, and laying it over the calendar for some members."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, ClassVar

from wtforms import ValidationError

from npt.kit.months import EARLIEST_YEAR, LATEST_YEAR
from npt.shifts.forms import MembersField
from npt.shifts.rules import PatternDay
from npt.webkit.fields import (
    Choice,
    ConfirmField,
    FirstDayField,
    IntegerField,
    LastDayField,
    TextField,
)
from npt.webkit.fields.control import Control
from npt.webkit.fields.text import clean_paragraphs
from npt.webkit.forms import CreateForm

#: Twelve weeks: the longest cycle a pattern may have.
LONGEST_CYCLE = 84
#: A year inside the calendar's ends, so that a cycle and its nights stay within it.
EARLIEST, LATEST = date(EARLIEST_YEAR + 1, 1, 1), date(LATEST_YEAR - 1, 12, 31)
_CLOCK = r"([0-9]{1,2})[:.]?([0-9]{2})"
_LINE = re.compile(
    rf"(?P<days>[0-9]{{1,2}})\s*(?:days?|nights?|x|×)?\s*[:,]?\s*"
    rf"(?:(?P<off>off|rest(?:\s+days?)?)|{_CLOCK}\s*(?:to|until|-|–|—)\s*{_CLOCK})",
    re.IGNORECASE,
)


class CycleField(Control[tuple[PatternDay, ...]]):
    """The days of a cycle, a line for each run of equal days: "5 days 07:00 to 16:00", "2 days off"."""

    component = "textarea"

    def parse(self, typed: list[str]) -> tuple[PatternDay, ...]:
        """The days in order. ValueError naming the line that cannot be read."""
        try:
            lines = [line.strip() for line in clean_paragraphs(typed[0]).split("\n")]
        except ValueError as refused:
            raise ValueError(f"{self.noun} {refused}.") from None
        cycle: list[PatternDay] = []
        for number, line in enumerate(lines, 1):
            if line:
                cycle += _run(line, number)
            if len(cycle) > LONGEST_CYCLE:
                raise ValueError(
                    f"{self.noun} must have {LONGEST_CYCLE} days or fewer: shorten line {number}."
                )
        if all(day.starts is None for day in cycle):
            raise ValueError(f"{self.noun} has no shift: give at least one line with times.")
        return tuple(cycle)

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        return {**super().parameters(), "rows": 6, "spellcheck": False}


def _run(line: str, number: int) -> list[PatternDay]:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(
            f"Line {number}, “{line[:40]}”, cannot be read: write it like “5 days 07:00 to 16:00”"
            " or “2 days off”."
        )
    if not 1 <= int(match["days"]) <= LONGEST_CYCLE:
        raise ValueError(f"Line {number} must be for 1 to {LONGEST_CYCLE} days.")
    if match["off"]:
        return [PatternDay()] * int(match["days"])
    hours = [int(match[place]) for place in (3, 5)]
    minutes = [int(match[place]) for place in (4, 6)]
    if max(hours) > 23 or max(minutes) > 59:
        raise ValueError(f"Line {number} has a time that there is not: give times from 00:00 to 23:59.")
    if (hours[0], minutes[0]) == (hours[1], minutes[1]):
        raise ValueError(f"Line {number} starts and ends at the same time: correct one of the two.")
    day = PatternDay(time(hours[0], minutes[0]), time(hours[1], minutes[1]))
    return [day] * int(match["days"])


@dataclass(frozen=True, slots=True)
class NewPattern:
    """A pattern's name and the days of its cycle."""

    name: str
    cycle: tuple[PatternDay, ...]


class PatternForm(CreateForm[NewPattern]):
    """A repeating roster."""

    name = TextField(
        "Name",
        noun="The name",
        limit=80,
        missing="Enter a name",
        hint="For example, Earlies and lates, 2-2-4",
    )
    cycle = CycleField(
        "Days of the cycle, in order",
        noun="The cycle",
        missing="Enter the days of the cycle",
        hint="One line for each run of the same days, for example “5 days 07:00 to 16:00” and then "
        "“2 days off”."
        " An end at or before the start is on the next day.",
    )

    def value(self) -> NewPattern:
        """What was typed."""
        return NewPattern(self.name.value, self.cycle.value)


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who works a pattern, from when to when, and on which day of the cycle they begin."""

    member_ids: tuple[int, ...]
    first: date
    last: date
    begins_with_day: int
    is_team_named: bool

    @property
    def anchor(self) -> date:
        """A day 1 of the cycle."""
        return self.first - timedelta(days=self.begins_with_day - 1)


class AssignForm(CreateForm[Assigned]):
    """Members, days, and where in the cycle they begin."""

    # What is said of one shift's times or of a day of the cycle has no box of its own here.
    refusals_beside: ClassVar[Mapping[str, str]] = {"anchor": "begins_with", "": "members"}

    whole_team = ConfirmField("Everyone below", missing=None, classes="govuk-checkboxes--small")
    members = MembersField("Who?", noun="Members", missing=None, classes="govuk-checkboxes--small")
    first = FirstDayField(earliest=EARLIEST, latest=LATEST)
    last = LastDayField(is_needed=True, not_before="first", earliest=EARLIEST, latest=LATEST)
    begins_with = IntegerField(
        "Day of the cycle on the first day",
        noun="The day of the cycle",
        lowest=1,
        highest=LONGEST_CYCLE,
        missing="Enter the day of the cycle",
        default=1,
    )
    team = ConfirmField("", missing=None, classes="govuk-checkboxes--small")
    cycle_days = LONGEST_CYCLE

    def offer(self, members: Sequence[Choice], team: str, cycle_days: int) -> None:
        """Offer these members, by key, for a cycle of so many days."""
        self.members.choices = tuple(members)
        self.cycle_days = cycle_days
        self.begins_with.hint = f"From 1 to {cycle_days}; 1 is the first day of the cycle."
        self.team.label.text = f"Count these shifts for {team} whatever their postings"

    def validate_members(self, field: MembersField) -> None:
        """Refuse a roster for nobody."""
        if not field.data and not self.whole_team.data:
            raise ValidationError("Tick at least one member, or everybody")

    def validate_begins_with(self, field: IntegerField) -> None:
        """Refuse a day that the cycle does not have."""
        if field.data is not None and field.data > self.cycle_days:
            raise ValidationError(f"The day of the cycle must be from 1 to {self.cycle_days}")

    def value(self) -> Assigned:
        """What was typed."""
        offered = [choice.value for choice in self.members.choices]
        chosen = offered if self.whole_team.data else (self.members.data or ())
        return Assigned(
            tuple(int(key) for key in chosen),
            self.first.value,
            self.last.value,
            self.begins_with.value,
            self.team.data is True,
        )
