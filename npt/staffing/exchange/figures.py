"""Staffing as scripts read it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from npt.staffing.queries import SpecialistCounts, Staffing

STAFFING_COLUMNS = ("unit", "as_at", "role", "strength", "establishment", "vacancy", "fill", "heads")


def as_number(value: Decimal | None) -> int | float | None:
    """A decimal as JSON has it: an integer when it is whole; None when not known."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def staffing_as_json(staffing: Staffing) -> dict[str, Any]:
    """The staffing of a unit and of every unit under it, as the command and the API print it.

    Strength, establishment and vacancy in FTE, fill in per cent, ratios in constables and PCSOs to each
    sergeant; null where not known.
    """
    return {
        "unit": staffing.unit.code,
        "as_at": staffing.as_at.isoformat(),
        "roles": [
            {
                "role": line.role.value,
                "strength": as_number(line.strength),
                "establishment": as_number(line.establishment),
                "vacancy": as_number(line.vacancy),
                "fill": as_number(line.fill),
            }
            for line in staffing.roles
        ],
        "ratio": {
            "strength": as_number(staffing.ratio_on_strength),
            "establishment": as_number(staffing.ratio_on_establishment),
        },
        "children": [staffing_as_json(child) for child in staffing.children],
    }


def staffing_lines(staffing: Staffing) -> list[Sequence[object]]:
    """The same under `STAFFING_COLUMNS`, a line a role: the unit, then each unit directly under it."""
    return [
        (
            each.unit.code,
            each.as_at.isoformat(),
            line.role.value,
            as_number(line.strength),
            as_number(line.establishment),
            as_number(line.vacancy),
            as_number(line.fill),
            each.heads[line.role],
        )
        for each in (staffing, *staffing.children)
        for line in each.roles
    ]


def specialists_as_json(counts: SpecialistCounts) -> dict[str, Any]:
    """NSOs and line management of a unit, and of each unit directly under it."""
    return {
        "unit": counts.unit.code,
        "as_at": counts.as_at.isoformat(),
        "specialists": counts.specialists,
        "line_managed": counts.managed,
        "without_line_manager": counts.unmanaged,
        "children": [specialists_as_json(child) for child in counts.children],
    }


def students_as_json(staffing: Staffing) -> dict[str, Any]:
    """Student officers of a unit and of every unit under it, and whether they are in its strength."""
    return {
        "unit": staffing.unit.code,
        "as_at": staffing.as_at.isoformat(),
        "students": staffing.students.heads,
        "in_strength": staffing.students.is_counted if staffing.students.heads else None,
        "children": [students_as_json(child) for child in staffing.children],
    }
