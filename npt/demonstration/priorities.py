"""Reviews of priority classes: all but a few neighbourhoods were reviewed within the year, for a reason."""

from datetime import date, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import existing_account
from npt.demonstration.calendar import at
from npt.demonstration.chance import stream
from npt.demonstration.places import FORCE_CODE
from npt.organisation.models import PriorityReview
from npt.organisation.queries import units_under
from npt.organisation.rules import Level

_REASONS = {
    1: "Most calls to the square mile in the area, and the town’s night-time economy.",
    2: "Calls above those of the area, most of them in the evening.",
    3: "Calls below those of the area, with trouble now and then near the school.",
    4: "Few calls, far apart.",
}
#: One in so many was not reviewed for longer than a year.
_OVERDUE = 9


def review_priorities(session: Session, seed: int, today: date) -> None:
    """Two reviews of most neighbourhoods, the last within the year; of a few it is overdue."""
    by = existing_account(session, f"{Role.BOARD.value}@demo.example").id
    rows = []
    for place in units_under(session, f"{FORCE_CODE}/", as_at=today, level=Level.NEIGHBOURHOOD):
        chance = stream(seed, "priority", place.code)
        age = chance.randint(20, 340) + (chance.randrange(_OVERDUE) == 0) * 365
        for days in (age + 365, age):
            on = today - timedelta(days=days)
            if place.priority_class is not None and on > place.opened_on:
                rows.append(
                    {
                        "unit_id": place.id,
                        "priority_class": place.priority_class,
                        "reason": _REASONS[place.priority_class],
                        "reviewed_on": on,
                        "reviewed_by_id": by,
                        "reviewed_at": at(on, 11),
                    }
                )
    session.execute(insert(PriorityReview), rows)
