"""What letters are about, and what follows from it: how often, for how long, and why a person gets them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from npt.kit.clock import local_day, local_midnight


@dataclass(frozen=True, slots=True)
class _Terms:
    wording: str
    #: topics with the same word share their limit
    share: str
    #: the fewest local days from one letter to the next, unless it is urgent
    days_between: int
    #: it is out of date at the end of so many local days after the one on which it was queued
    worth_days: int
    because: str
    #: see `Topic.is_private`
    is_private: bool = False


class Topic(Enum):
    """What a letter is about. Stored by value."""

    DAILY = "daily"
    NEWSLETTER = "newsletter"
    INVITATION = "invitation"

    @property
    def wording(self) -> str:
        """The topic as a person reads it."""
        return _TERMS[self].wording

    @property
    def days_between(self) -> int:
        """The fewest local days from one letter to a person to the next (1: one a day; 7: one a week)."""
        return _TERMS[self].days_between

    @property
    def worth_days(self) -> int:
        """At the end of how many local days after the one on which it was queued it is out of date."""
        return _TERMS[self].worth_days

    @property
    def because(self) -> str:
        """Why a person gets it, as the letter itself says."""
        return _TERMS[self].because

    @property
    def is_private(self) -> bool:
        """Whether it goes to somebody without an account, with a link that opens what is theirs alone.

        Whoever sees which letters were sent then sees neither to whom this one went nor its text: they would
        learn who a key individual is, and hold the key to their record.
        """
        return _TERMS[self].is_private

    @property
    def sharing(self) -> frozenset["Topic"]:
        """The topics that share its limit: a person gets one of all these."""
        return frozenset(each for each in Topic if _TERMS[each].share == _TERMS[self].share)

    @property
    def is_own_work(self) -> bool:
        """Whether it is about a person's own work in the tracker: their account says whether they want it."""
        return self is Topic.DAILY


_TERMS: Mapping[Topic, _Terms] = {
    Topic.DAILY: _Terms(
        "Daily email",
        share="work",
        days_between=1,
        worth_days=0,
        because="You get this email because something in the tracker waits for you: at most once a day, and"
        " only while it does.",
    ),
    Topic.NEWSLETTER: _Terms(
        "Newsletter",
        share="messages",
        days_between=7,
        worth_days=14,
        because="You get this email because you agreed to hear from your neighbourhood team by email: at most"
        " once a week, unless it is urgent.",
    ),
    Topic.INVITATION: _Terms(
        "Invitation",
        share="invitations",
        days_between=1,
        worth_days=14,
        because="You get this email because your neighbourhood team invited you to look at something with"
        " them.",
        is_private=True,
    ),
}


def worth_until(topic: Topic, queued_at: datetime) -> datetime:
    """The instant from which a letter queued at `queued_at` is out of date: a local midnight."""
    return local_midnight(local_day(queued_at) + timedelta(days=topic.worth_days + 1))


def first_moment_allowed(topic: Topic, last: date) -> datetime:
    """When somebody who had a letter that shares the limit on the local day `last` may get the next.

    Whole local days: a newsletter of Friday afternoon may be followed by one of the next Friday morning, in
    the week of a clock change too.
    """
    return local_midnight(last + timedelta(days=topic.days_between))
