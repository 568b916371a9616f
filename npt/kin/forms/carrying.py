"""What is chosen about the key individuals of a closed neighbourhood: a line for each."""

from collections.abc import Collection, Iterable

from npt.kin.actions import CarriedMeanwhile
from npt.kin.models import KeyIndividual
from npt.organisation import forms
from npt.organisation.models import Unit
from npt.webkit.fields import Choice, SelectField


class CarryForm(forms.CarryForm):
    """A line for each key individual, by their key, with one neighbourhood at most."""

    prefix = "person_"
    gone = Choice("left.", "None: they are no longer in the network")

    def meanwhile(self) -> CarriedMeanwhile:
        """Somebody else said so before."""
        return CarriedMeanwhile(
            "Somebody else decided on one of these people meanwhile, so nothing was done: look at the"
            " list again."
        )


def carry_form(people: Iterable[KeyIndividual], successors: Collection[Unit]) -> CarryForm:
    """A form with a line for each of these people; a neighbourhood that alone took over is chosen already."""
    only = next(iter(successors)).code if len(successors) == 1 else None
    named = {str(each.id): each.name for each in people}
    return forms.carry_form(CarryForm, named, successors, SelectField, empty="Decide later", default=only)
