"""Postings ending soon: who goes, who comes, and what is left."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.queries import HeldPosting
from npt.people.rules import PolicingRole
from npt.staffing.queries.timeline import Tenure, Timeline, timeline
from npt.staffing.rules import Stage, stage_on
from npt.store.batches import found_by


@dataclass(frozen=True, slots=True)
class Ending:
    """A posting whose last day comes up, and what its unit has of the role on the day after."""

    member: Member
    posting: HeldPosting
    unit: Unit
    ends_on: date
    #: where the member counts on the day after; None when nowhere that is known
    goes_to: Unit | None
    #: who begins at the unit in the role by the day after; no one yet when empty
    covered_by: tuple[Member, ...]
    after: Stage


def endings(
    session: Session, path: str, day: date, *, within_days: int, role: PolicingRole | None = None
) -> list[Ending]:
    """The postings at `path` or under it that count until a last day from `day` to `within_days` later.

    Left out is who goes on in the same role at the same unit under another posting, and student officers
    while they are not in strength. Whoever comes begins after `day` and by the day after the end. In the
    order of last days. Five statements.
    """
    through_time = timeline(session, path)
    last_day = day + timedelta(days=within_days)
    departures = [
        departure
        for departure in _departures(through_time, day)
        if departure.ends_on <= last_day and role in (None, departure.tenure.posting.role)
    ]
    postings = [
        tenure.posting
        for departure in departures
        for tenure in (departure.tenure, *departure.next, *departure.coming)
    ]
    posted, to = [posting.member_id for posting in postings], [posting.unit_id for posting in postings]
    members = {member.id: member for member in found_by(session, select(Member), Member.id, posted)}
    units = {unit.id: unit for unit in found_by(session, select(Unit), Unit.id, to)}
    found = [
        Ending(
            member=members[departure.tenure.posting.member_id],
            posting=departure.tenure.posting,
            unit=units[departure.tenure.posting.unit_id],
            ends_on=departure.ends_on,
            goes_to=next((units[each.posting.unit_id] for each in departure.next), None),
            covered_by=tuple(members[each.posting.member_id] for each in departure.coming),
            after=departure.left,
        )
        for departure in departures
    ]
    return sorted(found, key=lambda ending: (ending.ends_on, ending.unit.path, ending.member.number))


@dataclass(frozen=True, slots=True)
class _Departure:
    """A tenure that ends because its posting does."""

    tenure: Tenure
    ends_on: date
    #: where the member counts on the day after
    next: tuple[Tenure, ...]
    coming: tuple[Tenure, ...]
    left: Stage


def _departures(through_time: Timeline, day: date) -> Iterator[_Departure]:
    """Who leaves a unit of the timeline for good, on `day` or later."""
    of_member: defaultdict[int, list[Tenure]] = defaultdict(list)
    for tenure in through_time.tenures:
        of_member[tenure.posting.member_id].append(tenure)
    for tenure in through_time.in_strength:
        going, last = tenure.posting, tenure.span.last
        is_here = going.unit_path.startswith(through_time.path)
        # A tenure may also end because the member is lent; the posting goes on then.
        if not is_here or last is None or last < day or last != going.span.last:
            continue
        after = last + timedelta(days=1)
        following = tuple(each for each in of_member[going.member_id] if each.span.covers(after))
        if any(
            (each.posting.unit_id, each.posting.role) == (going.unit_id, going.role) for each in following
        ):
            continue
        coming = tuple(
            each
            for each in through_time.at(going.unit_path, going.role)
            if each.posting.member_id != going.member_id
            and each.posting.unit_id == going.unit_id
            and day < each.span.first <= after
            and each.span.covers(after)
        )
        left = stage_on(through_time.stages(going.unit_path, going.role), after)
        yield _Departure(tenure, last, following, coming, left)
