"""What is typed about targets."""

from decimal import Decimal

from npt.measures.rules import HIGHEST_TARGET
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
