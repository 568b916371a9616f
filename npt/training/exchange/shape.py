"""The columns of the file of training, and a row of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple, cast

from npt.sheets.columns import BadCell, Column, Shape, code, day, integer, text
from npt.sheets.reading import Row
from npt.training.actions import LONGEST_BODY


def _module_number(text: str) -> int:
    number = integer(text)
    if not 1 <= number <= 999:
        raise BadCell("is not the number of a module: modules are counted from 1")
    return number


TRAINING = Shape(
    "training",
    (
        Column("number", code, hint="the member's force number"),
        Column("programme", code, hint="the code of the programme, like certificate or sara"),
        Column("registered", day, hint="the day of the registration, like 2008-01-14"),
        Column("module", _module_number, is_required=False),
        Column("completed", day, is_required=False),
        Column("verified", day, is_required=False),
        Column("verified_by", code, is_required=False),
        Column("external_asked", day, is_required=False),
        Column("external_granted", day, is_required=False),
        Column("external_by", text(LONGEST_BODY), is_required=False),
        Column("withdrawn", day, is_required=False),
    ),
)
OF_MODULE = ("completed", "verified", "verified_by")
_OF_REGISTRATION = ("external_asked", "external_granted", "external_by", "withdrawn")
#: the columns that the fields of refusals are called in the file
COLUMNS = {
    "registered_on": "registered",
    "withdrawn_on": "withdrawn",
    "asked_on": "external_asked",
    "granted_on": "external_granted",
    "completed_on": "completed",
    "verified_on": "verified",
    "verified_by": "verified_by",
}


class TrainingRow(NamedTuple):
    """One row of the file, typed; `line` is where it stands."""

    line: int
    number: str
    programme: str
    registered: date
    module: int | None
    completed: date | None
    verified: date | None
    verified_by: str | None
    external_asked: date | None
    external_granted: date | None
    external_by: str | None
    withdrawn: date | None

    @classmethod
    def of(cls, row: Row) -> "TrainingRow":
        """The row as read by the shape `TRAINING`."""
        return cls(row.line, *(cast(Any, row.values[name]) for name in TRAINING.names))

    @property
    def identity(self) -> tuple[str, str, date, int | None]:
        """What makes two rows speak of the same thing."""
        return self.number, self.programme, self.registered, self.module

    def misfits(self) -> Iterator[tuple[str, str]]:
        """The columns that do not fit what the row is about, or are missed beside another; why, and the cure.

        An empty `verified_by` beside a verification is left to the import: so is written who has no number.
        """
        about = "a module" if self.module else "a registration (module is empty)"
        for name in _OF_REGISTRATION if self.module else OF_MODULE:
            if getattr(self, name) is not None:
                yield name, f"The row is about {about}, which has no {name}: empty the cell."
        if self.module and self.completed is None:
            yield "completed", "It is empty: give the day on which the module was completed."
        if self.module and self.verified_by is not None and self.verified is None:
            yield "verified", "It is empty, but verified_by is not: give the day of the verification."
        if not self.module and (self.external_granted is None) != (self.external_by is None):
            missing = "external_granted" if self.external_granted is None else "external_by"
            yield missing, "It is empty: give both the day of the external verification and who granted it."
