"""Entering the time that special constables and volunteers gave, for many people and days at once."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.staffing.actions.volunteer_hours import MinutesOutOfRange
from npt.staffing.models import GivenTime
from npt.staffing.queries import GivenWeek, times_of
from npt.staffing.rules import LONGEST_DAY, TimeSlot
from npt.store.constraints import name_violation, refusing


class NothingChanged(Refusal):
    """What was entered is what is recorded already."""


class NotOneOfThem(Refusal):
    """Time was entered for somebody or for a day that the week does not have."""


class GivenMeanwhile(Refusal):
    """Somebody else recorded time in the same places after the week was shown."""


def _meanwhile(count: int = 1) -> GivenMeanwhile:
    places = "one of these days" if count == 1 else f"{count} of these days"
    return GivenMeanwhile(
        f"Somebody else changed {places} after you opened the page. Nothing you entered was saved: what "
        "is recorded now is shown below the boxes that differ. Correct them and save again.",
        field="times",
    )


name_violation("uq_given_time_member_id_on_date_work", _meanwhile)


def enter_time(
    session: Session,
    week: GivenWeek,
    *,
    wanted: Mapping[TimeSlot, int | None],
    seen: Mapping[TimeSlot, int],
) -> int:
    """Record the minutes of `wanted` in the week as it is now; None takes a record out. How many changed.

    `seen` says which version of a record the person saw, 0 or nothing where there was none. All or nothing:
    NotOneOfThem, GivenMeanwhile, MinutesOutOfRange, NothingChanged.
    """
    cells = week.cells
    if not wanted.keys() <= cells.keys():
        raise NotOneOfThem(
            "Time was entered for a day on which the person is not posted here: open the page again.",
            field="times",
        )
    changed = {slot: minutes for slot, minutes in wanted.items() if cells[slot].minutes != minutes}
    overtaken = [slot for slot in changed if cells[slot].version != seen.get(slot, 0)]
    if overtaken:
        raise _meanwhile(len(overtaken))
    if not changed:
        raise NothingChanged(
            "Nothing was changed: enter hours in the boxes of the days on which they were given.",
            field="times",
        )
    for slot, minutes in changed.items():
        _check_day(week, slot, (minutes or 0) + cells[slot].otherwise)
    first, last = week.dates[0], week.dates[-1]
    recorded = {
        TimeSlot(time.member_id, time.on_date): time
        for time in times_of(session, {slot.member_id for slot in changed}, first, last)
        if time.work is week.work
    }
    with refusing(session):
        for slot, minutes in changed.items():
            if minutes is None:
                session.delete(recorded[slot])
            elif slot in recorded:
                recorded[slot].minutes = minutes
            else:
                session.add(
                    GivenTime(member_id=slot.member_id, on_date=slot.on_date, work=week.work, minutes=minutes)
                )
    return len(changed)


def _check_day(week: GivenWeek, slot: TimeSlot, together: int) -> None:
    if together > LONGEST_DAY:
        name = next(row.name for row in week.rows if row.member_id == slot.member_id)
        raise MinutesOutOfRange(
            f"{name} would have given more than 24 hours on {day_in_words(slot.on_date)} in all: "
            f"correct the hours.",
            field="times",
        )
