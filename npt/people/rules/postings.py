"""Postings: their kinds, which of them counts on a day, and what a student officer's may be.

That student officers are attached to neighbourhood teams for three months is from the HMIC report on
Bedfordshire of September 2008; the order of the kinds of posting, and the limit of one full-time equivalent
in a kind, are ours.
"""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Protocol, TypeVar

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.kit.spans import Span
from npt.organisation.rules import Level
from npt.people.rules.roles import PolicingRole

#: What the journal calls a list of members, of a unit and of all under it.
MEMBERS_LISTED = "members at unit"


FULL_TIME = Decimal("1.00")


class PostingKind(Enum):
    """How a member comes to be at a unit.

    An attachment counts first, then that of a student officer, a temporary posting, a substantive one.
    """

    SUBSTANTIVE = "substantive"
    TEMPORARY = "temporary"
    ATTACHMENT = "attachment"
    STUDENT = "student"

    @property
    def precedence(self) -> int:
        """Which kind counts when several hold on one day: the highest number."""
        return _PRECEDENCE[self]

    @property
    def wording(self) -> str:
        """The kind in a sentence, with "posting" where it needs it: "temporary posting"."""
        return _KIND_WORDING[self]


_PRECEDENCE = {
    PostingKind.SUBSTANTIVE: 1,
    PostingKind.TEMPORARY: 2,
    # Who is lent on from the team that they learn in counts where they are lent to.
    PostingKind.STUDENT: 3,
    PostingKind.ATTACHMENT: 4,
}
_KIND_WORDING = {
    PostingKind.SUBSTANTIVE: "substantive posting",
    PostingKind.TEMPORARY: "temporary posting",
    PostingKind.ATTACHMENT: "attachment",
    PostingKind.STUDENT: "student officer attachment",
}
#: How long a student officer is attached to a neighbourhood team, in months (HMIC 2008).
STUDENT_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a posting, besides whose and where it is; both days are included."""

    role: PolicingRole
    fte: Decimal
    kind: PostingKind
    starts_on: date
    ends_on: date | None = None

    @property
    def span(self) -> Span:
        """The days on which it holds."""
        return Span(self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """What is known of a member besides their number."""

    name: str
    email: str | None = None


class DatedPosting(Protocol):
    """What these rules need to know of a posting."""

    @property
    def kind(self) -> PostingKind:
        """Substantive, temporary or attachment."""

    @property
    def span(self) -> Span:
        """The days on which it holds."""

    @property
    def fte(self) -> Decimal:
        """The share of full time: over 0, up to 1.00."""


P = TypeVar("P", bound=DatedPosting)


class FteOutOfRange(Refusal):
    """A share of full time that is not over 0 and up to 1.00 in hundredths."""


class FteOverOne(Refusal):
    """Postings of one kind add up to more than one full-time person on some day."""


class TeamMustBeNamed(Refusal):
    """A member holds two postings of the same kind that day, so that the team of a shift has to be said."""


class WrongLevelForRole(Refusal):
    """A member was posted to a unit of a level to which the role is not posted."""


class StudentNotConstable(Refusal):
    """A student officer was to be attached as something else than a constable."""


class StudentStaysTooLong(Refusal):
    """A student officer attachment without a last day, or of more than three months."""


def posting_in_force(postings: Iterable[P], day: date) -> list[P]:
    """The postings of one member that count on `day`: those of the highest kind held, in the order given.

    Several when two of that kind hold at once; empty when none holds.
    """
    held = [posting for posting in postings if posting.span.covers(day)]
    highest = max((posting.kind.precedence for posting in held), default=0)
    return [posting for posting in held if posting.kind.precedence == highest]


def attributed_posting(postings: Iterable[P], day: date) -> P | None:
    """The one posting of a member to which a shift that starts on `day` belongs; None when none holds.

    Where the roster names the team, ask of the postings to that team alone. TeamMustBeNamed when two postings
    of the same kind count on that day.
    """
    counting = posting_in_force(postings, day)
    if len(counting) > 1:
        raise TeamMustBeNamed(
            f"On {day_in_words(day)} the member has {len(counting)} postings of the same kind"
            f" ({counting[0].kind.value}): say which team the shift is for.",
            field="team",
        )
    return counting[0] if counting else None


def check_fte(postings: Sequence[DatedPosting]) -> None:
    """Refuse the postings of one member when a share is out of range or one kind adds up to over 1.00 on any
    day.

    FteOverOne names the first such day, of the kind for which it comes first.
    """
    for posting in postings:
        hundredths = posting.fte * 100
        if not 0 < posting.fte <= FULL_TIME or hundredths != hundredths.to_integral_value():
            raise FteOutOfRange(
                f"An FTE of {posting.fte} is not possible: give a share of full time over 0 and up to 1.00,"
                " with at most two decimals.",
                field="fte",
            )
    by_kind: defaultdict[PostingKind, list[DatedPosting]] = defaultdict(list)
    for posting in postings:
        by_kind[posting.kind].append(posting)
    # The sum of a kind only rises on the first day of a posting, so those are the only days to look at.
    for day in sorted({posting.span.first for posting in postings}):
        for kind in PostingKind:
            total = sum((posting.fte for posting in by_kind[kind] if posting.span.covers(day)), Decimal(0))
            if total > FULL_TIME:
                raise FteOverOne(
                    f"On {day_in_words(day)} the member's postings of kind {kind.value} add up to"
                    f" {total:.2f} FTE, over 1.00: end one of them before that day or lower its FTE.",
                    field="fte",
                )


def check_posted_to(role: PolicingRole, level: Level) -> None:
    """Refuse (WrongLevelForRole) a posting of the role to a unit of the level."""
    if level not in role.levels:
        right = " or ".join(f"a unit of level {allowed.value}" for allowed in sorted(role.levels))
        raise WrongLevelForRole(
            f"A member who is a {role.wording} is posted to {right}, not to one of level {level.value}:"
            " name another unit.",
            field="team",
        )


def may_be_specialist(role: PolicingRole, kind: PostingKind) -> bool:
    """Whether somebody so posted may be a neighbourhood specialist officer (NSO): a constable who has learnt.

    HMIC 2008 has NSOs who line-manage PCSOs; that a student officer is not one yet is ours.
    """
    return role is PolicingRole.CONSTABLE and kind is not PostingKind.STUDENT


def student_last_day(first: date) -> date:
    """The last day of three months that begin with `first`: the day before that of the same number.

    Where the month has no such day, its last one: 30 November to 28 February.
    """
    year, index = divmod(first.year * 12 + first.month - 1 + STUDENT_MONTHS, 12)
    month_length = calendar.monthrange(year, index + 1)[1]
    if first.day > month_length:
        return date(year, index + 1, month_length)
    return date(year, index + 1, first.day) - timedelta(days=1)


def check_student(role: PolicingRole, span: Span) -> None:
    """Refuse a student officer attachment in another role than constable, open-ended or over three months.

    StudentNotConstable, StudentStaysTooLong.
    """
    if role is not PolicingRole.CONSTABLE:
        raise StudentNotConstable(
            f"A student officer is a constable, not a {role.wording}: choose constable, or another kind of"
            " posting.",
            field="role",
        )
    last = student_last_day(span.first)
    if span.last is None or span.last > last:
        raise StudentStaysTooLong(
            f"A student officer attachment lasts {STUDENT_MONTHS} months at most: give"
            f" {day_in_words(last)} as its last day, or an earlier one. If they stay longer, add "
            "another from the day after.",
            field="ends_on",
        )
