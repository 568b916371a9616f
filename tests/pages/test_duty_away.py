"""Recording time away on a team's day: for one or many, checked before, taken back after, never lost."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from npt.access.rules import Role
from npt.kit.clock import to_local
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.shifts.models import Away, Reason, Shift
from tests import make
from tests.built_once import built_once
from tests.house.statements import statements_of
from tests.visiting import Visitor, plain

DAY = "/teams/T1/day/2026-11-16"


@dataclass(frozen=True)
class Team:
    """Team T1 on Monday 16 November 2026: Ann and Ben on earlies, Cas on the night, Dee sick on an early."""

    app: Flask
    ann: int
    ben: int
    cas: int
    dee: int


@built_once
def team(app: Flask, session: Session) -> Team:
    unit = make.team(session, code="T1")
    shifts = []
    for number, name, starts, ends in (
        ("71", "Ann Example", "2026-11-16T07:00", "2026-11-16T16:00"),
        ("72", "Ben Example", "2026-11-16T07:00", "2026-11-16T16:00"),
        ("73", "Cas Example", "2026-11-16T22:00", "2026-11-17T07:00"),
        ("74", "Dee Example", "2026-11-16T07:00", "2026-11-16T16:00"),
    ):
        member = make.member(session, number=number, name=name, role=PolicingRole.CONSTABLE, team=unit)
        shifts.append(make.shift(session, member=member, starts=starts, ends=ends))
    make.away(session, shift=shifts[3], reason="sickness")
    for email in ("sergeant", "second"):
        make.account(session, role=Role.SERGEANT, unit=unit, email=f"{email}@force.example")
    made = Team(app, *(shift.id for shift in shifts))
    session.commit()
    return made


class Sergeant(Visitor):
    """Somebody who records on the day that is open."""

    def record(
        self,
        *members: int,
        ask: str = "",
        day: str = DAY,
        reason: str = "custody",
        when: str = "whole",
        **typed: str,
    ) -> TestResponse:
        """Send the form of the page that is open, for these shifts."""
        form = re.search(r'<form id="record".*?</form>', self.page.text, re.S)
        assert form is not None
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[0])
        sent: dict[str, str | list[str]] = {name: unescape(value) for name, value in hidden}
        sent |= {"members": [str(member) for member in members], "reason": reason, "when": when, **typed}
        return self.client.post(f"{day}/record{ask}", data=sent)


@pytest.fixture
def sergeant(team: Team) -> Sergeant:
    """The sergeant of T1, with the day open."""
    person = Sergeant(team.app, "sergeant@force.example")
    person.open(DAY)
    return person


def recorded(session: Session) -> list[tuple[int, str, str]]:
    """What is recorded beside Dee's sickness: shift, local start, local end."""
    asked = select(Away.shift_id, Away.starts_at, Away.ends_at).join(Reason).where(Reason.code != "sickness")
    rows = session.execute(asked.order_by(Away.shift_id, Away.starts_at)).all()
    # On SQLite a session that is still reading keeps the application from writing.
    session.rollback()
    return [(shift, f"{to_local(a):%H:%M}", f"{to_local(b):%H:%M}") for shift, a, b in rows]


# Saving -----------------------------------------------------------------------------------------------------


def test_one_entry_is_recorded_for_several_members(sergeant: Sergeant, team: Team, session: Session) -> None:
    assert sergeant.record(team.ann, team.ben, reason="event").status_code == 303
    assert recorded(session) == [(team.ann, "07:00", "16:00"), (team.ben, "07:00", "16:00")]


def test_the_whole_team_is_everybody_who_is_on_duty(sergeant: Sergeant, team: Team, session: Session) -> None:
    assert sergeant.record(whole_team="yes").status_code == 303
    assert [shift for shift, _, _ in recorded(session)] == [team.ann, team.ben, team.cas]


def test_the_message_names_the_headroom_that_is_left(sergeant: Sergeant, team: Team) -> None:
    where = sergeant.record(team.ann, when="between", ends="08:00").location
    # 20% of the 27 h of those on duty is 5 h 24 min; one hour is used.
    assert "Officers 4 h 24 min left of 5 h 24 min" in plain(sergeant.open(where).text)


def test_what_was_recorded_can_be_taken_back_at_once(
    sergeant: Sergeant, team: Team, session: Session
) -> None:
    page = sergeant.open(sergeant.record(team.ann, team.ben).location).text
    undo = re.search(r'Not what you meant\?.*?action="([^"]+/undo)"', page, re.S)
    assert undo is not None
    sergeant.fill(undo[1])
    assert recorded(session) == []
    assert "Undone" in sergeant.open(DAY).text


def test_what_was_taken_back_cannot_be_taken_back_again(sergeant: Sergeant, team: Team) -> None:
    page = sergeant.open(sergeant.record(team.ann).location).text
    undo = re.search(r'action="([^"]+/undo)"', page)
    assert undo is not None
    sergeant.fill(undo[1])
    sergeant.open(DAY)
    sergeant.fill(undo[1])
    assert "This was undone already" in sergeant.open(DAY).text


def test_pressing_twice_records_once(sergeant: Sergeant, team: Team, session: Session) -> None:
    first = sergeant.record(team.ann)
    again = sergeant.record(team.ann)
    assert again.location == first.location
    assert recorded(session) == [(team.ann, "07:00", "16:00")]


def test_times_after_midnight_of_a_night_are_on_the_next_day(
    sergeant: Sergeant, team: Team, session: Session
) -> None:
    sergeant.record(team.cas, when="between", starts="0130", ends="4.15")
    away = session.scalars(select(Away).where(Away.shift_id == team.cas)).one()
    assert to_local(away.starts_at).replace(tzinfo=None) == datetime.fromisoformat("2026-11-17T01:30")
    assert recorded(session) == [(team.cas, "01:30", "04:15")]


@pytest.fixture
def all_day(team: Team, session: Session) -> int:
    """A shift that lasts the whole day, so that it is on whenever the test runs."""
    unit = session.scalars(select(Unit).where(Unit.code == "T1")).one()
    member = make.member(session, name="Eve Example", role=PolicingRole.CONSTABLE, team=unit)
    shift = make.shift(session, member=member, starts="2026-11-16T00:00", ends="2026-11-17T00:00").id
    session.commit()
    return shift


def test_from_now_runs_to_the_end_of_the_shift(sergeant: Sergeant, all_day: int, session: Session) -> None:
    assert "From now (" in sergeant.open(DAY).text
    assert sergeant.record(all_day, when="now").status_code == 303
    away = session.scalars(select(Away).where(Away.shift_id == all_day)).one()
    assert (to_local(away.ends_at).day, to_local(away.ends_at).hour) == (17, 0)


# Before saving ----------------------------------------------------------------------------------------------


def test_the_check_shows_what_the_entry_does_and_saves_nothing(
    sergeant: Sergeant, team: Team, session: Session
) -> None:
    seen = plain(sergeant.record(team.ann, ask="?preview=yes", note="Kept as typed").text)
    assert "Custody for 1 shift. Officers: takes 9 h, then 3 h 36 min over the 5 h 24 min allowed" in seen
    assert "This entry takes the month over its target" in seen
    assert "Kept as typed" in seen
    assert recorded(session) == []


def test_what_was_checked_can_be_saved_from_the_same_page(
    sergeant: Sergeant, team: Team, session: Session
) -> None:
    sergeant.page = sergeant.record(team.ann, ask="?preview=yes")
    assert sergeant.record(team.ann).status_code == 303
    assert recorded(session) == [(team.ann, "07:00", "16:00")]


def asked(sergeant: Sergeant, **typed: str) -> dict[str, str]:
    """What the page is told while an entry is made."""
    address = f"{DAY}/headroom.json"
    answer = sergeant.client.get(address, query_string={"reason": "custody", "when": "whole", **typed})
    assert answer.status_code == 200
    told: dict[str, str] = json.loads(answer.text)
    return told


def test_the_page_asks_what_an_entry_does_while_it_is_made(sergeant: Sergeant, team: Team) -> None:
    told = asked(sergeant, members=str(team.ann), when="between", ends="08:00")
    assert "takes 1 h, then 4 h 24 min left of 5 h 24 min" in told["words"]
    assert "This entry: takes 1 h" in plain(told["html"])


def test_an_absence_lowers_what_is_allowed(sergeant: Sergeant, team: Team) -> None:
    told = asked(sergeant, members=str(team.ann), reason="leave")
    assert "takes 1 h 48 min, then 3 h 36 min left of 3 h 36 min" in told["words"]


def test_an_entry_that_does_not_count_leaves_the_headroom_as_it_is(sergeant: Sergeant, team: Team) -> None:
    assert (
        "does not change the headroom" in asked(sergeant, members=str(team.ann), reason="training")["words"]
    )


def test_an_entry_that_would_be_refused_is_refused_while_it_is_made(sergeant: Sergeant, team: Team) -> None:
    assert "Dee Example (74)" in asked(sergeant, members=str(team.dee))["words"]


def test_without_an_entry_the_page_is_told_the_headroom_alone(sergeant: Sergeant) -> None:
    told = asked(sergeant, reason="")
    assert told["words"] == ""
    assert "5 h 24 min left of 5 h 24 min" in plain(told["html"])


def test_asking_changes_nothing(sergeant: Sergeant, team: Team, session: Session) -> None:
    asked(sergeant, members=str(team.ann))
    assert recorded(session) == []


# Refused ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"reason": ""}, "reason", "Choose a reason"),
        ({"reason": "gardening"}, "reason", "choose one from the list"),
        ({"reason": "other"}, "note", "needs a note"),
        ({"when": "between"}, "starts", "Enter a start, an end, or both"),
        ({"when": "between", "starts": "25:00"}, "starts", "must be from 00:00 to 23:59"),
        ({"when": "between", "starts": "12:00", "ends": "10:00"}, "ends", "before it starts"),
        ({"when": "between", "starts": "06:00"}, "starts", "is not inside the shift"),
        ({"when": "between", "ends": "18:00"}, "ends", "is not inside the shift"),
        ({"when": "whole", "ends": "18:00"}, "ends", "is not inside the shift"),
        ({"note": "x" * 1001}, "note", "must be 1,000 characters or fewer"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(
    sergeant: Sergeant, team: Team, session: Session, typed: dict[str, str], field: str, message: str
) -> None:
    answer = sergeant.record(team.ann, **typed)
    assert answer.status_code == 422
    assert re.search(rf'<a href="#{field}[^"]*">[^<]*{re.escape(message)}', answer.text)
    box = re.search(rf'<input[^>]*name="members"[^>]*value="{team.ann}"[^>]*>', answer.text)
    assert box is not None
    assert "checked" in box[0]
    for name in ("starts", "ends"):
        assert f'value="{typed.get(name, "")}"' in answer.text or not typed.get(name)
    assert recorded(session) == []


def test_times_that_are_typed_mean_between_two_times(
    sergeant: Sergeant, team: Team, session: Session
) -> None:
    assert sergeant.record(team.ann, when="whole", starts="9am", ends="10.30").status_code == 303
    assert recorded(session) == [(team.ann, "09:00", "10:30")]


def test_times_beside_from_now_are_refused(sergeant: Sergeant, all_day: int, session: Session) -> None:
    sergeant.open(DAY)
    page = sergeant.record(all_day, when="now", ends="10:00")
    assert page.status_code == 422
    assert "There are times below" in page.text
    assert recorded(session) == []


def test_times_that_were_typed_are_shown_as_between_two_times_when_something_else_is_refused(
    sergeant: Sergeant, team: Team
) -> None:
    page = sergeant.record(team.ann, when="whole", starts="9am", reason="").text
    box = re.search(r'<input[^>]*name="when"[^>]*value="between"[^>]*>', page)
    assert box is not None
    assert "checked" in box[0]


def test_an_entry_for_nobody_is_refused_beside_the_first_box(sergeant: Sergeant) -> None:
    answer = sergeant.record()
    assert answer.status_code == 422
    assert '<a href="#members">Tick at least one member' in answer.text


def test_one_member_who_cannot_be_recorded_refuses_the_entry_for_all(
    sergeant: Sergeant, team: Team, session: Session
) -> None:
    answer = sergeant.record(team.ann, team.dee)
    assert answer.status_code == 422
    assert "Dee Example (74)" in answer.text
    assert recorded(session) == []


def test_a_shift_of_another_team_cannot_be_recorded_here(sergeant: Sergeant, session: Session) -> None:
    strange = make.shift(session).id
    session.commit()
    assert sergeant.record(strange).status_code == 409
    assert recorded(session) == []


@pytest.mark.parametrize("member", ["0", "-1", "9" * 30, "x", "1; drop table"])
def test_a_key_that_is_none_is_refused(sergeant: Sergeant, member: str) -> None:
    assert sergeant.record(member).status_code == 422  # type: ignore[arg-type]  # what a person may send


# Two people -------------------------------------------------------------------------------------------------


def test_a_day_that_changed_meanwhile_shows_both_and_loses_nothing(
    sergeant: Sergeant, team: Team, session: Session
) -> None:
    second = Sergeant(team.app, "second@force.example")
    second.open(DAY)
    second.record(team.ann, reason="event", when="between", ends="09:00")
    answer = sergeant.record(team.ann, when="between", starts="10:00", ends="12:00", note="Two detained")
    assert answer.status_code == 409
    seen = plain(answer.text)
    assert "10:00 to 12:00 Custody" in seen
    assert "07:00 to 09:00 Event" in seen
    assert "Two detained" in seen
    assert recorded(session) == [(team.ann, "07:00", "09:00")]


def test_the_entry_can_be_sent_again_onto_the_changed_day(
    sergeant: Sergeant, team: Team, session: Session
) -> None:
    second = Sergeant(team.app, "second@force.example")
    second.open(DAY)
    second.record(team.ann, reason="event", when="between", ends="09:00")
    sergeant.page = sergeant.record(team.ann, when="between", starts="10:00", ends="12:00")
    assert sergeant.record(team.ann, when="between", starts="10:00", ends="12:00").status_code == 303
    assert recorded(session) == [(team.ann, "07:00", "09:00"), (team.ann, "10:00", "12:00")]


def test_two_people_record_different_members_at_once(
    sergeant: Sergeant, team: Team, session: Session
) -> None:
    second = Sergeant(team.app, "second@force.example")
    second.open(DAY)
    assert second.record(team.ann).status_code == 303
    assert sergeant.record(team.ben).status_code == 303
    assert [shift for shift, _, _ in recorded(session)] == [team.ann, team.ben]


# Correcting and removing ------------------------------------------------------------------------------------


@pytest.fixture
def custody(sergeant: Sergeant, team: Team, session: Session) -> str:
    """The address of Ann's custody from 09:00 to 11:00."""
    sergeant.record(team.ann, when="between", starts="09:00", ends="11:00")
    away = session.scalars(select(Away.id).where(Away.shift_id == team.ann)).one()
    session.rollback()
    return f"{DAY}/away/{away}"


def test_time_away_is_corrected(sergeant: Sergeant, custody: str, session: Session) -> None:
    answer = sergeant.send(custody, reason="event", starts="09:30", ends="10:30", note="")
    assert answer.status_code == 303
    assert [(starts, ends) for _, starts, ends in recorded(session)] == [("09:30", "10:30")]
    assert "09:30 to 10:30 Event" in plain(sergeant.open(DAY).text)


def test_a_correction_is_refused_beside_its_field(sergeant: Sergeant, custody: str, session: Session) -> None:
    answer = sergeant.send(custody, reason="event", starts="09:30", ends="17:30", note="")
    assert answer.status_code == 422
    assert re.search(r'<a href="#ends">[^<]*is not inside the shift', answer.text)
    assert 'value="17:30"' in answer.text


def test_a_correction_of_what_somebody_else_corrected_shows_both(
    sergeant: Sergeant, team: Team, custody: str, session: Session
) -> None:
    sergeant.open(custody)
    Visitor(team.app, "second@force.example").send(
        custody, reason="custody", starts="09:00", ends="12:00", note=""
    )
    sergeant.page = sergeant.fill(custody, reason="custody", starts="08:00", ends="11:00", note="")
    assert sergeant.page.status_code == 409
    assert "08:00 to 11:00" in sergeant.page.text
    assert "09:00 to 12:00" in sergeant.page.text
    assert sergeant.fill(custody).status_code == 303
    assert [(starts, ends) for _, starts, ends in recorded(session)] == [("08:00", "11:00")]


def test_a_correction_of_what_was_removed_keeps_what_was_typed(
    sergeant: Sergeant, team: Team, custody: str
) -> None:
    sergeant.open(custody)
    second = Visitor(team.app, "second@force.example")
    second.open(custody)
    second.fill(f"{custody}/remove")
    answer = sergeant.fill(custody, reason="custody", starts="08:00", ends="11:00", note="All of it")
    assert answer.status_code == 409
    assert "All of it" in answer.text


def test_time_away_is_removed_and_brought_back(sergeant: Sergeant, custody: str, session: Session) -> None:
    sergeant.open(custody)
    where = sergeant.fill(f"{custody}/remove").location
    assert recorded(session) == []
    undo = re.search(r'action="([^"]+/undo)"', sergeant.open(where).text)
    assert undo is not None
    sergeant.fill(undo[1])
    assert [(starts, ends) for _, starts, ends in recorded(session)] == [("09:00", "11:00")]


def test_what_was_changed_since_it_was_seen_is_not_removed(
    sergeant: Sergeant, team: Team, custody: str, session: Session
) -> None:
    sergeant.open(custody)
    Visitor(team.app, "second@force.example").send(
        custody, reason="custody", starts="09:00", ends="12:00", note=""
    )
    sergeant.fill(f"{custody}/remove")
    assert "Somebody else changed this day" in sergeant.open(DAY).text
    assert len(recorded(session)) == 1


def test_time_away_is_found_only_on_its_own_day(sergeant: Sergeant, custody: str) -> None:
    assert sergeant.open(custody.replace("2026-11-16", "2026-11-17")).status_code == 404


# Clock changes ----------------------------------------------------------------------------------------------


def night(session: Session, team: Team, starts: str, ends: str) -> int:
    """Another night of Cas."""
    member = session.scalars(select(Member).join(Shift).where(Shift.id == team.cas)).one()
    made = make.shift(session, member=member, starts=starts, ends=ends).id
    session.commit()
    return made


def test_a_time_that_happens_twice_is_asked_about_only_then(
    sergeant: Sergeant, team: Team, session: Session
) -> None:
    shift = night(session, team, "2026-10-24T22:00", "2026-10-25T07:00")
    day = "/teams/T1/day/2026-10-24"
    assert "Which start?" not in sergeant.open(day).text
    times = {"when": "between", "starts": "01:30", "ends": "03:00"}
    sergeant.page = sergeant.record(shift, day=day, **times)
    assert sergeant.page.status_code == 422
    assert "Which start?" in sergeant.page.text
    assert "Which end?" not in sergeant.page.text
    sergeant.record(shift, day=day, starts_which="second", **times)
    away = session.scalars(select(Away).where(Away.shift_id == shift)).one()
    assert (away.starts_at.hour, away.minutes) == (1, 90)


def test_a_time_that_never_happens_is_refused_plainly(
    sergeant: Sergeant, team: Team, session: Session
) -> None:
    shift = night(session, team, "2026-03-28T22:00", "2026-03-29T07:00")
    day = "/teams/T1/day/2026-03-28"
    sergeant.open(day)
    answer = sergeant.record(shift, day=day, when="between", starts="01:30")
    assert answer.status_code == 422
    assert "29 March 2026 01:30 never happens" in answer.text


# What a save costs ------------------------------------------------------------------------------------------


def test_a_save_reads_the_headroom_once_and_nothing_that_only_the_page_shows(
    team: Team, sergeant: Sergeant
) -> None:
    with statements_of(team.app) as sent:
        assert sergeant.record(team.ann, team.ben).status_code == 303
    of_month = [text for text in sent if "sum(shift.minutes)" in text and text.startswith("SELECT")]
    assert (len(of_month), [sent[text] for text in of_month]) == (1, [1])
    assert not [text for text in sent if "FROM posting" in text or "FROM confirmation" in text]
    # Who may, what is there, the entry, its act, the sums, what searches find by, the journal: each told or
    # asked once.
    assert sent.total() <= 28


def test_after_saving_the_lines_changed_are_marked_and_led_to_and_undo_stands_by_the_message(
    team: Team, sergeant: Sergeant
) -> None:
    location = sergeant.record(team.ben, team.cas).location
    assert location.endswith("#saved")
    page = sergeant.open(location).text
    rows = re.findall(r"<tr [^>]*npt-grid__row.*?</tr>", page, re.S)
    marked = [plain(row) for row in rows if "npt-grid__row--changed" in row]
    assert [("Ben Example" in row, "Cas Example" in row) for row in marked] == [(True, False), (False, True)]
    assert all("Saved" in row for row in marked)
    assert page.count('id="saved"') == 1
    message = page.index("Custody recorded for Ben Example and Cas Example, different times.")
    assert message < page.index(">Undo<") < page.index("npt-desk__grid")


def test_record_and_a_line_of_headroom_stand_in_the_foot_and_the_bars_below(sergeant: Sergeant) -> None:
    page = sergeant.open(DAY).text
    foot = page[page.index("npt-record-foot") : page.index("npt-desk__lists")]
    assert "data-npt-record" in foot
    assert "Left in November: Officers" in foot
    assert page.index("npt-desk__lists") < page.index("data-npt-effect")


def test_time_away_after_midnight_says_its_own_day(team: Team, sergeant: Sergeant) -> None:
    sergeant.record(team.cas, when="between", starts="01:00", ends="03:00")
    assert "Tue 17 Nov 01:00 to 03:00 Custody" in plain(sergeant.open(DAY).text)


def test_a_shift_over_a_clock_change_says_why_it_is_ten_or_eight_hours(session: Session, app: Flask) -> None:
    unit = make.team(session, code="T9")
    member = make.member(session, number="91", team=unit)
    make.shift(session, member=member, starts="2026-10-24T22:00", ends="2026-10-25T07:00")
    make.shift(session, member=member, starts="2026-03-28T22:00", ends="2026-03-29T07:00")
    make.account(session, role=Role.SERGEANT, unit=unit, email="night@force.example")
    session.commit()
    night = Visitor(app, "night@force.example")
    assert "22:00 to 07:00" in plain(night.open("/teams/T9/day/2026-10-24").text)
    assert "10 h: the clocks go back" in plain(night.open("/teams/T9/day/2026-10-24").text)
    assert "8 h: the clocks go forward" in plain(night.open("/teams/T9/day/2026-03-28").text)


def test_what_was_sent_after_signing_out_is_told_with_member_reason_shift_and_day(
    team: Team, sergeant: Sergeant
) -> None:
    page = sergeant.page
    sergeant.open("/account")
    sergeant.fill("/sign-out")
    sergeant.page = page
    assert sergeant.record(team.cas, when="between", starts="23:00", note="At <A & E>").location == "/sign-in"
    sergeant.open("/sign-in")
    kept = sergeant.fill("/sign-in", email="sergeant@force.example", password=make.PASSWORD).location
    seen = plain(sergeant.open(kept).text)
    assert "Monday 16 November 2026" in seen
    for words in ("Cas Example, 22:00 to 07:00", "Custody", "Between two times", "23:00", "At <A & E>"):
        assert words in seen
    assert f" {team.cas} " not in seen
    again = re.search(
        r'<form method="post" action="([^"]+/record)">(.*?)Save it now', sergeant.page.text, re.S
    )
    assert again is not None
    sent = {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', again[2])}
    assert sergeant.client.post(again[1], data=sent).location.endswith("#saved")


def test_a_correction_sent_with_an_old_token_is_told_with_whose_it_is(
    team: Team, sergeant: Sergeant, session: Session
) -> None:
    sergeant.record(team.ann)
    away_id = session.scalar(select(Away.id).where(Away.shift_id == team.ann))
    session.rollback()
    answer = sergeant.client.post(
        f"{DAY}/away/{away_id}",
        data={"csrf_token": "old", "reason": "event", "starts": "09:00", "ends": "12:00"},
    )
    seen = plain(answer.text)
    assert answer.status_code == 400
    assert "Ann Example, shift 16 November 2026 07:00 to 16:00" in seen
    assert "Event" in seen
