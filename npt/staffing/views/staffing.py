"""Strength against establishment, of a unit and of each unit directly under it."""

from dataclasses import dataclass

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.staffing.queries import Staffing, staffing_of
from npt.staffing.rules import RoleStaffing
from npt.staffing.views.door import (
    Post,
    above,
    establishment_address,
    new_address,
    pages,
    post_of,
    ratio_in_words,
    role_as_heading,
    sections,
)
from npt.webkit.as_at import AsAtForm, as_at
from npt.webkit.pages import Answer
from npt.webkit.parts import Column
from npt.webkit.visit import Visit

_COLUMNS = (
    Column("Role"),
    Column("In post/funded", is_number=True, note="FTE"),
    Column("Establishment", is_number=True, note="FTE"),
    Column("Vacancy", is_number=True, note="FTE"),
    Column("Filled", is_number=True),
    Column("People", is_number=True),
)


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role on the staffing page."""

    name: str
    post: Post
    line: RoleStaffing
    heads: int
    establishment_href: str


@dataclass(frozen=True, slots=True)
class ChildLine:
    """One unit in the table of units under a unit."""

    unit: Unit
    href: str
    posts: tuple[Post, ...]
    ratio: str


def _role_lines(visit: Visit[Unit], staffing: Staffing) -> list[RoleLine]:
    code, day = staffing.unit.code, staffing.as_at
    return [
        RoleLine(
            name=role_as_heading(line.role),
            post=post_of(visit, staffing, line),
            line=line,
            heads=staffing.heads[line.role],
            establishment_href=establishment_address(code, line.role, day),
        )
        for line in staffing.roles
    ]


def _child_line(visit: Visit[Unit], child: Staffing) -> ChildLine:
    return ChildLine(
        unit=child.unit,
        href=url_for("staffing.staffing", code=child.unit.code, **as_at(child.as_at)),
        posts=tuple(post_of(visit, child, line) for line in child.roles),
        ratio=ratio_in_words(child),
    )


def _child_columns() -> list[Column]:
    roles = [Column(role_as_heading(role), is_number=True) for role in PolicingRole]
    return [Column("Unit"), *roles, Column("Sergeants to constables and PCSOs")]


@pages.read("/units/<code>/staffing", needs=Permission.SEE_STAFFING, within="code")
def staffing(visit: Visit[Unit]) -> Answer:
    """Strength against establishment of a unit and of each unit directly under it, on one day."""
    form = AsAtForm()
    day = form.read_address(visit.today)
    found = staffing_of(visit.session, visit.place, day, with_children=True)
    return visit.render(
        staffing=found,
        form=form,
        lines=_role_lines(visit, found),
        children=[_child_line(visit, child) for child in found.children],
        ratio=ratio_in_words(found),
        columns=_COLUMNS,
        child_columns=_child_columns(),
        above=above(visit, day),
        sections=sections(visit, day),
        new_href=new_address(visit),
        status=422 if form.has_errors else 200,
    )
