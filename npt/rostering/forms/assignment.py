"""The change of an assignment of a pattern, as it is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wtforms import ValidationError

from npt.duty.forms.patterns import EARLIEST, LATEST, LONGEST_CYCLE
from npt.webkit.fields import Choice, DateField, IntegerField, RadiosField
from npt.webkit.forms import EditForm


@dataclass(frozen=True, slots=True)
class TypedAssignment:
    """From which day a member works by which pattern, or by none, beginning on which day of its cycle."""

    first: date
    pattern_id: int | None
    begins_with_day: int


class AssignmentForm(EditForm[TypedAssignment]):
    """An assignment, changed from a day on or ended."""

    refusals_beside: ClassVar[Mapping[str, str]] = {"": "first"}

    first = DateField(
        "From",
        noun="The day",
        missing="Enter the day from which it changes",
        earliest=EARLIEST,
        latest=LATEST,
    )
    pattern = RadiosField(
        "Pattern from then on",
        noun="The pattern",
        missing="Choose a pattern, or none",
        classes="govuk-radios--small",
    )
    begins_with = IntegerField(
        "Day of the cycle on that day",
        noun="The day of the cycle",
        lowest=1,
        highest=LONGEST_CYCLE,
        missing="Enter the day of the cycle",
    )
    cycles: Mapping[str, int] = {}

    def offer(self, patterns: Sequence[Choice], cycles: Mapping[str, int]) -> None:
        """Offer these patterns, by key, whose cycles have so many days; and none."""
        self.pattern.choices = (*patterns, Choice("none", "No pattern: end the assignment the day before"))
        self.cycles = cycles

    def validate_begins_with(self, field: IntegerField) -> None:
        """Refuse a day that the cycle does not have."""
        longest = self.cycles.get(self.pattern.data or "")
        if field.data is not None and longest is not None and field.data > longest:
            raise ValidationError(f"The day of the cycle must be from 1 to {longest}")

    def value(self) -> TypedAssignment:
        """What was typed."""
        chosen = self.pattern.value
        return TypedAssignment(
            self.first.value, None if chosen == "none" else int(chosen), self.begins_with.value
        )
