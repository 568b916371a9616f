"""What is chosen to record one step of a programme for many members at once."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from wtforms import ValidationError

from npt.training.forms.progress import Seeking, standing_field
from npt.webkit.fields import CheckboxesField, Choice, ConfirmField, DateField, RadiosField, SelectField
from npt.webkit.forms import CreateForm, QueryForm


class Step(Enum):
    """What can be recorded for many."""

    REGISTERED = "registered"
    COMPLETED = "completed"
    VERIFIED = "verified"


_STEPS = (
    Choice(Step.REGISTERED.value, "Registered for the programme"),
    Choice(Step.COMPLETED.value, "Completed the modules ticked below"),
    Choice(Step.VERIFIED.value, "Verified by me: the modules ticked below"),
)


class WhoseForm(Seeking, QueryForm[None]):
    """Of which programme, and which members are offered."""

    programme = SelectField("Programme", missing=None, empty="The first programme")
    standing = standing_field()


@dataclass(frozen=True, slots=True)
class TypedStep:
    """The step as chosen; the numbers of members, or of everybody offered."""

    step: Step
    modules: tuple[int, ...]
    on: date
    members: tuple[str, ...]


class ListField(CheckboxesField):
    """Boxes that another answer makes needed or not, and which therefore are not called optional."""

    @property
    def caption(self) -> str:
        """The label alone."""
        return self.label.text


class ManyForm(CreateForm[TypedStep]):
    """One step, one day, many members."""

    step = RadiosField("What is recorded", missing="Choose what is recorded.", choices=_STEPS)
    modules = ListField(
        "Modules", missing=None, classes="govuk-checkboxes--small", hint="Not needed for a registration."
    )
    on = DateField("On", missing="Enter the day.", noun="The day")
    everybody = ConfirmField("Everyone in this list", missing=None)
    members = ListField("Members", missing=None, classes="govuk-checkboxes--small")

    def validate_modules(self, field: CheckboxesField) -> None:
        """Refuse a completion or a verification of no module."""
        if self.step.data in {Step.COMPLETED.value, Step.VERIFIED.value} and not field.data:
            raise ValidationError("Tick the modules.")

    def validate_members(self, field: CheckboxesField) -> None:
        """Refuse a step of nobody."""
        if not field.data and not self.everybody.data:
            raise ValidationError("Tick the members, or everybody.")

    def value(self) -> TypedStep:
        """What was chosen."""
        everybody = tuple(choice.value for choice in self.members.choices)
        return TypedStep(
            Step(self.step.value),
            tuple(map(int, self.modules.data or ())),
            self.on.value,
            everybody if self.everybody.data else self.members.data or (),
        )
