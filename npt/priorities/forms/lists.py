"""What is asked of the list of priorities."""

from collections.abc import Sequence

from npt.kit.months import Month
from npt.priorities.queries import Sought
from npt.priorities.rules import Ending
from npt.webkit.fields import Choice, SelectField
from npt.webkit.forms import QueryForm

_SOUGHT = tuple(Choice(each.value, each.wording) for each in Sought)
_ENDINGS = tuple(Choice(each.value, each.wording) for each in Ending)


class ListForm(QueryForm[Sought]):
    """Which priorities: those that the team has now, unless the address says otherwise."""

    show = SelectField("Show", missing=None, empty=Sought.PRESENT.wording, choices=_SOUGHT[1:])
    ending = SelectField("How it ended", missing=None, empty="Any way", choices=_ENDINGS)
    month = SelectField("Closed in", missing=None, empty="Any month")

    def offer(self, months: Sequence[Month]) -> None:
        """Offer the months in which any closed, and the one that the address asks for: it may have none."""
        asked = _read(self.month.data)
        offered = [*months, *([] if asked is None or asked in months else [asked])]
        self.month.choices = tuple(Choice(str(each), each.title) for each in sorted(offered, reverse=True))

    def asked(self) -> tuple[Sought, Ending | None, Month | None]:
        """What was asked: how or when something ended is asked of closed ones."""
        show, ending, month = self.show.data, self.ending.data, _read(self.month.data)
        how = None if ending is None else Ending(ending)
        if show is None:
            return (Sought.PRESENT if how is None and month is None else Sought.CLOSED), how, month
        return Sought(show), how, month


def _read(text: str | None) -> Month | None:
    """The month of a text; None where it is none."""
    try:
        return None if text is None else Month.parse(text)
    except ValueError:
        return None
