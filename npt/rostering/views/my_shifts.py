"""A member's own shifts, and the calendar of them that their phone can show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import groupby
from typing import Any

from flask import Response, request, session, url_for

from npt.access.rules import Open, Permission, SignedIn
from npt.duty.views.door import day_address
from npt.kit.clock import monday_of
from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.organisation.rules import Lineage
from npt.people.queries import member_of_account
from npt.rostering import actions
from npt.rostering.exchange import MEDIA_TYPE, calendar_file
from npt.rostering.queries import OwnShift, account_of_feed, feed_of, own_patterns, own_shifts
from npt.rostering.views.door import DayHead, pages
from npt.webkit.asked import asked_day
from npt.webkit.form_flow import button
from npt.webkit.pages import Answer
from npt.webkit.public_addresses import public_address
from npt.webkit.visit import Visit
from npt.work.queries import dated_actions, mine_beyond_door

OWN = SignedIn(because="it shows and changes only what is the person's own")
SHOWN, _DAY = timedelta(weeks=5), timedelta(days=1)
#: What a calendar holds: some weeks gone by, to look back at, and as far ahead as rosters are laid.
LOOK_BACK, LOOK_AHEAD = timedelta(weeks=4), timedelta(days=400)
#: Where the browser's session keeps a new address until it is shown, once.
_NEW_ADDRESS = "calendar_address"
#: A calendar that differs in nothing but when it was written is the same.
_ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Week:
    """A week with its shifts, each with its day and where that day is looked at, or empty."""

    monday: date
    shifts: tuple[tuple[OwnShift, DayHead, str], ...]

    @property
    def minutes(self) -> int:
        """Minutes rostered."""
        return sum(shift.interval.minutes for shift, _, _ in self.shifts)


@pages.read("/my/shifts", needs=OWN)
def my_shifts(visit: Visit[None]) -> Answer:
    """The person's own shifts for five weeks (`from`), their patterns, and their calendar."""
    member = member_of_account(visit.session, visit.by)
    first = _first(visit)
    found = [] if member is None else own_shifts(visit.session, member.id, first, first + SHOWN - _DAY)
    return visit.render(
        member=member,
        first=first,
        weeks=_weeks(visit, first, found),
        patterns=[] if member is None else own_patterns(visit.session, member.id, visit.today),
        feed=feed_of(visit.session, visit.by),
        new_address=session.pop(_NEW_ADDRESS, ""),
        before_href=_address(first - SHOWN),
        now_href=url_for("rostering.my_shifts"),
        after_href=_address(first + SHOWN),
    )


@pages.write("/my/calendar/make", needs=OWN)
def make_calendar(visit: Visit[None]) -> Answer:
    """Make the address of the person's calendar, or renew it; it is shown once, on the page that follows."""
    return button(
        visit,
        act=lambda: actions.make_feed(visit.session, stamp=visit.stamp),
        saved=lambda token: _made(visit, token),
        back_href=url_for("rostering.my_shifts"),
    )


def _made(visit: Visit[None], token: str) -> Response:
    session[_NEW_ADDRESS] = public_address("rostering.calendar", {"token": token})
    return visit.saved(url_for("rostering.my_shifts", _anchor="calendar"))


@pages.write("/my/calendar/revoke", needs=OWN)
def revoke_calendar(visit: Visit[None]) -> Answer:
    """Let the address of the person's calendar answer no more."""
    actions.revoke_feed(visit.session, stamp=visit.stamp)
    return visit.saved(
        url_for("rostering.my_shifts", _anchor="calendar"), "The address of your calendar no longer works."
    )


@pages.read(
    "/calendar/<token>.ics",
    needs=Open(because="a calendar on a phone cannot sign in, and the address itself is the secret"),
)
def calendar(visit: Visit[None], token: str) -> Answer:
    """The calendar that the token opens; unchanged since the last time, only word of that."""
    account_id = visit.found(account_of_feed(visit.session, token))
    whose = visit.found(mine_beyond_door(visit.session, account_id, visit.today))
    first, last = visit.today - LOOK_BACK, visit.today + LOOK_AHEAD
    shifts = [] if whose.member_id is None else own_shifts(visit.session, whose.member_id, first, last)
    actions = dated_actions(visit.session, whose, last=last)
    response = Response(calendar_file(shifts, actions, written_at=visit.now), content_type=MEDIA_TYPE)
    response.set_etag(sha256(calendar_file(shifts, actions, written_at=_ANY_MOMENT)).hexdigest(), weak=True)
    return response.make_conditional(request)


def _address(first: date) -> str:
    asked: dict[str, Any] = {"from": first.isoformat()}
    return url_for("rostering.my_shifts", **asked)


def _first(visit: Visit[None]) -> date:
    """The Monday of the day asked for; of this week when none, or none that can be, is named."""
    asked = asked_day("from") or visit.today
    try:
        check_day(asked, "from")
    except Refusal:
        asked = visit.today
    return monday_of(asked)


def _weeks(visit: Visit[None], first: date, found: Sequence[OwnShift]) -> list[Week]:
    by_week = {monday: list(week) for monday, week in groupby(found, lambda each: monday_of(each.on_date))}
    mondays = [first + timedelta(weeks=number) for number in range(SHOWN.days // 7)]
    return [
        Week(
            monday,
            tuple(
                (shift, DayHead(shift.on_date, visit.today), _day_address(visit, shift))
                for shift in by_week.get(monday, ())
            ),
        )
        for monday in mondays
    ]


def _day_address(visit: Visit[None], shift: OwnShift) -> str:
    """The day that a shift belongs to; "" for whoever may not see it."""
    if not visit.may(Permission.SEE_DUTY, shift.unit_path):
        return ""
    return day_address(Lineage.parse(shift.unit_path).code, shift.on_date)
