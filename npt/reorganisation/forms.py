"""What is typed in a review of boundaries, step by step. What is asked stands in the address."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from npt.organisation.forms import CLASSES
from npt.organisation.models import Unit
from npt.organisation.rules import CODE_LENGTH
from npt.reorganisation.actions import ENDS, Hanging, Line
from npt.reorganisation.rules import Opening, ReviewKind
from npt.webkit.fields import (
    CarriedField,
    CheckboxesField,
    Choice,
    DateField,
    HiddenField,
    RadiosField,
    SelectField,
    TextField,
)
from npt.webkit.forms import CreateForm, QueryForm, SeenForm

_KINDS = (
    Choice(ReviewKind.MERGE.value, "Merge", "two or more neighbourhoods become one"),
    Choice(ReviewKind.SPLIT.value, "Split", "one neighbourhood becomes several"),
    Choice(ReviewKind.TRANSFER.value, "Transfer", "neighbourhoods go to another team"),
)
_PARTS = tuple(Choice(str(count), str(count)) for count in range(2, 7))


class WhatForm(QueryForm[None]):
    """What becomes of which neighbourhoods, and when."""

    step = HiddenField("Step", missing=None)
    kind = RadiosField(
        "What happens?", missing="Choose what happens.", noun="What happens", choices=_KINDS, of=ReviewKind
    )
    on = DateField(
        "First day of the new neighbourhoods",
        missing="Enter the first day of the new neighbourhoods.",
        noun="The first day",
        hint="The old ones close the day before.",
    )
    places = CheckboxesField("Neighbourhoods", missing="Choose the neighbourhoods.")
    parts = SelectField(
        "New neighbourhoods after a split", missing=None, empty="Two", choices=_PARTS[1:], of=int
    )


class OpeningsForm(QueryForm[list[Opening]]):
    """The neighbourhoods that open; `openings_form` adds their controls."""

    count = 0

    def group(self, place: int) -> list[Any]:
        """The controls of one of them."""
        return [self[f"{name}-{place}"] for name in ("code", "name", "team", "class")]

    @property
    def groups(self) -> list[list[Any]]:
        """The controls of each."""
        return [self.group(place) for place in range(self.count)]

    def value(self) -> list[Opening]:
        """What was typed."""
        found = []
        for group in self.groups:
            code, name, team, priority = group
            rank = int(priority.data) if priority.data else None
            found.append(Opening(code.value, name.value, team.value, rank))
        return found


def openings_form(teams: Sequence[Unit], usual: Sequence[Opening]) -> OpeningsForm:
    """A form for as many neighbourhoods as are `usual`, filled in with those; a code is always asked for."""
    choices = tuple(Choice(team.code, f"{team.name} ({team.code})") for team in teams)
    controls: dict[str, object] = {}
    for place, each in enumerate(usual):
        rank = None if each.priority_class is None else str(each.priority_class)
        controls |= {
            f"code-{place}": TextField(
                "Code", limit=CODE_LENGTH, missing="Enter a code that was never used.", noun="The code"
            ),
            f"name-{place}": TextField(
                "Name",
                limit=200,
                missing="Enter the neighbourhood’s name.",
                noun="The name",
                default=each.name,
            ),
            f"team-{place}": SelectField(
                "Team", missing="Choose its team.", choices=choices, default=each.team
            ),
            f"class-{place}": SelectField(
                "Priority class", missing=None, empty="Not classified", choices=CLASSES, default=rank
            ),
        }
    form: OpeningsForm = type("OpeningsForm", (OpeningsForm,), {**controls, "count": len(usual)})()
    return form


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What changed between the page that somebody sent and the one that is shown: the lines in words."""

    new: Sequence[str]
    changed: Sequence[str]
    #: how many lines are no longer there
    gone: int


class _ShownField(CarriedField):
    """Which lines the page showed, each in which state."""

    part = re.compile("[a-z-]{1,40}_[0-9]{1,18}:[0-9a-f]{12}")
    longest = 200_000
    page = "the review"


class CarryOverForm(CreateForm[Mapping[str, Sequence[str]]], SeenForm[Mapping[str, Sequence[str]]]):
    """Where each line goes; `carry_over_form` adds the lines. Sent twice it is done once."""

    shown = _ShownField("What was shown", missing=None)

    def show_lines(self, found: Hanging) -> None:
        """Say that these lines are shown now."""
        self.shown.carry(line.part for line in found.lines)

    def value(self) -> Mapping[str, Sequence[str]]:
        """For each line, by its name, where it goes."""
        lines = (each for each in self if isinstance(each, SelectField | CheckboxesField))
        return {
            each.name: each.data or () if isinstance(each, CheckboxesField) else (each.value,)
            for each in lines
        }


def carry_over_form(found: Hanging) -> CarryOverForm:
    """A form with a line for each thing that hangs on what closes, the sensible choice made already.

    So it is too for what was not yet there when the page was opened; all that was chosen stays chosen.
    """
    lines = {line.name: _control(line) for line in found.lines}
    sent = MultiDict(request.form)
    for line in found.lines:
        if request.method == "POST" and line.name not in _sent_lines():
            sent.setlist(line.name, list(line.usual))
    form: CarryOverForm = type("CarryOverForm", (CarryOverForm,), lines)(formdata=sent or None, version=0)
    return form


def meanwhile(found: Hanging) -> Meanwhile:
    """What is there now, against what the page showed that was sent."""
    was, now = _sent_lines(), {line.name: line for line in found.lines}
    return Meanwhile(
        [line.words for name, line in now.items() if name not in was],
        [line.words for name, line in now.items() if name in was and was[name] != line.part],
        len(was.keys() - now.keys()),
    )


def _sent_lines() -> Mapping[str, str]:
    """The lines that the page carried, by their names, each as it carried it."""
    return {part.partition(":")[0]: part for part in request.form.get("shown", "").split()}


class _LineField(CheckboxesField):
    """A line that may go to several; with nothing ticked it is to be decided later."""

    @property
    def caption(self) -> str:
        """The label alone."""
        return self.label.text


def _control(line: Line) -> SelectField | CheckboxesField:
    choices = tuple(
        Choice(each.value, each.words, is_alone=line.is_many and each.value == ENDS) for each in line.options
    )
    if line.is_many:
        return _LineField(
            line.words,
            missing=None,
            noun=line.words,
            choices=choices,
            default=line.usual,
            classes="govuk-checkboxes--small",
        )
    return SelectField(
        line.words, missing="Choose where it goes.", noun=line.words, choices=choices, default=line.usual[0]
    )
