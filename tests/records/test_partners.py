"""Agencies and whose accounts act for them: opened, closed, in groups, vetted; and refused when that ends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from npt.access.rules import Role, Scope, Viewer
from npt.accounts.models import Account
from npt.kit.refusals import Refusal
from npt.kit.spans import Span
from npt.kit.stamps import Stamp
from npt.partners.actions import (
    AgencyCodeTaken,
    AlreadyActs,
    InGroupAlready,
    NoPartner,
    OwnVetting,
    act_for,
    add_group,
    change_agency,
    close_agency,
    join_group,
    leave,
    renew_vetting,
    set_groups,
    succeed,
)
from npt.partners.models import Agency
from npt.partners.queries import (
    agencies_standing,
    as_partner,
    following,
    groups_on,
    latest_membership,
    partners_at,
    vetting_ending,
)
from npt.partners.rules import AgencyFacts, Vetting, WrongSuccessor
from npt.people.queries import scopes_of
from npt.store.versions import StaleRecord
from tests import make

NOW = datetime(2026, 11, 16, 10, tzinfo=UTC)
TODAY = date(2026, 11, 16)
STAMP = Stamp(None, NOW)


def partner_of(session: Session, agency: Agency, **given: date | None) -> Account:
    account = make.account(session, role=Role.PARTNER, unit=make.bcu(session))
    make.partner(session, account, agency=agency, **given)  # type: ignore[arg-type]  # dates by their names
    return account


def seen(session: Session, account: Account, today: date = TODAY) -> Viewer:
    viewer = Viewer(account.id, account.name, account.email, scopes_of(session, account.id))
    found = as_partner(session, viewer, today)
    assert found is not None
    return found


# Agencies ---------------------------------------------------------------------------------------------------


def test_two_councils_replace_the_county_on_the_day_after(session: Session) -> None:
    county, one, two = (
        make.agency(session, code=code, opened_on=opened)
        for code, opened in (("COUNTY", make.START), ("B", date(2009, 4, 1)), ("C", date(2009, 4, 1)))
    )
    close_agency(session, county, closed_on=date(2009, 3, 31), taken_over_by=[one, two], stamp=STAMP)
    assert following(session) == {"COUNTY": ["B", "C"]}
    assert agencies_standing(session, date(2009, 3, 31)) == [county]
    assert agencies_standing(session, date(2009, 4, 1)) == [one, two]


def test_an_agency_follows_itself_over_no_number_of_steps(session: Session) -> None:
    first, second, third = (make.agency(session, code=code) for code in "ABC")
    close_agency(session, first, closed_on=TODAY, taken_over_by=[second], stamp=STAMP)
    close_agency(session, second, closed_on=TODAY + timedelta(days=1), taken_over_by=[third], stamp=STAMP)
    with pytest.raises(WrongSuccessor, match="itself"):
        succeed(session, first, [first])
    close_agency(session, third, closed_on=TODAY + timedelta(days=2), stamp=STAMP)
    change_agency(session, first, facts=AgencyFacts("A", make.START, TODAY + timedelta(days=4)), stamp=STAMP)
    with pytest.raises(WrongSuccessor, match="directly or by others in between"):
        succeed(session, third, [first])


def test_an_open_agency_has_no_successor_and_a_code_is_given_once(session: Session) -> None:
    agency = make.agency(session, code="A")
    with pytest.raises(WrongSuccessor, match="is open"):
        succeed(session, agency, [make.agency(session, code="B")])
    with pytest.raises(AgencyCodeTaken):
        make.agency(session, code="A")


def test_who_saw_another_version_of_an_agency_changes_nothing(session: Session) -> None:
    agency = make.agency(session)
    with pytest.raises(StaleRecord):
        close_agency(session, agency, closed_on=TODAY, stamp=STAMP, expected_version=agency.version + 1)


def test_an_agency_belongs_to_its_groups_on_their_days(session: Session) -> None:
    agency, group = make.agency(session), add_group(session, code="cdrp", name="Town partnership")
    join_group(session, agency=agency, group=group, starts_on=make.START, ends_on=date(2009, 3, 31))
    with pytest.raises(InGroupAlready):
        join_group(session, agency=agency, group=group, starts_on=date(2009, 3, 31))
    join_group(session, agency=agency, group=group, starts_on=date(2010, 4, 1))
    days = (date(2009, 3, 31), date(2009, 4, 1), date(2010, 4, 1))
    assert [groups_on(session, day).get(agency.id, []) for day in days] == [[group], [], [group]]
    assert agencies_standing(session, date(2009, 4, 1), group) == []


def test_a_file_begins_and_ends_groups_on_its_day(session: Session) -> None:
    agency = make.agency(session)
    old, new = (add_group(session, code=code, name=code) for code in ("old", "new"))
    set_groups(session, agency, [old], date(2026, 1, 1))
    set_groups(session, agency, [new], TODAY)
    set_groups(session, agency, [new], TODAY)
    assert groups_on(session, TODAY - timedelta(days=1))[agency.id] == [old]
    assert groups_on(session, TODAY)[agency.id] == [new]


# Accounts ---------------------------------------------------------------------------------------------------


def test_a_partner_acts_for_an_agency_while_all_holds(session: Session) -> None:
    agency = make.agency(session, closed_on=date(2026, 11, 20))
    account = partner_of(session, agency, vetted_until=date(2026, 11, 18))
    assert seen(session, account).agency_id == agency.id
    assert seen(session, account).barred == ""
    assert "vetting ended on 18 November 2026" in seen(session, account, date(2026, 11, 19)).barred
    assert "closed on 20 November 2026" in seen(session, account, date(2026, 11, 21)).barred
    assert seen(session, account, date(2026, 11, 21)).scopes == ()


def test_a_partner_without_an_agency_is_told_whom_to_ask(session: Session) -> None:
    bcu = make.bcu(session)
    account = make.account(session, role=Role.PARTNER, unit=bcu, has_agency=False)
    assert f"manages partner accounts for {bcu.name}" in seen(session, account).barred


def test_renewed_vetting_opens_the_account_again(session: Session) -> None:
    account = partner_of(session, make.agency(session), vetted_until=TODAY - timedelta(days=1))
    assert seen(session, account).barred
    member = latest_membership(session, account.id)
    assert member is not None
    renew_vetting(session, member, vetting=Vetting.NPPV3, vetted_until=TODAY, stamp=STAMP)
    assert seen(session, account).barred == ""


def test_vetting_that_has_ended_is_not_got_round_by_saying_that_none_is_needed(session: Session) -> None:
    account = partner_of(session, make.agency(session), vetted_until=TODAY - timedelta(days=1))
    member = latest_membership(session, account.id)
    assert member is not None
    with pytest.raises(Refusal, match="renewed, not dropped"):
        renew_vetting(session, member, vetting=Vetting.NONE, vetted_until=None, stamp=STAMP)
    assert seen(session, account).barred


def test_other_roles_of_the_account_stay_when_the_partner_is_refused(session: Session) -> None:
    team = make.team(session)
    account = make.account(session, role=Role.SERGEANT, unit=team)
    make.partner(session, account, agency=make.agency(session), vetted_until=date(2026, 1, 1))
    viewer = Viewer(
        account.id, "", "", (Scope(Role.PARTNER, team.path), Scope(Role.SERGEANT, team.path, team.name))
    )
    found = as_partner(session, viewer, TODAY)
    assert found is not None
    assert (found.scopes, found.barred, found.agency_id) == (viewer.scopes[1:], "", None)


def test_an_account_moves_to_another_agency_and_leaves(session: Session) -> None:
    old, new = make.agency(session), make.agency(session)
    account = partner_of(session, old)
    act_for(session, account, agency=new, vetting=Vetting.NONE, vetted_until=None, stamp=STAMP)
    assert seen(session, account).agency_id == new.id
    with pytest.raises(AlreadyActs):
        act_for(session, account, agency=new, vetting=Vetting.NONE, vetted_until=None, stamp=STAMP)
    member = latest_membership(session, account.id)
    assert member is not None
    leave(session, member, stamp=STAMP)
    assert "have not acted for" in seen(session, account).barred


def test_only_a_partner_acts_for_an_agency_and_nobody_vets_themselves(session: Session) -> None:
    officer = make.account(session, role=Role.OFFICER, unit=make.team(session))
    agency = make.agency(session)
    with pytest.raises(NoPartner):
        act_for(session, officer, agency=agency, vetting=Vetting.NONE, vetted_until=None, stamp=STAMP)
    account = partner_of(session, agency)
    by_themselves, member = Stamp(account.id, NOW), latest_membership(session, account.id)
    assert member is not None
    with pytest.raises(OwnVetting):
        renew_vetting(session, member, vetting=Vetting.NONE, vetted_until=None, stamp=by_themselves)
    with pytest.raises(OwnVetting):
        act_for(session, account, agency=agency, vetting=Vetting.NONE, vetted_until=None, stamp=by_themselves)


def test_accounts_are_listed_and_warned_of_at_their_unit_alone(session: Session) -> None:
    here, there, agency = make.bcu(session), make.bcu(session), make.agency(session)
    soon, late, other = (
        make.account(session, role=Role.PARTNER, unit=unit, name=name)
        for unit, name in ((here, "Soon"), (here, "Late"), (there, "Other"))
    )
    for account, until in ((soon, TODAY), (late, date(2027, 11, 16)), (other, TODAY)):
        make.partner(session, account, agency=agency, vetted_until=until)
    assert [line.account.name for line in partners_at(session, here.path)] == ["Late", "Soon"]
    assert [each.account.name for each in vetting_ending(session, here.path, TODAY)] == ["Soon"]


def test_days_of_an_agency_are_those_told_last(session: Session) -> None:
    agency = make.agency(session)
    change_agency(session, agency, facts=AgencyFacts("Council", make.START, TODAY), stamp=STAMP)
    assert agency.span == Span(make.START, TODAY)
