"""What is typed about profiles: a part, who owns one and by when it is reviewed, what becomes of parts."""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

from flask import request

from npt.organisation.models import Unit
from npt.people.models import Member
from npt.profiles.actions import CarriedMeanwhile
from npt.profiles.models import PartVersion
from npt.profiles.rules import LONGEST_WORDS, MONTHS_VALID, Part
from npt.webkit.as_at import AsAtForm
from npt.webkit.fields import CheckboxesField, Choice, DateField, SelectField, TextAreaField
from npt.webkit.forms import CreateForm, EditForm, Keywords

#: Chosen in place of a neighbourhood.
LEFT = "left."
_LINE = "part_"
#: The neighbourhoods that get each part; and the parts that stay behind for good.
Chosen = tuple[dict[Part, Sequence[str]], list[Part]]


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


class CarryForm(CreateForm[Chosen]):
    """The lines; `carry_form` adds them."""

    @property
    def lines(self) -> list[CheckboxesField]:
        """The lines, in their order."""
        return [each for each in self if isinstance(each, CheckboxesField)]

    def value(self) -> Chosen:
        """What was chosen. CarriedMeanwhile where a line was sent that is no longer asked about."""
        if any(name.startswith(_LINE) and name not in self for name in request.form):
            raise CarriedMeanwhile(
                "Somebody else decided on one of these parts meanwhile, so nothing was done: look at the list"
                " again."
            )
        to: dict[Part, Sequence[str]] = {}
        left: list[Part] = []
        for each in self.lines:
            part, chosen = Part(each.name.removeprefix(_LINE)), each.data or ()
            if LEFT in chosen:
                left.append(part)
            elif chosen:
                to[part] = chosen
        return to, left


def carry_form(parts: Iterable[PartVersion], successors: Iterable[Unit]) -> CarryForm:
    """A form with a line for each of the parts, to choose among the successors."""
    choices = (
        *(Choice(each.code, f"{each.name} ({each.code})") for each in successors),
        Choice(LEFT, "None: leave it with the closed neighbourhood"),
    )
    lines = {
        f"{_LINE}{each.part.value}": CheckboxesField(
            each.part.wording, choices=choices, missing=None, noun=each.part.wording
        )
        for each in parts
    }
    # What is refused of the whole stands beside the first line.
    form: CarryForm = type(
        "CarryForm", (CarryForm,), {**lines, "refusals_beside": {"": next(iter(lines), "")}}
    )()
    return form
