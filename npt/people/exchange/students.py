"""The file of whether student officers count in strength, in and out: known by force and first day."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.people.actions import change_student_rule, set_student_rule
from npt.people.queries import student_rules_under
from npt.sheets.columns import Column, Shape, choice, code, day
from npt.store.keyed import Keyed, KeyedRow, one_by_one


class Counted(Enum):
    """Whether student officers count, as the file says it."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class StudentRow(KeyedRow):
    """One row of the file."""

    unit: Unit
    counted: Counted
    starts_on: date

    @property
    def is_counted(self) -> bool:
        """Whether they count."""
        return self.counted is Counted.YES


STUDENT_STRENGTH = Keyed(
    shape=Shape(
        "student-strength",
        (
            Column("unit", code, hint="the code of the force"),
            Column("counted", choice(Counted), hint="yes or no: whether student officers count in strength"),
            Column("from", day, hint="the first day; it holds until the next"),
        ),
    ),
    row=StudentRow,
    known_by=("unit", "starts_on"),
    about="counted",
    names={"unit": UNITS_CODED},
    load=lambda session, _rows: student_rules_under(session, None),
    as_row=lambda rule: StudentRow(
        0, rule.unit, Counted.YES if rule.is_counted else Counted.NO, rule.starts_on
    ),
    differs=lambda was, _row: f"“{was.counted.value}” is recorded from that day on",
    take=one_by_one(
        add=lambda session, row, order: set_student_rule(
            session, force=row.unit, starts_on=row.starts_on, is_counted=row.is_counted, stamp=order.stamp
        ),
        change=lambda session, rule, row, order: change_student_rule(
            session, rule, is_counted=row.is_counted, stamp=order.stamp
        ),
    ),
    records=lambda session, order: student_rules_under(session, order.path),
)
