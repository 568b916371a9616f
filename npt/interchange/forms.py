"""The form that takes a calendar in."""

from collections.abc import Sequence
from dataclasses import dataclass

from npt.webkit.fields import Choice, ConfirmField, FileField, SelectField
from npt.webkit.forms import CreateForm


@dataclass(frozen=True, slots=True)
class TypedCalendar:
    """Whose calendar it is, what it holds, and whether it may change shifts that are recorded."""

    number: str
    content: bytes
    name: str
    may_update: bool


class CalendarForm(CreateForm[TypedCalendar]):
    """A member and the calendar of their shifts."""

    number = SelectField("Member", missing="Choose whose shifts these are")
    calendar = FileField(
        "Calendar",
        accept=".ics,text/calendar",
        missing="Choose a calendar file ending in .ics",
        hint="A file ending in .ics, exported from the other system.",
    )
    update = ConfirmField("Update recorded shifts whose end time differs in the calendar", missing=None)

    def offer(self, members: Sequence[Choice]) -> None:
        """Offer these members, by number."""
        self.number.choices = tuple(members)

    def value(self) -> TypedCalendar:
        """What was typed."""
        name = self.calendar.file_name
        return TypedCalendar(self.number.value, self.calendar.value, name, bool(self.update.data))
