"""What is typed on the pages of programmes."""

from npt.people.forms import ROLES_IN_PLURAL
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
    ConfirmField,
    DateField,
    IntegerField,
    LastDayField,
    TextAreaField,
    TextField,
)
from npt.webkit.forms import CreateForm, EditForm, Keywords


class _Code:
    """What a programme is called by files and addresses, before all else."""

    code = TextField(
        "Code",
        missing="Enter a code.",
        hint="Short, for files and web addresses, for example first-aid. It cannot be changed later.",
        limit=20,
    )


class _Facts:
    """What a programme is: the same boxes when it is new and when it is changed."""

    name = TextField("Name", missing="Enter the name of the programme.", limit=LONGEST_NAME)
    explanation = TextAreaField(
        "What it teaches", missing="Say what the programme teaches.", limit=LONGEST_EXPLANATION, rows=3
    )
    modules = TextAreaField(
        "Modules",
        missing="Enter the modules, one to a line.",
        hint="One to a line, in order. A course with one part has one line.",
        limit=MOST_MODULES * (LONGEST_NAME + 1),
        rows=7,
    )
    roles = CheckboxesField(
        "Who needs it",
        missing=None,
        choices=ROLES_IN_PLURAL,
        hint="Leave all boxes unticked if no one has to take it.",
    )
    register_within = IntegerField(
        "Days to register",
        missing="Enter the number of days.",
        hint="From the first day in a role that needs it.",
        lowest=0,
        highest=MOST_DAYS,
    )
    stalls_after = IntegerField(
        "Days without progress before a registration has stalled",
        missing="Enter the number of days.",
        noun="The number of days",
        lowest=1,
        highest=MOST_DAYS,
    )
    months_valid = IntegerField(
        "Months a verification is valid",
        missing=None,
        noun="The number of months",
        hint="Leave blank if it does not expire.",
        lowest=1,
        highest=MOST_MONTHS,
    )
    has_external = ConfirmField("An awarding body also verifies it", missing=None)
    needed_from = DateField(
        "Needed from",
        missing=None,
        hint="For people already in the role, the days to register start here.",
    )
    closed_on = LastDayField("Last day for registering", hint="Leave blank while it takes registrations.")

    def facts(self) -> ProgrammeFacts:
        """The facts as typed."""
        return ProgrammeFacts(
            name=self.name.value,
            explanation=self.explanation.value,
            modules=[line.strip() for line in self.modules.value.splitlines() if line.strip()],
            roles=frozenset(PolicingRole(value) for value in self.roles.data or ()),
            register_within=self.register_within.value,
            stalls_after=self.stalls_after.value,
            months_valid=self.months_valid.data,
            has_external=bool(self.has_external.data),
            needed_from=self.needed_from.data,
            closed_on=self.closed_on.data,
        )


class NewProgrammeForm(_Code, _Facts, CreateForm[Keywords]):
    """A force adds a programme."""

    def value(self) -> Keywords:
        """The code, and what the programme is."""
        return {"code": self.code.value, "facts": self.facts()}


class CorrectProgrammeForm(_Facts, EditForm[ProgrammeFacts]):
    """A force changes one of its programmes."""

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
        return self.facts()
