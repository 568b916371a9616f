"""What is typed on the pages of operations."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Self

from wtforms.validators import StopValidation

from npt.kit.clock import parse_day
from npt.operations.actions import Planned
from npt.operations.models import Operation
from npt.operations.rules import OperationKind, OperationStatus
from npt.people.forms import ROLES_IN_PLURAL
from npt.people.rules import PolicingRole
from npt.shifts.forms import VersionsField
from npt.webkit.fields import (
    CheckboxesField,
    Choice,
    FirstDayField,
    IntegerField,
    LastDayField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
    TimeField,
)
from npt.webkit.forms import CreateForm, EditForm, Form, Keywords, Sides

#: A choice in a tick box: the day of the operation and the key of the shift.
_KEY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([1-9][0-9]{0,17})")
#: More than any unit has of a role: what is over it is a slip of the keyboard.
_MOST = 9_999

KINDS = tuple(Choice(kind.value, kind.wording) for kind in OperationKind)


class _OperationFields(Form[Planned]):
    """What an operation is: the same boxes when it is new and when it is corrected."""

    name = TextField("Name", limit=200, missing="Enter a name.", hint="What people will call it on the day.")
    kind = RadiosField("What is it?", noun="Kind", missing="Choose what it is.", choices=KINDS)
    first_on = FirstDayField()
    last_on = LastDayField(hint="Leave blank for a one-day operation.", blank="the first day")
    starts = TimeField("From", missing="Enter when people are needed from.", noun="The start")
    ends = TimeField(
        "To",
        missing="Enter when people are needed until.",
        noun="The end",
        hint="A time at or before the start is on the next day.",
    )
    reason = SelectField(
        "Recorded as", noun="The reason", missing="Choose the reason recorded for members taken."
    )
    note = TextAreaField("Note", limit=1000, rows=3, missing=None, hint="Where to meet, what to bring.")

    def value(self) -> Planned:
        """What was typed."""
        first = self.first_on.value
        return Planned(
            name=self.name.value,
            kind=OperationKind(self.kind.value),
            first_on=first,
            last_on=first if self.last_on.data is None else self.last_on.data,
            starts=self.starts.value,
            ends=self.ends.value,
            reason=self.reason.value,
            note=self.note.data,
        )


class NewOperationForm(CreateForm[Planned], _OperationFields):
    """A new operation."""


class CorrectOperationForm(EditForm[Planned], _OperationFields):
    """A draft that is corrected."""

    status: OperationStatus

    @classmethod
    def values_of(cls, record: Operation) -> Mapping[str, object]:
        """The code of its reason."""
        return {"reason": record.reason.code}

    def offer(self, reasons: Sequence[Choice], status: OperationStatus) -> None:
        """Let it be recorded as one of `reasons`; `status` is how far the operation has come."""
        self.reason.choices, self.status = tuple(reasons), status

    def sides(self, theirs: Self) -> list[Sides]:
        """What both hold, and the status: what is asked and who is chosen makes a new version, too."""
        return [*super().sides(theirs), ("Status", theirs.status.wording, theirs.status.wording)]


class AskForm(EditForm[Keywords]):
    """How many of which role a unit is asked for. It carries the version of the operation."""

    unit = SelectField("Unit", missing="Choose a unit.")
    role = SelectField("Role", missing="Choose a role.", choices=ROLES_IN_PLURAL, of=PolicingRole)
    number = IntegerField("How many each day", missing="Enter how many.", lowest=1, highest=_MOST)


class ChoicesField(CheckboxesField):
    """Shifts that were ticked, each for a day of the operation. That one is gone is for the action to say."""

    def pre_validate(self, form: object) -> None:
        """Refuse an empty choice, and what is no choice of ours."""
        if self.data is None and self.missing:
            raise StopValidation(self.missing)
        try:
            for key in self.data or ():
                _read(key)
        except ValueError:
            self.data = None
            raise StopValidation("Tick members in the table.") from None

    @property
    def keys(self) -> tuple[tuple[date, int], ...]:
        """The days and keys of the shifts ticked, none without any."""
        return tuple(_read(key) for key in self.data or ())

    def tick(self, keys: Sequence[tuple[date, int]]) -> None:
        """Show these as ticked."""
        self.data, self.typed = tuple(box(on, shift_id) for on, shift_id in keys), []


def box(on: date, shift_id: int) -> str:
    """The value of the tick box of a shift for a day of the operation."""
    return f"{on.isoformat()}.{shift_id}"


def _read(key: str) -> tuple[date, int]:
    """The day and the key of the shift. ValueError when it is no choice of ours."""
    match = _KEY.fullmatch(key)
    if match is None:
        raise ValueError("no choice of ours")
    return parse_day(match[1]), int(match[2])


class ChooseForm(EditForm[Keywords]):
    """Who is taken for one of the asks. It carries the version of the operation."""

    members = ChoicesField(
        "Who?",
        missing="Tick at least one member. To take no one, remove the request or cancel the operation.",
    )
    shown = VersionsField("Versions", missing=None)

    def value(self) -> Keywords:
        """Who was ticked, and the version of the operation and of each shift that was shown."""
        return {
            "wanted": self.members.keys,
            "seen": self.shown.versions,
            "expected_version": self.shown_version,
        }


class DecideForm(EditForm[Mapping[int, int]]):
    """The button that commits, or cancels: the version of the operation and of every chosen shift."""

    shown = VersionsField("Versions", missing=None)

    def value(self) -> Mapping[int, int]:
        """The version of each shift that was shown."""
        return self.shown.versions
