"""What rooms above this one add to the page of a problem: a template each, and what it shows.

A room says `parts.register(app, priorities_part)` in the factory; its function gives the part for a problem,
or None where there is nothing to say. The template is included by the page, which calls it `part`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from flask import Flask, current_app

from npt.matters.models import Matter
from npt.problems.models import Problem
from npt.webkit.visit import Visit

_PARTS = "npt_problem_parts"


class Part(NamedTuple):
    """A part of the page: its template, and what the template takes of `part.shown`."""

    template: str
    shown: Mapping[str, Any]


PartOf = Callable[[Visit[Matter], Problem], Part | None]


def register(app: Flask, *parts: PartOf) -> None:
    """Let the page of a problem show these parts, in this order, before its history."""
    app.extensions[_PARTS] = parts


def parts_of(visit: Visit[Matter], problem: Problem) -> list[Part]:
    """The parts of this problem's page."""
    asked = cast(Sequence[PartOf], current_app.extensions.get(_PARTS, ()))
    return [part for part in (each(visit, problem) for each in asked) if part is not None]
