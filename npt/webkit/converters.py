"""Arguments in addresses: `<day:on>` is 2026-11-23, `<month:month>` 2026-11, `<code>` a line of text."""

from datetime import date

from flask import Flask
from werkzeug.routing import BaseConverter, ValidationError

from npt.kit.clock import parse_day
from npt.kit.months import Month

#: A key in an address, no larger than a database holds.
KEY = f"int(max={2**63 - 1})"


class LineConverter(BaseConverter):
    """Text of one line: no code holds a control character, and PostgreSQL takes no NUL in a text."""

    regex = r"[^/\x00-\x1f\x7f]+"
    part_isolating = True


class DayConverter(BaseConverter):
    """A date in ISO form; anything else is no address of ours."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """The date."""
        try:
            return parse_day(value)
        except ValueError as error:
            raise ValidationError from error

    def to_url(self, value: date) -> str:
        """The date in ISO form."""
        return value.isoformat()


class MonthConverter(BaseConverter):
    """A month in ISO form."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> Month:
        """The month."""
        try:
            return Month.parse(value)
        except ValueError as error:
            raise ValidationError from error

    def to_url(self, value: Month) -> str:
        """The month in ISO form."""
        return str(value)


def register(app: Flask) -> None:
    """Teach `app` the kinds of argument."""
    app.url_map.converters["default"] = LineConverter
    app.url_map.converters["day"] = DayConverter
    app.url_map.converters["month"] = MonthConverter
