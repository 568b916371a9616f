"""What every command stands on: the settings, a session on their database, the day it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import click
from sqlalchemy.orm import Session

from npt.factory import clock_of, create_app
from npt.kit.clock import local_day
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.settings import Settings
from npt.webkit.extensions import db


class UnknownUnit(Refusal):
    """A command named a unit that does not exist."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"there is no unit with the code {code!r}: check the code (npt export units lists them)"
        )


@contextmanager
def desk() -> Iterator[tuple[Session, datetime]]:
    """A session on the configured database, and the instant the application believes it is."""
    settings = Settings.from_environment()
    app = create_app(settings, writes_log=False)
    with app.app_context():
        session = db.session()
        session.info["actor"] = (None, click.get_current_context().command_path)
        try:
            yield session, clock_of(settings)()
        finally:
            session.close()
            db.engine.dispose()


def unit_of(session: Session, code: str) -> Unit:
    """The unit of a code. UnknownUnit when there is none."""
    unit = unit_at(session, code)
    if unit is None:
        raise UnknownUnit(code)
    return unit


class MonthParameter(click.ParamType[Month]):
    """A month on the command line, like 2026-10."""

    name = "YYYY-MM"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        """The month; a usage error when it is none."""
        if isinstance(value, Month):
            return value
        try:
            return Month.parse(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class DayParameter(click.ParamType[date]):
    """A date on the command line, like 2026-10-25."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; a usage error when it is none."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date: write it like 2026-10-25", param, ctx)


MONTH = MonthParameter()
DAY = DayParameter()


def today_of(now: datetime) -> date:
    """The local date at `now`."""
    return local_day(now)
