"""What is typed on the pages of the structure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from flask import request

from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.rules import CODE_LENGTH, LONGEST_REASON, PriorityClass, UnitFacts
from npt.webkit.fields import (
    CheckboxesField,
    Choice,
    FirstDayField,
    LastDayField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)
from npt.webkit.forms import CreateForm, EditForm, Keywords, QueryForm

#: Asks for the priority classes that are to be reviewed.
DUE = "due"
CLASSES = tuple(Choice(str(each.value), each.wording) for each in PriorityClass)


class Coded:
    """The code of what is opened, before all else; it never changes."""

    code = TextField(
        "Code",
        limit=CODE_LENGTH,
        missing="Enter a code.",
        noun="The code",
        hint="Letters A to Z, digits, dots, underscores or hyphens. It cannot be changed later.",
    )


def name_field(noun: str) -> TextField:
    """The name of a unit, or whatever else `noun` says."""
    return TextField("Name", limit=200, missing=f"Enter the {noun}’s name.", noun="The name")


def open_until_field(noun: str) -> LastDayField:
    """Its last day, blank while it is open."""
    return LastDayField(hint=f"Leave blank while the {noun} is open.", blank="open")


def successors_field(nouns: str) -> TextField:
    """Which ones take over from one that closes."""
    return TextField(
        f"{nouns.capitalize()} that take over",
        limit=400,
        missing=None,
        noun=f"The {nouns} that take over",
        hint="Their codes, separated by spaces. They must be open on the day after.",
    )


class _Facts:
    """What is recorded of a unit."""

    name = name_field("unit")
    opened_on = FirstDayField()
    closed_on = open_until_field("unit")
    priority_class = SelectField(
        "Priority class",
        missing=None,
        empty="Not classified",
        blank="not classified",
        choices=CLASSES,
        hint="Priority 1 has the highest demand and the most cover.",
    )

    def facts(self) -> UnitFacts:
        """The facts as typed."""
        return UnitFacts(
            name=self.name.value,
            opened_on=self.opened_on.value,
            closed_on=self.closed_on.data,
            priority_class=int(self.priority_class.data) if self.priority_class.data else None,
        )


class OpenUnitForm(Coded, _Facts, CreateForm[tuple[str, UnitFacts]]):
    """A new unit under the one that the page is of."""

    def value(self) -> tuple[str, UnitFacts]:
        """The code, and what is recorded of the unit."""
        return self.code.value, self.facts()


class ChangeUnitForm(_Facts, EditForm[UnitFacts]):
    """A correction of a unit."""

    def value(self) -> UnitFacts:
        """What was typed."""
        return self.facts()


class CloseForm(EditForm[tuple[date, tuple[str, ...]]]):
    """The last day of what closes, and which take over: each kind says how it calls them."""

    closed_on = LastDayField(is_needed=True, hint="The last day it is open.", blank="open")
    successors: TextField

    def value(self) -> tuple[date, tuple[str, ...]]:
        """The last day, and the codes of those that take over."""
        return self.closed_on.value, tuple(dict.fromkeys((self.successors.data or "").split()))


class CloseUnitForm(CloseForm):
    """The last day of a unit, and the units that take over."""

    successors = successors_field("units")


#: By line, the neighbourhoods that were chosen; and the lines that go nowhere.
Carrying = tuple[dict[str, Sequence[str]], list[str]]


class CarryForm(CreateForm[Carrying]):
    """To which neighbourhoods the things of a closed one go, a line for each: `carry_form` adds them.

    A line is named by `prefix` and its key; `gone` is chosen in place of a neighbourhood.
    """

    prefix: str
    gone: Choice

    def meanwhile(self) -> Refusal:
        """What is told where a line was sent that is no longer asked about."""
        raise NotImplementedError

    @property
    def lines(self) -> list[CheckboxesField | SelectField]:
        """The lines, in their order."""
        return [each for each in self if isinstance(each, CheckboxesField | SelectField)]

    def value(self) -> Carrying:
        """What was chosen, by the keys of the lines. Refused as `meanwhile` says."""
        if any(name.startswith(self.prefix) and name not in self for name in request.form):
            raise self.meanwhile()
        chosen = {
            each.name.removeprefix(self.prefix): (each.data,) if isinstance(each.data, str) else each.data
            for each in self.lines
            if each.data
        }
        gone = [key for key, values in chosen.items() if self.gone.value in values]
        return {key: values for key, values in chosen.items() if key not in gone}, gone


Carried = TypeVar("Carried", bound=CarryForm)


def carry_form(
    form: type[Carried],
    named: Mapping[str, str],
    successors: Iterable[Unit],
    line: type[CheckboxesField | SelectField] = CheckboxesField,
    **control: Any,
) -> Carried:
    """The form with a line for each thing, by its key and its name, to choose among the successors."""
    choices = (*(Choice(each.code, f"{each.name} ({each.code})") for each in successors), form.gone)
    lines: dict[str, Any] = {
        f"{form.prefix}{key}": line(name, choices=choices, missing=None, noun=name, **control)
        for key, name in named.items()
    }
    # What is refused of the whole stands beside the first line.
    beside = {"refusals_beside": {"": next(iter(lines), "")}}
    made: Carried = type(form.__name__, (form,), {**lines, **beside})()
    return made


class ReviewPriorityForm(EditForm[Keywords]):
    """A review of the priority class of a neighbourhood."""

    priority_class = RadiosField(
        "Priority class",
        missing="Choose a priority class.",
        choices=CLASSES,
        hint="Priority 1 has the highest demand and the most cover.",
        of=int,
    )
    reason = TextAreaField(
        "Reason",
        missing="Say why it has this priority class.",
        noun="The reason",
        limit=LONGEST_REASON,
        hint="What was looked at, and what it says. Do not name residents.",
    )

    @classmethod
    def values_of(cls, record: object) -> Mapping[str, object]:
        """The class that stands; a reason is given anew."""
        return {"reason": ""}


class PrioritiesForm(QueryForm[None]):
    """Whether only those priority classes are shown that are to be reviewed."""

    show = SelectField(
        "Neighbourhoods", choices=(Choice(DUE, "Priority class to review"),), missing=None, empty="All"
    )
