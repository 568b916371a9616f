"""Minimum cover, as it is typed."""

from dataclasses import dataclass
from datetime import date

from npt.duty.forms.patterns import EARLIEST, LATEST
from npt.rostering.actions import WantedCover
from npt.rostering.rules import HIGHEST_MINIMUM, CoverRole
from npt.webkit.fields import (
    CheckboxesField,
    Choice,
    FirstDayField,
    IntegerField,
    LastDayField,
    RadiosField,
    TimeField,
)
from npt.webkit.filters import WEEKDAYS
from npt.webkit.forms import CreateForm, EditForm


def _number() -> IntegerField:
    return IntegerField(
        "Minimum number",
        noun="The number",
        lowest=1,
        highest=HIGHEST_MINIMUM,
        missing="Enter the minimum number",
    )


class CoverForm(CreateForm[WantedCover]):
    """A minimum that a unit wants on duty."""

    number = _number()
    role = RadiosField(
        "Who",
        noun="Whom it asks for",
        missing="Choose who is needed",
        choices=[Choice(role.value, role.plural[0].upper() + role.plural[1:]) for role in CoverRole],
        classes="govuk-radios--small",
    )
    weekdays = CheckboxesField(
        "On which days of the week",
        noun="Days of the week",
        missing="Tick at least one day of the week",
        choices=[Choice(str(number), name) for number, name in enumerate(WEEKDAYS)],
        classes="govuk-checkboxes--small",
    )
    starts = TimeField(
        "From", noun="The start", missing="Enter the start", hint="For example, 18:00; 00:00 is midnight"
    )
    ends = TimeField(
        "To",
        noun="The end",
        missing="Enter the end",
        hint="A time at or before the start is on the next day. The same time twice means the whole day",
    )
    starts_on = FirstDayField(earliest=EARLIEST, latest=LATEST)
    ends_on = LastDayField(earliest=EARLIEST, latest=LATEST)

    def value(self) -> WantedCover:
        """What was typed."""
        return WantedCover(
            role=CoverRole(self.role.value),
            weekdays=tuple(int(day) for day in self.weekdays.value),
            starts=self.starts.value,
            ends=self.ends.value,
            number=self.number.value,
            first=self.starts_on.value,
            last=self.ends_on.data,
        )


@dataclass(frozen=True, slots=True)
class TypedCoverChange:
    """How many a minimum asks for from now on record, and its last day."""

    number: int
    last: date | None


class ChangeCoverForm(EditForm[TypedCoverChange]):
    """The number and the last day of a minimum."""

    number = _number()
    ends_on = LastDayField(earliest=EARLIEST, latest=LATEST)

    def value(self) -> TypedCoverChange:
        """What was typed."""
        return TypedCoverChange(self.number.value, self.ends_on.data)
