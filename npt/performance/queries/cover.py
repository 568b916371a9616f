"""Who of some members is not there on a day, as the rosters know it: for the contacts of neighbourhoods."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.shifts.models import Away, Reason, Shift
from npt.store.batches import batches


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
