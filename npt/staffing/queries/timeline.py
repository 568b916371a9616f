"""Strength and establishment through time: who counted where from when to when, and what was funded.

Whatever is asked of it afterwards (month ends, the age of a vacancy, who comes after whom), it is three
statements for a team as for a force.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.spans import Span
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Posting
from npt.people.queries import HELD_COLUMNS, HeldPosting, held_posting, student_rules
from npt.people.rules import PolicingRole, posting_in_force
from npt.staffing.models import Establishment
from npt.staffing.rules import Held, Stage, days_in_strength, stages_of


@dataclass(frozen=True, slots=True)
class Tenure:
    """Days on which one posting of a member counts, with no day between them on which it does not."""

    posting: HeldPosting
    span: Span


@dataclass(frozen=True, slots=True)
class Funding:
    """The funded posts of a role at a unit itself, on the days on which they hold and the unit stands."""

    unit_path: str
    role: PolicingRole
    held: Held


@dataclass(frozen=True)
class Timeline:
    """Everything of a unit and the units under it, in memory. Asks the database nothing."""

    path: str
    #: of everybody who was ever posted there, those elsewhere too; in the order of members, then of days
    tenures: tuple[Tenure, ...]
    #: the same on the days on which they are in strength: without student officers while those do not count
    in_strength: tuple[Tenure, ...]
    funding: tuple[Funding, ...]

    def stages(self, path: str, role: PolicingRole) -> list[Stage]:
        """Strength and establishment of the role at the unit at `path` and under it, through all time.

        ValueError for a unit that the timeline was not made for.
        """
        if not path.startswith(self.path):
            raise ValueError(f"this timeline is of {self.path}, and {path} does not lie under it")
        return stages_of(
            [Held(each.span, each.posting.fte) for each in self.at(path, role)],
            [each.held for each in self._funding_by_role[role] if each.unit_path.startswith(path)],
        )

    def at(self, path: str, role: PolicingRole) -> Iterator[Tenure]:
        """The tenures of the role at the unit at `path` and under it that are in strength."""
        return (each for each in self._tenures_by_role[role] if each.posting.unit_path.startswith(path))

    # A page asks for the same roles of one unit after the other.

    @cached_property
    def _tenures_by_role(self) -> defaultdict[PolicingRole, list[Tenure]]:
        found: defaultdict[PolicingRole, list[Tenure]] = defaultdict(list)
        for each in self.in_strength:
            found[each.posting.role].append(each)
        return found

    @cached_property
    def _funding_by_role(self) -> defaultdict[PolicingRole, list[Funding]]:
        found: defaultdict[PolicingRole, list[Funding]] = defaultdict(list)
        for each in self.funding:
            found[each.role].append(each)
        return found


def timeline(session: Session, path: str) -> Timeline:
    """Who counted at the unit at `path` and under it, and what was funded there. Three statements."""
    tenures = tuple(
        tenure for postings in _postings_by_member(session, path) for tenure in tenures_of(postings)
    )
    rules = [(rule.starts_on, rule.is_counted) for rule in student_rules(session, path)]
    in_strength = tuple(
        Tenure(tenure.posting, span)
        for tenure in tenures
        for span in days_in_strength(tenure.posting.kind, tenure.span, rules)
    )
    return Timeline(path, tenures, in_strength, tuple(_funding(session, path)))


def _postings_by_member(session: Session, path: str) -> Iterator[list[HeldPosting]]:
    """All postings of everybody who was ever posted at or under `path`: one elsewhere may count before."""
    here = select(Posting.member_id).join(Unit, Posting.unit_id == Unit.id).where(within(path))
    asked = (
        select(*HELD_COLUMNS)
        .join(Unit, Posting.unit_id == Unit.id)
        .where(Posting.member_id.in_(here))
        .order_by(Posting.member_id, Posting.starts_on, Posting.id)
    )
    held = map(held_posting, session.execute(asked))
    for _, postings in groupby(held, key=lambda posting: posting.member_id):
        yield list(postings)


def tenures_of(postings: Iterable[HeldPosting]) -> list[Tenure]:
    """On which days each of one member's postings counts, in the order of those days."""
    postings = list(postings)
    turns = sorted(
        {posting.span.first for posting in postings}
        | {posting.span.after for posting in postings if posting.span.after is not None}
    )
    counted: defaultdict[int, list[Span]] = defaultdict(list)
    by_id = {posting.id: posting for posting in postings}
    for position, turn in enumerate(turns):
        until = turns[position + 1] - timedelta(days=1) if position + 1 < len(turns) else None
        for posting in posting_in_force(postings, turn):
            spans, span = counted[posting.id], Span(turn, until)
            joined = spans[-1].joined(span) if spans else None
            if joined is not None:
                spans.pop()
            spans.append(joined or span)
    found = [Tenure(by_id[key], span) for key, spans in counted.items() for span in spans]
    return sorted(found, key=lambda tenure: (tenure.span.first, tenure.posting.id))


def _funding(session: Session, path: str) -> Iterator[Funding]:
    asked = (
        select(
            Unit.path,
            Unit.opened_on,
            Unit.closed_on,
            Establishment.role,
            Establishment.posts,
            Establishment.starts_on,
            Establishment.ends_on,
        )
        .join(Unit, Establishment.unit_id == Unit.id)
        .where(within(path))
        .order_by(Unit.path, Establishment.role, Establishment.starts_on)
    )
    for unit_path, opened_on, closed_on, role, posts, starts_on, ends_on in session.execute(asked):
        days = Span(starts_on, ends_on).intersection(Span(opened_on, closed_on))
        if days is not None:
            yield Funding(unit_path, role, Held(days, posts))
