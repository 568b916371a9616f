"""One shift: added for a member, or changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from wtforms import ValidationError

from npt.shifts.forms import MemberField, WhichField, typed_time
from npt.shifts.rules import TypedTime
from npt.webkit.fields import Choice, ConfirmField, TextField, TimeField
from npt.webkit.forms import CreateForm, EditForm

ENDS_HINT = "For example 15:00. An end at or before the start is on the next day."


@dataclass(frozen=True, slots=True)
class NewTimes:
    """When a shift starts and ends, and whether the roster names the team."""

    starts: TypedTime
    ends: TypedTime
    is_team_named: bool


@dataclass(frozen=True, slots=True)
class NewShift:
    """A shift for one of the unit's members (by key), or for somebody else (by force number)."""

    member_id: int | None
    number: str | None
    times: NewTimes


def _times(form: "ShiftForm | ChangeShiftForm") -> NewTimes:
    starts, ends = typed_time(form.starts, form.starts_which), typed_time(form.ends, form.ends_which)
    if starts is None or ends is None:
        raise LookupError("A shift has both times once its form is validated.")
    return NewTimes(starts, ends, form.team.data is True)


class ShiftForm(CreateForm[NewShift]):
    """Whose shift, from when to when."""

    members = MemberField("Member", missing=None, empty="Somebody else")
    number = TextField(
        "Somebody else’s force number", noun="The force number", limit=20, missing=None, autocomplete="off"
    )
    starts = TimeField(
        "Starts", noun="The start", missing="Enter when the shift starts", hint="For example 07:00"
    )
    starts_which = WhichField("Which start?")
    ends = TimeField("Ends", noun="The end", missing="Enter when the shift ends", hint=ENDS_HINT)
    ends_which = WhichField("Which end?")
    team = ConfirmField("", missing=None, classes="govuk-checkboxes--small")

    def offer(self, members: Sequence[Choice], team: str) -> None:
        """Offer these members, by key, and the team that the shift may be named for."""
        self.members.choices = tuple(members)
        name_team(self, team)

    def validate_members(self, field: MemberField) -> None:
        """Refuse a shift for nobody, or for two."""
        if not field.data and not self.number.text:
            raise ValidationError("Choose a member, or enter a force number")
        if field.data and self.number.text:
            raise ValidationError("Choose a member or enter a force number, not both")

    def value(self) -> NewShift:
        """What was typed."""
        member = self.members.data
        return NewShift(int(member) if member else None, self.number.data, _times(self))


class ChangeShiftForm(EditForm[NewTimes]):
    """When a shift really starts and ends."""

    starts = TimeField("Starts", noun="The start", missing="Enter when the shift starts")
    starts_which = WhichField("Which start?")
    ends = TimeField("Ends", noun="The end", missing="Enter when the shift ends", hint=ENDS_HINT)
    ends_which = WhichField("Which end?")
    team = ConfirmField("", missing=None, classes="govuk-checkboxes--small")

    def value(self) -> NewTimes:
        """What was typed."""
        return _times(self)


def name_team(form: "ShiftForm | ChangeShiftForm", team: str) -> None:
    """Say in the words of the box which team the shift would be named for."""
    form.team.label.text = f"Count this shift for {team} whatever the member’s posting"
