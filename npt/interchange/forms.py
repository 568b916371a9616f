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

    number = SelectField("Member", missing="Choose the member whose shifts these are")
    calendar = FileField(
        "Calendar",
        accept=".ics,text/calendar",
        missing="Choose a calendar file, one that ends in .ics",
        hint="A file that ends in .ics, as the other system gives it out.",
    )
    update = ConfirmField("Change recorded shifts that end at another time in the calendar", missing=None)

    def offer(self, members: Sequence[Choice]) -> None:
        """Offer these members, by number."""
        self.number.choices = tuple(members)

    def value(self) -> TypedCalendar:
        """What was typed."""
        name = self.calendar.file_name
        return TypedCalendar(self.number.value, self.calendar.value, name, bool(self.update.data))
