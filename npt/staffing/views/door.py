"""What the screens of staffing share: declared routes, addresses, and staffing in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, url_for
from markupsafe import Markup

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.organisation.views import above as units_above
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.staffing.queries import Staffing
from npt.staffing.rules import RoleStaffing
from npt.webkit.addresses import address
from npt.webkit.as_at import AsAtForm, as_at, as_at_unless_today
from npt.webkit.filters import number
from npt.webkit.listing import Column, Row
from npt.webkit.pages import Pages
from npt.webkit.parts import StaffingLine
from npt.webkit.visit import Visit

pages = Pages("staffing")

#: The pages of staffing beside each other: their words, and what one needs to see them.
_SECTIONS = (
    ("staffing", "Strength and establishment", Permission.SEE_STAFFING),
    ("trend", "Month by month", Permission.SEE_STAFFING),
    ("vacancies", "Vacancies", Permission.SEE_STAFFING),
    ("succession", "Postings ending", Permission.SEE_MEMBERS),
    ("temporary", "Lent and borrowed", Permission.SEE_MEMBERS),
    ("supervision", "Supervision", Permission.SEE_STAFFING),
    ("specialists", "Neighbourhood specialists", Permission.SEE_STAFFING),
    ("students", "Student officers", Permission.SEE_STAFFING),
    ("volunteers", "Specials and volunteers", Permission.SEE_STAFFING),
)


def sections(visit: Visit[Unit], day: date) -> list[tuple[str, str, bool]]:
    """The pages of staffing of a unit and a day: words, address, whether it is this page."""
    code, kept = visit.place.code, as_at_unless_today(visit, day)
    found = [
        (words, url_for(f"staffing.{view}", code=code, **kept), visit.endpoint == f"staffing.{view}")
        for view, words, needs in _SECTIONS
        if visit.may(needs, visit.place.path)
    ]
    if visit.may(Permission.SEE_UNITS, visit.place.path):
        # A page of the floor above: who answers depends on the rosters, too.
        found.append(("Neighbourhood contacts", url_for("performance.cover", code=code, **kept), False))
    return found


def above(
    visit: Visit[Unit], day: date, needs: Permission = Permission.SEE_STAFFING
) -> list[tuple[str, str]]:
    """The same page of the units above, where the person may see it, the force first."""
    return units_above(visit, needs, lambda unit: url_for(visit.endpoint, code=unit.code, **as_at(day)))


def day_page(
    visit: Visit[Unit],
    form: AsAtForm,
    page: Callable[[date], Mapping[str, Any]],
    needs: Permission = Permission.SEE_STAFFING,
) -> Response:
    """The page of staffing as of the day that `form` asks for, with the way to the pages beside it and above.

    `page`: what it shows of a day.
    """
    day = form.read_address(visit.today)
    return visit.render(
        form=form,
        day=day,
        above=above(visit, day, needs),
        sections=sections(visit, day),
        **page(day),
    )


def unit_in_words(visit: Visit[Unit], unit: Unit | None) -> str:
    """A unit that somebody comes from or goes to; one out of the person's reach is not named."""
    if unit is None:
        return "not recorded"
    return (
        f"{unit.name} ({unit.code})" if visit.may(Permission.SEE_UNITS, unit.path) else "outside your units"
    )


def who_columns(
    member: Callable[[Row], Member], below: Callable[[Row], str] | None = None
) -> tuple[Column[Row], Column[Row]]:
    """A member: their name with the number below, and what else is said there; in a file each by itself."""

    def number_and_more(row: Row) -> str:
        return member(row).number + (f", {below(row)}" if below is not None else "")

    return (
        Column(
            "Who",
            lambda row: member(row).name,
            holds_words=True,
            below=number_and_more,
            name="name",
        ),
        Column("number", lambda row: member(row).number, is_on_page=False),
    )


def members_address(visit: Visit[Unit], staffing: Staffing, role: PolicingRole) -> str:
    """The members behind a strength; empty for whoever may not see them."""
    if not visit.may(Permission.SEE_MEMBERS, staffing.unit.path):
        return ""
    return address("people.members", code=staffing.unit.code, role=role.value, **as_at(staffing.as_at))


def records_address(endpoint: str, staffing: Staffing, role: PolicingRole) -> str:
    """What stands behind a figure of a role: its establishments, or its vacancies."""
    return address(endpoint, code=staffing.unit.code, role=role.value, **as_at(staffing.as_at))


def new_address(visit: Visit[Unit]) -> str:
    """Where an establishment is set; empty for whoever may not, and for a neighbourhood."""
    is_possible = visit.place.level is not Level.NEIGHBOURHOOD
    if not is_possible or not visit.may(Permission.MANAGE_MEMBERS, visit.place.path):
        return ""
    return url_for("staffing.new_establishment", code=visit.place.code)


@dataclass(frozen=True, slots=True)
class Post:
    """Strength against establishment as printed in 2008, in words, and the way to who is behind it."""

    short: str
    words: str
    href: str

    @property
    def drawn(self) -> Markup:
        """The short form for the eye, the words for whoever listens."""
        return Markup(
            '<span aria-hidden="true">{}</span><span class="govuk-visually-hidden">{}</span>'
        ).format(self.short, self.words)


def post_of(visit: Visit[Unit], staffing: Staffing, line: RoleStaffing) -> Post:
    """Strength and establishment of a role: "22/28", "22/?" where the establishment is not known."""
    href = members_address(visit, staffing, line.role)
    strength = number(line.strength)
    roles = line.role.wording if line.strength == 1 else line.role.plural
    if line.establishment is None:
        return Post(f"{strength}/?", f"{strength} {roles}; establishment not known", href)
    funded = number(line.establishment)
    return Post(f"{strength}/{funded}", f"{strength} {roles} of {funded} posts", href)


def staffing_lines(visit: Visit[Unit], staffing: Staffing) -> tuple[StaffingLine, ...]:
    """Strength against establishment, a line a role; each figure that is known opens its records."""
    return tuple(
        StaffingLine(
            role=line.role.heading,
            strength=line.strength,
            establishment=line.establishment,
            vacancy=line.vacancy,
            fill=line.fill,
            href=members_address(visit, staffing, line.role),
            establishment_href=""
            if line.establishment is None
            else records_address("staffing.establishment", staffing, line.role),
            vacancy_href=""
            if line.vacancy is None
            else records_address("staffing.vacancies", staffing, line.role),
        )
        for line in staffing.roles
    )


def ratio_in_words(staffing: Staffing) -> str:
    """Sergeants to constables and PCSOs: "1:11.3 on strength, 1:11.7 on establishment"."""
    strength, funded = staffing.ratio_on_strength, staffing.ratio_on_establishment
    on_strength = "not known on strength" if strength is None else f"1:{strength} on strength"
    on_funded = "not known on establishment" if funded is None else f"1:{funded} on establishment"
    return f"{on_strength}, {on_funded}"
