"""What is chosen about the communities of a closed neighbourhood: a line for each."""

from collections.abc import Iterable, Sequence

from flask import request

from npt.communities.actions import CarriedMeanwhile
from npt.communities.models import Community
from npt.organisation.models import Unit
from npt.webkit.fields import CheckboxesField, Choice
from npt.webkit.forms import CreateForm

#: Chosen in place of a neighbourhood.
ENDED = "ended."
_LINE = "community_"
#: The neighbourhoods that get each community, by its key; and the keys of those that ended.
Chosen = tuple[dict[int, Sequence[str]], list[int]]


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
                "Somebody else decided on one of these communities meanwhile, so nothing was done:"
                " look at the list again."
            )
        to: dict[int, Sequence[str]] = {}
        ended: list[int] = []
        for each in self.lines:
            key, chosen = int(each.name.removeprefix(_LINE)), each.data or ()
            if ENDED in chosen:
                ended.append(key)
            elif chosen:
                to[key] = chosen
        return to, ended


def carry_form(communities: Iterable[Community], successors: Iterable[Unit]) -> CarryForm:
    """A form with a line for each of the communities, to choose among the successors."""
    choices = (
        *(Choice(each.code, f"{each.name} ({each.code})") for each in successors),
        Choice(ENDED, "None: it ended with the neighbourhood"),
    )
    lines = {
        f"{_LINE}{each.id}": CheckboxesField(each.name, choices=choices, missing=None, noun=each.name)
        for each in communities
    }
    # What is refused of the whole stands beside the first line.
    form: CarryForm = type(
        "CarryForm", (CarryForm,), {**lines, "refusals_beside": {"": next(iter(lines), "")}}
    )()
    return form
