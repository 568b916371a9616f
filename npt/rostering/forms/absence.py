"""Absence over a span of days, as it is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from npt.duty.forms.patterns import EARLIEST, LATEST
from npt.rostering.forms.block import NOTE_HINT, NOTE_LENGTH
from npt.webkit.fields import (
    Choice,
    FirstDayField,
    LastDayField,
    RadiosField,
    SelectField,
    TextAreaField,
)
from npt.webkit.forms import CreateForm


@dataclass(frozen=True, slots=True)
class TypedAbsence:
    """Who is absent, from which day to which, and why."""

    member_id: int
    first: date
    last: date
    reason: str
    note: str | None


class AbsenceForm(CreateForm[TypedAbsence]):
    """Leave, sickness, rest days or other absence of one member over a span of days."""

    refusals_beside: ClassVar[Mapping[str, str]] = {"": "members"}

    members = SelectField("Member", noun="The member", missing="Choose a member")
    first = FirstDayField(earliest=EARLIEST, latest=LATEST)
    last = LastDayField(is_needed=True, not_before="first", earliest=EARLIEST, latest=LATEST)
    reason = RadiosField(
        "Kind of absence",
        noun="The kind of absence",
        missing="Choose the kind of absence",
        classes="govuk-radios--small",
    )
    note = TextAreaField("Note", limit=NOTE_LENGTH, rows=2, missing=None, hint=NOTE_HINT)

    def offer(self, members: Sequence[Choice], absences: Sequence[Choice]) -> None:
        """Offer these members, by key, and kinds of absence."""
        self.members.choices = tuple(members)
        self.reason.choices = tuple(absences)

    def value(self) -> TypedAbsence:
        """What was typed."""
        return TypedAbsence(
            int(self.members.value), self.first.value, self.last.value, self.reason.value, self.note.data
        )
