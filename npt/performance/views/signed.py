"""What was signed off of a month: in words beside each rate, and what the room of seals adds to the pages."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, cast

from flask import Flask, current_app

from npt.kit.months import Month
from npt.kit.shares import Share
from npt.organisation.models import Unit
from npt.performance.rules import RateRow
from npt.webkit.filters import day, hours, percent
from npt.webkit.visit import Visit

_PART = "npt_signed_part"


class Part(NamedTuple):
    """A part of a page of a month: its template, and what the template takes of `part.shown`."""

    template: str
    shown: Mapping[str, Any]


PartOf = Callable[[Visit[Unit], Month], Part | None]


def register(app: Flask, part_of: PartOf) -> None:
    """Let the pages of a month show this part, above the figures."""
    app.extensions[_PART] = part_of


def signed_part(visit: Visit[Unit], month: Month) -> Part | None:
    """Whether the month of the page's unit was signed off, and what may be done about it."""
    part_of = cast(PartOf | None, current_app.extensions.get(_PART))
    return None if part_of is None else part_of(visit, month)


def restated_in_words(row: RateRow) -> str:
    """Both rates: "13.1% now; 12.4% was signed off on 5 November 2026"; "" where it is the same."""
    if row.signed is None:
        return ""
    now, then = row.rate, row.signed.rate
    is_same_rounded = percent(now) == percent(then)
    words = [percent(each) + (_made_of(each) if is_same_rounded else "") for each in (now, then)]
    return f"{words[0]} now; {words[1]} was signed off on {day(row.signed.signed_on)}"


def _made_of(rate: Share) -> str:
    return f" ({hours(rate.part)} of {hours(rate.whole)})"


def all_restated(rows: Iterable[RateRow]) -> str:
    """The same of several rows of one figure, each under the name of its group."""
    return "; ".join(f"{row.group}: {restated_in_words(row)}" for row in rows if row.signed is not None)
