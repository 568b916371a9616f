"""What is looked for."""

from collections.abc import Sequence

from npt.categories.forms import choices_of
from npt.categories.models import Category
from npt.problems.forms.asking import OUTCOMES, SHOWN
from npt.problems.forms.choices import PLACE_KINDS, chosen
from npt.problems.queries import Asked
from npt.problems.rules import Bearing, Outcome, PlaceKind
from npt.webkit.fields import MoneyField, SelectField, TextField
from npt.webkit.forms import QueryForm
from npt.work.rules import MOST_PENCE


class FindForm(QueryForm[Asked]):
    """The search over all problems that the reader may see."""

    q = TextField("Words", limit=200, missing=None, hint="For example anti-social drinking, or a postcode")
    category = SelectField("Category", missing=None, empty="Any")
    place = SelectField("Kind of place", missing=None, empty="Any", choices=PLACE_KINDS)
    outcome = SelectField("Outcome", missing=None, empty="Any", choices=OUTCOMES)
    shown = SelectField("By the figures", missing=None, empty="Either", choices=SHOWN)
    cost = MoneyField("Cost at most", missing=None, lowest=0, highest=MOST_PENCE)

    def offer(self, categories: Sequence[Category]) -> None:
        """Let one of these be chosen."""
        self.category.choices = choices_of(categories)

    def asked(self, *, has_costs: bool) -> Asked:
        """What was asked; what could not be read, and costs for whoever is not shown any, are left out."""
        return Asked(
            category=self.category.data,
            place_kind=chosen(PlaceKind, self.place.data),
            outcome=None if self.outcome.data is None else Outcome(self.outcome.data),
            bearing=None if self.shown.data is None else Bearing(self.shown.data),
            most_pence=self.cost.data if has_costs else None,
        )
