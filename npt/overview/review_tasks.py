"""Which month is to be reviewed and signed off, on the start page of whoever answers for it."""

from collections.abc import Sequence
from datetime import datetime

from npt.access.rules import Permission
from npt.kit.clock import local_day
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.reviews.queries import last_said, last_signed
from npt.reviews.views.door import review_address
from npt.seals.rules import SIGNED_LEVELS
from npt.webkit.filters import day
from npt.webkit.parts import Task
from npt.webkit.visit import Visit


def review_tasks(visit: Visit[None], units: Sequence[Unit]) -> dict[str, Task]:
    """By the code of each of these units that somebody reviews, how the review of last month stands.

    Two statements; none for whoever reviews no month.
    """
    month = Month.of(visit.today).previous
    mine = [
        unit
        for unit in units
        if unit.level in SIGNED_LEVELS and visit.may(Permission.REVIEW_MONTHS, unit.path)
    ]
    if not mine:
        return {}
    said, signed = last_said(visit.session, mine, month), last_signed(visit.session, mine, month)
    return {unit.code: _task(unit, month, said.get(unit.id), signed.get(unit.id)) for unit in mine}


def _task(unit: Unit, month: Month, said: datetime | None, signed: datetime | None) -> Task:
    title, href = f"Review of {month.title}", review_address(unit.code, month)
    if signed is not None:
        return Task(title, href, "signed off", f"On {day(local_day(signed))}.", is_done=True)
    if said is not None:
        return Task(title, href, "to sign off", f"Last comment on {day(local_day(said))}.")
    return Task(title, href, "to review", "Nobody has commented on it yet.", is_urgent=True)
