"""What is typed on the pages of a unit's and a member's training."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from npt.training.actions import LONGEST_BODY
from npt.training.models import Programme
from npt.training.rules import ModuleDates, Progress, Sought
from npt.webkit.as_at import AsAtForm
from npt.webkit.fields import (
    CheckboxesField,
    Choice,
    ConfirmField,
    DateField,
    SelectField,
    TextField,
)
from npt.webkit.forms import CreateForm, EditForm, Keywords


def programme_choices(programmes: Iterable[Programme]) -> tuple[Choice, ...]:
    """Programmes to choose from, by code."""
    return tuple(Choice(each.code, each.name) for each in programmes)


class Seeking:
    """How far the members have come who are shown, or offered."""

    standing: SelectField

    @property
    def sought(self) -> Sought | None:
        """Who is sought; everybody when the address names nothing, or what is not there."""
        return next((each for each in Sought if each.value == self.standing.data), None)


def standing_field() -> SelectField:
    """The box of `Seeking`."""
    choices = [Choice(each.value, each.wording) for each in Sought]
    return SelectField("Members", missing=None, choices=choices, empty="All members")


class WhoseTrainingForm(Seeking, AsAtForm):
    """Whose training is shown: on a day, by programme and by how far they have come."""

    programme = SelectField("Programme", missing=None, empty="All programmes")
    standing = standing_field()


class RegisterForm(CreateForm[Keywords]):
    """A member is registered for a programme."""

    programme = SelectField("Programme", missing="Choose a programme.")
    registered_on = DateField(
        "Day of the registration", missing="Enter the day of the registration.", noun="The day"
    )


#: What is refused of modules stands beside the boxes with their numbers.
_BESIDE_MODULES = {"modules": "numbers"}


class CompleteForm(CreateForm[Keywords]):
    """Modules, by their numbers, are completed."""

    refusals_beside: ClassVar[Mapping[str, str]] = _BESIDE_MODULES

    numbers = CheckboxesField(
        "Modules completed", missing="Tick the modules that are completed.", of=int, name="modules"
    )
    completed_on = DateField("Completed on", missing="Enter the day of completion.", noun="The day")


class VerifyForm(CreateForm[Keywords]):
    """Modules, by their numbers, are verified internally."""

    refusals_beside: ClassVar[Mapping[str, str]] = _BESIDE_MODULES

    numbers = CheckboxesField(
        "Modules verified", missing="Tick the modules that you have verified.", of=int, name="modules"
    )
    verified_on = DateField("Verified on", missing="Enter the day of verification.", noun="The day")


class AskForm(CreateForm[Keywords]):
    """External verification is asked for."""

    asked_on = DateField("Asked for on", missing="Enter the day of the request.", noun="The day")


def _body_field(missing: str | None) -> TextField:
    return TextField("Awarding body", missing=missing, limit=LONGEST_BODY)


class GrantForm(CreateForm[Keywords]):
    """External verification is granted."""

    granted_on = DateField("Granted on", missing="Enter the day on which it was granted.", noun="The day")
    granted_by = _body_field("Enter who granted it.")


class CorrectRegistrationForm(EditForm[tuple[Progress, str | None]]):
    """A registration is corrected or withdrawn."""

    registered_on = DateField(
        "Day of the registration", missing="Enter the day of the registration.", noun="The day"
    )
    withdrawn_on = DateField(
        "Withdrawn on",
        missing=None,
        hint="The first day it no longer applies. Leave blank if it still applies.",
    )
    asked_on = DateField("External verification asked for on", missing=None, noun="The day of the request")
    granted_on = DateField("External verification granted on", missing=None, noun="The day it was granted")
    granted_by = _body_field(None)

    def value(self) -> tuple[Progress, str | None]:
        """The days of the registration, without its modules; the awarding body."""
        progress = Progress(
            self.registered_on.value, (), self.withdrawn_on.data, self.asked_on.data, self.granted_on.data
        )
        return progress, self.granted_by.data


class CorrectModuleForm(EditForm[ModuleDates | None]):
    """A completed module is corrected or taken back."""

    completed_on = DateField("Completed on", missing="Enter the day of completion.", noun="The day")
    verified_on = DateField("Verified on", missing=None, hint="Clear the boxes to remove the verification.")
    is_taken_back = ConfirmField("Remove this module: it was not completed", missing=None)

    def value(self) -> ModuleDates | None:
        """The days of the module; None when it was not completed after all."""
        if self.is_taken_back.data:
            return None
        return ModuleDates(self.completed_on.value, self.verified_on.data)
