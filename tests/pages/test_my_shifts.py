"""A member's own shifts and the calendar of them."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import Account
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.rostering.models import CalendarFeed
from npt.shifts.actions import WantedShift, roster_shifts
from npt.shifts.models import Shift
from npt.work.actions import set_action
from npt.work.rules import ActionFacts, Owner, OwnerKind
from tests import make
from tests.visiting import Visitor, plain

MINE = "/my/shifts?from=2026-11-16"


@pytest.fixture
def pcso(app: Flask, session: Session) -> Visitor:
    """Pia, a PCSO of T1, works on Monday evening, through Tuesday night, and is off sick on Thursday."""
    area = make.area(session, under=make.bcu(session, under=make.force(session, code="BEDS")))
    unit = make.team(session, under=area, code="T1")
    pia = make.member(session, number="81", name="Pia Example", role=PolicingRole.PCSO, team=unit)
    make.shift(session, member=pia, starts="2026-11-16T14:00", ends="2026-11-16T22:00")
    make.shift(session, member=pia, starts="2026-11-17T22:00", ends="2026-11-18T07:00")
    sick = make.shift(session, member=pia, starts="2026-11-19T14:00", ends="2026-11-19T22:00")
    make.away(session, shift=sick, reason="sickness", note="Flu")
    other = make.member(session, name="Otto Example", role=PolicingRole.PCSO, team=unit)
    make.shift(session, member=other, starts="2026-11-20T14:00", ends="2026-11-20T22:00")
    make.account(session, role=Role.PCSO, unit=unit, email="pcso@force.example", member=pia)
    make.account(session, role=Role.PCSO, unit=unit, email="nobody@force.example")
    session.commit()
    return Visitor(app, "pcso@force.example")


def new_address(visitor: Visitor) -> str:
    """The path of a new calendar of the visitor, copied from the page that shows it once."""
    visitor.open(MINE)
    answer = visitor.fill("/my/calendar/make")
    assert answer.status_code == 303
    shown = re.search(r'value="(http[^"]+\.ics)"', visitor.open(answer.location).text)
    assert shown is not None
    return urlsplit(shown[1]).path


def events(visitor: Visitor, path: str) -> list[dict[str, Any]]:
    """What another program reads in the calendar: the fields of each event, times as instants."""
    answer = visitor.client.get(path)
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    read = Calendar.from_ical(answer.data).walk("VEVENT")
    return [{name: getattr(value, "dt", value) for name, value in event.items()} for event in read]


# The page ---------------------------------------------------------------------------------------------------


def test_a_member_sees_their_own_shifts_week_by_week_and_nobody_elses(pcso: Visitor) -> None:
    words = plain(pcso.open(MINE).text)
    assert "Week of 16 November 2026 25 h" in words
    assert re.search(r"Tue 17 Nov 22:00 to 07:00 Team T1", words)
    assert "14:00 to 22:00 Sickness" in words
    assert "Fri 20 Nov" not in words


def test_an_account_that_is_no_members_is_told_so(app: Flask, pcso: Visitor) -> None:
    nobody = Visitor(app, "nobody@force.example")
    assert "Your account is not linked to a member" in plain(nobody.open(MINE).text)


def test_an_account_that_is_no_members_has_a_calendar_of_what_it_has_to_do(
    app: Flask, pcso: Visitor, session: Session
) -> None:
    account, unit = (
        _account(session, "nobody@force.example"),
        session.scalars(select(Unit).where(Unit.code == "T1")).one(),
    )
    facts = ActionFacts("Ask the shops", Owner(OwnerKind.ACCOUNT, account.id), date(2026, 11, 20))
    stamp = Stamp(account.id, datetime(2026, 11, 16, 9, tzinfo=UTC))
    action = set_action(session, stamp=stamp, today=date(2026, 11, 16), unit=unit, facts=facts)
    key = action.id
    session.commit()
    nobody = Visitor(app, "nobody@force.example")
    path = new_address(nobody)
    (event,) = events(nobody, path)
    assert (event["SUMMARY"], event["UID"]) == ("Due: Ask the shops", f"action-{key}@beds.npt")
    # A whole day ends with the next; calendars that are told no end show it at midnight.
    assert (event["DTSTART"], event["DTEND"]) == (date(2026, 11, 20), date(2026, 11, 21))
    nobody.open(f"/my/actions/{key}")
    assert nobody.fill(f"/my/actions/{key}", state="done").status_code == 303
    assert events(nobody, path) == []


def _account(session: Session, email: str) -> Account:
    return session.scalars(select(Account).where(Account.email == email)).one()


# The calendar -----------------------------------------------------------------------------------------------


def test_the_calendar_holds_every_shift_in_utc_under_a_name_that_stays(
    pcso: Visitor, session: Session
) -> None:
    path = new_address(pcso)
    late, night, _ = events(pcso, path)
    assert late["SUMMARY"] == "On duty, Team T1"
    assert night["DTSTART"] == datetime(2026, 11, 17, 22, tzinfo=UTC)
    assert night["DTEND"] == datetime(2026, 11, 18, 7, tzinfo=UTC)
    key = session.scalars(select(Shift.id).order_by(Shift.starts_at)).first()
    session.rollback()
    assert late["UID"] == f"shift-{key}@beds.npt"
    assert late["SEQUENCE"] == 0


def test_the_calendar_says_how_often_to_look_again_in_the_words_of_the_standard(pcso: Visitor) -> None:
    lines = pcso.client.get(new_address(pcso)).text.splitlines()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert "X-PUBLISHED-TTL:PT1H" in lines


def test_a_shift_of_summer_time_stands_an_hour_earlier_in_utc(pcso: Visitor, session: Session) -> None:
    shift = session.scalars(select(Shift).order_by(Shift.starts_at)).first()
    assert shift is not None
    member = shift.member_id
    session.rollback()
    roster_shifts(
        session,
        [
            WantedShift(
                member, datetime(2027, 6, 1, 6, tzinfo=UTC), datetime(2027, 6, 1, 14, tzinfo=UTC), None
            )
        ],
    )
    session.commit()
    assert b"DTSTART:20270601T060000Z\r\n" in pcso.client.get(new_address(pcso)).data


def test_absence_is_cancelled_in_the_calendar_without_its_reason(pcso: Visitor) -> None:
    path = new_address(pcso)
    sick = events(pcso, path)[2]
    assert (sick["SUMMARY"], sick["STATUS"], sick["TRANSP"]) == ("Not on duty", "CANCELLED", "TRANSPARENT")
    text = pcso.client.get(path).text
    assert "ickness" not in text
    assert "Flu" not in text


def test_a_changed_shift_keeps_its_name_and_counts_its_change_and_a_removed_one_is_gone(
    app: Flask, pcso: Visitor, session: Session
) -> None:
    path = new_address(pcso)
    before = [each["UID"] for each in events(pcso, path)]
    unit = session.scalars(select(Unit).where(Unit.code == "T1")).one()
    make.account(session, role=Role.SERGEANT, unit=unit, email="sergeant@force.example")
    session.commit()
    sergeant = Visitor(app, "sergeant@force.example")
    edit = "/teams/T1/roster/edit?from=2026-11-16"
    sergeant.send(edit, days="2026-11-16", verb="times", starts="15:00", ends="23:00")
    sergeant.send(edit, days="2026-11-17", verb="clear")
    late, sick = events(pcso, path)
    assert [late["UID"], sick["UID"]] == [before[0], before[2]]
    assert late["SEQUENCE"] == 1
    assert late["DTSTART"] == datetime(2026, 11, 16, 15, tzinfo=UTC)


def test_a_calendar_that_has_not_changed_is_not_sent_again(pcso: Visitor, session: Session) -> None:
    path = new_address(pcso)
    first = pcso.client.get(path)
    again = pcso.client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    session.execute(update(Shift).values(version=Shift.version + 1))
    session.commit()
    assert pcso.client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_address_is_shown_once_and_only_its_digest_is_kept(pcso: Visitor, session: Session) -> None:
    token = new_address(pcso).removeprefix("/calendar/").removesuffix(".ics")
    assert token not in pcso.open(MINE).text
    feed = session.scalars(select(CalendarFeed)).one()
    assert len(token) >= 43
    assert token not in feed.token_digest


def test_the_address_is_the_one_under_which_people_open_the_application(
    app: Flask, pcso: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = replace(app.extensions["npt_settings"], public_url="https://force.example/npt")
    monkeypatch.setitem(app.extensions, "npt_settings", known)
    pcso.open(MINE)
    page = pcso.open(pcso.fill("/my/calendar/make").location).text
    assert 'value="https://force.example/npt/calendar/' in page


def test_a_renewed_address_ends_the_old_one_and_a_stopped_calendar_both(pcso: Visitor) -> None:
    old, new = new_address(pcso), new_address(pcso)
    assert pcso.client.get(old).status_code == 404
    assert pcso.client.get(new).status_code == 200
    pcso.open(MINE)
    assert pcso.fill("/my/calendar/revoke").status_code == 303
    assert pcso.client.get(new).status_code == 404


def test_the_calendar_ends_with_the_account(pcso: Visitor, session: Session) -> None:
    path = new_address(pcso)
    session.execute(
        update(Account).where(Account.email == "pcso@force.example").values(closed_at=datetime.now(UTC))
    )
    session.commit()
    assert pcso.client.get(path).status_code == 404


def test_nobody_has_to_be_signed_in_to_read_a_calendar(app: Flask, pcso: Visitor) -> None:
    assert app.test_client().get(new_address(pcso)).status_code == 200
    assert app.test_client().get("/calendar/guessed.ics").status_code == 404
