"""Questions about many members at once: who stands where with which programme on a day.

The number of statements is the same for a team and for a force.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.spans import Span
from npt.organisation.models import Unit
from npt.organisation.queries import children
from npt.organisation.rules import Level
from npt.people.models import Member, Posting
from npt.people.queries import members_of
from npt.people.rules import PolicingRole, posting_in_force
from npt.store.batches import batches, found_by
from npt.training.models import Completion, Programme, Registration
from npt.training.rules import (
    Counts,
    ModuleDates,
    Progress,
    Standing,
    counts_of,
    held_since,
    standing_on,
)


@dataclass(frozen=True)
class MemberTraining:
    """A member on a day: where they are posted, and where they stand with each programme."""

    member: Member
    #: the postings that count on the day, the unit of each loaded
    postings: tuple[Posting, ...]
    #: by the key of the programme
    standings: Mapping[int, Standing]

    def is_under(self, path: str) -> bool:
        """Whether the member counts at the unit at `path` or under it."""
        return any(posting.unit.path.startswith(path) for posting in self.postings)


@dataclass(frozen=True)
class Training:
    """A unit's members by programme, on a day."""

    unit: Unit
    as_at: date
    programmes: Sequence[Programme]
    members: Sequence[MemberTraining]
    #: the units directly under it that stand on the day and have members
    children: Sequence[Unit]

    def counts(self, programme: Programme, path: str = "") -> Counts:
        """How many members stand where with it: all, or those at the unit at `path` or under it."""
        return counts_of(
            [each.standings[programme.id] for each in self.members if not path or each.is_under(path)]
        )


def training_of(session: Session, unit: Unit, day: date, programmes: Sequence[Programme]) -> Training:
    """The members who count at `unit` or under it on `day`, by unit and number, with these programmes."""
    posted: dict[int, list[Posting]] = defaultdict(list)
    members: dict[int, Member] = {}
    for each in members_of(session, unit.path, day):
        posted[each.member.id].append(each.posting)
        members[each.member.id] = each.member
    progress = progress_of(session, programmes, members)
    roles = _roles_since(session, members, day)
    return Training(
        unit=unit,
        as_at=day,
        programmes=programmes,
        members=[
            MemberTraining(member, tuple(posted[key]), _standings(programmes, progress, roles[key], key, day))
            for key, member in members.items()
        ],
        children=[
            child for child in children(session, unit, as_at=day) if child.level is not Level.NEIGHBOURHOOD
        ],
    )


def record_of(
    session: Session, member: Member, programmes: Sequence[Programme], day: date
) -> Mapping[int, Standing]:
    """Where one member, whose postings are loaded, stands with each programme on `day`, by its key."""
    progress = progress_of(session, programmes, [member.id])
    roles = _held(member.postings, day)
    return _standings(programmes, progress, roles, member.id, day)


_Registered = Mapping[tuple[int, int], Sequence[Progress]]


def _standings(
    programmes: Sequence[Programme],
    progress: _Registered,
    roles: Mapping[PolicingRole, date],
    member_id: int,
    day: date,
) -> dict[int, Standing]:
    standings: dict[int, Standing] = {}
    for programme in programmes:
        terms = programme.terms
        needed_since = min((since for role, since in roles.items() if role in terms.roles), default=None)
        known = progress.get((member_id, programme.id), ())
        standings[programme.id] = standing_on(terms, known, needed_since, day)
    return standings


def progress_of(
    session: Session, programmes: Sequence[Programme], member_ids: Collection[int]
) -> dict[tuple[int, int], list[Progress]]:
    """The registrations of these members for these programmes, by member and programme."""
    keys = [programme.id for programme in programmes]
    found: dict[tuple[int, int], list[Progress]] = defaultdict(list)
    for some in batches(sorted(member_ids)):
        theirs = Registration.member_id.in_(some), Registration.programme_id.in_(keys)
        modules: dict[int, list[ModuleDates]] = defaultdict(list)
        for registration_id, completed_on, verified_on in session.execute(
            select(Completion.registration_id, Completion.completed_on, Completion.verified_on)
            .join(Completion.registration)
            .where(*theirs)
        ):
            modules[registration_id].append(ModuleDates(completed_on, verified_on))
        asked = select(
            Registration.id,
            Registration.member_id,
            Registration.programme_id,
            Registration.registered_on,
            Registration.withdrawn_on,
            Registration.asked_on,
            Registration.granted_on,
        ).where(*theirs)
        for (
            key,
            member_id,
            programme_id,
            registered_on,
            withdrawn_on,
            asked_on,
            granted_on,
        ) in session.execute(asked):
            found[member_id, programme_id].append(
                Progress(registered_on, tuple(modules[key]), withdrawn_on, asked_on, granted_on)
            )
    return found


def _roles_since(
    session: Session, member_ids: Collection[int], day: date
) -> dict[int, dict[PolicingRole, date]]:
    """The roles that each of these members holds on `day`, with the day since when."""
    postings: dict[int, list[Posting]] = defaultdict(list)
    for posting in found_by(session, select(Posting), Posting.member_id, member_ids):
        postings[posting.member_id].append(posting)
    return {key: _held(postings[key], day) for key in member_ids}


def _held(postings: Iterable[Posting], day: date) -> dict[PolicingRole, date]:
    known = list(postings)
    spans: dict[PolicingRole, list[Span]] = defaultdict(list)
    for posting in known:
        spans[posting.role].append(posting.span)
    since = {posting.role: held_since(spans[posting.role], day) for posting in posting_in_force(known, day)}
    return {role: first for role, first in since.items() if first is not None}
