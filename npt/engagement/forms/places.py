"""The neighbourhoods that a form of the street offers."""

from collections.abc import Sequence

from npt.organisation.models import Unit
from npt.webkit.fields import Choice
from npt.webkit.filters import day as day_in_words


def neighbourhood_choices(units: Sequence[Unit]) -> tuple[Choice, ...]:
    """Where something happened: each neighbourhood by name, with its last day where it has one."""
    return tuple(
        Choice(
            unit.code,
            unit.name if unit.closed_on is None else f"{unit.name}, to {day_in_words(unit.closed_on)}",
        )
        for unit in units
    )
