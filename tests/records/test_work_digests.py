"""What daily letters say of actions: to whom, of which, and when no more."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.outbox.queries import daily_due
from npt.outbox.rules import DailyPart
from npt.partners.models import PartnerAccount
from npt.work.actions import move_action
from npt.work.queries import daily_parts, dated_actions, mine_beyond_door
from npt.work.rules import MOST_NAMED, ActionState, Addresses
from tests import make
from tests.records.work_desk import NOW, TODAY, WorkDesk, of_account, of_agency, open_work_desk

ADDRESSES = Addresses(
    action=lambda key: f"https://npt.example/my/actions/{key}", all_of_mine="https://npt.example/my"
)


@pytest.fixture
def desk(session: Session) -> WorkDesk:
    return open_work_desk(session)


def parts(desk: WorkDesk) -> list[DailyPart]:
    desk.session.flush()
    return daily_parts(desk.session, today=TODAY, addresses=ADDRESSES)


def letters(desk: WorkDesk) -> dict[str, str]:
    """The subjects of today's letters, by address."""
    due = daily_due(desk.session, parts(desk), now=NOW)
    return {each.to_address: each.subject for each in due.letters}


def test_what_is_due_within_two_days_or_overdue_is_written_of_until_it_is_done(desk: WorkDesk) -> None:
    late = desk.set(what="Late", due_on=TODAY - timedelta(days=3), may_be_past=True)
    desk.set(what="Soon", due_on=TODAY + timedelta(days=2))
    desk.set(what="Later", due_on=TODAY + timedelta(days=3))
    (part,) = parts(desk)
    assert part.subject == "1 action overdue and 1 action due soon"
    assert f"- Late, due 13 November 2026, 3 days ago: https://npt.example/my/actions/{late.id}" in part.text
    assert "Later" not in part.text
    move_action(
        desk.session,
        late,
        stamp=desk.stamp,
        today=TODAY,
        state=ActionState.DROPPED,
        reason="No",
        expected_version=None,
    )
    assert [each.subject for each in parts(desk)] == ["1 action due soon"]


def test_members_partners_and_everybody_of_an_agency_are_written_to_once(desk: WorkDesk) -> None:
    colleague = make.account(desk.session, email="colleague@council.example")
    make.partner(desk.session, colleague, agency=desk.council)
    for owner in (of_account(desk.partner), of_agency(desk.council)):
        desk.set(owner=owner, due_on=TODAY)
    desk.set(due_on=TODAY)
    assert letters(desk) == {
        "pcso@force.example": "1 action due soon",
        "partner@council.example": "2 actions due soon",
    }


def test_who_wants_none_and_whose_vetting_ran_out_are_not_written_to(desk: WorkDesk) -> None:
    desk.set(owner=of_agency(desk.council), due_on=TODAY)
    desk.set(owner=of_account(desk.partner), due_on=TODAY)
    assert letters(desk).keys() == {"partner@council.example"}
    membership = desk.session.scalars(select(PartnerAccount)).one()
    membership.vetted_until = TODAY - timedelta(days=1)
    assert letters(desk) == {}
    membership.vetted_until = TODAY
    desk.partner.wants_reminders = False
    assert letters(desk) == {}


def test_a_partner_who_has_left_or_never_had_an_agency_is_not_written_to(desk: WorkDesk) -> None:
    desk.set(owner=of_account(desk.partner), due_on=TODAY)
    membership = desk.session.scalars(select(PartnerAccount)).one()
    membership.ended_at = NOW - timedelta(days=1)
    assert letters(desk) == {}
    desk.session.delete(membership)
    assert letters(desk) == {}


def test_a_sergeant_who_once_was_a_partner_is_written_to(desk: WorkDesk) -> None:
    action = desk.set(owner=of_account(desk.sergeant), due_on=TODAY)
    make.partner(desk.session, desk.sergeant, agency=desk.council).ended_at = NOW - timedelta(days=1)
    assert letters(desk).keys() == {"sergeant@force.example"}
    whose = mine_beyond_door(desk.session, desk.sergeant.id, TODAY)
    assert whose is not None
    assert dated_actions(desk.session, whose, last=TODAY) == [action]


def test_a_letter_names_so_many_and_counts_the_rest(desk: WorkDesk) -> None:
    for number in range(MOST_NAMED + 2):
        desk.set(what=f"Number {number}", due_on=TODAY)
    (part,) = parts(desk)
    assert part.text.count("\n- Number") == MOST_NAMED
    assert "- and 2 more" in part.text
