"""What rooms above this one add to the pages of a problem: a template each, and what it shows.

The factory names the parts of each place; a function gives its part for a problem, or None where there is
nothing to say. The template is included by the page, which calls it `part`.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Any, NamedTuple, cast

from flask import Flask, current_app

from npt.matters.models import Matter
from npt.problems.models import Problem
from npt.webkit.visit import Visit

_PARTS = "npt_problem_parts"


class Place(Enum):
    """Where a part stands."""

    #: above the form of the scanning; in those of the analysis and the response
    SCANNING = auto()
    ANALYSIS = auto()
    RESPONSE = auto()
    #: on the page, after the actions
    OUTCOME = auto()
    #: on the page after that, and above the button that closes the problem
    CLOSING = auto()
    #: on the page, before the files
    AFTER = auto()


class Part(NamedTuple):
    """A part of a page: its template, and what the template takes of `part.shown`."""

    template: str
    shown: Mapping[str, Any]


PartOf = Callable[[Visit[Matter], Problem], Part | None]


def register(app: Flask, parts: Mapping[Place, Sequence[PartOf]]) -> None:
    """Let the pages of a problem show these parts, each place in this order."""
    app.extensions[_PARTS] = parts


def parts_of(visit: Visit[Matter], problem: Problem, *places: Place) -> list[Part]:
    """The parts of this problem at these places."""
    asked = cast(Mapping[Place, Sequence[PartOf]], current_app.extensions.get(_PARTS, {}))
    found = (each(visit, problem) for place in places for each in asked.get(place, ()))
    return [part for part in found if part is not None]
