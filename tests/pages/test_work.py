"""Actions and clocks on their pages: who sees and changes what, by which button."""

import csv
import io
import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.matters.rules import MatterKind
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.work.models import Action, Clock
from npt.work.rules import ActionState, MatterStage
from tests import make
from tests.built_once import built_once
from tests.records.work_desk import (
    NOW,
    TODAY,
    WorkDesk,
    of_agency,
    of_member,
    open_work_desk,
)
from tests.visiting import Visitor, plain

REGISTER = "/units/T1/actions"


@built_once
def desk(app: Flask, session: Session) -> WorkDesk:
    """The desk, with another sergeant, a constable beside the PCSO, and somebody who may only look."""
    made = open_work_desk(session)
    make.member(session, number="C1", name="Cal Constable", role=PolicingRole.CONSTABLE, team=made.team)
    make.account(session, role=Role.SERGEANT, unit=made.team, email="other@force.example")
    make.account(session, role=Role.HMIC, unit=made.force, email="hmic@force.example")
    session.commit()
    return made


def kept(desk: WorkDesk, action: Action) -> int:
    """The key of an action, committed."""
    key = action.id
    desk.session.commit()
    desk.session.rollback()
    return key


def record(desk: WorkDesk, key: int) -> Action:
    """The action as it is now; nobody waits for whoever looks at it."""
    desk.session.rollback()
    action = desk.session.get_one(Action, key)
    desk.session.expunge(action)
    desk.session.rollback()
    return action


def words_of(text: str) -> str:
    """A page as somebody reads it, without the blanks that its markup leaves before stops."""
    return re.sub(r" (?=[,:;])", "", plain(text))


def moving(app: Flask, email: str, address: str, state: str, version: int = 2) -> str:
    """Press a button that moves an action, which is new at version 2; what the page says then."""
    visitor = Visitor(app, email)
    visitor.open("/my/actions")
    answer = visitor.client.post(
        address, data={"state": state, "version": str(version), "csrf_token": token(visitor)}
    )
    return str(answer.status_code) if answer.status_code != 303 else plain(visitor.open(answer.location).text)


def token(visitor: Visitor) -> str:
    """The token of the page that is open."""
    return visitor.page.text.partition('name="csrf_token" value="')[2].partition('"')[0]


# Setting ----------------------------------------------------------------------------------------------------


def test_a_sergeant_sets_an_action_by_number_and_the_owner_finds_it(app: Flask, desk: WorkDesk) -> None:
    answer = Visitor(app, "sergeant@force.example").send(
        f"{REGISTER}/new",
        what="Ask the <b>shops</b>",
        owner_named="P1",
        due_on="20 11 2026",
        cost="12.50",
        funding="Safer streets",
    )
    assert answer.status_code == 303
    (action,) = desk.session.scalars(select(Action))
    assert (action.cost_pence, action.owner) == (1_250, of_member(desk.pcso))
    desk.session.rollback()
    words = Visitor(app, "pcso@force.example").open("/my/actions").text
    assert "Ask the &lt;b&gt;shops&lt;/b&gt;" in words
    assert "in 4 days" in plain(words)
    assert "Ask the <b>shops</b>" in plain(Visitor(app, "pcso@force.example").open("/").text)


@pytest.mark.usefixtures("desk")
def test_a_day_gone_by_is_asked_about_and_saved_once_it_is_meant(app: Flask) -> None:
    sergeant = Visitor(app, "sergeant@force.example")
    typed = {"what": "Ask the shops", "owner_named": "council", "due_on": "1 11 2026"}
    answer = sergeant.send(f"{REGISTER}/new", **typed)
    assert answer.status_code == 422
    assert "the action would be overdue at once" in plain(answer.text)
    assert 'name="is_past_meant"' in answer.text
    assert sergeant.fill(f"{REGISTER}/new", **typed, is_past_meant="yes").status_code == 303


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"owner_named": "X9"}, "There is no “X9” in this force"),
        ({"owner_named": ""}, "Choose who owns it, or name them here."),
        ({"cost": "-1"}, "The cost must be from £0 to £10,000,000."),
        ({"cost": "123456789012"}, "The cost must be from £0 to £10,000,000."),
        ({"cost": "a lot"}, "The cost must be in pounds and pence, like £250 or £1,250.50."),
        ({"due_on": "1 5 2199"}, "1 May 2199 is more than ten years ahead: check the year."),
        ({"what": " "}, "Say what is to be done."),
    ],
)
@pytest.mark.usefixtures("desk")
def test_what_cannot_be_is_told_beside_its_box(app: Flask, typed: dict[str, str], words: str) -> None:
    usual = {"what": "Ask the shops", "owner_named": "P1", "due_on": "20 11 2026"}
    answer = Visitor(app, "sergeant@force.example").send(f"{REGISTER}/new", **{**usual, **typed})
    assert answer.status_code == 422
    assert words in plain(answer.text)


def test_a_closed_account_is_given_nothing(app: Flask, desk: WorkDesk) -> None:
    desk.partner.closed_at = NOW
    desk.session.commit()
    answer = Visitor(app, "sergeant@force.example").send(
        f"{REGISTER}/new", what="Ask", owner_named="partner@council.example", due_on="20 11 2026"
    )
    assert answer.status_code == 422
    assert "has left, or their account is closed: choose another owner" in plain(answer.text)


def test_an_action_for_a_matter_is_set_from_its_address_and_a_foreign_matter_is_not_found(
    app: Flask, desk: WorkDesk
) -> None:
    problem = make.matter(desk.session, unit=desk.team, reference="P-7", kind=MatterKind.PROBLEM)
    key = problem.id
    desk.session.commit()
    sergeant = Visitor(app, "sergeant@force.example")
    typed = {"what": "Ask", "owner_named": "P1", "due_on": "20 11 2026", "stage": "response"}
    assert sergeant.send(f"{REGISTER}/new?for=P-7", **typed).status_code == 303
    (action,) = desk.session.scalars(select(Action))
    assert (action.matter_id, action.stage) == (key, MatterStage.RESPONSE)
    assert sergeant.open(f"{REGISTER}/new?for=P-8").status_code == 404


# My actions -------------------------------------------------------------------------------------------------


def test_an_action_is_done_by_one_tap_and_a_second_tap_changes_nothing(app: Flask, desk: WorkDesk) -> None:
    key = kept(desk, desk.set())
    assert "Done: Ask the shops" in moving(app, "pcso@force.example", f"/my/actions/{key}/move", "done")
    assert record(desk, key).ended_on == TODAY
    again = moving(app, "pcso@force.example", f"/my/actions/{key}/move", "done")
    assert "It was like that already" in again


def test_an_owner_adds_a_result_and_reopening_needs_a_reason(app: Flask, desk: WorkDesk) -> None:
    key = kept(desk, desk.set())
    pcso = Visitor(app, "pcso@force.example")
    address = f"/my/actions/{key}"
    assert pcso.send(address, state="done", result="All agreed").status_code == 303
    assert record(desk, key).result == "All agreed"
    answer = pcso.send(address, state="under-way", result="All agreed")
    assert answer.status_code == 422
    assert "Say why the action is reopened." in plain(answer.text)
    assert pcso.fill(address, state="under-way", result="", reason="Two disagree").status_code == 303
    shown = plain(pcso.open(address).text)
    assert "Reopened: Two disagree" in shown
    assert record(desk, key).state is ActionState.UNDER_WAY


def test_nobody_opens_or_moves_what_is_somebody_elses(app: Flask, desk: WorkDesk) -> None:
    key = kept(desk, desk.set(owner=of_agency(desk.council)))
    assert Visitor(app, "pcso@force.example").open(f"/my/actions/{key}").status_code == 404
    assert moving(app, "pcso@force.example", f"/my/actions/{key}/move", "done") == "404"
    assert moving(app, "pcso@force.example", f"/my/actions/{key}/move", "no state") == "404"


def test_a_partner_sees_their_agencys_action_and_of_its_matter_only_the_kind(
    app: Flask, desk: WorkDesk
) -> None:
    council = kept(desk, desk.set(matter=desk.document, owner=of_agency(desk.council)))
    other = kept(desk, desk.set(owner=of_agency(make.agency(desk.session, code="fire"))))
    partner = Visitor(app, "partner@council.example")
    words = words_of(partner.open("/my/actions").text)
    assert "a document, Team T1, for Agency council" in words
    assert "Alcohol strategy" not in words
    assert partner.open(f"/my/actions/{council}").status_code == 200
    assert partner.open(f"/my/actions/{other}").status_code == 404
    assert partner.open(f"{REGISTER}/{council}").status_code == 403
    assert partner.send(f"/my/actions/{council}", state="done", result="Lit again").status_code == 303


# The register and the board ---------------------------------------------------------------------------------


def test_the_register_is_filtered_by_its_address_and_taken_out_as_it_is_shown(
    app: Flask, desk: WorkDesk
) -> None:
    desk.set(what="Late", due_on=date(2026, 11, 1), may_be_past=True)
    desk.set(what="=Later()", owner=of_agency(desk.council), matter=desk.document, cost_pence=950)
    desk.session.commit()
    sergeant = Visitor(app, "sergeant@force.example")
    assert "15 days overdue" in plain(sergeant.open(f"{REGISTER}?due=overdue").text)
    shown = sergeant.client.get(f"{REGISTER}?kind=document&format=csv").data.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(shown))
    assert (row["for"], row["owner"], row["cost"], row["state"]) == (
        "DOC-A",
        "Agency council",
        "9.50",
        "planned",
    )


def test_who_may_only_look_is_offered_no_button(app: Flask, desk: WorkDesk) -> None:
    key = kept(desk, desk.set())
    hmic = Visitor(app, "hmic@force.example")
    for address in (f"{REGISTER}/board", f"{REGISTER}/{key}", REGISTER):
        shown = hmic.open(address).text
        assert "Record as done" not in shown
        assert "Set an action" not in shown


def test_a_card_moves_on_the_board_and_a_stale_one_does_not(app: Flask, desk: WorkDesk) -> None:
    key = kept(desk, desk.set())
    address = f"{REGISTER}/{key}/move"
    assert "Under way: Ask the shops" in moving(app, "sergeant@force.example", address, "under-way")
    stale = moving(app, "other@force.example", address, "planned")
    assert "Somebody else changed this after you opened it" in stale
    dropped = moving(app, "sergeant@force.example", address, "dropped", version=3)
    assert "Say why the action is dropped." in dropped


def test_an_action_is_found_by_its_words(app: Flask, desk: WorkDesk) -> None:
    key = kept(desk, desk.set(what="Ask O’Brien’s café"))
    found = Visitor(app, "sergeant@force.example").open("/search?q=obrien+cafe").text
    assert f"/units/T1/actions/{key}" in found


# Many at once -----------------------------------------------------------------------------------------------


def test_many_are_looked_at_first_and_given_to_somebody_else_then(app: Flask, desk: WorkDesk) -> None:
    pcso = of_member(desk.pcso)
    keys = [kept(desk, desk.set(what=what)) for what in ("First", "Second")]
    sergeant = Visitor(app, "sergeant@force.example")
    address = f"{REGISTER}/assign"
    typed = {"actions": str(keys[0]), "owner_named": "C1", "due_on": "30 11 2026"}
    looked = sergeant.send(address, **typed)
    assert looked.status_code == 200
    assert "First: from Pat Example to Cal Constable; due 30 November 2026" in words_of(looked.text)
    assert record(desk, keys[0]).owner == pcso
    sergeant.page = looked
    assert sergeant.fill(address, **typed).status_code == 303
    constable = desk.session.scalars(select(Member).where(Member.number == "C1")).one()
    assert record(desk, keys[0]).owner == of_member(constable)
    assert record(desk, keys[1]).owner == pcso


def test_of_two_sergeants_who_assign_the_same_actions_the_second_looks_again(
    app: Flask, desk: WorkDesk
) -> None:
    key = kept(desk, desk.set())
    first, second = (Visitor(app, f"{who}@force.example") for who in ("sergeant", "other"))
    address = f"{REGISTER}/assign"
    for visitor, owner in ((first, "C1"), (second, "council")):
        visitor.page = visitor.send(address, actions=str(key), owner_named=owner)
    assert first.fill(address, actions=str(key), owner_named="C1").status_code == 303
    overtaken = second.fill(address, actions=str(key), owner_named="council")
    assert overtaken.status_code == 200
    assert "from Cal Constable to Agency council" in words_of(overtaken.text)
    assert record(desk, key).owner != of_agency(desk.council)


def test_an_action_that_ended_meanwhile_is_named_and_the_other_ticks_and_words_stay(
    app: Flask, desk: WorkDesk
) -> None:
    ended, still = (kept(desk, desk.set(what=what)) for what in ("Ended meanwhile", "Still to do"))
    sergeant, address = Visitor(app, "sergeant@force.example"), f"{REGISTER}/assign"
    sergeant.open(address)
    done = moving(app, "other@force.example", f"{REGISTER}/{ended}/move", "done")
    assert "Done" in done
    sent = {"actions": [str(ended), str(still)], "owner_named": "C1", "csrf_token": token(sergeant)}
    answer = sergeant.client.post(address, data={"version": "0", **sent})
    assert answer.status_code == 422
    assert "“Ended meanwhile” is done by now. Nothing is saved" in plain(answer.text)
    assert re.search(f'value="{still}"[^>]* checked', answer.text)
    assert 'value="C1"' in answer.text
    assert f'value="{ended}"' not in answer.text


# Clocks -----------------------------------------------------------------------------------------------------


def test_a_clock_is_set_paused_started_again_and_ended(app: Flask, desk: WorkDesk) -> None:
    sergeant = Visitor(app, "sergeant@force.example")
    typed = {"kind": "reply", "what": "Answer the shop", "owner_named": "P1", "starts_on": "16 11 2026"}
    made = sergeant.send("/units/T1/clocks/new", **typed, starts_time="00:01")
    assert made.status_code == 303
    assert "due in" in plain(sergeant.open(made.location).text)
    assert sergeant.send(f"{made.location}/pause", reason="Waiting for the person").status_code == 303
    assert "Waiting for the person" in plain(sergeant.open("/units/T1/clocks").text)
    for step, said in (("resume", "due in"), ("end", "ended in time")):
        sergeant.open(made.location)
        assert sergeant.fill(f"{made.location}/{step}").status_code == 303
        assert said in plain(sergeant.open(made.location).text)
    assert "Somebody else changed" not in sergeant.page.text


def test_a_start_in_the_hour_that_happened_twice_is_told_which_of_the_two_it_is(
    app: Flask, desk: WorkDesk
) -> None:
    sergeant = Visitor(app, "sergeant@force.example")
    typed = {"kind": "reply", "what": "Answer the shop", "owner_named": "P1", "starts_on": "25 10 2026"}
    made = sergeant.send("/units/T1/clocks/new", **typed, starts_time="01:30")
    shown = plain(sergeant.open(made.location).text)
    assert "01:30 happened twice that day" in shown
    assert "it started at 01:30 BST, the first of the two" in shown


def test_a_clock_is_offered_on_an_action_while_it_is_to_be_done(app: Flask, desk: WorkDesk) -> None:
    key = kept(desk, desk.set())
    sergeant = Visitor(app, "sergeant@force.example")
    assert "Set a clock on it" in sergeant.open(f"{REGISTER}/{key}").text
    moving(app, "sergeant@force.example", f"{REGISTER}/{key}/move", "done")
    shown = sergeant.open(f"{REGISTER}/{key}").text
    assert "reopen it" in shown
    assert "Set a clock on it" not in shown


def test_the_review_of_a_document_is_a_clock_of_its_own_on_its_page(app: Flask, desk: WorkDesk) -> None:
    sergeant = Visitor(app, "sergeant@force.example")
    typed = {"kind": "review", "what": "Review it", "owner_named": "P1", "starts_on": "1 11 2026"}
    made = sergeant.send("/units/T1/clocks/new?for=DOC-A", **typed, starts_time="09:00", due_on="15 11 2026")
    assert made.status_code == 303
    (clock,) = desk.session.scalars(select(Clock))
    assert clock.matter_id == desk.document.id
    desk.session.rollback()
    listed = plain(sergeant.open("/units/T1/clocks?show=breaches").text)
    assert "Review it Review, Alcohol strategy Pat Example" in listed
    assert "over" in listed


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"starts_on": "29 3 2026", "starts_time": "01:30"}, "clocks go forward from 01:00 to 02:00"),
        ({"starts_on": "17 11 2026"}, "has not come yet"),
        ({"starts_on": "1 1 1900"}, "1 January 1900 is more than ten years ago: check the year."),
        ({"kind": "other"}, "Enter the last day, or a length and what it is counted in."),
        ({"kind": "reply", "amount": "13", "measure": "months"}, "has its own limit"),
        ({"kind": "other", "amount": "9999", "measure": "hours"}, "Give from 1 to 8,784 hours."),
    ],
)
@pytest.mark.usefixtures("desk")
def test_a_clock_that_cannot_be_is_told_so(app: Flask, typed: dict[str, str], words: str) -> None:
    usual = {"kind": "reply", "what": "Answer", "owner_named": "P1", "starts_on": "1 11 2026"}
    sergeant = Visitor(app, "sergeant@force.example")
    answer = sergeant.send("/units/T1/clocks/new", **{**usual, "starts_time": "09:00", **typed})
    assert answer.status_code == 422
    assert words in plain(answer.text)
