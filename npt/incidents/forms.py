"""What is asked of incidents, and what a force calls a repeat location."""

from collections.abc import Mapping, Sequence
from typing import Any

from npt.incidents.rules import DEFAULT_REPEATS
from npt.kit.months import Month
from npt.webkit.fields import Choice, HiddenField, IntegerField, SelectField
from npt.webkit.forms import EditForm, Keywords, QueryForm

#: Chosen in place of a month: the days in which locations repeat.
LATELY = "lately"


class CategoryForm(QueryForm[None]):
    """One category, or all."""

    category = SelectField("Category", missing=None, empty="All categories")

    def offer(self, categories: Sequence[Choice]) -> None:
        """Let one of these be chosen."""
        self.category.choices = tuple(categories)


class IncidentsForm(CategoryForm):
    """Which incidents are shown: of which time, of which category, at which location, of which reference."""

    period = SelectField("Time", missing=None, empty="Last 13 months")
    spot = HiddenField("Location", missing=None)
    ref = HiddenField("Reference", missing=None)

    def offer_periods(self, days: int, months: Sequence[Month]) -> None:
        """Let one of these months be chosen, or so many days."""
        of_months = (Choice(str(month), month.title) for month in months)
        self.period.choices = (Choice(LATELY, f"Last {days} days"), *of_months)


class RepeatsForm(EditForm[Keywords]):
    """What counts as a repeat location."""

    incidents = IntegerField(
        "Incidents",
        lowest=2,
        highest=100,
        missing="Enter the number of incidents.",
        hint=f"At one location. Most forces use {DEFAULT_REPEATS.incidents}.",
    )
    days = IntegerField(
        "Within days", lowest=7, highest=366, missing="Enter the number of days.", hint="For example, 90"
    )

    @classmethod
    def values_of(cls, record: Any) -> Mapping[str, object]:
        """As the record has them."""
        return {}
