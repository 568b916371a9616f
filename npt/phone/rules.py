"""The law of what is sent from a phone: its reference, and when it was typed."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from uuid import uuid4

from npt.kit.clock import moment_in_words
from npt.kit.refusals import Refusal

#: The forms that a phone may keep, by their views; `assets/worker.js` names their addresses.
FORMS = ("engagement.new_contact", "engagement.new_patrol", "problems.new_problem")
LONGEST_REFERENCE = 40
#: Somebody sent later than this after it was typed had no signal. Ours.
SENT_LATE_AFTER = timedelta(hours=1)
#: A phone whose clock runs ahead a little is not refused. Ours.
_CLOCK_AHEAD = timedelta(minutes=10)
#: How far back a form takes what happened, since a wrong year is easily typed. Ours; files have no limit.
OLDEST = timedelta(days=366)
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class BadReference(Refusal):
    """A reference with other characters than letters, digits, dots, underscores and hyphens, or too many."""


class BadInstant(Refusal):
    """Something that is still to come, or too long ago."""


class Purpose(Enum):
    """What a reference is of, by its first letter."""

    CONTACT = "c"
    PATROL = "p"
    PROBLEM = "s"

    def new_reference(self) -> str:
        """A reference that nothing has: "c-3f9a2b7c1d04"."""
        return f"{self.value}-{uuid4().hex[:12]}"


@dataclass(frozen=True, slots=True)
class Typed:
    """When something was typed, and when it reached us."""

    at: datetime
    received_at: datetime

    @property
    def is_late(self) -> bool:
        """Whether it was sent much later than it was typed, as without a signal."""
        return self.received_at - self.at > SENT_LATE_AFTER


def check_reference(reference: str) -> str:
    """The reference, if it is one. BadReference."""
    if len(reference) > LONGEST_REFERENCE or _REFERENCE.fullmatch(reference) is None:
        raise BadReference(
            f"“{reference[:40]}” is not a reference: use up to {LONGEST_REFERENCE} letters A to Z, digits,"
            " dots, underscores or hyphens, beginning with a letter or digit.",
            field="reference",
        )
    return reference


def check_instant(instant: datetime, now: datetime, field: str) -> datetime:
    """The instant in whole minutes, if it has come. BadInstant.

    One that a clock running a little ahead gives is taken as now.
    """
    if instant > now + _CLOCK_AHEAD:
        raise BadInstant(
            f"{moment_in_words(instant)} is still to come: give a time that has passed.", field=field
        )
    return min(instant, now).replace(second=0, microsecond=0)
