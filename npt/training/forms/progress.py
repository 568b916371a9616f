"""What is typed on the pages of a unit's and a member's training."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from npt.training.actions import (
    LONGEST_BODY,
)
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
from npt.webkit.forms import CreateForm, EditForm


def programme_choices(programmes: Iterable[Programme]) -> tuple[Choice, ...]:
    """Programmes to choose from, by code."""
    return tuple(Choice(each.code, each.name) for each in programmes)


def standing_field() -> SelectField:
    """How far the members have come who are shown, or offered."""
    return SelectField(
        "Members",
        missing=None,
        choices=[Choice(each.value, each.wording) for each in Sought],
        empty="All members",
    )


class WhoseTrainingForm(AsAtForm):
    """Whose training is shown: on a day, by programme and by how far they have come."""

    programme = SelectField("Programme", missing=None, empty="All programmes")
    standing = standing_field()


@dataclass(frozen=True, slots=True)
class NewRegistration:
    """A registration as typed."""

    programme: str
    registered_on: date


class RegisterForm(CreateForm[NewRegistration]):
    """A member is registered for a programme."""

    programme = SelectField("Programme", missing="Choose a programme.")
    registered_on = DateField(
        "Day of the registration", missing="Enter the day of the registration.", noun="The day"
    )

    def value(self) -> NewRegistration:
        """What was typed."""
        return NewRegistration(self.programme.value, self.registered_on.value)


@dataclass(frozen=True, slots=True)
class ModulesOn:
    """The numbers of some modules, and the day on which they were completed or verified."""

    numbers: tuple[int, ...]
    on: date


class CompleteForm(CreateForm[ModulesOn]):
    """Modules are completed."""

    modules = CheckboxesField("Modules completed", missing="Tick the modules that are completed.")
    completed_on = DateField("Completed on", missing="Enter the day of completion.", noun="The day")

    def value(self) -> ModulesOn:
        """What was typed."""
        return ModulesOn(tuple(map(int, self.modules.value)), self.completed_on.value)


class VerifyForm(CreateForm[ModulesOn]):
    """Modules are verified internally."""

    modules = CheckboxesField("Modules verified", missing="Tick the modules that you have verified.")
    verified_on = DateField("Verified on", missing="Enter the day of verification.", noun="The day")

    def value(self) -> ModulesOn:
        """What was typed."""
        return ModulesOn(tuple(map(int, self.modules.value)), self.verified_on.value)


class AskForm(CreateForm[date]):
    """External verification is asked for."""

    asked_on = DateField("Asked for on", missing="Enter the day of the request.", noun="The day")

    def value(self) -> date:
        """The day of the request."""
        return self.asked_on.value


def _body_field(missing: str | None) -> TextField:
    return TextField("Awarding body", missing=missing, limit=LONGEST_BODY)


class GrantForm(CreateForm[tuple[date, str]]):
    """External verification is granted."""

    granted_on = DateField("Granted on", missing="Enter the day on which it was granted.", noun="The day")
    granted_by = _body_field("Enter who granted it.")

    def value(self) -> tuple[date, str]:
        """The day, and the awarding body."""
        return self.granted_on.value, self.granted_by.value


@dataclass(frozen=True, slots=True)
class CorrectedRegistration:
    """The days of a registration as typed, without its modules; the awarding body."""

    progress: Progress
    granted_by: str | None


class CorrectRegistrationForm(EditForm[CorrectedRegistration]):
    """A registration is corrected or withdrawn."""

    registered_on = DateField(
        "Day of the registration", missing="Enter the day of the registration.", noun="The day"
    )
    withdrawn_on = DateField(
        "Withdrawn on",
        missing=None,
        hint="The day from which the registration no longer stands. Leave it empty while it does.",
    )
    asked_on = DateField("External verification asked for on", missing=None, noun="The day of the request")
    granted_on = DateField("External verification granted on", missing=None, noun="The day it was granted")
    granted_by = _body_field(None)

    def value(self) -> CorrectedRegistration:
        """What was typed."""
        progress = Progress(
            self.registered_on.value, (), self.withdrawn_on.data, self.asked_on.data, self.granted_on.data
        )
        return CorrectedRegistration(progress, self.granted_by.data)


@dataclass(frozen=True, slots=True)
class CorrectedModule:
    """A completed module as typed; None when it was not completed after all."""

    dates: ModuleDates | None


class CorrectModuleForm(EditForm[CorrectedModule]):
    """A completed module is corrected or taken back."""

    completed_on = DateField("Completed on", missing="Enter the day of completion.", noun="The day")
    verified_on = DateField(
        "Verified on", missing=None, hint="Empty the boxes to take the verification back."
    )
    is_taken_back = ConfirmField("The module was not completed after all: take it back", missing=None)

    def value(self) -> CorrectedModule:
        """What was typed."""
        if self.is_taken_back.data:
            return CorrectedModule(None)
        return CorrectedModule(ModuleDates(self.completed_on.value, self.verified_on.data))
