"""Shares: on what legal basis, until when, and the one instant from which a share opens nothing any more.

A share opens from the instant at which it was granted until the first of these: the end of its last day in
local time, the end of the days within which it was to be confirmed, and the instant at which somebody ended
it. That a change of unit asks for a confirmation within 14 days, and the longest time, are ours.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from npt.kit.clock import day_in_words, local_day, local_midnight
from npt.kit.refusals import Refusal

#: Whole days after the one on which a matter was handed over, within which its shares are confirmed.
CONFIRM_WITHIN = timedelta(days=14)
#: The longest that a share lasts before somebody looks at it again and extends it.
LONGEST = timedelta(days=366)
#: How long before its last day a share is told of. Ours.
ENDS_SOON = timedelta(days=14)
PURPOSE_LENGTH = 300
#: How long after a resident's link ended it is known who they were. Ours: a complaint may take a year.
RESIDENTS_KEPT_FOR = timedelta(days=366)
_DAY = timedelta(days=1)


class BadPurpose(Refusal):
    """A purpose that is empty or too long."""


class UntilOutOfRange(Refusal):
    """A share that ends before today, lasts too long, or outlasts its agency."""


class LegalBasis(Enum):
    """What allows the police to share a record: acts in force in England, in words."""

    CRIME_AND_DISORDER = "crime-and-disorder"
    LAW_ENFORCEMENT = "law-enforcement"
    PUBLIC_TASK = "public-task"
    CONSENT = "consent"
    VITAL_INTERESTS = "vital-interests"
    SAFEGUARDING = "safeguarding"
    OFFENDERS = "offenders"
    REQUIRED = "required"
    NOTHING_PERSONAL = "nothing-personal"

    @property
    def wording(self) -> str:
        """The basis as a person reads it."""
        return _WORDING[self]


_WORDING = {
    LegalBasis.CRIME_AND_DISORDER: "Crime and Disorder Act 1998, section 115: to reduce crime and disorder",
    LegalBasis.LAW_ENFORCEMENT: "Data Protection Act 2018, Part 3: a law enforcement purpose",
    LegalBasis.PUBLIC_TASK: "UK GDPR, Article 6(1)(e): a task in the public interest",
    LegalBasis.CONSENT: "Consent of whoever is concerned",
    LegalBasis.VITAL_INTERESTS: "UK GDPR, Article 6(1)(d): to protect somebody’s life",
    LegalBasis.SAFEGUARDING: "Children Act 2004, section 11: to safeguard children",
    LegalBasis.OFFENDERS: "Criminal Justice Act 2003, section 325: to manage the risk of offenders",
    LegalBasis.REQUIRED: "A court order or another enactment requires it",
    LegalBasis.NOTHING_PERSONAL: "No personal data is shared",
}


class EndReason(Enum):
    """Why a share ended before its time."""

    WITHDRAWN = "withdrawn"
    AGENCY_CLOSED = "agency closed"
    RAN_OUT = "ran out"
    NOT_CONFIRMED = "not confirmed in time"

    @property
    def wording(self) -> str:
        """The reason as a person reads it."""
        return self.value


@dataclass(frozen=True, slots=True)
class ShareTerms:
    """What a share is for, on what legal basis, and its last day."""

    purpose: str
    basis: LegalBasis
    until: date


def check_terms(terms: ShareTerms, today: date, agency_closes: date | None = None) -> None:
    """Refuse terms that no share can have: BadPurpose, UntilOutOfRange."""
    if not terms.purpose.strip() or len(terms.purpose) > PURPOSE_LENGTH:
        raise BadPurpose(
            f"Say what it is shared for, in {PURPOSE_LENGTH} characters at most.", field="purpose"
        )
    if terms.until < today:
        why = f"{day_in_words(terms.until)} has passed: enter today or a later day."
    elif terms.until > today + LONGEST:
        why = f"A share lasts a year at most: enter {day_in_words(today + LONGEST)} or an earlier day."
    elif agency_closes is not None and terms.until > agency_closes:
        why = f"The agency closes on {day_in_words(agency_closes)}: enter that day or an earlier one."
    else:
        return
    raise UntilOutOfRange(why, field="until")


def end_of(day: date) -> datetime:
    """The instant at which a local day is over, also where the clocks change."""
    return local_midnight(day + _DAY)


def confirm_by(handed_over_at: datetime) -> datetime:
    """The instant until which a share is to be confirmed: the end of the 14th day after the hand-over."""
    return end_of(local_day(handed_over_at) + CONFIRM_WITHIN)


def ends_at(until: date, confirm_by: datetime | None, ended_at: datetime | None) -> datetime:
    """The instant from which a share opens nothing any more."""
    return min(each for each in (end_of(until), confirm_by, ended_at) if each is not None)
