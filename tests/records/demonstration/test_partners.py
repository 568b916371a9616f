"""The demonstration has partners: agencies in the four CDRPs, one that acts for the council, and shares."""

from datetime import date

from sqlalchemy import select

from npt.access.rules import ShareLevel
from npt.accounts.actions import existing_account
from npt.demonstration.accounts import PARTNER
from npt.demonstration.places import LUTON
from npt.kit.clock import local_midnight
from npt.organisation.models import Unit
from npt.partners.models import Agency
from npt.partners.queries import (
    agencies_standing,
    following,
    groups,
    latest_membership,
    shares_open,
    vetting_ending,
)
from npt.work.models import Action
from tests.records.demonstration.loading import TODAY, Loaded


def test_two_unitary_councils_took_over_in_april_2009(demonstration: Loaded) -> None:
    assert following(demonstration.session) == {"COUNTY": ["BBC", "CBC"], "MBDC": ["CBC"], "SBDC": ["CBC"]}
    before, after = (
        {agency.code for agency in agencies_standing(demonstration.session, day)}
        for day in (date(2009, 3, 31), date(2009, 4, 1))
    )
    assert before - after == {"COUNTY", "MBDC", "SBDC"}
    assert after - before == {"CBC"}
    assert len(groups(demonstration.session)) == 4


def test_the_councils_partner_is_shown_something_at_each_level(demonstration: Loaded) -> None:
    session = demonstration.session
    member = latest_membership(session, existing_account(session, PARTNER).id)
    assert member is not None
    shares = shares_open(session, member.agency_id, local_midnight(TODAY))
    assert {share.level for share in shares} == set(ShareLevel)


def test_somebodys_vetting_ends_soon(demonstration: Loaded) -> None:
    path = demonstration.unit(LUTON.code).path
    assert [each.agency.code for each in vetting_ending(demonstration.session, path, TODAY)] == ["FIRE"]


def test_a_partner_owns_actions_of_its_own_ground_alone(demonstration: Loaded) -> None:
    asked = select(Agency.code, Unit.code).join(Action, Action.owner_agency_id == Agency.id)
    owned = set(demonstration.session.execute(asked.join(Unit, Unit.id == Action.unit_id)))
    assert {team[0] for agency, team in owned if agency == "LBC"} == {"C"}
    assert {team[:2] for agency, team in owned if agency == "BBC"} <= {"J1", "J2", "J3"}
    partner = existing_account(demonstration.session, PARTNER)
    own = select(Unit.code).join(Action, Action.unit_id == Unit.id)
    own = own.where(Action.owner_account_id == partner.id)
    assert {code[0] for code in demonstration.session.scalars(own)} <= {"C"}
