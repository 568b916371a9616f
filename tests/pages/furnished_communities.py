"""Communities in the furnished world: with flags, shares, figures, specialist contacts; some left behind."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.communities.actions import (
    SpecialistFacts,
    add_community,
    name_specialist_contact,
    record_population,
    say,
)
from npt.communities.models import Community
from npt.communities.rules import Calling, CodeSystem, CommunityKind, Flag
from npt.kit.stamps import Stamp
from npt.organisation.actions import close_unit
from npt.organisation.models import Unit
from tests import make
from tests.world import HomeForce


class Known(NamedTuple):
    """What addresses name of it."""

    community_id: int
    flag_id: int
    population_id: int
    specialist_contact_id: int
    #: a neighbourhood of the team that closed, with communities to be carried over
    closed: str


def know(
    session: Session, force: HomeForce, bcu: Unit, team: Unit, *, now: datetime, today: date, count: int
) -> Known:
    """Fill the pages of communities of `bcu` and its first team with `count` of everything they list."""
    stamp = Stamp(force.accounts[Role.SERGEANT].id, now)
    places = [unit for unit in force.neighbourhoods if unit.path.startswith(team.path)]
    lasting = [_communities(session, place, stamp, today, count) for place in places]
    for place in places:
        say(session, neighbourhood=place, flag=Flag.HARD_TO_REACH, is_none=True, stamp=stamp, today=today)
    figures = [
        record_population(
            session,
            neighbourhood=places[0],
            as_at=today - timedelta(days=400 + days),
            codes=CodeSystem.EIGHTEEN,
            source="Census",
            people=dict.fromkeys((*CodeSystem.EIGHTEEN.codes, "NS"), 100),
            today=today,
        )
        for days in range(count)
    ]
    contacts = [
        name_specialist_contact(
            session,
            unit=bcu,
            starts_on=today,
            facts=SpecialistFacts(
                f"Hate crime {number}", "Pat Sample", "01234 0", None, [Calling.VULNERABLE]
            ),
        )
        for number in range(count)
    ]
    closed = _closed(session, team, places[0], stamp, today, count)
    session.flush()
    first = lasting[0][0]
    return Known(first.id, first.flags[0].id, figures[0].id, contacts[0].id, closed.code)


def _communities(session: Session, place: Unit, stamp: Stamp, today: date, count: int) -> list[Community]:
    return [
        add_community(
            session,
            neighbourhood=place,
            name=f"Community {number}",
            kind=CommunityKind.ETHNIC,
            languages="Polish",
            share=Decimal("4.5"),
            as_at=today - timedelta(days=500),
            source="Census",
            flags=[Flag.VULNERABLE],
            reason="They do not call us.",
            stamp=stamp,
            today=today,
        )
        for number in range(count)
    ]


def _closed(session: Session, team: Unit, successor: Unit, stamp: Stamp, today: date, count: int) -> Unit:
    """A neighbourhood that closed yesterday; nobody has said what becomes of its communities."""
    closed = make.neighbourhood(session, under=team, code=f"{team.code}.0", opened_on=make.START)
    for number in range(count):
        add_community(
            session,
            neighbourhood=closed,
            name=f"Left {number}",
            kind=CommunityKind.FAITH,
            starts_on=make.START,
            stamp=stamp,
            today=today,
        )
    close_unit(session, closed, on=today - timedelta(days=1), taken_over_by=[successor])
    return closed
