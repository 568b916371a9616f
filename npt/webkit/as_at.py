"""The day that a list is of. It stands in the address, so that a view can be passed on."""

from datetime import date
from typing import Any

from flask import request

from npt.kit.clock import parse_day
from npt.webkit.asked import leave_out
from npt.webkit.fields import DateField
from npt.webkit.forms import QueryForm
from npt.webkit.visit import Visit

ADDRESS_KEY = "as-at"


def as_at(day: date) -> dict[str, Any]:
    """A day as addresses carry it: `url_for("people.members", code=code, **as_at(day))`."""
    return {ADDRESS_KEY: day.isoformat()}


def as_at_unless_today(visit: Visit[Any], day: date) -> dict[str, Any]:
    """The day as links carry it from page to page; nothing of today, which they show by themselves."""
    return {} if day == visit.today else as_at(day)


class AsAtForm(QueryForm[date]):
    """The day asked for: three boxes, or `as-at=2026-10-31` in an address that is passed on."""

    as_at = DateField("As at", missing="Enter the day that you want to see.", name=ADDRESS_KEY)

    def read_address(self, today: date) -> date:
        """The day of the address; `today` where the address gives none, or none that can be read.

        What cannot be read is told on the field.
        """
        iso, problem = request.args.get(ADDRESS_KEY, ""), ""
        if iso:
            try:
                self.as_at.data = parse_day(iso)
            except ValueError as error:
                problem = str(error)
        elif not self.as_at.typed:
            self.as_at.data = today
        # The other answers in the address are judged whichever way the day was given.
        self.validate()
        if problem:
            self.as_at.errors = [problem]
            leave_out([ADDRESS_KEY])
        return today if self.as_at.data is None or self.has_errors else self.as_at.data
