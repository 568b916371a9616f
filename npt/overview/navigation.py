"""What stands around every page: the force's name, and the sections that this person can use."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import request, url_for
from sqlalchemy.orm import Session

from npt.access.rules import Permission, Role, Viewer
from npt.organisation.queries import forces
from npt.organisation.rules import Lineage
from npt.webkit.parts import Link

#: The name above the pages while no force is recorded, or while the database cannot be asked.
NO_FORCE = "Safer neighbourhoods"
#: who works shifts, as far as a role tells
_WITH_SHIFTS = (Role.INSPECTOR, Role.SERGEANT, Role.OFFICER, Role.PCSO)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the layout shows on every page. Without `search_address` there is nothing to search."""

    force_name: str
    navigation: Sequence[Link] = ()
    search_address: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the product by what a person does there."""

    words: str
    #: the view that opens it
    view: str
    #: the features that belong to it, and single pages of other features
    features: frozenset[str]
    pages: frozenset[str]
    is_for: Callable[[Viewer], bool]


def _works_in_a_team(viewer: Viewer) -> bool:
    return viewer.may(Permission.SEE_DUTY) or any(viewer.has_role(role) for role in _WITH_SHIFTS)


def _sees_people(viewer: Viewer) -> bool:
    return viewer.may(Permission.SEE_STAFFING) or viewer.may(Permission.MANAGE_ACCOUNTS)


def is_only_partner(viewer: Viewer) -> bool:
    """Whether a person is a partner and nothing else: they have one page, with what is shared with them."""
    return all(scope.role is Role.PARTNER for scope in viewer.scopes)


#: The pages about partner accounts: they are accounts of people.
PARTNER_ACCOUNTS = frozenset(
    f"partners.{page}" for page in ("partner_accounts", "partner_account", "act_for", "renew_vetting")
)
#: By what a person does, never more than seven: more are not taken in at a glance.
SECTIONS = (
    Section("Start", "home", frozenset(), frozenset(), lambda _: True),
    Section(
        "Team",
        "team",
        frozenset({"duty", "rostering", "operations", "reporting", "interchange"}),
        frozenset(),
        _works_in_a_team,
    ),
    Section(
        "Neighbourhoods",
        "neighbourhoods",
        frozenset(
            {
                "organisation",
                "categories",
                "communities",
                "engagement",
                "incidents",
                "kin",
                "profiles",
                "reorganisation",
                "documents",
                "partners",
                "phone",
                "places",
            }
        ),
        frozenset(
            {
                "overview.unit",
                "overview.profile",
                "performance.cover",
                "staffing.contacts",
                "staffing.new_contact",
                "staffing.correct_contact",
                "staffing.photo",
            }
        ),
        lambda viewer: viewer.may(Permission.SEE_UNITS) and not is_only_partner(viewer),
    ),
    Section(
        "Problems",
        "actions",
        frozenset({"exemplars", "outcomes", "priorities", "problem_search", "problems", "work"}),
        frozenset(),
        lambda viewer: viewer.may(Permission.SEE_ACTIONS) or viewer.may(Permission.SEE_PROBLEMS),
    ),
    Section(
        "People",
        "people",
        frozenset({"people", "staffing", "training", "outbox"}),
        frozenset({"overview.journal", *PARTNER_ACCOUNTS}),
        _sees_people,
    ),
    Section(
        "Performance",
        "performance",
        frozenset({"performance", "counting", "measures", "reviews", "seals", "packs"}),
        frozenset(),
        lambda viewer: viewer.may(Permission.SEE_STAFFING),
    ),
)


def surroundings(session: Session, viewer: Viewer | None, today: date) -> Surroundings:
    """The force of the person (or the only one there is) and the sections that the person can use."""
    standing = forces(session, as_at=today)
    name = standing[0].name if len(standing) == 1 else NO_FORCE
    if viewer is None or not viewer.scopes:
        return Surroundings(name)
    code = Lineage.parse(viewer.scopes[0].path).codes[0]
    name = next((force.name for force in standing if force.code == code), name)
    return Surroundings(name, navigation(viewer), url_for("overview.search"))


def navigation(viewer: Viewer) -> list[Link]:
    """The sections that the person can use, this page's marked."""
    here = _section_of(request.endpoint or "")
    return [
        Link(
            section.words,
            url_for(f"overview.{section.view}"),
            ("page" if request.endpoint == f"overview.{section.view}" else "true") if section is here else "",
        )
        for section in SECTIONS
        if section.is_for(viewer)
    ]


def _section_of(endpoint: str) -> Section | None:
    """The section that a page belongs to; single pages come before the features that they are of."""
    feature = endpoint.partition(".")[0]
    by_page = (each for each in SECTIONS if endpoint in {f"overview.{each.view}", *each.pages})
    by_feature = (each for each in SECTIONS if feature in each.features)
    return next(by_page, None) or next(by_feature, None)
