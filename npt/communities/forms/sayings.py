"""What is asked of the list of what neighbourhoods have said."""

from enum import Enum

from npt.webkit.as_at import AsAtForm
from npt.webkit.fields import Choice, SelectField


class Sought(Enum):
    """Which neighbourhoods are looked for."""

    MISSING = "missing"
    SILENT = "silent"
    LAPSED = "to-confirm"
    ALL = "all"


class SaidForm(AsAtForm):
    """The day, and whether only those are shown where something is missing."""

    show = SelectField(
        "Neighbourhoods",
        choices=(
            Choice(Sought.MISSING.value, "Where something is missing"),
            Choice(Sought.SILENT.value, "Where nobody has ever said"),
            Choice(Sought.LAPSED.value, "Where something is to be re-confirmed"),
            Choice(Sought.ALL.value, "All"),
        ),
        missing=None,
        empty="Where something is missing",
        of=Sought,
    )
