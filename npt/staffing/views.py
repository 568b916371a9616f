"""The pages of staffing: strength against establishment, and the establishments behind it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.queries import ancestors
from npt.organisation.rules import Level
from npt.people.rules import PolicingRole
from npt.staffing.actions import change_establishment, set_establishment
from npt.staffing.forms import AsAtForm, CorrectionForm, EstablishmentForm, RecordsForm
from npt.staffing.models import Establishment
from npt.staffing.queries import Staffing, establishment_in, establishments_under, staffing_of
from npt.staffing.rules import RoleStaffing
from npt.store.versions import StaleRecord
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import number
from npt.webkit.pages import Answer, Pages
from npt.webkit.parts import Column, StaffingLine, Version
from npt.webkit.visit import Visit

pages = Pages("staffing")

_COLUMNS = (
    Column("Role"),
    Column("In post/funded", is_number=True, note="FTE"),
    Column("Establishment", is_number=True, note="FTE"),
    Column("Vacancy", is_number=True, note="FTE"),
    Column("Filled", is_number=True),
    Column("People", is_number=True),
)
_RECORD_COLUMNS = (
    Column("Unit"),
    Column("Role"),
    Column("Posts", is_number=True, note="FTE"),
    Column("From"),
    Column("To"),
)


def as_at(day: date) -> dict[str, Any]:
    """A day as addresses carry it."""
    return {"as-at": day.isoformat()}


def members_address(code: str, role: PolicingRole, day: date) -> str:
    """The members behind a strength."""
    return url_for("people.members", code=code, role=role.value, **as_at(day))


def establishment_address(code: str, role: PolicingRole | None, day: date) -> str:
    """The records behind an establishment."""
    return url_for("staffing.establishment", code=code, role=role.value if role else None, **as_at(day))


def role_as_heading(role: PolicingRole) -> str:
    """More than one of the role at the start of a line: "Constables", "PCSOs"."""
    return role.plural[:1].upper() + role.plural[1:]


@dataclass(frozen=True, slots=True)
class Post:
    """Strength against establishment as the report prints it, the same in words, and who is behind it."""

    short: str
    words: str
    href: str


def post_of(staffing: Staffing, line: RoleStaffing) -> Post:
    """Strength and establishment of a role: "22/28", "22/?" where the establishment is not known."""
    href = members_address(staffing.unit.code, line.role, staffing.as_at)
    strength, roles = number(line.strength), line.role.plural
    if line.establishment is None:
        return Post(f"{strength}/?", f"{strength} {roles}; establishment not known", href)
    funded = number(line.establishment)
    return Post(f"{strength}/{funded}", f"{strength} {roles} of {funded} posts", href)


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


def staffing_lines(staffing: Staffing) -> tuple[StaffingLine, ...]:
    """Strength against establishment, a line a role; each strength opens the members behind it."""
    return tuple(
        StaffingLine(
            role=role_as_heading(line.role),
            strength=line.strength,
            establishment=line.establishment,
            vacancy=line.vacancy,
            fill=line.fill,
            href=members_address(staffing.unit.code, line.role, staffing.as_at),
        )
        for line in staffing.roles
    )


def ratio_in_words(staffing: Staffing) -> str:
    """The supervisory ratio: "1:11.3 on strength, 1:11.7 on establishment"."""
    strength, funded = staffing.ratio_on_strength, staffing.ratio_on_establishment
    on_strength = "not known on strength" if strength is None else f"1:{strength} on strength"
    on_funded = "not known on establishment" if funded is None else f"1:{funded} on establishment"
    return f"{on_strength}, {on_funded}"


def _role_lines(staffing: Staffing) -> list[RoleLine]:
    code, day = staffing.unit.code, staffing.as_at
    return [
        RoleLine(
            name=role_as_heading(line.role),
            post=post_of(staffing, line),
            line=line,
            heads=staffing.heads[line.role],
            establishment_href=establishment_address(code, line.role, day),
        )
        for line in staffing.roles
    ]


def _child_line(child: Staffing) -> ChildLine:
    return ChildLine(
        unit=child.unit,
        href=url_for("staffing.staffing", code=child.unit.code, **as_at(child.as_at)),
        posts=tuple(post_of(child, line) for line in child.roles),
        ratio=ratio_in_words(child),
    )


def _child_columns() -> list[Column]:
    roles = [Column(role_as_heading(role), is_number=True) for role in PolicingRole]
    return [Column("Unit"), *roles, Column("Sergeants to constables and PCSOs")]


@pages.read("/units/<code>/staffing", needs=Permission.SEE_STAFFING, within="code")
def staffing(visit: Visit[Unit]) -> Answer:
    """Strength against establishment of a unit and of each unit directly under it, on one day."""
    form = AsAtForm()
    form.read_address(visit.today)
    day = form.day_or(visit.today)
    found = staffing_of(visit.session, visit.place, day, with_children=True)
    above = [
        (unit.name, url_for("staffing.staffing", code=unit.code, **as_at(day)))
        for unit in ancestors(visit.session, visit.place)
        if visit.may(Permission.SEE_STAFFING, unit.path)
    ]
    return visit.render(
        staffing=found,
        form=form,
        lines=_role_lines(found),
        children=[_child_line(child) for child in found.children],
        ratio=ratio_in_words(found),
        columns=_COLUMNS,
        child_columns=_child_columns(),
        above=above,
        new_href=_new_address(visit),
        status=422 if form.has_errors else 200,
    )


@pages.read("/units/<code>/establishment", needs=Permission.SEE_STAFFING, within="code")
def establishment(visit: Visit[Unit]) -> Answer:
    """The records of funded posts at a unit and under it, those that hold on a day."""
    form = RecordsForm()
    form.read_address(visit.today)
    day = form.day_or(visit.today)
    role = None if form.role.data is None else PolicingRole(form.role.data)
    records = establishments_under(visit.session, visit.place.path, as_at=day, role=role)
    return visit.render(
        form=form,
        records=[(record, visit.may(Permission.MANAGE_MEMBERS, record.unit.path)) for record in records],
        roles=None if role is None else role_as_heading(role),
        day=day,
        total=sum((record.posts for record in records), Decimal(0)) if role and records else None,
        columns=_RECORD_COLUMNS,
        staffing_href=url_for("staffing.staffing", code=visit.place.code, **as_at(day)),
        new_href=_new_address(visit),
        status=422 if form.has_errors else 200,
    )


@pages.form("/units/<code>/establishment/new", needs=Permission.MANAGE_MEMBERS, within="code")
def new_establishment(visit: Visit[Unit]) -> Answer:
    """Set the establishment of a role at a unit."""
    form = EstablishmentForm()
    if visit.is_sent and form.validate():
        typed = form.value()
        try:
            set_establishment(
                visit.session,
                unit=visit.place,
                role=typed.role,
                posts=typed.posts,
                starts_on=typed.starts_on,
                ends_on=typed.ends_on,
                ends_previous=typed.ends_previous,
            )
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
        else:
            return visit.saved(_after(visit, typed.starts_on), "The establishment is saved.")
    return visit.render(
        form=form, staffing_href=_staffing_address(visit), status=422 if visit.is_sent else 200
    )


@pages.form(
    "/units/<code>/establishment/<int:establishment_id>", needs=Permission.MANAGE_MEMBERS, within="code"
)
def correct_establishment(visit: Visit[Unit], establishment_id: int) -> Answer:
    """Correct an establishment, or end it."""
    record = _record(visit, establishment_id)
    form = CorrectionForm(posts=record.posts, ends_on=record.ends_on, version=str(record.version))
    if visit.is_sent and form.validate():
        typed = form.value()
        try:
            change_establishment(
                visit.session,
                record,
                posts=typed.posts,
                ends_on=typed.ends_on,
                expected_version=form.shown_version,
            )
        except StaleRecord:
            return _stale(visit, form, establishment_id)
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
            record = _record(visit, establishment_id)
        else:
            return visit.saved(_after(visit, record.starts_on), "The establishment is saved.")
    return _correction(visit, form, record, status=422 if visit.is_sent else 200)


def _correction(
    visit: Visit[Unit], form: CorrectionForm, record: Establishment, *, status: int, **shown: Any
) -> Answer:
    return visit.render(
        form=form,
        record=record,
        staffing_href=_staffing_address(visit),
        new_href=url_for("staffing.new_establishment", code=visit.place.code),
        status=status,
        **shown,
    )


def _record(visit: Visit[Unit], establishment_id: int) -> Establishment:
    record = establishment_in(visit.session, visit.place, establishment_id)
    if record is None:
        visit.missing()
        raise AssertionError("the request has ended")
    return record


def _stale(visit: Visit[Unit], form: CorrectionForm, establishment_id: int) -> Answer:
    """Both versions side by side, and a choice; nothing typed is lost."""
    visit.session.rollback()
    record = _record(visit, establishment_id)
    typed = form.value()
    form.version.data, form.version.typed = str(record.version), []
    return _correction(
        visit,
        form,
        record,
        yours=_version("Yours", "Not saved yet", typed.posts, typed.ends_on, record),
        theirs=_version("Theirs", "Saved after you opened the page", record.posts, record.ends_on, typed),
        status=409,
    )


def _version(title: str, note: str, posts: Any, ends_on: date | None, other: Any) -> Version:
    until = "until further notice" if ends_on is None else day_in_words(ends_on)
    fields = (
        ("Number of posts", number(posts), posts != other.posts),
        ("Last day", until, ends_on != other.ends_on),
    )
    return Version(title, note, fields)


def _new_address(visit: Visit[Unit]) -> str:
    """Where an establishment is set; empty for whoever may not, and for a neighbourhood."""
    is_possible = visit.place.level is not Level.NEIGHBOURHOOD
    if not is_possible or not visit.may(Permission.MANAGE_MEMBERS, visit.place.path):
        return ""
    return url_for("staffing.new_establishment", code=visit.place.code)


def _staffing_address(visit: Visit[Unit]) -> str:
    return url_for("staffing.staffing", code=visit.place.code)


def _after(visit: Visit[Unit], day: date) -> str:
    return url_for("staffing.staffing", code=visit.place.code, **as_at(max(day, visit.today)))
