"""Key individuals: sector, status, lawful basis, and when somebody has to look at a record again."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from npt.communities.rules import check_past, check_words
from npt.kit.clock import day_in_words
from npt.kit.limits import check_name
from npt.kit.months import months_after
from npt.kit.refusals import Refusal
from npt.kit.telephones import telephone

LONGEST_NAME = 200
LONGEST_REFERENCE = 20
LONGEST_ADDRESS = 300
LONGEST_WORDS = 100
#: After so many days without an encounter somebody is dormant, after so many not seen; ours.
DORMANT_AFTER = timedelta(days=180)
NOT_SEEN_AFTER = timedelta(days=90)
#: A record is looked at again so many months after it was last kept; ours.
MONTHS_KEPT = 12


class Sector(Enum):
    """What part of life a key individual stands for."""

    RESIDENT = "resident"
    BUSINESS = "business"
    SCHOOL = "school"
    FAITH = "faith"
    HEALTH = "health"
    VOLUNTARY = "voluntary"
    YOUTH = "youth"
    ELDERLY = "elderly"
    STATUTORY = "statutory"
    OTHER = "other"

    @property
    def wording(self) -> str:
        """The sector as a list says it."""
        return _SECTORS[self]


_SECTORS = {
    Sector.RESIDENT: "Residents",
    Sector.BUSINESS: "Business",
    Sector.SCHOOL: "Schools and colleges",
    Sector.FAITH: "Faith",
    Sector.HEALTH: "Health",
    Sector.VOLUNTARY: "Voluntary groups",
    Sector.YOUTH: "Young people",
    Sector.ELDERLY: "Older people",
    Sector.STATUTORY: "Public services",
    Sector.OTHER: "Other",
}


class Stage(Enum):
    """How far a record has come. Who is active is in the network, dormant or not: that is worked out."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    LEFT = "left"
    #: it was merged into another record of the same person
    MERGED = "merged"


class Status(Enum):
    """A key individual on a day."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    DORMANT = "dormant"
    LEFT = "left"

    @property
    def wording(self) -> str:
        """The status as a list says it."""
        return self.value.capitalize()

    @property
    def in_sentence(self) -> str:
        """How somebody stands, after "is": "in the network", "proposed for the network"."""
        if self is Status.LEFT:
            return "no longer in the network"
        return "proposed for the network" if self is Status.PROPOSED else "in the network"


class Way(Enum):
    """How somebody prefers to be reached."""

    CALL = "call"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"

    @property
    def wording(self) -> str:
        """The way as a form says it."""
        return _WAYS[self]


_WAYS = {
    Way.CALL: "Phone call",
    Way.TEXT: "Text message",
    Way.EMAIL: "Email",
    Way.LETTER: "Letter",
    Way.VISIT: "Visit",
}


class Basis(Enum):
    """On what ground the record is kept."""

    PUBLIC_TASK = "public-task"
    CONSENT = "consent"

    @property
    def wording(self) -> str:
        """The ground as a form says it."""
        return "Public task" if self is Basis.PUBLIC_TASK else "Consent"


class LeaveReason(Enum):
    """Why somebody left the network."""

    MOVED = "moved"
    ROLE_ENDED = "role-ended"
    ASKED = "asked"
    NOT_REACHED = "not-reached"
    NOT_NEEDED = "not-needed"
    DIED = "died"
    OTHER = "other"

    @property
    def wording(self) -> str:
        """The reason as a form says it."""
        return _REASONS[self]


_REASONS = {
    LeaveReason.MOVED: "They moved away",
    LeaveReason.ROLE_ENDED: "They no longer hold the role that they spoke from",
    LeaveReason.ASKED: "They asked to leave",
    LeaveReason.NOT_REACHED: "Nobody can reach them",
    LeaveReason.NOT_NEEDED: "There is no need any more to keep the record",
    LeaveReason.DIED: "They died",
    LeaveReason.OTHER: "Another reason",
}


class NoBasis(Refusal):
    """The ground on which a record is kept has no day, or one to come."""


class NotInNetwork(Refusal):
    """Something was to be done with somebody who has left, or whose record was merged into another."""


@dataclass(frozen=True, slots=True)
class KinFacts:
    """What is recorded of a key individual; None for what is not known."""

    name: str
    sector: Sector
    basis: Basis
    #: the day of the consent, or since when the record is kept as a public task
    basis_on: date
    organisation: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    preferred: Way | None = None
    best_time: str | None = None
    language: str | None = None
    #: a code of self-defined ethnicity, a group's letter or NS; None where nobody asked
    ethnicity: str | None = None


def check_facts(facts: KinFacts, today: date) -> None:
    """Refuse a name that is none, and a ground without its day. BadName, BadText, NoBasis, BadTelephone."""
    check_name(facts.name)
    check_words(facts.name, LONGEST_NAME, "name", "Give their name.")
    if facts.basis_on > today:
        raise NoBasis(
            f"{day_in_words(facts.basis_on)} is still to come: give the day on which they agreed, or from"
            " which the record is kept.",
            field="basis_on",
        )


def kept_phone(text: str | None) -> str | None:
    """A telephone number as it is kept; None where none was given. BadTelephone."""
    return telephone(text, "phone") if text else None


def kept_email(text: str | None) -> str | None:
    """An email address as it is kept and compared."""
    return text.strip().lower() if text and text.strip() else None


def quiet_since(*, recorded_on: date, active_on: date | None, last_met: date | None) -> date:
    """Since when nobody has met them. Who joined counts as met on that day: they were asked."""
    return max(day for day in (recorded_on, active_on, last_met) if day is not None)


def status_of(stage: Stage, quiet: date, day: date) -> Status:
    """The status on `day` of a record that is not merged, of somebody whom nobody has met since `quiet`."""
    if stage is Stage.ACTIVE:
        return Status.DORMANT if day - quiet > DORMANT_AFTER else Status.ACTIVE
    return Status.PROPOSED if stage is Stage.PROPOSED else Status.LEFT


def is_not_seen(stage: Stage, quiet: date, day: date) -> bool:
    """Whether somebody in the network has not been met for longer than 90 days."""
    return stage is Stage.ACTIVE and day - quiet > NOT_SEEN_AFTER


def keep_until(reviewed_on: date) -> date:
    """The day by which somebody says again whether the record is kept."""
    return months_after(reviewed_on, MONTHS_KEPT)


def review_from(today: date) -> date:
    """Whoever was last kept on this day or before has to be looked at again today."""
    return months_after(today, -MONTHS_KEPT)


def check_left(left_on: date, recorded_on: date, today: date) -> None:
    """Refuse a day of leaving that is to come, or before they were recorded. InTheFuture, NotInNetwork."""
    check_past(left_on, today, "left_on")
    if left_on < recorded_on:
        raise NotInNetwork(
            f"They were recorded on {day_in_words(recorded_on)}: give that day or a later one.",
            field="left_on",
        )
