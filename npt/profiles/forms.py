"""What is typed about profiles: a part, who owns one and by when it is reviewed, what becomes of parts."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from npt.organisation import forms
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.profiles.actions import CarriedMeanwhile
from npt.profiles.models import PartVersion
from npt.profiles.rules import LONGEST_WORDS, MONTHS_VALID
from npt.webkit.as_at import AsAtForm
from npt.webkit.fields import Choice, DateField, SelectField, TextAreaField
from npt.webkit.forms import EditForm, Keywords


class Sought(Enum):
    """Which profiles are looked for."""

    OVERDUE = "overdue"
    ALL = "all"


class ProfilesForm(AsAtForm):
    """The day, and whether only those are shown that are overdue."""

    show = SelectField(
        "Profiles",
        choices=(Choice(Sought.OVERDUE.value, "Overdue"),),
        missing=None,
        empty="All",
        of=Sought,
    )


class PartForm(EditForm[Keywords]):
    """What a part of a profile says."""

    words = TextAreaField(
        "What it says",
        limit=LONGEST_WORDS,
        rows=14,
        missing="Write something. To say that there is nothing, write that.",
        hint="Do not name people who live here: the profile is read widely.",
    )


class KeepForm(EditForm[Keywords]):
    """Who owns a profile, and by when it is reviewed. The view says who may be chosen."""

    number = SelectField(
        "Owner", missing=None, empty="Nobody", hint="Somebody posted to the team or the area."
    )
    review_due_on = DateField(
        "Review by",
        noun="The review date",
        missing="Enter the day by which it is reviewed.",
        hint=f"Within {MONTHS_VALID} months.",
    )

    def offer(self, members: Iterable[Member]) -> None:
        """Let one of these be chosen."""
        self.number.choices = tuple(Choice(each.number, f"{each.name} ({each.number})") for each in members)

    @classmethod
    def values_of(cls, record: Any) -> Mapping[str, object]:
        """The number of the owner."""
        return {"number": None if record.owner is None else record.owner.number}


class CarryForm(forms.CarryForm):
    """A line for each written part."""

    prefix = "part_"
    gone = Choice("left.", "None: leave it with the closed neighbourhood", is_alone=True)

    def meanwhile(self) -> CarriedMeanwhile:
        """Somebody else said so before."""
        return CarriedMeanwhile(
            "Somebody else decided on one of these parts meanwhile, so nothing was done: look at the list"
            " again."
        )


def carry_form(parts: Iterable[PartVersion], successors: Iterable[Unit]) -> CarryForm:
    """A form with a line for each of the parts, to choose among the successors."""
    return forms.carry_form(CarryForm, {each.part.value: each.part.wording for each in parts}, successors)
