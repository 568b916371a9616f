"""Where time away came from, when a floor above duty recorded it: a planned operation.

Duty knows nothing of what is built on it, so the factory hands over who can tell.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from npt.kit.intervals import Interval
from npt.organisation.models import Unit
from npt.shifts.queries import GridAway
from npt.webkit.visit import Visit

_TELLER = "npt_away_origins"


@dataclass(frozen=True, slots=True)
class Origin:
    """What recorded some time away, in words, and the address at which the visitor may read of it."""

    words: str
    href: str


#: A shift by its key, a time in it, and the key of the reason that is recorded for it.
Recorded = tuple[int, Interval, int]
#: Tells what recorded time away in the shifts of these keys, as far as it stands exactly so.
Teller = Callable[[Visit[Unit], Collection[int]], Mapping[Recorded, Origin]]


def register(app: Flask, teller: Teller) -> None:
    """Let `app` ask `teller`."""
    app.extensions[_TELLER] = teller


def origins_of(visit: Visit[Unit], shift_ids: Collection[int]) -> Mapping[Recorded, Origin]:
    """What recorded time away in these shifts of the visit's place."""
    return cast(Teller, current_app.extensions[_TELLER])(visit, shift_ids)


def recorded(shift_id: int, away: GridAway) -> Recorded:
    """The time away by what it is told by."""
    return shift_id, away.interval, away.reason_id
