"""What is typed about limits on supervision, and about plans for people who give time."""

from npt.people.rules import PolicingRole
from npt.staffing.actions import MOST_HEADS
from npt.staffing.forms.establishments import AsAtOfRoleForm
from npt.staffing.rules import GIVING_ROLES, HIGHEST_LIMIT, LOWEST_LIMIT
from npt.webkit.fields import (
    Choice,
    DateField,
    DecimalField,
    FirstDayField,
    IntegerField,
    RadiosField,
    SelectField,
)
from npt.webkit.forms import CreateForm, EditForm, Keywords

GIVING = tuple(Choice(role.value, role.heading) for role in PolicingRole if role in GIVING_ROLES)
#: How far ahead succession looks, in days.
AHEAD = (90, 180)


class SuccessionForm(AsAtOfRoleForm):
    """Which ends of postings are shown: of how many days to come, of one role or of all."""

    within = SelectField(
        "Within",
        missing=None,
        choices=tuple(Choice(str(days), f"{days} days") for days in AHEAD),
        empty=f"{AHEAD[0]} days",
    )

    @property
    def days(self) -> int:
        """How many days ahead."""
        return AHEAD[0] if self.within.data is None or self.within.errors else int(self.within.data)


class LimitForm(CreateForm[Keywords]):
    """A limit from a day on."""

    people = DecimalField(
        "Constables and PCSOs to a sergeant",
        missing="Enter how many constables and PCSOs there may be to a sergeant.",
        noun="The limit",
        hint="The most allowed, in full-time equivalents: 10 means 1:10.",
        places=2,
        lowest=LOWEST_LIMIT,
        highest=HIGHEST_LIMIT,
    )
    starts_on = FirstDayField(hint="It applies until the next limit.")


class CorrectLimitForm(EditForm[Keywords]):
    """A correction of a limit."""

    people = LimitForm.people


class TargetForm(CreateForm[Keywords]):
    """A target of the plan of a unit."""

    role = RadiosField("Role", missing="Choose a role.", choices=GIVING, of=PolicingRole)
    heads = IntegerField(
        "Number of people",
        missing="Enter the number of people.",
        hint="People, not full-time equivalents.",
        lowest=0,
        highest=MOST_HEADS,
    )
    due_on = DateField("By", missing="Enter the day by which the plan is to be met.", noun="The day")


class CorrectTargetForm(EditForm[Keywords]):
    """A correction of a target."""

    heads = TargetForm.heads
