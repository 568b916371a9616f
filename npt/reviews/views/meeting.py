"""The review on a screen in a meeting: one screen at a time, with the way to the next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.reviews.views.door import review_address
from npt.reviews.views.shown import MeasureShown
from npt.webkit.visit import Visit, not_found


@dataclass(frozen=True, slots=True)
class Meeting:
    """A screen: first what is out of line, then a measure each, and what is done about it last."""

    number: int
    of: int
    #: the measure that it shows; None on the first and the last
    measure: MeasureShown | None
    previous_href: str
    next_href: str
    leave_href: str

    @property
    def is_first(self) -> bool:
        """Whether it shows what is out of line."""
        return self.number == 1


def meeting_shown(visit: Visit[Unit], month: Month, measures: Sequence[MeasureShown]) -> Meeting:
    """The screen that the address asks for (`?meeting=2`); ends the request where there is none such."""
    asked, last = request.args["meeting"], len(measures) + 2
    number = int(asked) if re.fullmatch("[0-9]{1,3}", asked) else 0
    if not 1 <= number <= last:
        not_found()

    def href(screen: int) -> str:
        return review_address(visit.place.code, month, meeting=screen) if 1 <= screen <= last else ""

    return Meeting(
        number,
        last,
        measures[number - 2] if 1 < number < last else None,
        href(number - 1),
        href(number + 1),
        review_address(visit.place.code, month),
    )
