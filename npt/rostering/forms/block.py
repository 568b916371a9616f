"""What is ticked and typed at the roster: members and days, and what to do to them."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, ClassVar

from wtforms import ValidationError
from wtforms.validators import StopValidation

from npt.duty.forms.patterns import EARLIEST, LATEST
from npt.rostering.rules import Cell
from npt.shifts.rules import TypedTime
from npt.webkit.fields import (
    CarriedField,
    CheckboxesField,
    Choice,
    DateField,
    RadiosField,
    SelectField,
    TextAreaField,
    TimeField,
)
from npt.webkit.filters import day_short
from npt.webkit.forms import CreateForm

NOTE_HINT = "No health details."
NOTE_LENGTH = 1000
_CELL = re.compile(r"([1-9][0-9]{0,17})\.([0-9]{4}-[0-9]{2}-[0-9]{2})")
_SEEN = re.compile(
    r"([1-9][0-9]{0,17})\.(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}):([1-9][0-9]{0,17}):([1-9][0-9]{0,8})"
)
#: Far more shifts than any unit has in a month.
_LONGEST = 400_000


class Verb(Enum):
    """What can be done to a block."""

    TIMES = "times"
    COPY = "copy"
    ABSENT = "absent"
    BACK = "back"
    SWAP = "swap"
    MOVE = "move"
    CLEAR = "clear"

    @property
    def wording(self) -> str:
        """The verb as a person reads it."""
        return _WORDING[self]


_WORDING = {
    Verb.TIMES: "Set the times of the shift",
    Verb.COPY: "Copy from another week",
    Verb.ABSENT: "Record leave, sickness, rest day or other absence",
    Verb.BACK: "Remove absences",
    Verb.SWAP: "Swap the shifts of two members",
    Verb.MOVE: "Move to another team for the day",
    Verb.CLEAR: "Clear the shifts",
}


#: The fields that one action alone asks for.
_ASKED_BY = {
    Verb.TIMES: ("starts", "ends"),
    Verb.COPY: ("week_of",),
    Verb.ABSENT: ("reason", "note"),
    Verb.MOVE: ("team",),
}


class TicksField(CheckboxesField):
    """Boxes of the table that were ticked. The table draws them; here they are only checked."""

    def pre_validate(self, form: Any) -> None:
        """Refuse boxes that the table does not have."""
        offered = {choice.value for choice in self.choices}
        if self.data is not None and not set(self.data) <= offered:
            self.data = None
            raise StopValidation("Tick days in the table.")

    @property
    def ticked(self) -> frozenset[str]:
        """What was ticked."""
        return frozenset(self.data or ())

    @property
    def focus_id(self) -> str | None:
        """The first box of the table, where there is one."""
        return self.id if self.choices else None


class SeenField(CarriedField):
    """Which shifts the table showed in which version, so that nothing newer is overwritten."""

    part = _SEEN
    longest = _LONGEST
    page = "the roster"

    def show(self, seen: Mapping[Cell, Mapping[int, int]]) -> None:
        """Carry these versions from now on, whatever was sent."""
        self.carry(
            f"{cell.member_id}.{cell.day.isoformat()}:{key}:{version}"
            for cell, shifts in seen.items()
            for key, version in shifts.items()
        )

    @property
    def seen(self) -> dict[Cell, dict[int, int]]:
        """The version of each shift by its key, by cell."""
        found: dict[Cell, dict[int, int]] = {}
        for member_id, day, key, version in _SEEN.findall(self.data or ""):
            found.setdefault(Cell(int(member_id), date.fromisoformat(day)), {})[int(key)] = int(version)
        return found


@dataclass(frozen=True, slots=True)
class TypedBlock:
    """The cells ticked, as they were shown, and what to do to them with what."""

    cells: tuple[Cell, ...]
    seen: Mapping[Cell, Mapping[int, int]]
    verb: Verb
    starts: TypedTime | None
    ends: TypedTime | None
    week_of: date | None
    reason: str
    note: str | None
    team: str


class BlockForm(CreateForm[TypedBlock]):
    """Which members and days, and what to do to their shifts."""

    refusals_beside: ClassVar[Mapping[str, str]] = {"": "cells"}

    cells = TicksField("Days", missing=None)
    members = TicksField("Members", missing=None)
    days = TicksField("Days of everybody", missing=None)
    seen = SeenField("Versions", missing=None)
    verb = RadiosField(
        "What to do with the days ticked",
        noun="What to do",
        missing="Choose what to do with the days ticked",
        choices=[Choice(verb.value, verb.wording) for verb in Verb],
        classes="govuk-radios--small",
    )
    starts = TimeField("Starts", noun="The start", missing=None, hint="New times, for example 07:00")
    ends = TimeField(
        "Ends", noun="The end", missing=None, hint="A time at or before the start is on the next day"
    )
    week_of = DateField(
        "Any day of the week to copy from",
        noun="The week to copy from",
        missing=None,
        earliest=EARLIEST,
        latest=LATEST,
    )
    reason = SelectField("Kind of absence", noun="The kind of absence", missing=None)
    note = TextAreaField("Note on the absence", limit=NOTE_LENGTH, rows=2, missing=None, hint=NOTE_HINT)
    team = SelectField("Team to move to", noun="The team", missing=None)

    def offer(
        self,
        members: Mapping[int, str],
        days: Sequence[date],
        absences: Sequence[Choice],
        teams: Sequence[Choice],
    ) -> None:
        """Offer these members, by key with their names, days, kinds of absence, and teams to help."""
        self.members.choices = tuple(Choice(str(key), name) for key, name in members.items())
        self.days.choices = tuple(Choice(day.isoformat(), day_short(day)) for day in days)
        self.cells.choices = tuple(
            Choice(f"{key}.{day.isoformat()}", f"{name} {day_short(day)}")
            for key, name in members.items()
            for day in days
        )
        self.reason.choices = tuple(absences)
        self.team.choices = tuple(teams)
        if not teams:
            verbs = self.verb.choices
            self.verb.choices = tuple(verb for verb in verbs if verb.value != Verb.MOVE.value)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be done. What another action asks for was typed before this one was chosen."""
        for verb, names in _ASKED_BY.items():
            for name in names if verb.value != self.verb.data else ():
                self[name].process_errors = []
        return super().validate(extra_validators)

    def validate_cells(self, field: TicksField) -> None:
        """Refuse a block of nothing."""
        if not (field.ticked or self.members.ticked or self.days.ticked):
            raise ValidationError("Tick at least one day, member or column in the table")

    def validate_starts(self, field: TimeField) -> None:
        """Refuse new times without a start."""
        self._needed(field, Verb.TIMES, "Enter when the shifts start")

    def validate_ends(self, field: TimeField) -> None:
        """Refuse new times without an end."""
        self._needed(field, Verb.TIMES, "Enter when the shifts end")

    def validate_week_of(self, field: DateField) -> None:
        """Refuse a copy of no week."""
        self._needed(field, Verb.COPY, "Enter a day of the week to copy from")

    def validate_reason(self, field: SelectField) -> None:
        """Refuse an absence of no kind."""
        self._needed(field, Verb.ABSENT, "Choose the kind of absence")

    def validate_team(self, field: SelectField) -> None:
        """Refuse a move to nowhere."""
        self._needed(field, Verb.MOVE, "Choose the team to move to")

    def _needed(self, field: Any, verb: Verb, message: str) -> None:
        if self.verb.data == verb.value and field.data is None and not field.process_errors:
            raise ValidationError(message)

    def value(self) -> TypedBlock:
        """What was ticked and typed."""
        return TypedBlock(
            cells=cells_ticked(self.cells.ticked, self.members.ticked, self.days.ticked, self.cells.choices),
            seen=self.seen.seen,
            verb=Verb(self.verb.value),
            starts=None if self.starts.data is None else TypedTime(self.starts.data),
            ends=None if self.ends.data is None else TypedTime(self.ends.data),
            week_of=self.week_of.data,
            reason=self.reason.data or "",
            note=self.note.data,
            team=self.team.data or "",
        )


def cells_ticked(
    cells: Collection[str], members: Collection[str], days: Collection[str], offered: Sequence[Choice]
) -> tuple[Cell, ...]:
    """The cells meant: those ticked one by one, and where members meet days.

    Members without a day mean all days shown, days without a member all members.
    """
    found = []
    for choice in offered:
        member_id, _, day = choice.value.partition(".")
        is_at_edges = (
            (members or days) and (not members or member_id in members) and (not days or day in days)
        )
        if choice.value in cells or is_at_edges:
            found.append(Cell(int(member_id), date.fromisoformat(day)))
    return tuple(found)
