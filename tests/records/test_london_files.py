"""Records in the layout in which London's police publish theirs."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from npt.interchange.exchange import DESCRIBED_EXPORTS, EXPORTS
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole, PostingKind
from npt.store.exchange import ExportOrder
from tests import make

OCTOBER = Month(2026, 10)
TODAY = date(2026, 11, 16)


@pytest.fixture
def team(session: Session) -> Unit:
    """T1 in borough C1 of BCU C: a constable, a PCSO, a special constable; and the borough's inspector."""
    bcu = make.bcu(session, code="C")
    area = make.area(session, under=bcu, code="C1")
    team = make.team(session, under=area, code="T1")
    for number, role in enumerate((PolicingRole.CONSTABLE, PolicingRole.PCSO, PolicingRole.SPECIAL), 1):
        member = make.member(session, number=str(number), role=role, team=team)
        shift = make.shift(session, member=member, starts="2026-10-05T08:00", ends="2026-10-05T18:00")
        make.away(session, shift=shift, starts="2026-10-05T08:00", ends="2026-10-05T09:00", reason="custody")
        make.away(session, shift=shift, starts="2026-10-05T09:00", ends="2026-10-05T11:00", reason="training")
        make.away(session, shift=shift, starts="2026-10-05T11:00", ends="2026-10-05T12:00", reason="leave")
    inspector = make.member(session, number="9", role=PolicingRole.INSPECTOR, team=area)
    make.shift(session, member=inspector, starts="2026-10-06T08:00", ends="2026-10-06T16:00")
    return team


def rows(
    session: Session, kind: str, month: Month | None = OCTOBER, path: str | None = None
) -> list[tuple[object, ...]]:
    session.commit()  # sums are added up before a commit
    return [tuple(row) for row in EXPORTS[kind].rows(session, ExportOrder(path, month, TODAY))]


def test_the_columns_are_those_that_are_published() -> None:
    assert EXPORTS["london-abstractions"].shape.names == (
        "Month of Abstraction",
        "BCU",
        "Borough",
        "Borough Code",
        "Team",
        "Abstracted From Duty",
        "Abstraction Type",
        "Abstraction Minutes",
    )
    assert EXPORTS["london-strengths"].shape.names == (
        "Date",
        "BCU",
        "Borough",
        "Borough Code",
        "Team",
        "Rank",
        "FTE",
    )


def test_the_headings_of_the_description_are_an_option() -> None:
    described = DESCRIBED_EXPORTS["london-abstractions"]
    assert described.shape.names == (
        "Month",
        "BCU",
        "Borough",
        "Borough Code",
        "Team",
        "Abstracted from Duty",
        "Abstraction Type",
        "Abstracted Minutes",
    )
    assert described.rows is EXPORTS["london-abstractions"].rows


def test_minutes_on_duty_are_told_by_what_became_of_them(session: Session, team: Unit) -> None:
    found = rows(session, "london-abstractions")
    assert [row[4:] for row in found] == [
        (None, "No", None, 480),
        ("Team T1", "No", None, 2 * (540 - 180)),
        ("Team T1", "No", "training", 2 * 120),
        ("Team T1", "Yes", "custody", 2 * 60),
    ]
    assert {row[:4] for row in found} == {("2026-10", "Basic command unit C", "Area C1", "C1")}


def test_without_a_month_every_month_there_is_comes(session: Session, team: Unit) -> None:
    member = make.member(session, number="7", team=team)
    make.shift(session, member=member, starts="2026-12-05T08:00", ends="2026-12-05T18:00")
    found = rows(session, "london-abstractions", None)
    assert [row[0] for row in found] == ["2026-10"] * 4 + ["2026-12"]


def test_without_records_there_are_no_rows(session: Session) -> None:
    assert rows(session, "london-abstractions", None) == []
    assert rows(session, "london-strengths", None) == []


def test_only_what_lies_under_the_unit_is_told(session: Session, team: Unit) -> None:
    make.shift(session)
    assert {row[4] for row in rows(session, "london-abstractions", path=team.path)} == {"Team T1"}


def test_strength_is_told_by_team_and_rank(session: Session, team: Unit) -> None:
    make.posting(session, unit=team, role=PolicingRole.PCSO, fte="0.50")
    found = [(row[0], *row[4:]) for row in rows(session, "london-strengths")]
    assert found == [
        (date(2026, 10, 31), None, "Inspector", Decimal("1.00")),
        (date(2026, 10, 31), "Team T1", "Constable", Decimal("1.00")),
        (date(2026, 10, 31), "Team T1", "PCSO", Decimal("1.50")),
    ]


def test_who_is_attached_elsewhere_counts_there(session: Session, team: Unit) -> None:
    other = make.team(session, code="T2")
    made = make.posting(session, unit=team)
    make.posting(session, member=made.member, unit=other, kind=PostingKind.ATTACHMENT)
    found = rows(session, "london-strengths", path=other.path)
    assert [(row[4], row[6]) for row in found] == [("Team T2", Decimal("1.00"))]


@pytest.mark.parametrize(
    ("month", "day"), [(None, TODAY), (Month(2026, 11), TODAY), (Month(2026, 9), date(2026, 9, 30))]
)
def test_strength_is_that_of_the_last_day_or_today(
    session: Session, team: Unit, month: Month | None, day: date
) -> None:
    assert {row[0] for row in rows(session, "london-strengths", month)} == {day}
