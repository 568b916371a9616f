"""On what contacts of the demonstration are made: shifts, neighbourhoods, their communities and streets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from npt.communities.queries import communities_under
from npt.engagement.rules import DutyMinutes
from npt.kit.clock import local_day
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Level
from npt.people.rules import PolicingRole
from npt.places.models import Street
from npt.places.queries import neighbourhoods_at
from npt.shifts.models import Away, Reason, Shift
from npt.shifts.rules import ReasonKind

#: Who speaks to people, and is counted.
ASKING = (PolicingRole.PCSO, PolicingRole.CONSTABLE)
#: To whom nobody in Luton has spoken.
UNHEARD = "Polish"


@dataclass(frozen=True, slots=True)
class Duty:
    """A shift of somebody who asks, mostly in the neighbourhood."""

    member_id: int
    role: PolicingRole
    on: date
    starts: datetime
    ends: datetime
    places: Sequence[Unit]
    is_in_luton: bool


def duties(session: Session, path: str, luton: str, now: datetime) -> Iterator[Duty]:
    """The shifts so far of constables and PCSOs who spent at least half of them in the neighbourhood."""
    lost = (
        select(
            Away.shift_id,
            func.sum(Away.minutes).filter(Reason.kind == ReasonKind.ABSENCE).label("absent"),
            func.sum(Away.minutes).filter(Reason.kind == ReasonKind.ABSTRACTION).label("abstracted"),
        )
        .join(Reason, Reason.id == Away.reason_id)
        .group_by(Away.shift_id)
        .subquery()
    )
    asked = (
        select(
            Shift.member_id,
            Shift.role,
            Shift.on_date,
            Shift.starts_at,
            Shift.ends_at,
            Shift.minutes,
            Unit.path,
            func.coalesce(lost.c.absent, 0),
            func.coalesce(lost.c.abstracted, 0),
        )
        .join(Unit, Unit.id == Shift.unit_id)
        .outerjoin(lost, lost.c.shift_id == Shift.id)
        .where(
            within(path),
            Shift.role.in_(list(ASKING)),
            Shift.ends_at <= now.replace(second=0, microsecond=0),
        )
        .order_by(Shift.starts_at, Shift.id)
    )
    below = list(session.scalars(neighbourhoods_under(path)))
    here: dict[str, list[Unit]] = {}
    of_team: dict[tuple[str, date], list[Unit]] = {}
    for member, role, on, starts, ends, minutes, where, absent, abstracted in session.execute(asked):
        if not DutyMinutes(minutes, absent, abstracted).is_mostly_here or local_day(ends) != on:
            continue
        if where not in here:
            here[where] = [each for each in below if each.path.startswith(where)]
        if (where, on) not in of_team:
            of_team[where, on] = [each for each in here[where] if each.stands_on(on)]
        if of_team[where, on]:
            yield Duty(member, role, on, starts, ends, of_team[where, on], where.startswith(luton))


def neighbourhoods_under(path: str) -> Select[Unit]:
    return select(Unit).where(within(path), Unit.level == Level.NEIGHBOURHOOD).order_by(Unit.path)


def communities_spoken_to(
    session: Session, path: str, luton: str, today: date
) -> dict[int, dict[int, float]]:
    found: dict[int, dict[int, float]] = {}
    for each in communities_under(session, path):
        is_unheard = each.name == UNHEARD and each.unit.path.startswith(luton)
        share = each.share_on(today)
        spoken_to = float(share.percent) if share is not None and share.percent is not None else 5.0
        found.setdefault(each.unit_id, {})[each.id] = 0.0 if is_unheard else spoken_to
    return found


def streets_named(session: Session, today: date) -> dict[int, list[str]]:
    """By neighbourhood its streets, but for the last of each, where nobody goes."""
    streets = list(session.scalars(select(Street).order_by(Street.name, Street.id)))
    found: dict[int, list[str]] = {}
    for street, unit in zip(
        streets, neighbourhoods_at(session, [each.point for each in streets], as_at=today), strict=True
    ):
        if unit is not None:
            found.setdefault(unit.id, []).append(street.name)
    return {key: names[:-1] for key, names in found.items()}
