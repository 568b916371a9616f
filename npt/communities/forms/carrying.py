"""What is chosen about the communities of a closed neighbourhood: a line for each."""

from collections.abc import Iterable

from npt.communities.actions import CarriedMeanwhile
from npt.communities.models import Community
from npt.organisation import forms
from npt.organisation.models import Unit
from npt.webkit.fields import Choice


class CarryForm(forms.CarryForm):
    """A line for each community, by its key."""

    prefix = "community_"
    gone = Choice("ended.", "None: it ended with the neighbourhood", is_alone=True)

    def meanwhile(self) -> CarriedMeanwhile:
        """Somebody else said so before."""
        return CarriedMeanwhile(
            "Somebody else decided on one of these communities meanwhile, so nothing was done:"
            " look at the list again."
        )


def carry_form(communities: Iterable[Community], successors: Iterable[Unit]) -> CarryForm:
    """A form with a line for each of the communities, to choose among the successors."""
    return forms.carry_form(CarryForm, {str(each.id): each.name for each in communities}, successors)
