"""The law of people: roles, the groups that have a target, and which posting counts on a day.

Targets are from the HMIC report on Bedfordshire of September 2008; the order of the kinds of posting, and the
limit of one full-time equivalent in a kind, are ours.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Protocol, TypeVar

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.kit.spans import Span
from npt.organisation.rules import Level

FULL_TIME = Decimal("1.00")


class PolicingRole(Enum):
    """What a member does in neighbourhood policing. Not what an account may do: see `npt.access`."""

    INSPECTOR = "inspector"
    SERGEANT = "sergeant"
    CONSTABLE = "constable"
    PCSO = "pcso"
    SPECIAL = "special"
    VOLUNTEER = "volunteer"

    @property
    def wording(self) -> str:
        """One of them in a sentence: "constable"."""
        return _ROLE_WORDING[self][0]

    @property
    def plural(self) -> str:
        """More than one in a sentence: "constables"."""
        return _ROLE_WORDING[self][1]

    @property
    def heading(self) -> str:
        """More than one at the start of a line: "Constables", "PCSOs"."""
        return self.plural[:1].upper() + self.plural[1:]

    @property
    def is_supervisor(self) -> bool:
        """Whether the role supervises teams and may confirm their days: inspectors and sergeants."""
        return self in SUPERVISORS

    @property
    def levels(self) -> frozenset[Level]:
        """The levels of unit to which the role is posted."""
        return _POSTED_TO[self]


SUPERVISORS = frozenset({PolicingRole.INSPECTOR, PolicingRole.SERGEANT})
_ROLE_WORDING = {
    PolicingRole.INSPECTOR: ("inspector", "inspectors"),
    PolicingRole.SERGEANT: ("sergeant", "sergeants"),
    PolicingRole.CONSTABLE: ("constable", "constables"),
    PolicingRole.PCSO: ("PCSO", "PCSOs"),
    PolicingRole.SPECIAL: ("special constable", "special constables"),
    PolicingRole.VOLUNTEER: ("volunteer", "volunteers"),
}
# An area is led by its inspector, and special constables are deployed to areas (HMIC 2008); the rest work in
# teams.
_POSTED_TO = {
    PolicingRole.INSPECTOR: frozenset({Level.AREA}),
    PolicingRole.SERGEANT: frozenset({Level.TEAM}),
    PolicingRole.CONSTABLE: frozenset({Level.TEAM}),
    PolicingRole.PCSO: frozenset({Level.TEAM}),
    PolicingRole.SPECIAL: frozenset({Level.AREA, Level.TEAM}),
    PolicingRole.VOLUNTEER: frozenset({Level.AREA, Level.TEAM}),
}


class RoleGroup(Enum):
    """Roles that share one ceiling on abstraction."""

    OFFICERS = "officers"
    PCSOS = "pcsos"

    @property
    def wording(self) -> str:
        """The group as a heading: "Officers"."""
        return _GROUP_WORDING[self]

    @property
    def target(self) -> int:
        """The highest abstraction rate allowed, in per cent: 20 for officers, 5 for PCSOs (HMIC 2008)."""
        return _GROUP_TARGET[self]

    @property
    def roles(self) -> frozenset[PolicingRole]:
        """The roles in the group."""
        return _GROUP_ROLES[self]


_GROUP_WORDING = {RoleGroup.OFFICERS: "Officers", RoleGroup.PCSOS: "PCSOs"}
_GROUP_TARGET = {RoleGroup.OFFICERS: 20, RoleGroup.PCSOS: 5}
_GROUP_ROLES = {
    RoleGroup.OFFICERS: frozenset({PolicingRole.INSPECTOR, PolicingRole.SERGEANT, PolicingRole.CONSTABLE}),
    RoleGroup.PCSOS: frozenset({PolicingRole.PCSO}),
}


_GROUP_OF = {role: group for group, roles in _GROUP_ROLES.items() for role in roles}


def group_of(role: PolicingRole) -> RoleGroup | None:
    """The group that the role's duty counts in; None for specials and volunteers, who have no target."""
    return _GROUP_OF.get(role)


class PostingKind(Enum):
    """How a member comes to be at a unit.

    An attachment counts before a temporary posting, that before a substantive.
    """

    SUBSTANTIVE = "substantive"
    TEMPORARY = "temporary"
    ATTACHMENT = "attachment"

    @property
    def precedence(self) -> int:
        """Which kind counts when several hold on one day: the highest number."""
        return _PRECEDENCE[self]

    @property
    def wording(self) -> str:
        """The kind in a sentence, with "posting" where it needs it: "temporary posting"."""
        return _KIND_WORDING[self]


_PRECEDENCE = {PostingKind.SUBSTANTIVE: 1, PostingKind.TEMPORARY: 2, PostingKind.ATTACHMENT: 3}
_KIND_WORDING = {
    PostingKind.SUBSTANTIVE: "substantive posting",
    PostingKind.TEMPORARY: "temporary posting",
    PostingKind.ATTACHMENT: "attachment",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a posting, besides whose and where it is; both days are included."""

    role: PolicingRole
    fte: Decimal
    kind: PostingKind
    starts_on: date
    ends_on: date | None = None


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
            f"On {day_in_words(day)} the member holds {len(counting)} postings of the same kind"
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
