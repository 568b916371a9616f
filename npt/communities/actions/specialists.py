"""What is done to the specialist contacts of a force or BCU: named, corrected, ended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.communities.models import SpecialistCalling, SpecialistContact
from npt.communities.rules import (
    LEVELS_WITH_SPECIALISTS,
    LONGEST_NAME,
    LONGEST_SUBJECT,
    LONGEST_WAY,
    Calling,
    NotForceOrBcu,
    NoWay,
    check_words,
)
from npt.kit.spans import Span, checked_span
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.rules import OutsideUnit, check_within
from npt.store.constraints import refusing
from npt.store.versions import check_version


class UnitNotOpen(OutsideUnit):
    """A specialist contact would be named for days on which the unit does not stand."""


@dataclass(frozen=True, slots=True)
class SpecialistFacts:
    """What is recorded of a specialist contact; see `npt.communities.models.SpecialistContact`."""

    subject: str
    name: str
    telephone: str | None
    email: str | None
    calls: Collection[Calling]
    ends_on: date | None = None


def name_specialist_contact(
    session: Session, *, unit: Unit, starts_on: date, facts: SpecialistFacts
) -> SpecialistContact:
    """Name a specialist contact of a force or BCU. NotForceOrBcu, BadText, NoWay, DayOutOfRange,
    EndsBeforeItStarts, UnitNotOpen.
    """
    if unit.level not in LEVELS_WITH_SPECIALISTS:
        raise NotForceOrBcu(
            f"{unit.code} is neither a force nor a BCU: name specialist contacts for one of those.",
            field="unit",
        )
    lock_units(session, [unit.id])
    _check(facts)
    _checked_span(unit, starts_on, facts.ends_on)
    contact = SpecialistContact(unit=unit, starts_on=starts_on)
    _fill(contact, facts)
    with refusing(session):
        session.add(contact)
    return contact


def change_specialist_contact(
    session: Session,
    contact: SpecialistContact,
    *,
    facts: SpecialistFacts,
    expected_version: int | None = None,
) -> SpecialistContact:
    """Correct a specialist contact; a last day ends it. `contact` is whole. As `name_specialist_contact`."""
    check_version(contact, expected_version)
    lock_units(session, [contact.unit.id])
    _check(facts)
    _checked_span(contact.unit, contact.starts_on, facts.ends_on)
    _fill(contact, facts)
    contact.version += 1  # also where only what calls for them has changed
    with refusing(session):
        return contact


def _checked_span(unit: Unit, starts_on: date, ends_on: date | None) -> Span:
    span = checked_span(starts_on, ends_on)
    check_within(span, unit.code, unit.span, UnitNotOpen, may_stay_open=True)
    return span


def _check(facts: SpecialistFacts) -> None:
    check_words(facts.subject, LONGEST_SUBJECT, "subject", "Say what they are to be asked about.")
    check_words(facts.name, LONGEST_NAME, "name", "Give their name or post.")
    if facts.telephone:
        check_words(facts.telephone, LONGEST_WAY, "telephone", "")
    if not facts.telephone and not facts.email:
        raise NoWay(
            "Give a telephone number or an email address, so that they can be asked.", field="telephone"
        )


def _fill(contact: SpecialistContact, facts: SpecialistFacts) -> None:
    contact.subject, contact.name = facts.subject, facts.name
    contact.telephone, contact.email = facts.telephone, facts.email
    contact.ends_on = facts.ends_on
    wanted = set(facts.calls)
    contact.callings = [
        *(each for each in contact.callings if each.calling in wanted),
        *(SpecialistCalling(calling=calling) for calling in sorted(wanted - contact.calls, key=_order)),
    ]


def _order(calling: Calling) -> int:
    return list(Calling).index(calling)
