"""The demonstration force loaded by its own command, and what tests ask of it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from npt.commands import npt
from npt.demonstration.places import FORCE_CODE
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at, units_under
from npt.organisation.rules import Level
from npt.staffing.queries import Staffing, staffing_of

TODAY = date(2026, 11, 16)
LAST_FULL_MONTH = Month(2026, 10)
PASSWORD = "three plain words"
_SETTINGS = ("NPT_DEMONSTRATION", "NPT_TODAY", "NPT_DEMO_PASSWORD", "NPT_SECRET_KEY")


@dataclass(frozen=True)
class Loading:
    """Where the demonstration force was loaded, and what the command said."""

    folder: Path
    output: str


@dataclass(frozen=True)
class Loaded:
    """The demonstration force in a database."""

    session: Session

    def unit(self, code: str) -> Unit:
        """The unit of the code."""
        unit = unit_at(self.session, code)
        assert unit is not None, f"the demonstration force has no unit {code}"
        return unit

    def units(self, level: Level) -> list[Unit]:
        """The units of a level that are open today."""
        return units_under(self.session, self.unit(FORCE_CODE).path, as_at=TODAY, level=level)

    def staffing(self, code: str) -> Staffing:
        """The staffing of a unit today."""
        return staffing_of(self.session, self.unit(code), TODAY, with_children=False)


def address(folder: Path) -> str:
    """The address of the database in the folder."""
    return f"sqlite:///{folder / 'npt.sqlite3'}"


def name(environment: pytest.MonkeyPatch, database_url: str) -> None:
    """Let the environment name this database and no other setting."""
    for setting in _SETTINGS:
        environment.delenv(setting, raising=False)
    environment.setenv("NPT_DATABASE_URL", database_url)


def run(*arguments: str) -> Result:
    """The command; a refusal comes through, as the program that prints it sees it."""
    return CliRunner().invoke(npt, arguments, catch_exceptions=False)
