"""What is typed about limits on supervision, and about plans for people who give time."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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
from npt.webkit.forms import CreateForm, EditForm

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


class _Limit:
    """How many people there may be to a sergeant."""

    people = DecimalField(
        "Constables and PCSOs to a sergeant",
        missing="Enter how many constables and PCSOs there may be to a sergeant.",
        noun="The limit",
        hint="The most, as full-time equivalents: 10 stands for 1:10.",
        places=2,
        lowest=LOWEST_LIMIT,
        highest=HIGHEST_LIMIT,
    )


@dataclass(frozen=True, slots=True)
class NewLimit:
    """A limit as typed."""

    people: Decimal
    starts_on: date


class LimitForm(_Limit, CreateForm[NewLimit]):
    """A limit from a day on."""

    starts_on = FirstDayField(hint="It holds until the next limit.")

    def value(self) -> NewLimit:
        """What was typed."""
        return NewLimit(self.people.value, self.starts_on.value)


class CorrectLimitForm(_Limit, EditForm[Decimal]):
    """A correction of a limit."""

    def value(self) -> Decimal:
        """What was typed."""
        return self.people.value


def _heads_field() -> IntegerField:
    return IntegerField(
        "Number of people",
        missing="Enter the number of people.",
        hint="People, not full-time equivalents.",
        lowest=0,
        highest=MOST_HEADS,
    )


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A target of a plan as typed."""

    role: PolicingRole
    due_on: date
    heads: int


class TargetForm(CreateForm[NewTarget]):
    """A target of the plan of a unit."""

    role = RadiosField("Role", missing="Choose a role.", choices=GIVING)
    heads = _heads_field()
    due_on = DateField("By", missing="Enter the day by which there are to be so many.", noun="The day")

    def value(self) -> NewTarget:
        """What was typed."""
        return NewTarget(PolicingRole(self.role.value), self.due_on.value, self.heads.value)


class CorrectTargetForm(EditForm[int]):
    """A correction of a target."""

    heads = _heads_field()

    def value(self) -> int:
        """What was typed."""
        return self.heads.value
