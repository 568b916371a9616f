"""The pages of operations, as an inspector plans with them and a sergeant sees them."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from npt.access.rules import Role
from npt.operations.models import Operation
from npt.operations.rules import OperationStatus
from npt.shifts.models import Away
from tests import make
from tests.built_once import built_once
from tests.records.match_day import MatchDay, open_match_day
from tests.visiting import Visitor

MATCH = {
    "name": "Town against Rovers",
    "kind": "football",
    "first_on": "21 11 2026",
    "starts": "12:00",
    "ends": "18:00",
    "reason": "event",
    "note": "Meet at the north gate",
}


@built_once
def day(app: Flask, session: Session) -> MatchDay:
    """The area A1 with its teams on shift, its inspector, the sergeants of both teams and an officer."""
    made = open_match_day(session)
    make.account(session, role=Role.INSPECTOR, unit=made.area, email="inspector@force.example")
    make.account(session, role=Role.OFFICER, unit=made.teams[0], email="officer@force.example")
    for team in made.teams:
        make.account(session, role=Role.SERGEANT, unit=team, email=f"{team.code.lower()}@force.example")
    session.commit()
    return made


@pytest.fixture
def inspector(app: Flask, day: MatchDay) -> Visitor:
    return Visitor(app, "inspector@force.example")


def plain(page: TestResponse) -> str:
    """A page as somebody reads it: without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def planned(inspector: Visitor, **other: str) -> str:
    """The address of an operation that the inspector has just planned."""
    answer = inspector.send("/units/A1/operations/new", **{**MATCH, **other})
    assert answer.status_code == 303, plain(answer)
    return answer.location


def asked(inspector: Visitor, number: int, **other: str) -> tuple[str, str]:
    """The addresses of an operation that asks the area for constables, and of their choice."""
    address = planned(inspector, **other)
    answer = inspector.send(f"{address}/ask", unit="A1", role="constable", number=str(number))
    assert answer.status_code == 303, plain(answer)
    (choose,) = re.findall(rf'href="({address}/asks/\d+)"', inspector.open(address).text)
    return address, choose


def boxes(page: TestResponse) -> list[tuple[str, bool]]:
    """The tick boxes of the page: the value of each, and whether it is ticked."""
    found = re.findall(r'name="members" type="checkbox" value="([^"]+)"( checked)?', page.text)
    return [(value, bool(ticked)) for value, ticked in found]


def tick(inspector: Visitor, choose: str, values: list[str], query: str = "") -> TestResponse:
    """Send the open page of choices with these boxes ticked."""
    shown = inspector.open(choose)
    assert shown.status_code == 200, plain(shown)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', shown.text))
    return inspector.client.post(choose + query, data={**hidden, "members": values})


def suggested(inspector: Visitor, choose: str) -> list[str]:
    """The boxes that are ticked when the page opens."""
    return [value for value, ticked in boxes(inspector.open(choose)) if ticked]


def committed(inspector: Visitor, number: int) -> tuple[str, str]:
    """The addresses of an operation that has taken constables, and of their choice."""
    address, choose = asked(inspector, number)
    assert tick(inspector, choose, suggested(inspector, choose)).status_code == 303
    inspector.open(address)
    answer = inspector.fill(f"{address}/commit")
    assert answer.status_code == 303
    assert "The operation is committed" in plain(inspector.open(address))
    return address, choose


def away(session: Session) -> list[int]:
    session.rollback()
    found = list(session.scalars(select(Away.shift_id)))
    session.rollback()
    return found


def status(session: Session) -> OperationStatus:
    session.rollback()
    found = session.scalars(select(Operation.status)).one()
    session.rollback()
    return found


def test_a_new_operation_is_a_draft_that_says_when_it_is(inspector: Visitor) -> None:
    shown = plain(inspector.open(planned(inspector)))
    assert "Draft 21 November 2026, 12:00 to 18:00" in shown
    assert "Meet at the north gate" in shown
    assert "No one is asked for yet" in shown


def test_an_operation_of_several_nights_says_so(inspector: Visitor) -> None:
    shown = plain(inspector.open(planned(inspector, last_on="23 11 2026", starts="18:00", ends="02:00")))
    assert "21 November 2026 to 23 November 2026, each day 18:00 to 02:00 the next day" in shown


def test_pressing_twice_plans_one_operation(inspector: Visitor, session: Session) -> None:
    inspector.open("/units/A1/operations/new")
    first, second = (inspector.fill("/units/A1/operations/new", **MATCH) for _ in range(2))
    assert first.location == second.location
    assert len(session.scalars(select(Operation)).all()) == 1


def test_a_last_day_before_the_first_is_refused_beside_the_field(inspector: Visitor) -> None:
    answer = inspector.send("/units/A1/operations/new", **{**MATCH, "last_on": "20 11 2026"})
    assert answer.status_code == 422
    assert 'href="#last_on-day"' in answer.text
    assert "is before the first" in plain(answer)


def test_asking_for_more_than_there_are_names_how_many_there_are(inspector: Visitor) -> None:
    address = planned(inspector)
    answer = inspector.send(f"{address}/ask", unit="A1", role="constable", number="7")
    assert answer.status_code == 422
    assert "Area A1 has 6 constables on shift and free during 21 November 2026 12:00 to 18:00" in plain(
        answer
    )
    assert 'value="7"' in answer.text
    assert "No one is asked for yet" in plain(inspector.open(address))


def test_only_units_under_the_one_that_plans_are_offered(inspector: Visitor, day: MatchDay) -> None:
    page = inspector.open(f"{planned(inspector)}/ask")
    assert re.findall(r'<option value="([AT][^"]*)"', page.text) == ["A1", "T1", "T2"]


def test_the_best_are_ticked_as_a_suggestion_that_spreads_over_the_teams(
    inspector: Visitor, day: MatchDay
) -> None:
    _, choose = asked(inspector, 2)
    ticked = suggested(inspector, choose)
    assert ticked == [f"2026-11-21.{day.ids[number]}" for number in ("1001", "2001")]
    shown = plain(inspector.page)
    assert "ticked as a suggestion" in shown
    assert "Team T1 : November 2026, Officers November 2026 Officers 6 h 6 h 0 min within 20%" in shown


def test_what_other_ticks_would_do_is_shown_before_anything_is_saved(
    inspector: Visitor, day: MatchDay, session: Session
) -> None:
    _, choose = asked(inspector, 2)
    both = [f"2026-11-21.{day.ids[number]}" for number in ("1001", "1002")]
    answer = tick(inspector, choose, both, "?preview=yes")
    assert answer.status_code == 200
    assert "6 h 12 h −6 h breaks the target of 20%" in plain(answer)
    assert [value for value, ticked in boxes(answer) if ticked] == both
    assert "No one is chosen" in plain(inspector.open(choose.partition("/asks")[0]))


def test_whoever_is_absent_stands_last_with_the_reason_against_and_without_a_box(
    inspector: Visitor, day: MatchDay, session: Session
) -> None:
    make.away(session, shift=day.shifts["1001"], reason="sickness")
    session.commit()
    _, choose = asked(inspector, 1)
    page = inspector.open(choose)
    assert len(boxes(page)) == 5
    assert "absent 10:00 to 20:00" in plain(page)
    assert "ickness" not in page.text


def test_choosing_more_than_are_asked_is_refused_and_keeps_the_ticks(
    inspector: Visitor, day: MatchDay
) -> None:
    _, choose = asked(inspector, 1)
    both = [f"2026-11-21.{day.ids[number]}" for number in ("1001", "1002")]
    answer = tick(inspector, choose, both)
    assert answer.status_code == 422
    assert "you chose 2 of the 1 asked for" in plain(answer)
    assert [value for value, ticked in boxes(answer) if ticked] == both


@pytest.mark.parametrize("value", ["2026-13-45.1", "x", "2026-11-21.0", "2026-11-21." + "9" * 30])
def test_a_box_that_is_none_of_ours_is_refused(inspector: Visitor, value: str) -> None:
    _, choose = asked(inspector, 1)
    assert tick(inspector, choose, [value]).status_code == 422


def test_committing_records_the_abstractions_and_the_day_names_the_operation(
    inspector: Visitor, session: Session
) -> None:
    committed(inspector, 2)
    assert len(away(session)) == 2
    assert "Operation: Town against Rovers" in plain(inspector.open("/teams/T1/day/2026-11-21"))


def test_an_incomplete_choice_is_not_committed(inspector: Visitor, session: Session) -> None:
    address, _ = asked(inspector, 2)
    inspector.open(address)
    inspector.fill(f"{address}/commit")
    assert "0 of 2 constables from Area A1 are chosen: choose 2 more" in plain(inspector.open(address))
    assert status(session) is OperationStatus.DRAFT
    assert away(session) == []


def test_committing_what_changed_meanwhile_is_refused(
    inspector: Visitor, day: MatchDay, session: Session
) -> None:
    address, choose = asked(inspector, 2)
    tick(inspector, choose, suggested(inspector, choose))
    inspector.open(address)
    make.away(session, shift=day.shifts["1001"], reason="sickness")
    session.commit()
    inspector.fill(f"{address}/commit")
    shown = plain(inspector.open(address))
    assert "Name 1001 (1001) on 21 November 2026: absent 10:00 to 20:00" in shown
    assert len(away(session)) == 1


def test_a_second_press_of_commit_records_nothing_more(inspector: Visitor, session: Session) -> None:
    address, choose = asked(inspector, 2)
    tick(inspector, choose, suggested(inspector, choose))
    inspector.open(address)
    for _ in range(2):
        inspector.fill(f"{address}/commit")
    assert len(away(session)) == 2


def test_cancelling_takes_everything_back(inspector: Visitor, session: Session) -> None:
    address, _ = committed(inspector, 3)
    inspector.open(address)
    inspector.fill(f"{address}/cancel")
    assert "3 abstractions removed" in plain(inspector.open(address))
    assert away(session) == []


def test_cancelling_names_whose_record_was_changed(
    inspector: Visitor, day: MatchDay, session: Session
) -> None:
    address, _ = committed(inspector, 2)
    changed = session.scalars(select(Away).where(Away.shift_id == day.ids["2001"])).one()
    changed.note = "Home early"
    session.commit()
    assert "the record has since changed" in plain(inspector.open(address))
    inspector.fill(f"{address}/cancel")
    assert "Name 2001 (2001) on 21 November 2026" in plain(inspector.open(address))
    assert status(session) is OperationStatus.COMMITTED


def test_after_committing_one_is_released_and_another_added(
    inspector: Visitor, day: MatchDay, session: Session
) -> None:
    _, choose = committed(inspector, 2)
    other = [f"2026-11-21.{day.ids[number]}" for number in ("1001", "2002")]
    preview = tick(inspector, choose, other, "?preview=yes")
    assert "Effect of the ticked members" in plain(preview)
    assert tick(inspector, choose, other).status_code == 303
    assert sorted(away(session)) == sorted(day.ids[number] for number in ("1001", "2002"))


def test_two_who_change_one_operation_lose_nothing(app: Flask, inspector: Visitor, day: MatchDay) -> None:
    _, choose = asked(inspector, 2)
    shown = inspector.open(choose)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', shown.text))
    other = Visitor(app, "inspector@force.example")
    tick(other, choose, [f"2026-11-21.{day.ids['1003']}"])
    mine = f"2026-11-21.{day.ids['2003']}"
    answer = inspector.client.post(choose, data={**hidden, "members": [mine]})
    assert answer.status_code == 409
    assert [value for value, ticked in boxes(answer) if ticked] == [mine]
    assert "Name 1003 1003, Team T1 chosen" in plain(answer)


def test_correcting_an_operation_that_changed_meanwhile_shows_both_versions(
    app: Flask, inspector: Visitor
) -> None:
    address = planned(inspector)
    inspector.open(f"{address}/correct")
    Visitor(app, "inspector@force.example").send(
        f"{address}/correct", **{**MATCH, "name": "Town against City"}
    )
    answer = inspector.fill(f"{address}/correct", **{**MATCH, "name": "Town against United"})
    assert answer.status_code == 409
    assert "Town against United" in plain(answer)
    assert "Town against City" in plain(answer)


def test_the_sergeant_sees_what_takes_from_the_team_and_only_that_part(
    app: Flask, inspector: Visitor
) -> None:
    address, _ = committed(inspector, 2)
    sergeant = Visitor(app, "t1@force.example")
    assert "Town against Rovers" in plain(sergeant.open("/units/T1/operations"))
    shown = plain(sergeant.open(address.replace("/A1/", "/T1/")))
    assert "Name 1001" in shown
    assert "Name 2001" not in shown
    assert "Cancel the operation" not in shown
    assert sergeant.open(address).status_code == 403


def test_a_team_from_which_nobody_is_taken_does_not_see_the_operation(app: Flask, inspector: Visitor) -> None:
    address, _ = committed(inspector, 1)
    sergeant = Visitor(app, "t2@force.example")
    assert "None planned" in plain(sergeant.open("/units/T2/operations"))
    assert sergeant.open(address.replace("/A1/", "/T2/")).status_code == 404


@pytest.mark.parametrize("end", ["/correct", "/ask", "/commit", "/cancel"])
def test_a_sergeant_may_not_plan(app: Flask, inspector: Visitor, end: str) -> None:
    address, _ = committed(inspector, 2)
    sergeant = Visitor(app, "t1@force.example")
    sergeant.open("/account")
    assert sergeant.fill(address.replace("/A1/", "/T1/") + end).status_code == 403


def test_the_day_of_a_team_leads_to_the_operation_that_took_somebody(app: Flask, inspector: Visitor) -> None:
    address, _ = committed(inspector, 2)
    for role in ("t1", "officer"):
        visitor = Visitor(app, f"{role}@force.example")
        shown = visitor.open("/teams/T1/day/2026-11-21")
        (href,) = set(re.findall(r'<a class="govuk-link npt-note" href="([^"]+)"', shown.text))
        assert href == address.replace("/A1/", "/T1/")
        assert "Operation: Town against Rovers" in plain(shown)
        assert visitor.open(href).status_code == 200


def test_the_day_names_no_operation_for_a_record_that_was_changed_by_hand(
    session: Session, app: Flask, inspector: Visitor
) -> None:
    committed(inspector, 1)
    (away_id,) = away(session)
    sergeant = Visitor(app, "t1@force.example")
    changed = sergeant.send(
        f"/teams/T1/day/2026-11-21/away/{away_id}", reason="event", starts="12:00", ends="17:00"
    )
    assert changed.status_code == 303, plain(changed)
    assert "govuk-link npt-note" not in sergeant.open("/teams/T1/day/2026-11-21").text


def test_a_draft_waits_for_its_inspector_on_the_start_page_and_a_team_sees_what_is_coming(
    app: Flask, inspector: Visitor
) -> None:
    sergeant = Visitor(app, "t1@force.example")
    address, choose = asked(inspector, 2)
    assert "Draft 21 November 2026, 12:00 to 18:00; 0 of 2 chosen: finish it" in plain(inspector.open("/"))
    assert tick(inspector, choose, suggested(inspector, choose)).status_code == 303
    assert "2 of 2 chosen: commit it" in plain(inspector.open("/"))
    assert "would take 1 member from here" in plain(sergeant.open("/"))
    inspector.open(address)
    inspector.fill(f"{address}/commit")
    assert "Committed 21 November 2026, 12:00 to 18:00; takes 1 member from here" in plain(sergeant.open("/"))
    assert address.replace("/A1/", "/T1/") in sergeant.page.text
    inspector.open(address)
    inspector.fill(f"{address}/cancel")
    assert "Town against Rovers" not in plain(sergeant.open("/"))


def test_the_muster_list_says_who_is_needed_when(inspector: Visitor) -> None:
    address, _ = committed(inspector, 2)
    shown = plain(inspector.open(f"{address}/muster"))
    assert "Needed 21 November 2026 12:00 to 18:00: 2 members" in shown
    assert "Name 1001 1001 constable Team T1 10:00 to 20:00 12:00 to 18:00" in shown


def test_what_is_asked_can_be_removed_from_a_draft(inspector: Visitor) -> None:
    address, choose = asked(inspector, 2)
    inspector.open(address)
    inspector.fill(f"{choose}/drop")
    assert "No one is asked for yet" in plain(inspector.open(address))


class TestOver:
    """Looked back upon once the match is over."""

    @pytest.fixture
    def today(self) -> date:
        return date(2026, 11, 30)

    def test_a_past_operation_stands_among_the_past(self, inspector: Visitor) -> None:
        planned(inspector)
        shown = plain(inspector.open("/units/A1/operations"))
        assert shown.index("Past") < shown.index("Town against Rovers")
