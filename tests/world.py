"""A small believable world: two forces of the same shape, so that a leak has somewhere to leak to.

`world(session, scale=3)` has three times as many of everything that a page may list, in the same shape: a
page that asks the database more often there than in `world(session)` asks once for each line.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import Account
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole, PostingKind
from tests import make


@dataclass(frozen=True)
class HomeForce:
    """One of the two forces. The first of each list belongs to the first of the list above it."""

    force: Unit
    bcus: Sequence[Unit]
    areas: Sequence[Unit]
    teams: Sequence[Unit]
    neighbourhoods: Sequence[Unit]
    #: substantively posted members by role; the first of a role is posted to the first team (or area)
    members: dict[PolicingRole, list[Member]]
    #: one account for each role, with the grant on the first unit of the level that suits the role
    accounts: dict[Role, Account]

    @property
    def team(self) -> Unit:
        """The first team: that of the accounts of sergeant, officer and PCSO."""
        return self.teams[0]

    @property
    def area(self) -> Unit:
        """The first area: that of the inspector's account."""
        return self.areas[0]

    @property
    def bcu(self) -> Unit:
        """The first BCU: that of the manager's account."""
        return self.bcus[0]


@dataclass(frozen=True)
class World:
    """Two forces: tests act in `home` and look for leaks from and into `away`."""

    home: HomeForce
    away: HomeForce


def world(session: Session, *, scale: int = 1) -> World:
    """Build both forces, `scale` units under each BCU, area and team. Nothing is committed."""
    return World(_force(session, "HOME", scale), _force(session, "AWAY", scale))


def _force(session: Session, code: str, scale: int) -> HomeForce:
    letter = code[0]
    force = make.force(session, code=code)
    bcus = [make.bcu(session, under=force, code=f"{letter}{number}") for number in (1, 2)]
    areas = [make.area(session, under=bcu, code=f"{bcu.code}.{n}") for bcu in bcus for n in _to(scale)]
    teams = [make.team(session, under=area, code=f"{area.code}.{n}") for area in areas for n in _to(scale)]
    neighbourhoods = [
        make.neighbourhood(session, under=team, code=f"{team.code}.{n}", priority_class=n)
        for team in teams
        for n in _to(scale)
    ]
    members = _members(session, letter, areas, teams, scale)
    made = HomeForce(force, bcus, areas, teams, neighbourhoods, members, {})
    _accounts(session, made)
    return made


def _to(scale: int) -> range:
    return range(1, scale + 1)


def _members(
    session: Session, letter: str, areas: Sequence[Unit], teams: Sequence[Unit], scale: int
) -> dict[PolicingRole, list[Member]]:
    """An inspector an area; a sergeant, constables, PCSOs, a special constable and a volunteer a team."""
    of_team = [PolicingRole.SERGEANT, PolicingRole.SPECIAL, PolicingRole.VOLUNTEER] + [
        PolicingRole.CONSTABLE,
        PolicingRole.PCSO,
    ] * 2 * scale
    places = [(PolicingRole.INSPECTOR, area) for area in areas]
    places += [(role, team) for team in teams for role in of_team]
    members: dict[PolicingRole, list[Member]] = {role: [] for role in PolicingRole}
    for position, (role, unit) in enumerate(places, 1):
        members[role].append(make.member(session, number=f"{letter}{position:03}", role=role, team=unit))
    # One constable of the first team is attached to the second: they count there and not at home.
    make.posting(
        session,
        member=members[PolicingRole.CONSTABLE][1],
        unit=teams[1],
        kind=PostingKind.ATTACHMENT,
    )
    return members


def _accounts(session: Session, made: HomeForce) -> None:
    places = {
        Role.ADMIN: made.force,
        Role.BOARD: made.force,
        Role.MANAGER: made.bcu,
        Role.INSPECTOR: made.area,
        Role.SERGEANT: made.team,
        Role.OFFICER: made.team,
        Role.PCSO: made.team,
        Role.PARTNER: made.bcu,
        Role.CALLTAKER: made.force,
        Role.CALLHANDLER: made.force,
        Role.GATEKEEPER: made.force,
        Role.ANALYST: made.force,
        Role.COMMUNICATIONS: made.force,
        Role.COHESION: made.bcu,
        Role.CUSTOMER: made.bcu,
        Role.AUTHORITY: made.force,
        Role.HMIC: made.force,
    }
    holders = {
        Role.INSPECTOR: PolicingRole.INSPECTOR,
        Role.SERGEANT: PolicingRole.SERGEANT,
        Role.OFFICER: PolicingRole.CONSTABLE,
        Role.PCSO: PolicingRole.PCSO,
    }
    for role, unit in places.items():
        member = made.members[holders[role]][0] if role in holders else None
        email = f"{role.value}@{made.force.code.lower()}.example"
        made.accounts[role] = make.account(
            session, role=role, unit=unit, email=email, name=role.wording, member=member
        )
    council = make.agency(session, code=f"COUNCIL-{made.force.code[0]}")
    make.partner(session, made.accounts[Role.PARTNER], agency=council)
