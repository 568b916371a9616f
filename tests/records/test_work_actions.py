"""Actions: set, given to somebody, moved, taken up again; and who has gone."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.queries import account_of
from npt.kit.limits import BadName
from npt.kit.paging import FIRST_PAGE
from npt.kit.search_words import Sought
from npt.matters.actions import hand_over
from npt.matters.rules import MatterKind
from npt.organisation.models import Unit
from npt.partners.actions import leave
from npt.partners.models import PartnerAccount
from npt.people.models import Grant
from npt.store.searching import may_fit
from npt.store.versions import StaleRecord
from npt.work.actions import (
    MixedMany,
    NothingChosen,
    UnitClosed,
    assign_many,
    correct_action,
    look_at,
    move_action,
    owner_called,
    set_action,
    start_clock,
)
from npt.work.models import Action
from npt.work.queries import (
    Asked,
    actions_sought,
    actions_under,
    board_of,
    history_of,
    mine_beyond_door,
    own_actions,
    owner_line,
    owners_offered,
)
from npt.work.rules import (
    MOST_PENCE,
    SHIPPED,
    ActionState,
    BadCost,
    ClockFacts,
    ClockKind,
    DayFarOff,
    DueInPast,
    EndedInFuture,
    Owner,
    OwnerElsewhere,
    OwnerGone,
    OwnerKind,
    ReasonMissing,
    UnknownOwner,
    WrongState,
)
from tests import make
from tests.records.work_desk import (
    NOW,
    TODAY,
    WorkDesk,
    of_account,
    of_agency,
    of_member,
    open_work_desk,
)

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def desk(session: Session) -> WorkDesk:
    return open_work_desk(session)


def move(desk: WorkDesk, action: Action, state: ActionState, **said: object) -> bool:
    """Move it, as somebody who sees it as it is now."""
    given = {"expected_version": action.version, "today": TODAY, "stamp": desk.stamp, **said}
    return move_action(desk.session, action, state=state, **given)  # type: ignore[arg-type]  # as the test says


def whats(desk: WorkDesk, **asked: object) -> list[str]:
    """What the register of the force shows."""
    question = Asked(**asked)  # type: ignore[arg-type]  # as the test says
    found = actions_under(desk.session, desk.force.path, question, today=TODAY, page=FIRST_PAGE)
    return [line.action.what for line in found.rows]


def offered(desk: WorkDesk) -> set[Owner]:
    """Who is offered as an owner of work of the team."""
    return {each.owner for each in owners_offered(desk.session, desk.team, TODAY)}


# Setting ----------------------------------------------------------------------------------------------------


def test_an_action_has_a_reference_of_its_own_and_begins_as_planned(desk: WorkDesk) -> None:
    action = desk.set()
    assert action.reference == f"A-{action.id}"
    assert action.state is ActionState.PLANNED
    assert action.owner == of_member(desk.pcso)
    assert (action.set_by, action.set_at) == (desk.sergeant.id, NOW)


def test_a_day_gone_by_is_asked_about_and_taken_when_it_is_meant(desk: WorkDesk) -> None:
    with pytest.raises(DueInPast):
        desk.set(due_on=YESTERDAY)
    assert desk.set(due_on=YESTERDAY, may_be_past=True).is_overdue(TODAY)
    assert not desk.set(due_on=TODAY).is_overdue(TODAY)


@pytest.mark.parametrize("pence", [-1, 100_000_000_000])
def test_a_cost_below_nothing_or_of_twelve_digits_is_refused(desk: WorkDesk, pence: int) -> None:
    with pytest.raises(BadCost):
        desk.set(cost_pence=pence)
    assert desk.set(cost_pence=MOST_PENCE).cost_pence == MOST_PENCE


def test_nothing_to_do_is_no_action(desk: WorkDesk) -> None:
    with pytest.raises(BadName):
        desk.set(what="  ")


def test_an_action_due_after_its_unit_closed_belongs_to_another(desk: WorkDesk) -> None:
    desk.team.closed_on = date(2026, 11, 20)
    with pytest.raises(UnitClosed):
        desk.set()


def test_the_database_wants_exactly_one_owner(desk: WorkDesk) -> None:
    action = desk.set()
    action.owner_agency_id = desk.council.id
    with pytest.raises(IntegrityError, match="has_one_owner"):
        desk.session.flush()


# Owners -----------------------------------------------------------------------------------------------------


def test_a_member_a_partner_and_an_agency_can_own_work(desk: WorkDesk) -> None:
    for owner in (of_member(desk.pcso), of_account(desk.partner), of_agency(desk.council)):
        assert desk.set(owner=owner).owner == owner


def test_owners_are_known_by_number_email_and_code_and_a_members_account_means_the_member(
    desk: WorkDesk,
) -> None:
    named = {
        "P1": of_member(desk.pcso),
        "pcso@force.example": of_member(desk.pcso),
        "Partner@Council.example": of_account(desk.partner),
        "council": of_agency(desk.council),
    }
    for text, owner in named.items():
        assert owner_called(desk.session, f" {text} ", desk.team, TODAY) == owner
    for text in ("X9", "nobody@force.example", "fire", ""):
        with pytest.raises(UnknownOwner):
            owner_called(desk.session, text, desk.team, TODAY)


def test_an_agency_whose_code_is_the_number_of_a_member_stays_the_agency(desk: WorkDesk) -> None:
    agency = make.agency(desk.session, code="4711")
    make.member(desk.session, number="4711", name="Sam Number", team=desk.team)
    line = owner_line(desk.session, of_agency(agency), TODAY)
    assert line is not None
    assert (line.owner, line.note) == (of_agency(agency), "4711")
    assert desk.set(owner=of_agency(agency)).owner == of_agency(agency)


def test_nobody_of_another_force_is_given_work(desk: WorkDesk) -> None:
    elsewhere = make.account(desk.session, email="away@other.example")
    for owner in (of_member(desk.stranger), of_account(elsewhere)):
        with pytest.raises(UnknownOwner):
            desk.set(owner=owner)


def test_a_closed_account_a_member_who_left_and_a_closed_agency_are_given_nothing(desk: WorkDesk) -> None:
    left = make.member(desk.session)
    make.posting(desk.session, member=left, unit=desk.team, ends_on=YESTERDAY)
    desk.partner.closed_at = NOW
    closed = make.agency(desk.session, code="old", closed_on=YESTERDAY)
    for owner in (of_member(left), of_account(desk.partner), of_agency(closed)):
        with pytest.raises(OwnerGone):
            desk.set(owner=owner)


def test_what_is_still_to_be_done_by_one_who_has_gone_is_listed_as_without_owner(desk: WorkDesk) -> None:
    kept, owners = desk.set(what="kept"), [of_account(desk.partner), of_agency(desk.council)]
    lost = [desk.set(what=f"lost {number}", owner=owner) for number, owner in enumerate(owners)]
    done = desk.set(what="done", owner=of_agency(desk.council))
    move(desk, done, ActionState.DONE)
    desk.partner.closed_at = NOW
    desk.council.closed_on = YESTERDAY
    desk.session.flush()
    assert whats(desk, is_without_owner=True) == ["lost 0", "lost 1"]
    move(desk, kept, ActionState.UNDER_WAY)
    # Who has gone keeps what is corrected otherwise, and is not given it anew.
    correct_action(
        desk.session,
        lost[0],
        today=TODAY,
        facts=desk.facts(what="lost", owner=of_account(desk.partner)),
        expected_version=lost[0].version,
    )
    with pytest.raises(OwnerGone):
        correct_action(
            desk.session,
            kept,
            today=TODAY,
            facts=desk.facts(owner=of_account(desk.partner)),
            expected_version=kept.version,
        )


@pytest.mark.parametrize("ends", ["the agency closes", "they leave"])
def test_a_partner_whose_agency_is_no_more_theirs_owns_nothing_any_more(desk: WorkDesk, ends: str) -> None:
    lost = desk.set(what="lost", owner=of_account(desk.partner))
    acting = desk.session.scalars(select(PartnerAccount)).one()
    if ends == "they leave":
        leave(desk.session, acting, stamp=desk.stamp)
    else:
        desk.council.closed_on = YESTERDAY
    desk.session.flush()
    assert whats(desk, is_without_owner=True) == ["lost"]
    assert of_account(desk.partner) not in offered(desk)
    with pytest.raises(OwnerGone):
        desk.set(owner=of_account(desk.partner))
    # Who has another part in the force is still there.
    desk.session.add(Grant(account_id=desk.partner.id, unit_id=desk.team.id, role=Role.ANALYST))
    desk.session.flush()
    assert whats(desk, is_without_owner=True) == []
    assert of_account(desk.partner) in offered(desk)
    assert lost.state is ActionState.PLANNED


def test_a_partner_whose_vetting_has_to_be_renewed_stays_the_owner(desk: WorkDesk) -> None:
    desk.set(what="kept", owner=of_account(desk.partner))
    desk.session.scalars(select(PartnerAccount)).one().vetted_until = YESTERDAY
    desk.session.flush()
    assert whats(desk, is_without_owner=True) == []


def test_a_member_whose_account_is_closed_owns_nothing_any_more(desk: WorkDesk) -> None:
    left = make.member(desk.session, team=desk.team)
    account = make.account(desk.session, email="left@force.example", member=left)
    desk.set(what="lost", owner=of_member(left))
    desk.set(what="kept")
    account.closed_at = NOW
    desk.session.flush()
    assert whats(desk, is_without_owner=True) == ["lost"]


# Progress ---------------------------------------------------------------------------------------------------


def test_done_twice_is_done_once(desk: WorkDesk) -> None:
    action = desk.set()
    shown = action.version
    assert move(desk, action, ActionState.DONE, result="All asked")
    assert not move(desk, action, ActionState.DONE, expected_version=shown)
    assert (action.ended_on, action.result) == (TODAY, "All asked")
    with pytest.raises(StaleRecord):
        move(desk, action, ActionState.PLANNED, reason="Not all", expected_version=shown)


def test_dropping_and_reopening_need_a_reason(desk: WorkDesk) -> None:
    action = desk.set()
    for state in (ActionState.DROPPED, ActionState.DONE, ActionState.DROPPED):
        if state is ActionState.DROPPED:
            with pytest.raises(ReasonMissing):
                move(desk, action, state)
        move(desk, action, state, reason="As agreed")
        with pytest.raises(ReasonMissing):
            move(desk, action, ActionState.UNDER_WAY)
        move(desk, action, ActionState.UNDER_WAY, reason="Not over after all")
        assert action.ended_on is None


def test_what_is_done_is_not_dropped_before_it_is_reopened(desk: WorkDesk) -> None:
    action = desk.set()
    move(desk, action, ActionState.DONE)
    with pytest.raises(WrongState):
        move(desk, action, ActionState.DROPPED, reason="Late")


def test_nothing_is_done_tomorrow(desk: WorkDesk) -> None:
    with pytest.raises(EndedInFuture):
        move(desk, desk.set(), ActionState.DONE, ended_on=TODAY + timedelta(days=1))


def test_the_clocks_of_an_action_end_with_it(desk: WorkDesk) -> None:
    action = desk.set()
    facts = ClockFacts(
        ClockKind.REPLY, "Answer the shop", action.owner, SHIPPED[ClockKind.REPLY], NOW - timedelta(days=1)
    )
    clock = start_clock(desk.session, unit=desk.team, action=action, facts=facts, now=NOW, today=TODAY)
    move(desk, action, ActionState.DONE)
    assert clock.ended_at == NOW


def test_the_journal_tells_the_history_of_an_action_with_names(desk: WorkDesk) -> None:
    desk.session.info["actor"] = (desk.sergeant.id, "work.set_action")
    action = desk.set()
    desk.session.commit()
    action.owner = of_agency(desk.council)
    desk.session.commit()
    move(desk, action, ActionState.DROPPED, reason="Shops have closed")
    desk.session.commit()
    first, second, third = history_of(desk.session, action)
    assert (first.is_new, first.who, first.owner) == (True, desk.sergeant.name, (None, "Pat Example"))
    assert second.owner == ("Pat Example", "Agency council")
    assert third.changes["state"] == ("planned", "dropped")
    assert third.reason == "Shops have closed"


# Lists ------------------------------------------------------------------------------------------------------


def test_the_register_shows_what_is_asked_for(desk: WorkDesk) -> None:
    late = desk.set(what="late", due_on=YESTERDAY, may_be_past=True)
    desk.set(what="papers", matter=desk.document, owner=of_agency(desk.council), cost_pence=100)
    over = desk.set(what="over", due_on=TODAY)
    move(desk, over, ActionState.DONE)
    assert whats(desk) == ["late", "papers", "over"]
    assert whats(desk, is_overdue=True) == ["late"]
    assert whats(desk, states=frozenset({ActionState.DONE})) == ["over"]
    assert whats(desk, owner=of_agency(desk.council)) == ["papers"]
    assert whats(desk, kind=MatterKind.DOCUMENT) == ["papers"]
    assert whats(desk, due_from=TODAY, due_to=TODAY) == ["over"]
    move(desk, late, ActionState.DONE)
    assert whats(desk, is_overdue=True) == []


def test_the_board_shows_what_ended_in_the_last_four_weeks(desk: WorkDesk) -> None:
    for days in (27, 28):
        action = desk.set(what=f"{days} days ago")
        move(desk, action, ActionState.DONE, ended_on=TODAY - timedelta(days=days))
    lines, total = board_of(desk.session, desk.force.path, today=TODAY, most=10)[ActionState.DONE]
    assert [line.action.what for line in lines] == ["27 days ago"]
    assert total == 1


def test_my_actions_are_those_of_the_member_or_the_account_and_still_to_be_done(desk: WorkDesk) -> None:
    desk.set(what="later", due_on=TODAY + timedelta(days=2))
    desk.set(what="sooner", due_on=TODAY)
    desk.set(what="partner's", owner=of_account(desk.partner))
    move(desk, desk.set(what="over"), ActionState.DONE)
    assert todo(desk, "pcso@force.example") == ["sooner", "later"]
    assert todo(desk, "partner@council.example") == ["partner's"]


def test_a_partner_has_what_their_agency_owns_where_they_are_a_partner_and_nowhere_else(
    desk: WorkDesk,
) -> None:
    desk.set(what="here", owner=of_agency(desk.council))
    desk.set(what="of another agency", owner=of_agency(make.agency(desk.session, code="fire")))
    elsewhere = make.team(desk.session, under=make.area(desk.session, under=make.bcu(desk.session)))
    set_action(
        desk.session,
        stamp=desk.stamp,
        today=TODAY,
        unit=elsewhere,
        facts=desk.facts(what="there", owner=of_agency(desk.council)),
    )
    assert todo(desk, "partner@council.example") == ["here"]


def test_vetting_that_ran_out_closes_what_a_partner_has_to_do(desk: WorkDesk) -> None:
    desk.set(owner=of_agency(desk.council))
    membership = desk.session.scalars(select(PartnerAccount)).one()
    membership.vetted_until = YESTERDAY
    desk.session.flush()
    assert mine_beyond_door(desk.session, desk.partner.id, TODAY) is None


def test_a_partner_who_has_left_or_never_had_an_agency_has_nothing_to_do(desk: WorkDesk) -> None:
    desk.set(owner=of_account(desk.partner))
    membership = desk.session.scalars(select(PartnerAccount)).one()
    membership.ended_at = NOW
    desk.session.flush()
    assert mine_beyond_door(desk.session, desk.partner.id, TODAY) is None
    desk.session.delete(membership)
    desk.session.flush()
    assert mine_beyond_door(desk.session, desk.partner.id, TODAY) is None


def todo(desk: WorkDesk, email: str) -> list[str]:
    """What somebody has to do."""
    account = account_of(desk.session, email)
    assert account is not None
    whose = mine_beyond_door(desk.session, account.id, TODAY)
    assert whose is not None
    found = own_actions(desk.session, whose, today=TODAY, page=FIRST_PAGE)
    return [line.action.what for line in found.rows]


def test_what_is_to_be_done_for_a_matter_goes_with_it_to_another_unit(desk: WorkDesk) -> None:
    action, other = desk.set(matter=desk.document), desk.set()
    sister = make.team(desk.session, under=make.area(desk.session))
    hand_over(desk.session, desk.document, unit=sister, stamp=desk.stamp)
    assert (action.unit_id, other.unit_id) == (sister.id, desk.team.id)


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("obrien cafe", "Ask O'Brien's café"),
        ("INSIDE", "inside and outside"),
        ("chipshop", "Ask the chip shop"),
        ("anti-social", "Antisocial behaviour"),
        ("strasse", "Straße"),
        ("ask the", "Ask the shops about everything in the High Street"),
    ],
)
def test_an_action_is_found_however_it_is_spelt(desk: WorkDesk, typed: str, what: str) -> None:
    action = desk.set(what=what)
    desk.set(what="Mend lamps")
    found = actions_sought(desk.session, desk.force.path, Sought(typed), since=TODAY)
    assert [each.id for each in found] == [action.id]


def test_what_lacks_the_letters_of_a_word_is_not_read_by_a_search(desk: WorkDesk) -> None:
    for what in ("Mend lamps", "Ask O’Brien", "Ask Brian"):
        desk.set(what=what)
    asked = select(Action.what).where(may_fit(Sought("ask brian"), Action.what))
    assert set(desk.session.scalars(asked)) == {"Ask O’Brien", "Ask Brian"}


@pytest.mark.parametrize("role", [Role.HMIC, Role.AUTHORITY, Role.CALLTAKER])
def test_who_looks_on_or_takes_calls_is_neither_offered_as_an_owner_nor_taken_when_named(
    desk: WorkDesk, role: Role
) -> None:
    account = make.account(desk.session, role=role, unit=desk.force, email="onlooker@force.example")
    offered = owners_offered(desk.session, desk.team, TODAY)
    assert Owner(OwnerKind.ACCOUNT, account.id) not in {line.owner for line in offered}
    with pytest.raises(OwnerElsewhere):
        owner_called(desk.session, "onlooker@force.example", desk.team, TODAY)
    desk.session.add(Grant(account_id=account.id, unit_id=desk.force.id, role=Role.ANALYST))
    desk.session.flush()
    assert owner_called(desk.session, "onlooker@force.example", desk.team, TODAY).id == account.id


@pytest.mark.parametrize("years", [-11, 11])
def test_a_day_more_than_ten_years_off_is_a_slip_even_where_the_past_is_meant(
    desk: WorkDesk, years: int
) -> None:
    far = TODAY.replace(year=TODAY.year + years)
    with pytest.raises(DayFarOff):
        desk.set(due_on=far, may_be_past=True)
    action = desk.set()
    with pytest.raises(DayFarOff):
        move(desk, action, ActionState.DONE, ended_on=min(far, far.replace(year=1900)))


# Many at once -----------------------------------------------------------------------------------------------


def test_many_are_given_to_another_owner_and_day_at_once(desk: WorkDesk) -> None:
    actions = [desk.set(), desk.set(owner=of_agency(desk.council))]
    looked_at = look_at(
        desk.session,
        desk.team,
        today=TODAY,
        action_ids=[action.id for action in actions],
        owner=of_agency(desk.council),
        due_on=None,
    )
    assert len(looked_at.changing) == 1
    assert assign_many(desk.session, looked_at) == 1
    assert {action.owner for action in actions} == {of_agency(desk.council)}


def test_many_are_not_made_due_after_the_unit_of_one_of_them_has_closed(desk: WorkDesk) -> None:
    action = desk.set()
    desk.team.closed_on = date(2026, 11, 25)
    desk.session.flush()

    def look(due_on: date) -> None:
        look_at(desk.session, desk.force, today=TODAY, action_ids=[action.id], owner=None, due_on=due_on)

    look(date(2026, 11, 25))
    with pytest.raises(UnitClosed):
        look(date(2026, 11, 26))


def test_what_was_looked_at_tells_itself_from_what_somebody_changed_since(desk: WorkDesk) -> None:
    action = desk.set()

    def look() -> str:
        owner = of_agency(desk.council)
        return look_at(
            desk.session, desk.team, today=TODAY, action_ids=[action.id], owner=owner, due_on=None
        ).digest

    seen = look()
    assert look() == seen
    move(desk, action, ActionState.UNDER_WAY)
    assert look() != seen


def test_many_of_which_one_is_done_or_of_another_unit_are_refused_whole(desk: WorkDesk) -> None:
    action, other = desk.set(), desk.set()
    move(desk, other, ActionState.DONE)
    sister = make.team(desk.session, code="T2")

    def look(keys: list[int], unit: Unit = desk.team) -> None:
        look_at(desk.session, unit, today=TODAY, action_ids=keys, owner=of_agency(desk.council), due_on=None)

    for keys in ([action.id, other.id], [action.id, 0]):
        with pytest.raises(MixedMany):
            look(keys)
    with pytest.raises(MixedMany):
        look([action.id], sister)
    with pytest.raises(NothingChosen):
        look([])
