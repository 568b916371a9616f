"""Months signed off: what is kept, who is refused, and what corrections do to them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from npt.data_protection.actions import forget
from npt.data_protection.queries import person_named
from npt.kin.models import KeyIndividual
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.measures.queries.registry import all_measures
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.performance.exchange import RATE_COLUMNS, SIGNED_COLUMNS, rate_columns, rates_as_json
from npt.performance.queries import rates
from npt.seals.actions import SignedMeanwhile, seal_month
from npt.seals.models import Seal, SealedFigure, SealedRecords
from npt.seals.queries import content_of, edition_of, signed_figures, verdict_on
from npt.seals.rules import NotToBeSigned, ReasonMissing
from npt.shifts.models import Confirmation, Shift
from npt.store.transaction import engine_at, writing
from tests import make
from tests.records.kin_desk import join
from tests.records.sealed_month import NOW, OCTOBER, TODAY, SealedMonth, sealed_month
from tests.records.test_kin_at_once import at_once

#: What counts of a shift of eight hours, whole, and with two hours of it taken.
WHOLE, TWO_HOURS_TAKEN = "480 min, 0 absent, 0 taken", "480 min, 0 absent, 120 taken"


@pytest.fixture
def october(session: Session) -> SealedMonth:
    return sealed_month(session)


def test_an_edition_keeps_every_measure_and_gives_its_hash_again(
    session: Session, october: SealedMonth
) -> None:
    seal = october.sign()
    content = content_of(session, seal)
    assert [each.code for each in content.measures] == [measure.code for measure in all_measures()]
    officers = content.by_code["abstraction-officers"]
    assert (officers.figure.counted, officers.figure.of, officers.target) == (120, 1440, "20")
    assert [each.mark for each in officers.records] == [TWO_HOURS_TAKEN, WHOLE, WHOLE]
    verdict = verdict_on(session, seal, TODAY)
    assert (verdict.is_same, verdict.hash_now) == (True, seal.hash)


def test_a_correction_leaves_the_signed_figure_and_is_named(session: Session, october: SealedMonth) -> None:
    seal = october.sign()
    october.correct()
    key = "abstraction-officers", october.bcu.path, OCTOBER
    assert signed_figures(session, [october.bcu], OCTOBER, OCTOBER)[key].figure.counted == 120
    verdict = verdict_on(session, seal, TODAY)
    assert not verdict.is_sound
    (restated,) = verdict.restated
    assert (restated.measure.figure.counted, restated.now.counted) == (120, 240)
    assert [each.words for each in restated.records] == [
        f"shift {october.shifts[1].id}: changed, was {WHOLE}, is {TWO_HOURS_TAKEN}"
    ]


def test_a_record_that_went_and_one_that_came_are_named(session: Session, october: SealedMonth) -> None:
    seal = october.sign()
    session.execute(delete(Shift).where(Shift.id == october.shifts[1].id))
    came = make.shift(
        session,
        member=make.posting(session, unit=october.team).member,
        starts="2026-10-20T08:00",
        ends="2026-10-20T12:00",
    )
    told = [each.words for each in verdict_on(session, seal, TODAY).restated[0].records]
    assert told == [
        f"shift {october.shifts[1].id}: removed since, was {WHOLE}",
        f"shift {came.id}: added since, is 240 min, 0 absent, 0 taken",
    ]


def test_days_that_nobody_confirmed_need_a_reason(session: Session, october: SealedMonth) -> None:
    session.execute(delete(Confirmation).where(Confirmation.on_date == october.shifts[0].on_date))
    with pytest.raises(ReasonMissing) as refused:
        october.sign()
    assert refused.value.field == "reason"
    seal = october.sign("The sergeant was off sick; the inspector has looked.")
    assert (seal.unconfirmed_days, seal.reason) == (1, "The sergeant was off sick; the inspector has looked.")


def test_a_month_that_is_not_over_cannot_be_signed(october: SealedMonth) -> None:
    for month in (Month(2026, 11), Month(2026, 12), Month(2199, 12)):
        with pytest.raises(NotToBeSigned, match="is not over"):
            october.sign(month=month)


def test_only_the_month_of_a_bcu_or_force_that_was_open_is_signed(october: SealedMonth) -> None:
    with pytest.raises(NotToBeSigned, match="not signed off by itself"):
        october.sign(unit=october.team)
    with pytest.raises(NotToBeSigned, match="was not open in January 2008"):
        october.sign(month=Month(2008, 1))
    assert october.sign(unit=october.force).edition == 1


def test_signing_twice_is_told_and_a_correction_makes_another_edition(
    session: Session, october: SealedMonth
) -> None:
    first = october.sign()
    with pytest.raises(NotToBeSigned, match=r"with exactly these figures \(edition 1\)"):
        october.sign("Again.")
    october.correct()
    with pytest.raises(ReasonMissing, match="again"):
        october.sign()
    second = october.sign("Two hours came to light.")
    assert (second.edition, first.hash != second.hash) == (2, True)
    assert verdict_on(session, second, TODAY).is_same
    assert not verdict_on(session, first, TODAY).is_same
    latest = edition_of(session, october.bcu, OCTOBER)
    assert latest is not None
    assert latest.id == second.id
    key = "abstraction-officers", october.bcu.path, OCTOBER
    assert signed_figures(session, [october.bcu], OCTOBER, OCTOBER)[key].edition == 2


def test_figures_that_changed_after_they_were_seen_are_not_signed(
    session: Session, october: SealedMonth
) -> None:
    first = october.sign()
    seen = content_of(session, first).seen
    october.correct()
    with pytest.raises(SignedMeanwhile):
        seal_month(session, unit=october.bcu, month=OCTOBER, stamp=october.stamp, reason="Again.", seen=seen)


def test_a_seal_keeps_numbers_and_no_names(session: Session, october: SealedMonth) -> None:
    october.sign()
    lines = session.query(SealedRecords).all()
    assert {each.kind for each in lines} == {"shift", "posting"}
    assert all(set(each.lines) <= set("0123456789, \nabcdefghijklmnopqrstuvwxyz-") for each in lines)


ALTERING = (
    update(SealedFigure).values(counted=1),
    delete(SealedFigure),
    update(SealedRecords).values(lines=""),
    delete(SealedRecords),
    text("UPDATE seal SET hash = 'x'"),
    text("DELETE FROM seal"),
)


def test_nothing_alters_a_seal(session: Session, october: SealedMonth) -> None:
    october.sign()
    for altering in ALTERING:
        with pytest.raises(DBAPIError, match="a_seal_is_never_altered"), session.begin_nested():
            session.execute(altering)


def test_a_seal_that_was_altered_past_the_database_is_told(session: Session, october: SealedMonth) -> None:
    seal = october.sign()
    set_committed_value(seal, "hash", "0" * 64)
    verdict = verdict_on(session, seal, TODAY)
    assert (verdict.is_altered, verdict.is_sound) == (True, False)


def test_the_command_line_signs_as_nobody(session: Session, october: SealedMonth) -> None:
    stamp = Stamp(None, datetime(2026, 11, 2, 9, tzinfo=UTC))
    assert seal_month(session, unit=october.bcu, month=OCTOBER, stamp=stamp).signed_by_id is None


# Where it is told -------------------------------------------------------------------------------------------


def test_rates_tell_both_figures_once_restated_and_under_that_definition_alone(
    session: Session, october: SealedMonth
) -> None:
    asked: dict[str, Any] = {"unit": october.force, "first": OCTOBER, "last": OCTOBER, "each": Level.BCU}
    october.sign()
    before = rates(session, definition="local-2008", **asked)
    october.correct()
    (officers, pcsos) = rates_as_json(rates(session, definition="local-2008", **asked))
    assert "signed_rate" not in pcsos
    assert rate_columns(before) == RATE_COLUMNS
    assert {name: officers[name] for name in ("rate", *SIGNED_COLUMNS)} == {
        "rate": "16.6667",
        "signed_duty_minutes": 1440,
        "signed_abstracted_minutes": 120,
        "signed_rate": "8.3333",
        "signed_on": "2026-11-16",
        "signed_edition": 1,
    }
    assert all(row.signed is None for row in rates(session, definition="inspectorate", **asked))


# Who was erased, and two at once ----------------------------------------------------------------------------


def test_what_was_lawfully_erased_is_told_so_and_is_no_fault(session: Session, october: SealedMonth) -> None:
    place = make.neighbourhood(session, under=october.team, code="N1")
    began = date(2026, 9, 1)
    ann, ben = (
        join(session, place, name, recorded_on=began, basis_on=began, today=began)
        for name in ("Ann Example", "Ben Example")
    )
    seal = october.sign()
    person = person_named(session, f"key_individual:{ann.reference}")
    forget(session, person, today=TODAY, now=NOW + timedelta(hours=1), also_current=True)
    assert verdict_on(session, seal, TODAY).is_same  # a pseudonym counts as the person did

    # What an older file, or another room, takes away of them besides:
    session.execute(
        update(KeyIndividual).where(KeyIndividual.id == ann.id).values(active_on=date(2026, 11, 10))
    )
    (met,) = verdict_on(session, seal, TODAY).restated
    assert [each.words for each in met.records] == [f"key individual {ann.id}: lawfully erased, was 1 of 1"]
    assert verdict_on(session, seal, TODAY).is_sound
    session.execute(
        update(KeyIndividual).where(KeyIndividual.id == ben.id).values(active_on=date(2026, 11, 10))
    )
    assert not verdict_on(session, seal, TODAY).is_sound


def test_of_two_who_sign_at_once_one_is_told(session: Session, database_url: str) -> None:
    with writing(session):
        by = sealed_month(session).by
    engine = engine_at(database_url)

    def sign(session: Session) -> None:
        unit = session.scalars(select(Unit).where(Unit.code == "C")).one()
        seal_month(session, unit=unit, month=OCTOBER, stamp=Stamp(by, NOW))

    refused = [each for each in at_once(engine, sign, sign) if each is not None]
    assert [type(each) for each in refused] == [NotToBeSigned]
    with Session(engine) as session:
        assert session.scalars(select(Seal.edition)).all() == [1]
    engine.dispose()
