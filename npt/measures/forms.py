"""What is typed about targets."""

from decimal import Decimal

from npt.measures.rules import HIGHEST_TARGET, Better, CountedIn, Measure
from npt.webkit.fields import DecimalField, FirstDayField
from npt.webkit.forms import CreateForm, Keywords


class TargetForm(CreateForm[Keywords]):
    """A target from a day on."""

    amount = DecimalField(
        "Target",
        missing=None,
        noun="The target",
        places=2,
        lowest=Decimal(0),
        highest=HIGHEST_TARGET,
        blank="no target",
    )
    starts_on = FirstDayField(
        "From", hint="It applies until the next target. A month is judged by the target of its last day."
    )

    def offer(self, measure: Measure) -> None:
        """Say what the number of this measure is."""
        limit = "The most" if measure.better is Better.LOWER else "The least"
        self.amount.hint = f"{limit}, in {_UNITS[measure.counted_in]}. Leave it empty for no target."


_UNITS = {
    CountedIn.SHARE: "per cent",
    CountedIn.COUNT: "numbers",
    CountedIn.MINUTES: "hours",
    CountedIn.DAYS: "days",
    CountedIn.RATIO: "people to each one",
    CountedIn.POSTS: "posts",
}
