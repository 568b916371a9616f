"""What is chosen about the key individuals of a closed neighbourhood: a line for each."""

from collections.abc import Collection, Iterable

from flask import request

from npt.kin.actions import CarriedMeanwhile
from npt.kin.models import KeyIndividual
from npt.organisation.models import Unit
from npt.webkit.fields import Choice, SelectField
from npt.webkit.forms import CreateForm

#: Chosen in place of a neighbourhood.
LEFT = "left."
_LINE = "person_"
#: The neighbourhood that gets each, by their keys; and the keys of those who left.
Chosen = tuple[dict[int, str], list[int]]


class CarryForm(CreateForm[Chosen]):
    """The lines; `carry_form` adds them."""

    @property
    def lines(self) -> list[SelectField]:
        """The lines, in their order."""
        return [each for each in self if isinstance(each, SelectField)]

    def value(self) -> Chosen:
        """What was chosen. CarriedMeanwhile where a line was sent that is no longer asked about."""
        if any(name.startswith(_LINE) and name not in self for name in request.form):
            raise CarriedMeanwhile(
                "Somebody else decided on one of these people meanwhile, so nothing was done: look at the"
                " list again."
            )
        chosen = {int(each.name.removeprefix(_LINE)): each.data for each in self.lines if each.data}
        to = {key: code for key, code in chosen.items() if code != LEFT}
        return to, [key for key, code in chosen.items() if code == LEFT]


def carry_form(people: Iterable[KeyIndividual], successors: Collection[Unit]) -> CarryForm:
    """A form with a line for each of these people; a neighbourhood that alone took over is chosen already."""
    choices = (
        *(Choice(each.code, f"{each.name} ({each.code})") for each in successors),
        Choice(LEFT, "None: they are no longer in the network"),
    )
    only = next(iter(successors)).code if len(successors) == 1 else None
    lines = {
        f"{_LINE}{each.id}": SelectField(
            each.name, choices=choices, missing=None, noun=each.name, empty="Decide later", default=only
        )
        for each in people
    }
    # What is refused of the whole stands beside the first line.
    form: CarryForm = type(
        "CarryForm", (CarryForm,), {**lines, "refusals_beside": {"": next(iter(lines), "")}}
    )()
    return form
