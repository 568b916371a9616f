"""What the database itself refuses, whoever asks: each violation leaves as its named refusal."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from npt.counting.models import Definition, DefinitionReason
from npt.counting.rules import SHIPPED_DEFINITIONS
from npt.kit.clock import parse_instant
from npt.shifts.models import AWAY, SHIFTS, Reason, Shift
from npt.shifts.rules import SHIPPED_REASONS, AwayOutsideShift, AwayOverlaps, ShiftOverlaps
from npt.store.constraints import refusing
from tests import make


def shift_row(shift: Shift, starts: str, ends: str) -> dict[str, object]:
    begins, until = parse_instant(starts).instant, parse_instant(ends).instant
    return {
        "member_id": shift.member_id,
        "unit_id": shift.unit_id,
        "role": shift.role,
        "on_date": shift.on_date,
        "starts_at": begins,
        "ends_at": until,
        "minutes": (until - begins) // timedelta(minutes=1),
        "is_team_named": False,
    }


def times(starts: str, ends: str) -> dict[str, object]:
    begins, until = parse_instant(starts).instant, parse_instant(ends).instant
    return {"starts_at": begins, "ends_at": until, "minutes": (until - begins) // timedelta(minutes=1)}


@pytest.fixture
def shift(session: Session) -> Shift:
    """14:00 to 22:00, away from 16:00 to 18:00."""
    made = make.shift(session)
    make.away(session, shift=made, starts="2026-11-16T16:00", ends="2026-11-16T18:00")
    return made


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2026-11-16T14:00", "2026-11-16T22:00"),
        ("2026-11-16T21:59", "2026-11-16T23:00"),
        ("2026-11-15T14:01", "2026-11-16T14:01"),
        ("2026-11-16T15:00", "2026-11-16T16:00"),
    ],
)
def test_an_overlapping_shift_cannot_be_added(session: Session, shift: Shift, starts: str, ends: str) -> None:
    with pytest.raises(ShiftOverlaps), refusing(session):
        session.execute(insert(SHIFTS), [shift_row(shift, starts, ends)])


def test_a_shift_that_touches_another_can_be_added(session: Session, shift: Shift) -> None:
    session.execute(insert(SHIFTS), [shift_row(shift, "2026-11-16T22:00", "2026-11-17T06:00")])
    session.execute(insert(SHIFTS), [shift_row(shift, "2026-11-15T14:00", "2026-11-16T14:00")])
    assert len(session.scalars(select(Shift.id)).all()) == 3


def test_a_shift_cannot_be_moved_onto_another(session: Session, shift: Shift) -> None:
    session.execute(insert(SHIFTS), [shift_row(shift, "2026-11-17T06:00", "2026-11-17T14:00")])
    late = times("2026-11-16T14:00", "2026-11-17T06:01")
    with pytest.raises(ShiftOverlaps), refusing(session):
        session.execute(update(SHIFTS).where(SHIFTS.c.id == shift.id).values(**late))


def test_a_shift_cannot_be_moved_away_from_time_away_in_it(session: Session, shift: Shift) -> None:
    early = times("2026-11-16T14:00", "2026-11-16T17:59")
    with pytest.raises(AwayOutsideShift), refusing(session):
        session.execute(update(SHIFTS).where(SHIFTS.c.id == shift.id).values(**early))


@pytest.mark.parametrize(
    ("starts", "ends", "refusal"),
    [
        ("16:00", "18:00", AwayOverlaps),
        ("17:59", "19:00", AwayOverlaps),
        ("14:00", "20:00", AwayOverlaps),
        ("13:59", "15:00", AwayOutsideShift),
        ("21:00", "22:01", AwayOutsideShift),
    ],
)
def test_time_away_that_overlaps_or_sticks_out_cannot_be_added(
    session: Session, shift: Shift, starts: str, ends: str, refusal: type[Exception]
) -> None:
    reason_id = session.scalars(select(Reason.id)).first()
    row: dict[str, object] = {"shift_id": shift.id, "reason_id": reason_id}
    row |= times(f"2026-11-16T{starts}", f"2026-11-16T{ends}")
    with pytest.raises(refusal), refusing(session):
        session.execute(insert(AWAY), [row])


@pytest.mark.parametrize(
    ("starts", "ends", "refusal"),
    [("18:00", "19:01", AwayOverlaps), ("13:00", "15:00", AwayOutsideShift)],
)
def test_time_away_cannot_be_moved_onto_other_or_out_of_its_shift(
    session: Session, shift: Shift, starts: str, ends: str, refusal: type[Exception]
) -> None:
    other = make.away(session, shift=shift, starts="2026-11-16T19:00", ends="2026-11-16T20:00")
    moved = times(f"2026-11-16T{starts}", f"2026-11-16T{ends}")
    first = AWAY.c.shift_id == shift.id, AWAY.c.id != other.id
    with pytest.raises(refusal), refusing(session):
        session.execute(update(AWAY).where(*first).values(**moved))


def test_a_shift_with_time_away_cannot_be_deleted(session: Session, shift: Shift) -> None:
    with pytest.raises(IntegrityError):
        session.execute(delete(SHIFTS).where(SHIFTS.c.id == shift.id))


# What a new database brings ---------------------------------------------------------------------------------


def test_a_new_database_has_the_shipped_reasons_in_their_order(session: Session) -> None:
    found = session.scalars(select(Reason).order_by(Reason.position)).all()
    assert [(reason.code, reason.kind, reason.needs_note) for reason in found] == [
        (reason.code, reason.kind, reason.needs_note) for reason in SHIPPED_REASONS
    ]


def test_a_new_database_has_the_shipped_definitions(session: Session) -> None:
    asked = (
        select(Definition.code, Reason.code)
        .join(DefinitionReason, DefinitionReason.definition_id == Definition.id)
        .join(Reason, Reason.id == DefinitionReason.reason_id)
        .where(DefinitionReason.counts)
    )
    found: dict[str, set[str]] = {}
    for definition, reason in session.execute(asked):
        found.setdefault(definition, set()).add(reason)
    assert found == {shipped.code: set(shipped.counting_reasons) for shipped in SHIPPED_DEFINITIONS}
