"""What is typed on the pages of programmes."""

from dataclasses import dataclass

from npt.people.rules import PolicingRole
from npt.training.actions import (
    LONGEST_EXPLANATION,
    LONGEST_NAME,
    MOST_DAYS,
    MOST_MODULES,
    MOST_MONTHS,
    ProgrammeFacts,
)
from npt.training.models import Programme
from npt.webkit.fields import (
    CheckboxesField,
    Choice,
    ConfirmField,
    DateField,
    IntegerField,
    LastDayField,
    TextAreaField,
    TextField,
)
from npt.webkit.forms import CreateForm, EditForm

ROLES = tuple(Choice(role.value, role.plural[:1].upper() + role.plural[1:]) for role in PolicingRole)


def _name_field() -> TextField:
    return TextField("Name", missing="Enter the name of the programme.", limit=LONGEST_NAME)


def _explanation_field() -> TextAreaField:
    return TextAreaField(
        "What it teaches", missing="Say what the programme teaches.", limit=LONGEST_EXPLANATION, rows=3
    )


def _modules_field() -> TextAreaField:
    return TextAreaField(
        "Modules",
        missing="Enter the modules, one a line.",
        hint="One a line, in their order. A course of one part has one line.",
        limit=MOST_MODULES * (LONGEST_NAME + 1),
        rows=7,
    )


def _roles_field() -> CheckboxesField:
    return CheckboxesField(
        "Who needs it", missing=None, choices=ROLES, hint="Leave all boxes empty if nobody has to take it."
    )


def _register_within_field() -> IntegerField:
    return IntegerField(
        "Days to register",
        missing="Enter the number of days.",
        hint="From the first day in a role that needs it.",
        lowest=0,
        highest=MOST_DAYS,
    )


def _stalls_after_field() -> IntegerField:
    return IntegerField(
        "Days without a step after which a registration has stalled",
        missing="Enter the number of days.",
        noun="The number of days",
        lowest=1,
        highest=MOST_DAYS,
    )


def _months_valid_field() -> IntegerField:
    return IntegerField(
        "Months that a verification is valid",
        missing=None,
        noun="The number of months",
        hint="Leave it empty if it does not expire.",
        lowest=1,
        highest=MOST_MONTHS,
    )


def _external_field() -> ConfirmField:
    return ConfirmField("An awarding body verifies it as well", missing=None)


def _needed_field() -> DateField:
    return DateField(
        "Needed from",
        missing=None,
        hint="Days to register count from here for those who are in the role already.",
    )


def _closed_field() -> LastDayField:
    return LastDayField("Last day for registering", hint="Leave it empty while it takes registrations.")


def _facts(form: "NewProgrammeForm | CorrectProgrammeForm") -> ProgrammeFacts:
    return ProgrammeFacts(
        name=form.name.value,
        explanation=form.explanation.value,
        modules=[line.strip() for line in form.modules.value.splitlines() if line.strip()],
        roles=frozenset(PolicingRole(value) for value in form.roles.data or ()),
        register_within=form.register_within.value,
        stalls_after=form.stalls_after.value,
        months_valid=form.months_valid.data,
        has_external=bool(form.has_external.data),
        needed_from=form.needed_from.data,
        closed_on=form.closed_on.data,
    )


@dataclass(frozen=True, slots=True)
class NewProgramme:
    """A programme as typed."""

    code: str
    facts: ProgrammeFacts


class NewProgrammeForm(CreateForm[NewProgramme]):
    """A force adds a programme."""

    code = TextField(
        "Code",
        missing="Enter a code.",
        hint="Short, for files and addresses, like first-aid. It stays as it is.",
        limit=20,
    )
    name = _name_field()
    explanation = _explanation_field()
    modules = _modules_field()
    roles = _roles_field()
    register_within = _register_within_field()
    stalls_after = _stalls_after_field()
    months_valid = _months_valid_field()
    has_external = _external_field()
    needed_from = _needed_field()
    closed_on = _closed_field()

    def value(self) -> NewProgramme:
        """What was typed."""
        return NewProgramme(self.code.value, _facts(self))


class CorrectProgrammeForm(EditForm[ProgrammeFacts]):
    """A force changes one of its programmes."""

    name = _name_field()
    explanation = _explanation_field()
    modules = _modules_field()
    roles = _roles_field()
    register_within = _register_within_field()
    stalls_after = _stalls_after_field()
    months_valid = _months_valid_field()
    has_external = _external_field()
    needed_from = _needed_field()
    closed_on = _closed_field()

    @classmethod
    def values_of(cls, record: Programme) -> dict[str, object]:
        """Modules one a line, and the roles that need it."""
        needed = record.terms.roles
        return {
            "modules": "\n".join(each.name for each in record.modules),
            "roles": tuple(role.value for role in PolicingRole if role in needed),
        }

    def value(self) -> ProgrammeFacts:
        """What was typed."""
        return _facts(self)
