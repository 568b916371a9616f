"""The minimum cover that a unit wants: set it, change it, take it out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.kit.spans import checked_span
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.rostering.models import CoverRule
from npt.rostering.queries import minimum_of
from npt.rostering.rules import HIGHEST_MINIMUM, CoverRole, Minimum
from npt.store.constraints import refusing
from npt.store.versions import check_version


class CoverOverlaps(Refusal):
    """A unit was to have two minimums of the same role at the same minute."""


class BadMinimum(Refusal):
    """A minimum of nobody, of absurdly many, or on no day of the week."""


class NoCoverHere(Refusal):
    """A minimum was set for a neighbourhood, or for days on which the unit is closed."""


@dataclass(frozen=True, slots=True)
class WantedCover:
    """A minimum about to be set; days of the week from 0, Monday; `last` None until further notice."""

    role: CoverRole
    weekdays: Collection[int]
    starts: time
    ends: time
    number: int
    first: date
    last: date | None


def set_cover(session: Session, *, unit: Unit, wanted: WantedCover) -> CoverRule:
    """Let `unit`, with everything under it, want a minimum on duty, and send it to the database.

    NoCoverHere, BadMinimum, DayOutOfRange, EndsBeforeItStarts; CoverOverlaps, naming the minimum in the way.
    """
    if unit.level is Level.NEIGHBOURHOOD:
        raise NoCoverHere(f"{unit.code} is a neighbourhood: set the minimum for its team.", field="unit")
    minimum = _checked(wanted)
    if unit.closed_on is not None and wanted.first > unit.closed_on:
        raise NoCoverHere(
            f"{unit.name} closed on {day_in_words(unit.closed_on)}: set the minimum for its successor.",
            field="starts_on",
        )
    _check_free(session, unit.id, minimum)
    rule = CoverRule(
        unit_id=unit.id,
        role=wanted.role,
        weekdays=sum(1 << day for day in minimum.weekdays),
        band_starts=wanted.starts,
        band_ends=wanted.ends,
        number=wanted.number,
        starts_on=wanted.first,
        ends_on=wanted.last,
    )
    with refusing(session):
        session.add(rule)
    return rule


def change_cover(
    session: Session, rule: CoverRule, *, number: int, last: date | None, expected_version: int | None = None
) -> CoverRule:
    """Correct the number of a minimum, or end it on `last`.

    BadMinimum, DayOutOfRange, EndsBeforeItStarts, CoverOverlaps; StaleRecord for an older `expected_version`.
    """
    check_version(rule, expected_version)
    was = minimum_of(rule)
    wanted = WantedCover(was.role, was.weekdays, was.starts, was.ends, number, rule.starts_on, last)
    minimum = _checked(wanted)
    _check_free(session, rule.unit_id, minimum, beside=rule.id)
    rule.number, rule.ends_on = number, last
    with refusing(session):
        return rule


def remove_cover(session: Session, rule: CoverRule, *, expected_version: int | None = None) -> None:
    """Take a minimum out for all its days, those gone by too, as if it had never been.

    StaleRecord for an older `expected_version`.
    """
    check_version(rule, expected_version)
    session.delete(rule)
    session.flush()


def _checked(wanted: WantedCover) -> Minimum:
    if not 1 <= wanted.number <= HIGHEST_MINIMUM:
        raise BadMinimum(f"A minimum is from 1 to {HIGHEST_MINIMUM} people.", field="number")
    if not wanted.weekdays:
        raise BadMinimum("A minimum needs a day of the week: choose at least one.", field="weekdays")
    span = checked_span(wanted.first, wanted.last)
    return Minimum(wanted.role, frozenset(wanted.weekdays), wanted.starts, wanted.ends, wanted.number, span)


def _check_free(session: Session, unit_id: int, minimum: Minimum, beside: int | None = None) -> None:
    """Refuse (CoverOverlaps) what another minimum of the unit asks for. Holds the unit meanwhile."""
    lock_units(session, [unit_id], for_closing=True)
    asked = select(CoverRule).where(CoverRule.unit_id == unit_id).order_by(CoverRule.starts_on, CoverRule.id)
    for rule in session.scalars(asked):
        other = minimum_of(rule)
        if rule.id != beside and other.overlaps(minimum):
            raise CoverOverlaps(
                f"The unit already needs {other.counted}, {other.words},"
                f" {rule.span.in_words}: change or end that minimum, or give other times.",
                field="role",
            )
