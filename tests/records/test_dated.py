"""The law of dated records on tables: every kind of record keeps to it, on both engines."""

from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise, product
from random import Random

import pytest
from sqlalchemy import inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from npt.kit.spans import Span
from npt.organisation.models import Unit
from npt.organisation.queries import standing
from npt.people.models import Posting
from npt.staffing.actions import EstablishmentOverlaps
from npt.staffing.models import Establishment, EstablishmentChange
from npt.store.base import Base
from npt.store.constraints import violated
from npt.store.dated import Dated, FixedTerm, outside, take_over
from tests import make

DAY = date(2026, 11, 16)
ONE = timedelta(days=1)
#: Parts of a month that are added up, not records that anybody makes.
SUMS = {"duty_sum"}


def of_kind(law: type[Dated] | type[FixedTerm]) -> list[str]:
    """The tables that keep records of this kind."""
    return [each.local_table.description for each in Base.registry.mappers if issubclass(each.class_, law)]


@pytest.mark.parametrize(
    ("law", "first", "last"), [(Dated, "starts_on", "ends_on"), (FixedTerm, "first_on", "last_on")]
)
def test_whatever_is_kept_from_a_first_day_to_a_last_is_dated_and_never_ends_before_it_starts(
    session: Session, law: type[Dated] | type[FixedTerm], first: str, last: str
) -> None:
    kept = {name for name, table in Base.metadata.tables.items() if {first, last} <= set(table.c.keys())}
    assert kept - SUMS == set(of_kind(law))
    for table in of_kind(law):
        checks = inspect(session.connection()).get_check_constraints(table)
        assert f"ck_{table}_ends_after_it_starts" in {check["name"] for check in checks}


def test_a_record_that_ends_before_it_starts_is_refused_whoever_writes_it(session: Session) -> None:
    make.posting(session, starts_on=DAY)
    session.flush()
    session.execute(update(Posting).values(ends_on=DAY))
    with pytest.raises(IntegrityError) as refused:
        session.execute(update(Posting).values(ends_on=DAY - ONE))
    assert violated(refused.value) == "ck_posting_ends_after_it_starts"


@pytest.mark.parametrize("last", [DAY, DAY + ONE, None])
def test_the_database_finds_a_record_on_the_days_that_its_span_covers(
    session: Session, last: date | None
) -> None:
    unit = make.team(session, opened_on=DAY - 3 * ONE, closed_on=last)
    make.establishment(session, unit=unit, posts=1, starts_on=DAY, ends_on=last)
    record = session.scalars(select(Establishment)).one()
    around = [DAY + offset * ONE for offset in range(-4, 4)]
    for first, then in product(around, [*around, None]):
        if then is not None and then < first:
            continue
        asked = Span(first, then or first)
        found = session.scalars(select(Establishment).where(Establishment.holding(first, then))).all()
        assert bool(found) == record.span.overlaps(asked)
        within = Span(first, then)
        sticks_out = outside(Establishment.starts_on, Establishment.ends_on, within)
        found = session.scalars(select(Establishment).where(sticks_out)).all()
        assert bool(found) == (record.span.beyond(within) is not None)
    for day in around:
        stands = session.scalar(select(Unit.id).where(Unit.id == unit.id, standing(as_at=day)))
        assert (stands is not None) == unit.stands_on(day) == unit.span.covers(day)


def test_what_is_taken_over_tells_the_days_that_it_had() -> None:
    before = Establishment(starts_on=DAY, ends_on=DAY + 9 * ONE)
    gone, to_come = Establishment(starts_on=DAY - ONE, ends_on=DAY), Establishment(starts_on=DAY + 2 * ONE)
    assert take_over([gone, before, to_come], DAY + 2 * ONE) == [(before, Span(DAY, DAY + 9 * ONE))]
    assert [each.ends_on for each in (gone, before, to_come)] == [DAY, DAY + ONE, None]


@pytest.mark.parametrize("seed", range(3))
def test_establishments_set_by_chance_never_overlap_and_their_history_tells_how(
    session: Session, seed: int
) -> None:
    chance = Random(seed)  # nothing is kept secret by it
    unit = make.team(session)
    for _ in range(20):
        first, length = DAY + chance.randrange(60) * ONE, chance.choice([None, 0, 5, 20])
        last = None if length is None else first + length * ONE
        takes_over = chance.random() < 0.7
        with suppress(EstablishmentOverlaps), session.begin_nested():
            make.establishment(session, unit=unit, starts_on=first, ends_on=last, ends_previous=takes_over)
    records = session.scalars(select(Establishment).order_by(Establishment.starts_on)).all()
    assert len(records) > 2
    assert not any(one.span.overlaps(after.span) for one, after in pairwise(records))
    told: dict[int, list[date | None]] = {record.id: [] for record in records}
    for change in session.scalars(select(EstablishmentChange).order_by(EstablishmentChange.id)):
        seen = told[change.establishment_id]
        assert change.old_ends_on == (seen[-1] if seen else None)
        seen.append(change.ends_on)
    assert [told[record.id][-1] for record in records] == [record.ends_on for record in records]
