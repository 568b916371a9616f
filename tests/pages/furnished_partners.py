"""Partners of the small world: an agency in groups, accounts that act for it, and what is shared with it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from npt.access.rules import Role, ShareLevel
from npt.kit.clock import local_day
from npt.kit.stamps import Stamp
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.partners.actions import (
    add_group,
    answer,
    invite_resident,
    join_group,
    share_with_agency,
    withdraw,
)
from npt.partners.models import Agency
from npt.partners.queries import agency_coded, group_coded, memberships_in_groups
from npt.partners.rules import LegalBasis, ShareTerms
from npt.partners.views.links import RESIDENTS_VIEW
from tests import make
from tests.world import HomeForce

#: The key of the application of the house, by which links are signed.
KEY = "a key for tests, which protects nothing"
#: An agency that works with both forces; the partner of the world acts for a council of their own force.
COUNTY = "COUNTY"
GROUP = "cdrp"


class SharedWith(NamedTuple):
    """What addresses name."""

    partner_id: int
    reference: str
    matter_id: int
    share_id: int
    link: str
    agency: str
    agency_id: int
    group: str
    group_membership_id: int


def share_with_partners(
    session: Session, force: HomeForce, bcu: Unit, team: Unit, matters: Sequence[Matter], *, now: datetime
) -> SharedWith:
    """Share matters of the team with the county, and one with a resident; let accounts act for it."""
    count = len(matters)
    county = agency_coded(session, COUNTY) or make.agency(session, code=COUNTY)
    own = agency_coded(session, f"COUNCIL-{force.force.code[0]}")
    assert own is not None, "the world has a council for each force"
    membership_id = _in_group(session, county, now, count)
    partners = []
    for number in range(count):
        email = f"county{number}@{team.code.lower()}.example"
        partners.append(make.account(session, role=Role.PARTNER, unit=team, email=email))
        make.partner(session, partners[-1], agency=county, vetted_until=local_day(now) + timedelta(days=9))
    terms = ShareTerms(
        f"Plan of {team.code}", LegalBasis.CRIME_AND_DISORDER, local_day(now) + timedelta(days=10)
    )
    stamp = Stamp(force.accounts[Role.SERGEANT].id, now - timedelta(days=2))
    shares = [
        share_with_agency(
            session,
            matter=each,
            agency=county,
            level=ShareLevel.FULL,
            terms=terms,
            stamp=stamp,
        )
        for each in matters
    ]
    matter = matters[0]
    link = ""
    for number in range(count):
        invited = invite_resident(
            session,
            matter=matter,
            name=f"Resident {number}",
            email=f"resident{number}@{team.code.lower()}.example",
            terms=terms,
            stamp=stamp,
        )
        answer(session, invited, text="The lights are out again.", now=now - timedelta(days=1))
        link = RESIDENTS_VIEW.sign([KEY], invited.id, local_day(now))
    if bcu is force.bcus[0]:
        share_with_agency(session, matter=matter, agency=own, level=ShareLevel.FULL, terms=terms, stamp=stamp)
        _other_agencies(session, force, matter, stamp, now)
    return SharedWith(
        partners[0].id,
        matter.reference,
        matter.id,
        shares[0].id,
        link,
        county.code,
        county.id,
        GROUP,
        membership_id,
    )


def _in_group(session: Session, county: Agency, now: datetime, count: int) -> int:
    """The key of the county's membership in the group; both are made once."""
    if group_coded(session, GROUP) is None:
        group = add_group(session, code=GROUP, name="Town partnership")
        join_group(session, agency=county, group=group, starts_on=make.START)
        for number in range(count):
            other = make.agency(session, code=f"OTHER{number}")
            join_group(session, agency=other, group=group, starts_on=make.START)
    return memberships_in_groups(session, county)[0].id


#: Partners of each force from whom the matter of the first team is kept, by the beginning of their address:
#: nobody ever shared it with the agency of the first; with the second too little of it; with the others no
#: more: it ran out, it was withdrawn, the agency closed.
KEPT_FROM = ("unshared", "level", "expired", "withdrawn")


def _other_agencies(session: Session, force: HomeForce, matter: Matter, stamp: Stamp, now: datetime) -> None:
    """One agency and one partner for each way in which the matter is not open to them."""
    today = local_day(now)
    for kind in KEPT_FROM:
        code = f"{kind}-{force.force.code[0].lower()}"
        agency = make.agency(session, code=code)
        email = f"{kind}@{force.force.code.lower()}.example"
        account = make.account(session, role=Role.PARTNER, unit=force.bcu, email=email)
        make.partner(session, account, agency=agency)
        if kind == "unshared":
            continue
        long_ago = Stamp(stamp.by, now - timedelta(days=30))
        last = today - timedelta(days=1) if kind == "expired" else today + timedelta(days=30)
        made = share_with_agency(
            session,
            matter=matter,
            agency=agency,
            level=ShareLevel.EXISTS if kind == "level" else ShareLevel.FULL,
            terms=ShareTerms("For the house", LegalBasis.PUBLIC_TASK, last),
            stamp=long_ago,
        )
        if kind == "withdrawn":
            withdraw(session, made, stamp=stamp)
