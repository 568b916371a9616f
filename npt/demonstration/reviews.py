"""Thirteen reviewed months of Luton and of the force: what was said and to be done; two are signed off.

The report of 2008 tells of none of this: all of it is ours.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import existing_account
from npt.demonstration.calendar import at
from npt.demonstration.places import FORCE_CODE, LUTON
from npt.duty.queries import unconfirmed_days
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.organisation.queries import units_coded, within
from npt.reviews.actions import open_review
from npt.reviews.models import MonthlyReview, ReviewComment
from npt.seals.actions import seal_month
from npt.shifts.models import Away, Shift
from npt.work.models import Action
from npt.work.rules import ActionState, Owner, OwnerKind

MONTHS = 13
#: How many months ago those are that are signed off; the first of them is corrected afterwards.
SIGNED = (3, 2)
_MEETS = timedelta(days=8)
_OFFICERS, _PCSOS, _CONFIRMED = "abstraction-officers", "abstraction-pcsos", "shifts-confirmed"
#: What was said of a month by its number: of a measure, or of the month as a whole.
_SAID: Mapping[int, Sequence[tuple[str | None, str]]] = {
    1: ((None, "Quiet after the holidays. Custody still asks for officers on Friday nights."),),
    2: ((_OFFICERS, "Half term took officers to the town centre for four days; agreed beforehand."),),
    3: ((None, "Steady. The new sergeants have taken over their teams."),),
    4: ((_PCSOS, "Two scene guards over Easter. The duty office now asks the response shift first."),),
    5: ((_OFFICERS, "The carnival took 60 hours. It is planned a year ahead, so cover can be as well."),),
    6: ((None, "Warm evenings, and more calls about noise: the parks have patrols until ten."),),
    7: ((_CONFIRMED, "Three days in two teams were confirmed late; both sergeants were on leave."),),
    8: ((None, "Leave was well spread. No team was left without a named contact."),),
    9: ((_OFFICERS, "Court and custody again. The custody inspector has been asked for figures."),),
    10: (
        (None, "Half term and the clocks: expect more abstraction at the end of the month."),
        (_PCSOS, "Control room cover has become a habit. It stops this month."),
    ),
    11: ((None, "Bonfire night was covered from the roster, and nobody was taken off a team."),),
    12: ((_PCSOS, "The market needed PCSOs from every team; the council pays for two of them."),),
}
#: What was to be done about a month, one after another.
_TO_DO = (
    "Ask the custody inspector for the hours that our officers gave",
    "Agree with the duty office that response fills scene guards first",
    "Name a second contact for every neighbourhood before summer leave",
    "Bring the dates of next year’s events to the cover meeting",
    "Confirm the days that are still open, and say who does it on leave",
)
_RESULTS = ("Done, and told to the inspectors.", "Agreed; looked at again in three months.")


def review_months(session: Session, this_month: Month) -> None:
    """Review the thirteen months before this one, sign two off, and correct one of them afterwards."""
    units = units_coded(session, [LUTON.code, FORCE_CODE])
    for role, code in ((Role.MANAGER, LUTON.code), (Role.BOARD, FORCE_CODE)):
        by = existing_account(session, f"{role.value}@demo.example").id
        reviews = [_reviewed(session, units[code], this_month.plus(-ago), by) for ago in range(MONTHS, 0, -1)]
        session.execute(insert(ReviewComment), list(_comments(reviews, by)))
        session.execute(insert(Action), list(_actions(session, reviews, units[code], by)))
    for ago in SIGNED:
        _sign(session, units[LUTON.code], this_month.plus(-ago))
    _correct(session, units[LUTON.code], this_month.plus(-SIGNED[0]))


def _stamp(month: Month, by: int) -> Stamp:
    """When the month is reviewed: early in the next."""
    return Stamp(by, at(month.last + _MEETS, 10))


def _reviewed(session: Session, unit: Unit, month: Month, by: int) -> MonthlyReview:
    return open_review(session, unit=unit, month=month, stamp=_stamp(month, by))


def _comments(reviews: Sequence[MonthlyReview], by: int) -> Iterator[dict[str, Any]]:
    for review in reviews:
        for measure, words in _SAID[review.month.month]:
            said = {"review_id": review.id, "measure": measure, "words": words}
            yield {**said, "account_id": by, "at": _stamp(review.month, by).now}


def _actions(
    session: Session, reviews: Sequence[MonthlyReview], unit: Unit, by: int
) -> Iterator[dict[str, Any]]:
    """One of each review; all are done but the last two, of which the first is late."""
    first = (session.scalar(select(func.max(Action.id))) or 0) + 1
    for number, review in enumerate(reviews):
        left = len(reviews) - number
        due_on = review.month.next.first + 2 * _MEETS if left == 2 else review.month.next.last
        is_done = left > 2
        yield {
            "unit_id": unit.id,
            "matter_id": review.matter_id,
            "reference": f"A-{first + number}",
            "what": _TO_DO[number % len(_TO_DO)],
            "due_on": due_on,
            "state": ActionState.DONE if is_done else ActionState.UNDER_WAY,
            "ended_on": due_on - timedelta(days=number % 5) if is_done else None,
            "result": _RESULTS[number % len(_RESULTS)] if is_done else None,
            "set_by": by,
            "set_at": _stamp(review.month, by).now,
            **Owner(OwnerKind.ACCOUNT, by).columns,
        }


def _sign(session: Session, unit: Unit, month: Month) -> None:
    by = existing_account(session, f"{Role.MANAGER.value}@demo.example").id
    is_open = bool(unconfirmed_days(session, unit.path, month.first, month.last, limit=1))
    reason = "The sergeants were on leave; none of the open days had an abstraction." if is_open else None
    seal_month(session, unit=unit, month=month, stamp=_stamp(month, by), reason=reason)


def _correct(session: Session, unit: Unit, month: Month) -> None:
    """A record of the month turns out to be an hour too long."""
    asked = (
        select(Away)
        .join(Shift, Shift.id == Away.shift_id)
        .join(Unit, Unit.id == Shift.unit_id)
        .where(within(unit.path), Shift.on_date.between(month.first, month.last), Away.minutes > 120)
        .order_by(Away.id)
        .limit(1)
    )
    away = session.scalars(asked).one()
    away.ends_at -= timedelta(hours=1)
    away.minutes -= 60
    session.flush()
