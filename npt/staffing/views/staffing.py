"""Strength against establishment, of a unit and of each unit directly under it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.staffing.queries import Staffing, empty_posts, specialist_counts, staffing_of, vacancies
from npt.staffing.rules import RoleStaffing
from npt.staffing.views.door import (
    Post,
    day_page,
    new_address,
    pages,
    post_of,
    ratio_in_words,
    records_address,
)
from npt.staffing.wording import empty_posts_in_words, specialists_in_words, students_in_words
from npt.webkit.as_at import AsAtForm, as_at
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import percent
from npt.webkit.listing import Column, Columns, Row, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


def _role_columns(visit: Visit[Unit], staffing: Staffing) -> Columns[RoleStaffing]:
    return (
        Column("Role", lambda line: line.role.heading, in_file=lambda line: line.role),
        Column(
            "Vacancy",
            lambda line: line.vacancy,
            is_number=True,
            note="FTE",
            href=lambda line: (
                "" if line.vacancy is None else records_address("staffing.vacancies", staffing, line.role)
            ),
            about=lambda line: f" {line.role.heading}: see the vacancies",
        ),
        _posts("In post/funded", lambda line: post_of(visit, staffing, line), note="FTE"),
        Column(
            "Establishment",
            lambda line: line.establishment,
            is_number=True,
            note="FTE",
            href=lambda line: records_address("staffing.establishment", staffing, line.role),
        ),
        Column("Filled", lambda line: line.fill, is_number=True, words=percent),
        Column("People", lambda line: staffing.heads[line.role], is_number=True),
        Column("strength", lambda line: line.strength, is_on_page=False),
    )


def _child_columns(visit: Visit[Unit]) -> Columns[Staffing]:
    def posts(role: PolicingRole) -> Column[Staffing]:
        return _posts(role.heading, lambda child: post_of(visit, child, child.of(role)))

    return (
        Column("Unit", lambda child: child.unit.name, holds_words=True, below=lambda child: child.unit.code),
        *(posts(role) for role in PolicingRole),
        Column("Sergeants to constables and PCSOs", ratio_in_words),
    )


def _posts(heading: str, post: Callable[[Row], Post], note: str = "") -> Column[Row]:
    """Strength against establishment; each opens who is there."""
    return Column(
        heading,
        lambda row: post(row).drawn,
        is_number=True,
        note=note,
        href=lambda row: post(row).href,
        is_in_file=False,
    )


@pages.read("/units/<code>/staffing", needs=Permission.SEE_STAFFING, within="code")
def staffing(visit: Visit[Unit]) -> Answer:
    """Strength against establishment of a unit and of each unit directly under it, on one day."""
    return day_page(visit, AsAtForm(), lambda day: _shown(visit, day))


def _shown(visit: Visit[Unit], day: date) -> dict[str, Any]:
    found = staffing_of(visit.session, visit.place, day, with_children=True)
    specialists = specialist_counts(visit.session, visit.place, day, with_children=False)
    empty = vacancies(visit.session, visit.place.path, day)
    return {
        "specialists": specialists_in_words(specialists),
        "students": students_in_words(found.students),
        "empty_posts": empty_posts_in_words(empty),
        "made_up_for": empty_posts(empty) - sum(max(line.vacancy or 0, Decimal(0)) for line in found.roles),
        "day_asked": as_at(day),
        "roles": Table(
            f"Strength against establishment on {day_in_words(day)}",
            _role_columns(visit, found),
            found.roles,
            file=f"staffing-{visit.place.code}-{day}",
        ),
        "children": Table(
            f"Strength/establishment on {day_in_words(day)}",
            _child_columns(visit),
            found.children,
            href=lambda child: url_for("staffing.staffing", code=child.unit.code, **as_at(day)),
        ),
        "ratio": ratio_in_words(found),
        "new_href": new_address(visit),
    }
