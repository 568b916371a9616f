"""One shift: added for a member, or changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wtforms import ValidationError

from npt.shifts.forms import MemberField, Times, TimesForm, WhichField, shown_times
from npt.shifts.queries import RosteredShift
from npt.shifts.rules import TypedTime
from npt.webkit.fields import Choice, ConfirmField, TextField, TimeField
from npt.webkit.forms import CreateForm


@dataclass(frozen=True, slots=True)
class NewTimes:
    """When a shift starts and ends, and whether the roster names the team."""

    starts: TypedTime
    ends: TypedTime
    is_team_named: bool


class _Whose:
    """Whose shift it is, of a new one."""

    members = MemberField("Member", missing=None, empty="Somebody else")
    number = TextField(
        "Somebody else’s force number", noun="The force number", limit=20, missing=None, autocomplete="off"
    )


class _ShiftTimes(Times):
    """When a shift starts and ends, and the team it is for."""

    starts = TimeField(
        "Starts", noun="The start", missing="Enter when the shift starts", hint="For example 07:00"
    )
    starts_which = WhichField("Which start?")
    ends = TimeField(
        "Ends",
        noun="The end",
        missing="Enter when the shift ends",
        hint="For example 15:00. An end at or before the start is on the next day.",
    )
    ends_which = WhichField("Which end?")
    team = ConfirmField("", missing=None, classes="govuk-checkboxes--small")

    def name_team(self, team: str) -> None:
        """Say in the words of the box which team the shift would be named for."""
        self.team.label.text = f"Count this shift for {team} whatever their posting"

    def value(self) -> NewTimes:
        """What was typed."""
        if self.typed_start is None or self.typed_end is None:
            raise LookupError("A shift has both times once its form is validated.")
        return NewTimes(self.typed_start, self.typed_end, self.team.data is True)


class ShiftForm(_Whose, _ShiftTimes, CreateForm[NewTimes]):
    """Whose shift, from when to when."""

    def offer(self, members: Sequence[Choice], team: str) -> None:
        """Offer these members, by key, and the team that the shift may be named for."""
        self.members.choices = tuple(members)
        self.name_team(team)

    def validate_members(self, field: MemberField) -> None:
        """Refuse a shift for nobody, or for two."""
        if not field.data and not self.number.text:
            raise ValidationError("Choose a member, or enter a force number")
        if field.data and self.number.text:
            raise ValidationError("Choose a member or enter a force number, not both")

    @property
    def member_id(self) -> int | None:
        """The key of the member who was chosen; None where a force number was typed."""
        return int(self.members.data) if self.members.data else None


class ChangeShiftForm(_ShiftTimes, TimesForm[NewTimes]):
    """When a shift really starts and ends."""

    @classmethod
    def values_of(cls, record: RosteredShift) -> Mapping[str, object]:
        """Its times as they are typed, and whether it names the team."""
        times = shown_times(record.interval.starts, record.interval.ends)
        return {**times, "team": record.is_team_named}
