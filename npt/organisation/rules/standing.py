"""The days on which units stand: what may lie in a unit when, and when it may close and who takes over.

All of it is ours.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import ClassVar

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.kit.spans import Beyond, Span, checked_span
from npt.organisation.rules.structure import Level

#: By how something sticks out of the days of its unit: the field that has to change, and the rest of a
#: sentence that begins with the unit; the day is the one on which the unit opened or closed.
Cures = Mapping[Beyond, tuple[str, str]]
_END_WITH_IT = "closed on {}: give that day or an earlier one as the last day, or name a unit that is open."


class OutsideUnit(Refusal):
    """Something would hold on a day on which its unit does not stand."""

    cures: ClassVar[Cures] = {
        Beyond.EARLIER: ("starts_on", "opened on {}: start on that day or later."),
        Beyond.LATER: ("ends_on", _END_WITH_IT),
        Beyond.LONGER: ("ends_on", _END_WITH_IT),
    }


class OutsideParentDates(OutsideUnit):
    """A unit would stand on a day on which its parent does not."""

    cures: ClassVar[Cures] = {
        Beyond.EARLIER: ("opened_on", "opened on {}: open the units under it on that day or later."),
        Beyond.LATER: ("parent", "closed on {}: name a unit that is still open."),
        Beyond.LONGER: ("closed_on", "closed on {}: close the units under it on that day or before."),
    }


class AlreadyClosed(Refusal):
    """A closed unit was closed again."""


class StillHasOpenUnits(Refusal):
    """A unit was closed while units under it stand longer."""


class WrongSuccessor(Refusal):
    """A unit was named as the successor of one that it cannot succeed."""


def check_within(
    span: Span, code: str, stands: Span, refusal: type[OutsideUnit], *, may_stay_open: bool = False
) -> None:
    """Refuse days on some of which the unit `code` does not stand, in the refusal's own words.

    With `may_stay_open`, what has no last day holds until further notice, or until its unit closes.
    """
    beyond = span.beyond(stands)
    if beyond is None or (may_stay_open and beyond is Beyond.LONGER and span.last is None):
        return
    day = stands.last if stands.last is not None and beyond is not Beyond.EARLIER else stands.first
    field, cure = refusal.cures[beyond]
    raise refusal(f"{code} {cure.format(day_in_words(day))}", field=field)


def check_closing(code: str, span: Span, last_day: date, under: Sequence[tuple[str, Span]]) -> None:
    """Refuse to close the unit `code` with `last_day` as its last day.

    AlreadyClosed when it has a last day; DayOutOfRange, EndsBeforeItStarts; StillHasOpenUnits when a unit of
    `under` (codes and spans of the units under it) stands longer.
    """
    if span.last is not None:
        raise AlreadyClosed(
            f"{code} closed on {day_in_words(span.last)}: choose a unit that is open.",
            field="code",
        )
    checked_span(span.first, last_day, first_field="opened_on", last_field="closed_on")
    longer = sorted(child for child, stands in under if stands.last is None or stands.last > last_day)
    if longer:
        named = ", ".join(longer[:5]) + (f" and {len(longer) - 5} more" if len(longer) > 5 else "")
        raise StillHasOpenUnits(
            f"Units under {code} are open after {day_in_words(last_day)}: close "
            f"{named} on or before that day first.",
            field="closed_on",
        )


def check_successor(code: str, level: Level, last_day: date, successor: str, of: Level, stands: Span) -> None:
    """Refuse (WrongSuccessor) the unit itself, one of another level, and one that is not open the day after.

    The unit is `code`, closed with `last_day`; the successor has the level `of` and stands on `stands`.
    """
    if successor == code:
        why = f"{code} cannot take over from itself: name another unit."
    elif of is not level:
        why = (
            f"{successor} is a unit of level {of.value} and {code} one of level {level.value}:"
            " a successor has the same level."
        )
    elif not stands.covers(last_day + timedelta(days=1)):
        why = (
            f"{successor} is not open on the day after {code} closes ({day_in_words(last_day)}):"
            " name a unit that is, or change the dates."
        )
    else:
        return
    raise WrongSuccessor(why, field="successors")
