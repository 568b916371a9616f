"""Signing a month off."""

from datetime import date
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.counting.queries import default_definition
from npt.kit.clock import day_in_words, local_day
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.performance.queries.rates import stood_in
from npt.seals.models import Seal, SealedFigure, SealedRecords
from npt.seals.queries import content_now, edition_of
from npt.seals.queries.content import records_as_text, stands_as_text
from npt.seals.rules import (
    LONGEST_REASON,
    SIGNED_LEVELS,
    Content,
    NotToBeSigned,
    ReasonMissing,
    SealedMeasure,
)
from npt.store.constraints import name_violation, refusing
from npt.store.versions import Stale


class SignedMeanwhile(Stale):
    """Somebody else signed the month, or its figures changed, after the page was opened."""


def seal_month(
    session: Session,
    *,
    unit: Unit,
    month: Month,
    stamp: Stamp,
    reason: str | None = None,
    seen: str | None = None,
) -> Seal:
    """Sign a unit's month off: keep an edition of its figures, which nothing changes afterwards.

    `seen`: what of it the person has seen (`Content.seen`); None where nobody looked first. NotToBeSigned,
    ReasonMissing, SignedMeanwhile.
    """
    check_month(unit, month, local_day(stamp.now))
    # Of two who sign at once, the second waits here, and then finds the edition of the first.
    session.execute(select(Unit.id).where(Unit.id == unit.id).with_for_update(key_share=True))
    last = edition_of(session, unit, month)
    definition = default_definition(session)
    content = content_now(session, unit, month, definition=definition, today=local_day(stamp.now))
    _check_content(content, last, seen, reason)
    seal = Seal(
        unit_id=unit.id,
        month_on=month.first,
        edition=1 if last is None else last.edition + 1,
        definition=content.counting.code,
        definition_name=content.counting.name,
        puts_absence_back=content.counting.puts_absence_back,
        counting=stands_as_text(content.counting),
        unconfirmed_days=content.unconfirmed_days,
        reason=reason or None,
        hash=content.hash,
        signed_by_id=stamp.by,
        signed_at=stamp.now,
    )
    with refusing(session):
        session.add(seal)
    for place, measure in enumerate(content.measures):
        _keep(session, seal, place, measure)
    session.flush()
    return seal


def check_month(unit: Unit, month: Month, today: date) -> None:
    """Refuse (NotToBeSigned) what cannot be signed off whatever its figures are."""
    if unit.level not in SIGNED_LEVELS:
        raise NotToBeSigned(
            f"The month of {unit.name} is not signed off by itself: sign off that of its BCU or force."
        )
    if month.last >= today:
        raise NotToBeSigned(f"{month.title} is not over: sign it off after {day_in_words(month.last)}.")
    if not stood_in(unit, month):
        raise NotToBeSigned(f"{unit.name} was not open in {month.title}: there is nothing to sign off.")


def _check_content(content: Content, last: Seal | None, seen: str | None, reason: str | None) -> None:
    if last is not None and content.hash == last.hash:
        raise NotToBeSigned(
            f"{content.month.title} was signed off with exactly these figures (edition {last.edition}): there"
            " is nothing to sign again."
        )
    if seen is not None and seen != content.seen:
        raise SignedMeanwhile(
            "The figures changed, or somebody else signed this month off, after you opened the page, so"
            " nothing was done. Look at it as it is now, then sign it off."
        )
    if reason is not None and len(reason) > LONGEST_REASON:
        raise ReasonMissing(f"Give the reason in {LONGEST_REASON} characters.", field="reason")
    if not reason and content.unconfirmed_days:
        raise ReasonMissing(
            "Say why the month is signed off with days unconfirmed, or confirm them first.", field="reason"
        )
    if not reason and last is not None:
        raise ReasonMissing("Say why the month is signed off again.", field="reason")


def _keep(session: Session, seal: Seal, place: int, measure: SealedMeasure) -> None:
    figure, limits = measure.figure, measure.limits
    session.add(
        SealedFigure(
            seal_id=seal.id,
            code=measure.code,
            place=place,
            name=measure.name,
            definition=measure.definition,
            question=measure.question,
            owner=measure.owner,
            counted_in=measure.counted_in,
            better=measure.better,
            is_recomputable=measure.is_recomputable,
            target=measure.target,
            counted=figure.counted,
            out_of=figure.of,
            why_unknown=figure.why_unknown,
            confirmed_shifts=None if figure.coverage is None else figure.coverage.part,
            shifts=None if figure.coverage is None else figure.coverage.whole,
            mean=limits.mean,
            low=limits.low,
            high=limits.high,
            is_trial=limits.is_trial,
            why_no_limits=limits.why,
        )
    )
    session.add_all(
        SealedRecords(seal_id=seal.id, code=measure.code, kind=kind, lines=records_as_text(records))
        for kind, records in groupby(measure.records, key=lambda each: each.kind)
    )


def _signed_meanwhile() -> SignedMeanwhile:
    return SignedMeanwhile(
        "Somebody else signed this month off at the same moment, so nothing was done. Look at their edition."
    )


name_violation("uq_seal_unit_id_month_on_edition", _signed_meanwhile)
