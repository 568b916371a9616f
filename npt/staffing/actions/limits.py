"""What is done to a force's limit on the people to each sergeant: set it from a day on, correct it."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.staffing.models import RatioLimit
from npt.staffing.rules import HIGHEST_LIMIT, LOWEST_LIMIT
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version


class NotAForce(Refusal):
    """A limit was set for a unit that is no force."""


class LimitOutOfRange(Refusal):
    """A limit below one person, absurdly high, or finer than hundredths."""


class LimitThere(Refusal):
    """The force has a limit from that day on already."""


def _limit_there() -> Refusal:
    return LimitThere(
        "The force has a limit that starts on that day already: open the page again and correct that one.",
        field="starts_on",
    )


name_violation("uq_ratio_limit_unit_id_starts_on", _limit_there)


def set_limit(session: Session, *, unit: Unit, people: Decimal, starts_on: date) -> RatioLimit:
    """Let `unit`, a force, have at most `people` constables and PCSOs (FTE) to a sergeant from `starts_on`.

    It holds until the next limit starts. NotAForce, LimitOutOfRange, DayOutOfRange, LimitThere.
    """
    if unit.level is not Level.FORCE:
        raise NotAForce(f"{unit.code} is not a force: set the limit for the whole force.", field="unit")
    _check_people(people)
    check_day(starts_on, "starts_on")
    limit = RatioLimit(unit=unit, people=people, starts_on=starts_on)
    with refusing(session):
        session.add(limit)
    return limit


def change_limit(
    session: Session, limit: RatioLimit, *, people: Decimal, expected_version: int | None = None
) -> RatioLimit:
    """Correct a limit. LimitOutOfRange; StaleRecord for an older `expected_version`."""
    check_version(limit, expected_version)
    _check_people(people)
    limit.people = people
    with refusing(session):
        return limit


def _check_people(people: Decimal) -> None:
    if not people.is_finite() or not LOWEST_LIMIT <= people <= HIGHEST_LIMIT or people != round(people, 2):
        raise LimitOutOfRange(
            f"The limit must be from {LOWEST_LIMIT} to {HIGHEST_LIMIT} people to a sergeant, with at most two"
            " decimals.",
            field="people",
        )
