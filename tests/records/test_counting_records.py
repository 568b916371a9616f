"""The records behind a figure, and the days that nobody has confirmed."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from npt.counting.queries import records_behind
from npt.counting.rollup.read import monthly_sums
from npt.duty.queries import unconfirmed_days
from npt.kit.clock import parse_instant
from npt.kit.intervals import Interval
from npt.kit.paging import Page
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.shifts.queries import reasons
from npt.shifts.rules import ReasonKind
from tests import make
from tests.records.november import NOVEMBER, busy_team, counts_from, defined, eight_hours


@pytest.fixture
def team(session: Session) -> Unit:
    return busy_team(session)


def test_the_records_behind_a_figure_add_up_to_its_numerator(session: Session, team: Unit) -> None:
    member = make.member(session, team=team)
    eight_hours(session, member, "2026-11-05", "training", 4)
    eight_hours(session, member, "2026-11-06", "leave", 8)
    counts_from(session, "local-2008", "event", date(2026, 11, 20), False)
    sums = [
        part
        for part in monthly_sums(session, team.path, NOVEMBER, NOVEMBER)
        if part.role is PolicingRole.CONSTABLE
    ]
    for code in ("local-2008", "inspectorate", "all-time-lost"):
        definition = defined(session, code)
        behind = records_behind(
            session,
            team.path,
            NOVEMBER.first,
            NOVEMBER.last,
            roles=[PolicingRole.CONSTABLE],
            counted_under=definition,
        )
        assert behind.minutes == definition.rate(sums).abstracted
        assert behind.minutes == sum(record.minutes for record in behind.records)


def test_records_are_narrowed_by_reason_and_by_kind(session: Session, team: Unit) -> None:
    member = make.member(session, team=team)
    eight_hours(session, member, "2026-11-06", "leave", 8)
    month = (team.path, NOVEMBER.first, NOVEMBER.last)
    assert [
        each.reason_code for each in records_behind(session, *month, kind=ReasonKind.ABSENCE).records
    ] == ["leave"]
    assert [each.role for each in records_behind(session, *month, reason="event").records] == [
        PolicingRole.SPECIAL,
        PolicingRole.CONSTABLE,
    ]


def test_records_come_in_pages_in_the_order_of_days(session: Session, team: Unit) -> None:
    month = (team.path, NOVEMBER.first, NOVEMBER.last)
    pages = [records_behind(session, *month, page=Page(page, 2)) for page in (1, 2, 3)]
    assert [len(page.records) for page in pages] == [2, 1, 0]
    assert {(page.total, page.minutes, page.page.last(page.total)) for page in pages} == {(3, 660, 2)}
    days = [record.on_date.day for page in pages for record in page.records]
    assert days == [2, 2, 23]


def test_a_record_says_whose_when_and_where(session: Session, team: Unit) -> None:
    (record,) = records_behind(session, team.path, NOVEMBER.first, NOVEMBER.last, reason="response").records
    assert (record.unit_code, record.number, record.reason_name) == (
        team.code,
        "1001",
        "Response to incidents",
    )
    assert record.shift == Interval(
        parse_instant("2026-11-02T08:00").instant, parse_instant("2026-11-02T16:00").instant
    )


def test_unconfirmed_days_are_those_with_shifts_and_no_confirmation(session: Session, team: Unit) -> None:
    make.confirmation(session, unit=team, day=date(2026, 11, 16))
    found = unconfirmed_days(session, team.path, NOVEMBER.first, NOVEMBER.last)
    assert [(day.unit_code, day.on_date.day, day.shifts) for day in found] == [
        (team.code, 2, 3),
        (team.code, 23, 1),
    ]
    assert unconfirmed_days(session, team.path, NOVEMBER.first, NOVEMBER.last, limit=1) == found[:1]


def test_reasons_come_commonest_first(session: Session) -> None:
    assert [reason.code for reason in reasons(session)][:2] == ["response", "custody"]
