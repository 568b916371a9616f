"""What is chosen about the priorities of a closed team: a line for each."""

from collections.abc import Collection, Iterable

from npt.organisation import forms
from npt.organisation.models import Unit
from npt.priorities.actions import CarriedMeanwhile
from npt.priorities.models import Priority
from npt.webkit.fields import Choice, SelectField


class CarryForm(forms.CarryForm):
    """A line for each priority, by its key, with one team at most."""

    prefix = "priority_"
    gone = Choice("stopped.", "None: it is no longer chosen")

    def meanwhile(self) -> CarriedMeanwhile:
        """Somebody else said so before."""
        return CarriedMeanwhile(
            "Somebody else decided on one of these priorities meanwhile, so nothing was done: look at the"
            " list again."
        )


def carry_form(priorities: Iterable[Priority], successors: Collection[Unit]) -> CarryForm:
    """A form with a line for each of these priorities; a team that alone took over is chosen already."""
    only = next(iter(successors)).code if len(successors) == 1 else None
    named = {str(each.id): f"{each.reference} {each.title}" for each in priorities}
    return forms.carry_form(CarryForm, named, successors, SelectField, empty="Decide later", default=only)
