"""What the screens of duty share: their declared routes, their addresses, and how a refusal is answered."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import flash, redirect, url_for

from npt.access.rules import Permission
from npt.duty.actions.placing import LEVELS_WITH_DUTY
from npt.duty.queries import ReasonLine
from npt.duty.rules import ReasonKind
from npt.kit.months import EARLIEST_YEAR, LATEST_YEAR
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.queries import ancestors
from npt.webkit.fields import Choice
from npt.webkit.pages import Answer, Pages
from npt.webkit.visit import Visit

pages = Pages("duty")

#: A key in an address, no larger than a database holds.
KEY = f"int(max={2**63 - 1})"


def check_place(visit: Visit[Unit], on: date) -> None:
    """End the request with "not found" where there are no days: other units, the edges of the calendar."""
    if visit.place.level not in LEVELS_WITH_DUTY or not EARLIEST_YEAR < on.year < LATEST_YEAR:
        visit.missing()


def day_address(code: str, on: date, **asked: Any) -> str:
    """The address of a unit's day."""
    return url_for("duty.day", code=code, on=on, **asked)


def roster_address(code: str, first: date, days: str = "") -> str:
    """The address of a unit's roster from a day on, for one week unless `days` says otherwise."""
    asked: dict[str, Any] = {"from": first.isoformat()}
    if days:
        asked["days"] = days
    return url_for("duty.roster", code=code, **asked)


def breadcrumbs(visit: Visit[Unit], on: date) -> list[tuple[str, str]]:
    """The way down to the unit: the days of the units above it that have days, as far as they may be seen."""
    return [
        (unit.name, day_address(unit.code, on))
        for unit in ancestors(visit.session, visit.place)
        if unit.level in LEVELS_WITH_DUTY and visit.may(Permission.SEE_DUTY, unit.path)
    ]


def reason_choices(
    reasons: Iterable[ReasonLine], on: date, kept: str = ""
) -> tuple[list[Choice], list[Choice]]:
    """The reasons as they are offered for a day: for being taken off duty, and for being off duty.

    One that is closed by then is left out, unless it is the one that is recorded already (`kept`, a code).
    """
    on_duty: list[Choice] = []
    off_duty: list[Choice] = []
    for reason in reasons:
        if not reason.is_open_on(on) and reason.code != kept:
            continue
        words = f"{reason.name} (say what in the note)" if reason.needs_note else reason.name
        group = on_duty if reason.kind is ReasonKind.ABSTRACTION else off_duty
        group.append(Choice(reason.code, words))
    return on_duty, off_duty


def turned_down(visit: Visit[Any], refusal: Refusal, location: str) -> Answer:
    """The answer to a button that was refused: nothing changed, and the page says why."""
    visit.session.rollback()
    flash(refusal.message, "refused")
    return redirect(location, 303)
