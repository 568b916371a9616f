"""Who of some members is not there on a day, or is on duty now, as the rosters know it: for the contacts of
neighbourhoods.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from npt.shifts.models import Away, Reason, Shift
from npt.shifts.rules import this_minute
from npt.store.batches import batches

#: How far ahead the next shift of somebody off duty is looked for. Ours.
NEXT_SHIFT_WITHIN = timedelta(days=14)


def away_all_day(session: Session, member_ids: Collection[int], day: date) -> Mapping[int, str]:
    """Those absent or taken off for the whole of every shift that starts on `day`, with the reasons in words.

    Somebody without a shift that day is not away: nobody has said that they were to be there. One statement
    for each few thousand members.
    """
    rostered: defaultdict[int, dict[int, int]] = defaultdict(dict)
    away: defaultdict[int, int] = defaultdict(int)
    reasons: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for some in batches(sorted(member_ids)):
        asked = (
            select(Shift.member_id, Shift.id, Shift.minutes, Away.minutes, Reason.name)
            .outerjoin(Away, Away.shift_id == Shift.id)
            .outerjoin(Reason, Reason.id == Away.reason_id)
            .where(Shift.member_id.in_(some), Shift.on_date == day)
            .order_by(Shift.starts_at, Away.starts_at)
        )
        for member_id, shift_id, minutes, minutes_away, reason in session.execute(asked):
            rostered[member_id][shift_id] = minutes
            if reason is not None:
                away[member_id] += minutes_away
                reasons[member_id][reason] = None
    return {
        member_id: ", ".join(reasons[member_id])
        for member_id, shifts in rostered.items()
        if away[member_id] == sum(shifts.values())
    }


@dataclass(frozen=True, slots=True)
class DutyNow:
    """How a member stands at a moment; instants in UTC."""

    #: the end of the shift that lasts now; None off duty
    until: datetime | None = None
    #: why they are away in it now, in words, and until when; "" and None where they are not
    reason: str = ""
    back_at: datetime | None = None
    #: the start of the next shift that is not wholly taken by time away; None where none is rostered soon
    next_at: datetime | None = None


def duty_now(session: Session, member_ids: Collection[int], now: datetime) -> Mapping[int, DutyNow]:
    """How these few members stand now, by key; whoever has no shift in the next two weeks is left out.

    One statement.
    """
    whole, minute = aliased(Away), this_minute(now)
    asked = (
        select(Shift.member_id, Shift.starts_at, Shift.ends_at, Reason.name, Away.ends_at)
        .outerjoin(Away, and_(Away.shift_id == Shift.id, Away.starts_at <= minute, Away.ends_at > minute))
        .outerjoin(Reason, Reason.id == Away.reason_id)
        .outerjoin(whole, and_(whole.shift_id == Shift.id, whole.minutes == Shift.minutes))
        .where(
            Shift.member_id.in_(member_ids),
            Shift.ends_at > minute,
            Shift.starts_at < minute + NEXT_SHIFT_WITHIN,
            or_(Shift.starts_at <= minute, whole.id.is_(None)),
        )
        .order_by(Shift.starts_at)
    )
    found: dict[int, DutyNow] = {}
    for member_id, starts, ends, reason, back_at in session.execute(asked):
        known = found.get(member_id, DutyNow())
        if starts <= minute:
            known = replace(known, until=ends, reason=reason or "", back_at=back_at)
        elif known.next_at is None:
            known = replace(known, next_at=starts)
        found[member_id] = known
    return found
