"""What is typed about a population: one box for each code, each group, those who did not say, and everybody.

An empty box is not known; 0 is nobody.
"""

from dataclasses import dataclass
from typing import Any, TypeVar

from npt.communities.models import Population
from npt.communities.rules import (
    EVERYBODY,
    LONGEST_SOURCE,
    MOST_PEOPLE,
    NOT_STATED,
    CodeSystem,
    EthnicGroup,
    group_of,
    named_in_words,
    wording_of,
)
from npt.webkit.fields import Choice, DateField, IntegerField, RadiosField, TextField
from npt.webkit.fields.control import Control, controls
from npt.webkit.forms import CreateForm, EditForm, Form, Keywords

FormType = TypeVar("FormType", bound=Form[Any])

SYSTEMS = (
    Choice(CodeSystem.EIGHTEEN.value, "18+1", "as in the census of 2011 and later"),
    Choice(CodeSystem.SIXTEEN.value, "16+1", "as in the census of 2001"),
)
#: The codes of both systems, those of 18+1 first.
_CODES = tuple(dict.fromkeys([*CodeSystem.EIGHTEEN.codes, *CodeSystem.SIXTEEN.codes]))
_WHOLES = (*(group.value for group in EthnicGroup), NOT_STATED, EVERYBODY)


def box_name(code: str) -> str:
    """The name of the box of a code."""
    return f"people_{code.lower()}"


def _system_of(code: str) -> CodeSystem:
    """The first system that has the code; groups and wholes are the same in both."""
    return next((system for system in CodeSystem if code in system.codes), CodeSystem.EIGHTEEN)


def _label(code: str) -> str:
    """The words of a box; those of a code that only one system has say so."""
    system = _system_of(code)
    only = f" (only {system.value})" if code in system.codes and code not in system.other.codes else ""
    words = wording_of(code, system)
    return f"{words}, all" if code in {group.value for group in EthnicGroup} else f"{code} {words}{only}"


class _Box(IntegerField):
    """A box of the many; the page says once that each may be left blank."""

    @property
    def caption(self) -> str:
        """The label alone."""
        return self.label.text


@dataclass(frozen=True, slots=True)
class Boxes:
    """A group on the form: its name, the box of the whole, and those of its codes."""

    words: str
    whole: Control[Any]
    parts: list[Control[Any]]


class _PopulationForm(Form[Keywords]):
    """What both forms have beside the boxes."""

    def value(self) -> Keywords:
        """What was typed, the boxes as people by code."""
        typed = self.keywords()
        boxes = {code: typed.pop(box_name(code)) for code in (*_CODES, *_WHOLES)}
        return {**typed, "people": {code: people for code, people in boxes.items() if people is not None}}

    def groups(self) -> list[Boxes]:
        """The boxes by group, in the order of the form."""
        boxes = {each.name: each for each in controls(self)}
        return [
            Boxes(
                group.wording,
                boxes[box_name(group.value)],
                [boxes[box_name(code)] for code in _CODES if group_of(code) is group],
            )
            for group in EthnicGroup
        ]


def _with_boxes(form: type[FormType]) -> type[FormType]:
    """The form with a box for every code, group and whole."""
    for code in (*_CODES, *_WHOLES):
        noun = named_in_words(code, _system_of(code))
        box = _Box(_label(code), lowest=0, highest=MOST_PEOPLE, missing=None, blank="not known", noun=noun)
        setattr(form, box_name(code), box)
    return form


@_with_boxes
class PopulationForm(CreateForm[Keywords], _PopulationForm):
    """Figures to be recorded."""

    as_at = DateField("As at", missing="Enter the day of the figures.", noun="The day")
    source = TextField(
        "Source",
        limit=LONGEST_SOURCE,
        missing="Enter the source of the figures.",
        hint="For example, Census 2021, or the council’s estimate",
    )
    codes = RadiosField("Codes", missing="Choose the codes.", choices=SYSTEMS, of=CodeSystem)
    value = _PopulationForm.value


@_with_boxes
class CorrectPopulationForm(EditForm[Keywords], _PopulationForm):
    """A correction of figures."""

    as_at = PopulationForm.as_at
    source = PopulationForm.source
    codes = PopulationForm.codes
    value = _PopulationForm.value

    @classmethod
    def values_of(cls, record: Population) -> dict[str, object]:
        """The people in their boxes."""
        return {box_name(code): people for code, people in record.figures.people.items()}
